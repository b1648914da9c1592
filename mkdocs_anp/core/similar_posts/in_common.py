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
    Values,
    columns_of,
    values_of,
)
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors

_MOST_DOCUMENTS = 32
_MOST_CELLS = 4_000_000  # of wide rows: 16 MB


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

    def only(self, wanted: NDArray[np.bool_]) -> Amounts:
        """Return some of them."""
        return Amounts(self.owners[wanted], self.numbers[wanted], self.amounts[wanted])

    def of_each(self, count: int) -> list[tuple[list[int], list[float]]]:
        """Return numbers and amounts of each of `count` documents."""
        bounds = np.searchsorted(self.owners, np.arange(count + 1)).tolist()
        numbers, amounts = self.numbers.tolist(), self.amounts.tolist()
        return [(numbers[start:end], amounts[start:end]) for start, end in pairwise(bounds)]


class Pairs(NamedTuple):
    """Documents, each with some of those in its list.

    Attributes:
        documents: The documents.
        owners: For each pair the position of its document in `documents`, in rising order.
        others: For each pair the other document.
    """

    documents: Integers
    owners: Integers
    others: Integers

    @classmethod
    def of(cls, wanted: Sequence[tuple[int, Sequence[int]]]) -> Pairs:
        """Return documents, each with some others, as pairs."""
        counts = [len(others) for _, others in wanted]
        return cls(
            np.array([number for number, _ in wanted], np.int64),
            np.repeat(np.arange(len(wanted), dtype=np.int64), counts),
            np.array([other for _, others in wanted for other in others], np.int64),
        )


class Comparer:
    """Says what documents have in common with those in their lists."""

    def __init__(self, vectors: Vectors, bands: Bands, title: float) -> None:
        """Prepare wide rows, on which the rows of documents are spread.

        Args:
            vectors: All documents.
            bands: Their columns.
            title: The weight of title words that are found in the text.
        """
        self.vectors = vectors
        self._bands = bands
        self._title = title
        self.most = max(1, min(_MOST_DOCUMENTS, _MOST_CELLS // bands.phrases))
        """How many documents are compared at a time."""
        self._wide = np.zeros(self.most * bands.phrases, np.float32)

    def amounts(self, pairs: Pairs) -> tuple[Amounts, Amounts]:
        """Return what terms and what features add to the scores of others in documents' lists.

        The same as `shares_of` says of each pair, without phrases, for all pairs at once: each
        step on arrays takes as long for a hundred of them as for one.

        Args:
            pairs: Those of at most `most` documents. They are the owners of what is returned.
        """
        bands = self._bands
        owners, entries = self.vectors.rows.some(pairs.others)
        columns = columns_of(entries).astype(np.int64)
        cells, values = self._own(pairs.documents)
        self._wide[cells] = values
        # What is beyond a wide row is a phrase. Column 0 is that of no row's content, and of each
        # row: its cell is empty.
        within = np.where(columns < bands.phrases, columns, 0)
        found = self._wide.take(pairs.owners[owners] * bands.phrases + within)
        self._wide[cells] = 0
        shared = np.flatnonzero(found)
        amounts = found[shared].astype(np.float64) * values_of(entries)[shared]
        numbers, owners = columns[shared], owners[shared]
        is_term = numbers >= bands.terms
        features = Amounts(owners, numbers - 1, amounts).only(~is_term)
        terms = Amounts(owners, (numbers - bands.terms) % bands.room, amounts).only(is_term)
        return _summed([terms, self._of_my_titles(pairs), self._of_their_titles(pairs)]), features

    def _own(self, documents: Integers) -> tuple[Integers, Values]:
        """Return the cells of documents' entries in wide rows, and their values."""
        owners, entries = self.vectors.rows.some(documents)
        columns = columns_of(entries)
        own = (columns > 0) & (columns < self._bands.phrases)
        return owners[own] * self._bands.phrases + columns[own], values_of(entries)[own]

    def _of_my_titles(self, pairs: Pairs) -> Amounts:
        """Return what the words of documents' titles add that are in the texts of others."""
        titled, entries = self.vectors.titles.some(pairs.documents)
        owners, terms, covers = self.vectors.covers_of(pairs.others, self._bands.terms)
        at, is_there = _looked_up(
            _keys(titled, columns_of(entries)), _keys(pairs.owners[owners], terms)
        )
        shares = values_of(entries)[at[is_there]].astype(np.float64)
        amounts = self._title * shares * covers[is_there]
        return Amounts(owners[is_there], terms[is_there], amounts)

    def _of_their_titles(self, pairs: Pairs) -> Amounts:
        """Return what the words of others' titles add that are in the texts of documents."""
        owners, entries = self.vectors.titles.some(pairs.others)
        terms = columns_of(entries).astype(np.int64)
        known, words, covers = self.vectors.covers_of(pairs.documents, self._bands.terms)
        at, is_there = _looked_up(_keys(known, words), _keys(pairs.owners[owners], terms))
        shares = values_of(entries)[is_there].astype(np.float64)
        amounts = self._title * shares * covers[at[is_there]]
        return Amounts(owners[is_there], terms[is_there], amounts)


def _keys(owners: Integers, terms: NDArray[np.integer]) -> Integers:
    """Return one number for each owner and term; they rise where owners do, and terms of each."""
    return (owners << 32) | terms


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
    keys = _keys(owners, numbers)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    firsts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sums = np.add.reduceat(amounts[order], firsts)
    keys = ordered[firsts]
    largest = np.lexsort((-sums, keys >> 32))
    return Amounts(keys[largest] >> 32, keys[largest] & ((1 << 32) - 1), sums[largest])
