"""Sparse matrices, row by row: just what the engine needs of them, on numpy alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Columns = NDArray[np.int32]
Values = NDArray[np.float32]
Floats = NDArray[np.float64]

_GROWTH = 32


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix in compressed rows.

    Attributes:
        starts: Where each row starts, and the end of the last one: `n + 1` numbers.
        entries: The entries, row after row, each one word of 64 bits: a column of 32 bits and a
            value of 32 bits. To copy many rows takes half the time that two arrays would take.
    """

    starts: Integers
    entries: Integers

    @classmethod
    def of(cls, starts: Integers, columns: NDArray[Any], values: NDArray[Any]) -> Rows:
        """Return the matrix of columns and values, row after row."""
        entries = np.empty(len(columns), np.int64)
        columns_of(entries)[:] = columns
        values_of(entries)[:] = values
        return cls(starts, entries)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    @property
    def columns(self) -> Columns:
        """The columns of all entries."""
        return columns_of(self.entries)

    @property
    def values(self) -> Values:
        """The values of all entries."""
        return values_of(self.entries)

    def row(self, number: int) -> tuple[Columns, Values]:
        """Return the columns and values of a row."""
        entries = self.entries[self.starts[number] : self.starts[number + 1]]
        return columns_of(entries), values_of(entries)

    def some(self, numbers: NDArray[np.integer]) -> tuple[Integers, Integers]:
        """Return the entries of some rows, and for each the position of its row in `numbers`."""
        owners, places = expanded(self.starts, numbers)
        return owners, self.entries[places]

    def replaced(self, numbers: Integers, rows: Rows) -> Rows:
        """Return the matrix with some rows, in rising order, replaced by others."""
        return Rows(
            *replaced_runs((self.starts, self.entries), numbers, (rows.starts, rows.entries))
        )

    def without_and_with(self, gone: NDArray[np.bool_], entries: Rows) -> Rows:
        """Return the matrix without some columns, and with the entries of another one.

        Args:
            gone: For each column whether its entries go; columns rise in each row.
            entries: As many rows, with entries in such columns only.
        """
        kept = self.entries[~gone[self.columns]]
        places = np.concatenate([[0], np.cumsum(~gone[self.columns])])
        lengths = np.diff(places[self.starts])
        rows = np.arange(len(self), dtype=np.int64)
        keys = (np.repeat(rows, lengths) << 32) + columns_of(kept)
        new = (np.repeat(rows, np.diff(entries.starts)) << 32) + entries.columns
        merged = np.insert(kept, np.searchsorted(keys, new), entries.entries)
        return Rows(starts_of(lengths + np.diff(entries.starts)), merged)

    def transposed(self, width: int) -> Rows:
        """Return the matrix with rows and columns swapped; `width` is the number of columns."""
        columns = self.columns
        order = np.argsort(columns, kind="stable")
        numbers = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        starts = starts_of(np.bincount(columns, minlength=width))
        return Rows.of(starts, numbers[order], self.values[order])


def columns_of(entries: Integers) -> Columns:
    """Return the columns of entries; what is written there is written into the entries."""
    return entries.view(np.int32)[0::2]


def values_of(entries: Integers) -> Values:
    """Return the values of entries; what is written there is written into the entries."""
    return entries.view(np.float32)[1::2]


def starts_of(lengths: NDArray[np.integer]) -> Integers:
    """Return where rows of these lengths start."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def expanded(starts: Integers, numbers: NDArray[np.integer]) -> tuple[Integers, Integers]:
    """Return the places of all entries of some rows, row after row.

    Args:
        starts: Where each row starts, and the end of the last one.
        numbers: The rows, in any order.

    Returns:
        For each entry the position of its row in `numbers`, and its place.
    """
    firsts = starts[numbers]
    lengths = starts[1:][numbers] - firsts
    ends = np.cumsum(lengths)
    owners = np.repeat(np.arange(len(numbers), dtype=np.int64), lengths)
    places = np.arange(len(owners)) + np.repeat(firsts - ends + lengths, lengths)
    return owners, places


def replaced_runs(
    old: tuple[Integers, NDArray[Any]], numbers: Integers, new: tuple[Integers, NDArray[Any]]
) -> tuple[Integers, NDArray[Any]]:
    """Return runs of values with some, in rising order, replaced by others.

    Args:
        old: Where each run starts, and the end of the last one; the values.
        numbers: Which runs are replaced.
        new: The same for what replaces them.
    """
    starts, values = old
    lengths = np.diff(starts)
    lengths[numbers] = np.diff(new[0])
    parts: list[NDArray[Any]] = []
    done = 0
    for position, number in enumerate(numbers.tolist()):
        parts.append(values[starts[done] : starts[number]])
        parts.append(new[1][new[0][position] : new[0][position + 1]])
        done = number + 1
    parts.append(values[starts[done] :])
    return starts_of(lengths), np.concatenate(parts)


def stacked(parts: Iterable[Rows]) -> Rows:
    """Return one matrix with the rows of all, one below the other."""
    lengths = [np.zeros(0, np.int64)]
    entries = Growing(np.int64)
    for part in parts:
        lengths.append(np.diff(part.starts))
        entries.extend(part.entries)
    return Rows(starts_of(np.concatenate(lengths)), entries.done())


class Growing:
    """An array that grows; large ones grow in place, so that they are never in memory twice."""

    def __init__(self, dtype: Any) -> None:
        """Start with nothing."""
        self._array: NDArray[Any] = np.zeros(0, dtype)
        self._size = 0

    def extend(self, values: NDArray[Any]) -> None:
        """Add values at the end."""
        end = self._size + len(values)
        if end > len(self._array):
            self._array.resize(end + end // _GROWTH, refcheck=False)
        self._array[self._size : end] = values
        self._size = end

    def done(self) -> NDArray[Any]:
        """Return all values; no more can be added."""
        array, self._array = self._array, self._array[:0]
        array.resize(self._size, refcheck=False)
        return array


def sort_runs(keys: NDArray[Any], starts: Integers) -> None:
    """Sort each row's keys in place; many short runs take a tenth of the time of a long one."""
    start = 0
    for end in starts[1:].tolist():
        keys[start:end].sort()
        start = end


def largest_of_rows(strength: Floats, starts: Integers, limit: int) -> NDArray[np.bool_]:
    """Return which entries are among the `limit` largest of their row.

    Args:
        strength: What is compared, row after row; equal ones of a row are kept or left together.
        starts: Where each row starts, and the end of the last one.
        limit: How many are kept.
    """
    keep = np.ones(len(strength), bool)
    long = np.flatnonzero(np.diff(starts) > limit)
    for start, end in zip(starts[long].tolist(), starts[long + 1].tolist(), strict=True):
        row = strength[start:end]
        place = len(row) - limit
        ordered = row.copy()
        ordered.partition(place)
        keep[start:end] = row >= ordered[place]
    return keep
