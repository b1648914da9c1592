"""What a document has in common with those in its list: the strongest words, and all values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.rows import (
    Floats,
    Integers,
    columns_of,
    values_of,
)
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors


class Amounts(NamedTuple):
    """What terms or features add to scores.

    Attributes:
        owners: The position of the other document, in rising order.
        numbers: The term or feature.
        amounts: What it adds.
    """

    owners: Integers
    numbers: Integers
    amounts: Floats

    def of_each(self, count: int) -> list[tuple[list[int], list[float]]]:
        """Return numbers and amounts of each of `count` documents."""
        bounds = np.searchsorted(self.owners, np.arange(count + 1)).tolist()
        numbers, amounts = self.numbers.tolist(), self.amounts.tolist()
        return [(numbers[start:end], amounts[start:end]) for start, end in pairwise(bounds)]


class Comparer:
    """Says what documents have in common with those in a document's list."""

    def __init__(self, vectors: Vectors, bands: Bands, title: float) -> None:
        """Prepare a wide row, on which a document's row is spread.

        Args:
            vectors: All documents.
            bands: Their columns.
            title: The weight of title words that are found in the text.
        """
        self.vectors = vectors
        self._bands = bands
        self._title = title
        self._wide = np.zeros(bands.phrases, np.float32)

    def amounts(self, number: int, others: Sequence[int]) -> tuple[Amounts, Amounts]:
        """Return what terms and what features add to the scores of others in a document's list.

        The same as `shares_of` says of each pair, without phrases, for all pairs at once: each
        step on arrays takes as long for five of them as for one.
        """
        bands, wanted = self._bands, np.array(others, np.int64)
        owners, entries = self.vectors.rows.some(wanted)
        columns = columns_of(entries)
        mine, my_values = self.vectors.rows.row(number)
        # Phrases come last in a row. Column 0 is that of no row's content, and every row has it.
        own = slice(1, int(np.searchsorted(mine, bands.phrases)))
        self._wide[mine[own]] = my_values[own]
        # What is beyond the wide row is a phrase, and has the last cell, which is empty.
        found = self._wide.take(columns, mode="clip")
        self._wide[mine[own]] = 0
        shared = np.flatnonzero((found != 0) & (columns < bands.phrases))
        amounts = found[shared].astype(np.float64) * values_of(entries)[shared]
        numbers, owners = columns[shared].astype(np.int64), owners[shared]
        is_term = numbers >= bands.terms
        features = Amounts(owners[~is_term], numbers[~is_term] - 1, amounts[~is_term])
        terms = Amounts(
            owners[is_term], (numbers[is_term] - bands.terms) % bands.room, amounts[is_term]
        )
        titles = (
            _my_title(self.vectors, bands, self._title, number, wanted),
            _their_titles(self.vectors, bands, self._title, number, wanted),
        )
        return _summed([terms, *titles]), features


def _my_title(
    vectors: Vectors, bands: Bands, title: float, number: int, wanted: Integers
) -> Amounts:
    """Return what the words of a document's title add that are in the texts of others."""
    words, shares = vectors.titles.row(number)
    owners, terms, covers = vectors.covers_of(wanted, bands.terms)
    at, is_there = _looked_up(words, terms)
    amounts = title * shares[at[is_there]].astype(np.float64) * covers[is_there]
    return Amounts(owners[is_there], terms[is_there], amounts)


def _their_titles(
    vectors: Vectors, bands: Bands, title: float, number: int, wanted: Integers
) -> Amounts:
    """Return what the words of others' titles add that are in a document's text."""
    owners, entries = vectors.titles.some(wanted)
    terms = columns_of(entries).astype(np.int64)
    _, known, covers = vectors.covers_of(np.array([number]), bands.terms)
    at, is_there = _looked_up(known, terms)
    if not is_there.any():
        return Amounts(owners[:0], terms[:0], np.zeros(0))
    shares = values_of(entries)[is_there].astype(np.float64)
    return Amounts(owners[is_there], terms[is_there], title * shares * covers[at[is_there]])


def _looked_up(
    known: NDArray[np.integer], wanted: Integers
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return where numbers stand among known ones, which rise, and which of them do."""
    if not len(known):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return at, known[at] == wanted


def _summed(parts: Sequence[Amounts]) -> Amounts:
    """Return each number of each owner once, with the sum of its amounts, the largest first."""
    owners = np.concatenate([part.owners for part in parts])
    numbers = np.concatenate([part.numbers for part in parts])
    amounts = np.concatenate([part.amounts for part in parts])
    if not len(owners):
        return Amounts(owners, numbers, amounts)
    keys = (owners << 32) | numbers
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    firsts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sums = np.add.reduceat(amounts[order], firsts)
    keys = ordered[firsts]
    largest = np.lexsort((-sums, keys >> 32))
    return Amounts(keys[largest] >> 32, keys[largest] & ((1 << 32) - 1), sums[largest])
