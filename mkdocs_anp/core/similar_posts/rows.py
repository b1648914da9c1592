"""Sparse matrices, row by row: just what the engine needs of them, on numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Columns = NDArray[np.int32]
Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix in compressed rows.

    Attributes:
        starts: Where each row starts, and the end of the last one: `n + 1` numbers.
        columns: The columns of the entries, row after row.
        values: The values of the entries.
    """

    starts: Integers
    columns: Columns
    values: Values

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.starts) - 1

    def row(self, number: int) -> tuple[Columns, Values]:
        """Return the columns and values of a row."""
        start, end = self.starts[number], self.starts[number + 1]
        return self.columns[start:end], self.values[start:end]

    def replaced(self, numbers: Integers, rows: Rows) -> Rows:
        """Return the matrix with some rows, in rising order, replaced by others."""
        lengths = np.diff(self.starts)
        lengths[numbers] = np.diff(rows.starts)
        columns: list[Columns] = []
        values: list[Values] = []
        done = 0
        for position, number in enumerate(numbers.tolist()):
            kept = slice(self.starts[done], self.starts[number])
            new_columns, new_values = rows.row(position)
            columns += [self.columns[kept], new_columns]
            values += [self.values[kept], new_values]
            done = number + 1
        columns.append(self.columns[self.starts[done] :])
        values.append(self.values[self.starts[done] :])
        return Rows(starts_of(lengths), np.concatenate(columns), np.concatenate(values))

    def transposed(self, width: int) -> Rows:
        """Return the matrix with rows and columns swapped; `width` is the number of columns."""
        order = np.argsort(self.columns, kind="stable")
        numbers = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))
        lengths = np.bincount(self.columns, minlength=width)
        return Rows(starts_of(lengths), numbers[order], self.values[order])


def starts_of(lengths: NDArray[np.integer]) -> Integers:
    """Return where rows of these lengths start."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def stacked(parts: Sequence[Rows]) -> Rows:
    """Return one matrix with the rows of all, one below the other."""
    lengths = [np.diff(part.starts) for part in parts]
    return Rows(
        starts_of(np.concatenate([np.zeros(0, np.int64), *lengths])),
        np.concatenate([np.zeros(0, np.int32), *(part.columns for part in parts)]),
        np.concatenate([np.zeros(0, np.float32), *(part.values for part in parts)]),
    )


def from_entries(
    count: int, numbers: Integers, columns: Integers, values: NDArray[np.floating]
) -> Rows:
    """Return a matrix of `count` rows from entries in any order; a row keeps their order."""
    order = np.argsort(numbers, kind="stable")
    return Rows(
        starts_of(np.bincount(numbers, minlength=count)),
        columns[order].astype(np.int32),
        values[order].astype(np.float32),
    )


def largest_of_rows(
    strength: NDArray[np.float64], starts: Integers, limit: int
) -> NDArray[np.bool_]:
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
        least = np.partition(row, len(row) - limit)[len(row) - limit]
        keep[start:end] = row >= least
    return keep
