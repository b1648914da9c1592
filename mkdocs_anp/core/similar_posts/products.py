"""What two documents have in common: products of their rows, many pairs at a time.

A pair is worked out once, whichever of the two asks: the product is symmetric.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.rows import (
    Floats,
    Integers,
    columns_of,
    values_of,
)
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors

Numbers = NDArray[np.integer]

_PAIRS = 500_000
"""Pairs worked on at a time."""
_ROWS = 4096
"""Documents whose pairs are put into parts at a time."""
_NO_PART = int(np.iinfo(np.uint16).max)
_MOST_PARTS = _NO_PART - 1
_CELLS = 2_000_000
"""Cells of the table in which title words are looked up."""


class Products:
    """Works out the products of pairs of documents.

    Args:
        vectors: The documents.
        bands: Their columns.
        terms: The number of all terms.
        title: The weight of title words that are found in the text.
    """

    def __init__(self, vectors: Vectors, bands: Bands, terms: int, title: float) -> None:
        """Prepare a wide row, on which a document's row is spread."""
        self._vectors = vectors
        self._bands = bands
        self._named = np.unique(vectors.titles.columns)
        self._title_places = np.full(terms, -1, np.int64)
        self._title_places[self._named] = np.arange(len(self._named))
        self._title = title
        self._dense = np.zeros(bands.width, np.float32)
        self._lengths = np.diff(vectors.rows.starts).astype(np.int32)

    def parts(self, numbers: Numbers, others: NDArray[np.int32]) -> Iterator[Integers]:
        """Yield the places of pairs in parts, so that a pair and its mirror are in one part.

        Args:
            numbers: One document for each row of `others`.
            others: The documents it is paired with, and -1 for none.
        """
        # Which part each pair is in takes two bytes; the pairs themselves would take some hundred
        # megabytes in a large site.
        count = min(_MOST_PARTS, -(-others.size // _PAIRS))
        each = max(1, -(-len(self._lengths) // max(1, count)))
        part_of = np.empty(others.shape, np.uint16)
        for start in range(0, len(numbers), _ROWS):
            second = others[start : start + _ROWS]
            first = np.broadcast_to(numbers[start : start + _ROWS, None], second.shape)
            spread = np.where(self._is_longer(first, second), first, second)
            part_of[start : start + _ROWS] = np.where(second >= 0, spread // each, _NO_PART)
        for part in range(count):
            places = np.flatnonzero(part_of == part)
            if len(places):
                yield places

    def of_pairs(self, ones: Numbers, others: Numbers) -> Floats:
        """Return the products of pairs, given in any order, as often as one likes."""
        count = len(self._lengths)
        is_longer = self._is_longer(ones, others)
        keys = np.where(is_longer, ones, others).astype(np.int64) * count
        keys += np.where(is_longer, others, ones)
        pairs, places = np.unique(keys, return_inverse=True)
        firsts, seconds = pairs // count, pairs % count
        products: Floats = self._rows(firsts, seconds) + self._titles(firsts, seconds)
        return products[places]

    def _is_longer(self, ones: Numbers, others: Numbers) -> NDArray[np.bool_]:
        """Return which pairs have the longer row first: it is spread, the other looked up.

        Between equals the number decides.
        """
        is_longer: NDArray[np.bool_] = self._lengths[ones] > self._lengths[others]
        is_longer |= (self._lengths[ones] == self._lengths[others]) & (ones > others)
        return is_longer

    def of_one(self, number: int, others: Integers) -> Floats:
        """Return the products of one document with others."""
        ones = np.full(len(others), number)
        return self._rows(ones, others) + self._titles(ones, others)

    def _rows(self, ones: Integers, others: Integers) -> Floats:
        """Return the products of rows; pairs come in the order of `ones`."""
        rows, dense = self._vectors.rows, self._dense
        starts, ends = rows.starts[others].tolist(), rows.starts[others + 1].tolist()
        lengths = self._lengths[others]
        scores = np.zeros(len(ones))
        for first, last, number in _runs(ones):
            own = rows.entries[rows.starts[number] : rows.starts[number + 1]]
            columns = columns_of(own)
            dense[columns] = values_of(own)
            pairs = zip(starts[first:last], ends[first:last], strict=True)
            found = np.concatenate([rows.entries[start:end] for start, end in pairs])
            products = dense.take(columns_of(found), mode="clip")  # quicker than with brackets
            products *= values_of(found)
            runs = lengths[first:last]
            # No row is empty, which is what this way of summing asks for.
            np.add.reduceat(
                products, np.cumsum(runs) - runs, dtype=np.float64, out=scores[first:last]
            )
            dense[columns] = 0
        return scores

    def _titles(self, ones: Integers, others: Integers) -> Floats:
        """Return for pairs how far each covers the title of the other, times the weight."""
        scores = np.zeros(len(ones))
        if not self._title or not len(self._vectors.titles.entries):
            return scores
        texts, titles = np.concatenate([ones, others]), np.concatenate([others, ones])
        order = np.argsort(texts, kind="stable")
        found = np.zeros(len(order))
        found[order] = self._covered(texts[order], titles[order])
        scores += found[: len(ones)]
        scores += found[len(ones) :]
        return self._title * scores

    def _covered(self, texts: Integers, titles: Integers) -> Floats:
        """Return how far texts cover titles; pairs come in the order of the texts."""
        height = max(1, _CELLS // len(self._named))
        table = np.zeros(height * len(self._named), np.float32)
        covered = np.zeros(len(texts))
        numbers, firsts = np.unique(texts, return_index=True)
        ends = np.append(firsts, len(texts))
        for start in range(0, len(numbers), height):
            block = numbers[start : start + height]
            bounds = ends[start : start + len(block) + 1]
            cells, covers = self._cells(block)
            table[cells] = covers
            rows = np.repeat(np.arange(len(block), dtype=np.int64), np.diff(bounds))
            part = slice(bounds[0], bounds[-1])
            covered[part] = self._looked_up(table, rows, titles[part])
            table[cells] = 0
        return covered

    def _cells(self, numbers: Integers) -> tuple[Integers, Floats]:
        """Return the cells of the words of some texts that are in any title, and their covers."""
        owners, terms, covers = self._vectors.covers_of(numbers, self._bands.terms)
        places = self._title_places[terms]
        named = np.flatnonzero(places >= 0)
        return owners[named] * len(self._named) + places[named], covers[named]

    def _looked_up(self, table: NDArray[np.float32], rows: Integers, titles: Integers) -> Floats:
        """Return the sums of a table's cells that stand for title words, times their shares."""
        known = self._vectors.titles
        owners, entries = known.some(titles)
        cells = rows[owners] * len(self._named) + self._title_places[columns_of(entries)]
        sums = np.bincount(owners, table[cells] * values_of(entries), minlength=len(titles))
        found: Floats = sums.astype(np.float64, copy=False)
        return found


def _runs(numbers: Integers) -> Iterator[tuple[int, int, int]]:
    """Yield for each run of equal numbers its start, its end and the number."""
    if not len(numbers):
        return
    firsts = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]]))
    ends = np.append(firsts[1:], len(numbers))
    yield from zip(firsts.tolist(), ends.tolist(), numbers[firsts].tolist(), strict=True)
