"""What the links between posts say about which of them are similar.

Two posts are near when one links to the other, when pages link to both (co-citation: H. Small,
"Co-citation in the scientific literature", 1973) and when both link to the same pages
(bibliographic coupling: M. Kessler, "Bibliographic coupling between scientific papers", 1963).
A page that links to few pages says more with each link (L. Adamic, E. Adar, "Friends and
neighbors on the Web", 2003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.rows import (
    Columns,
    Floats,
    Integers,
    Rows,
    Values,
    columns_of,
    starts_of,
    values_of,
)

OUT, OUT_AGAIN = 0.5, 0.5
"""A link to the other post, and what more links to it add (times log2 of 1 + their number)."""
BACK, BACK_AGAIN = 1.0, 0.5
"""The same for links from the other post."""
CO_CITED = 1.0
COUPLED = 0.5
_MOST_LINKS = 7
_HUB_SHARE = 0.3
_FEW = 20

_Part = tuple[Integers, Columns, Floats]


@dataclass(frozen=True, slots=True)
class Found:
    """Documents that were found for others.

    Attributes:
        owners: Positions of those they were found for, in rising order.
        numbers: The documents.
        values: A value for each.
    """

    owners: Integers
    numbers: Integers
    values: Floats

    def some(self, kept: NDArray[Any]) -> Found:
        """Return some of them, by place or by mask."""
        return Found(self.owners[kept], self.numbers[kept], self.values[kept])


@dataclass(frozen=True)
class Graph:
    """The links between the documents of a pool.

    Attributes:
        out: For each document those it links to, in rising order, with the number of links.
        back: For each document those that link to it.
    """

    out: Rows
    back: Rows

    @classmethod
    def of(cls, links: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> Graph:
        """Return the graph of links.

        Args:
            links: For each document the ids it links to; its own and unknown ones are ignored.
            numbers: The number of each id.
        """
        count = len(links)
        found = [numbers.get(id_, -1) for ids in links for id_ in ids]
        targets = np.array(found, np.int64)
        sources = np.repeat(np.arange(count, dtype=np.int64), [len(ids) for ids in links])
        real = (targets >= 0) & (targets != sources)
        keys, times = np.unique(sources[real] * count + targets[real], return_counts=True)
        starts = starts_of(np.bincount(keys // max(1, count), minlength=count))
        out = Rows.of(starts, keys % max(1, count), times)
        return cls(out, out.transposed(count))

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is no link at all."""
        return not len(self.out.columns)

    @cached_property
    def _source_weights(self) -> Floats:
        """How much it says that a page links to something: 1 / ln(2 + its links), squared."""
        weights: Floats = 1 / np.log(2 + np.diff(self.out.starts)) ** 2
        return weights

    @cached_property
    def _cited(self) -> Floats:
        """The length of each document's vector of the pages that link to it."""
        sources = self._source_weights[self.back.columns]
        targets = np.repeat(np.arange(len(self.back)), np.diff(self.back.starts))
        lengths: Floats = np.sqrt(np.bincount(targets, sources, minlength=len(self.back)))
        return lengths

    @cached_property
    def _degrees(self) -> Floats:
        degrees: Floats = np.sqrt(np.diff(self.out.starts))
        return degrees

    @cached_property
    def hubs(self) -> NDArray[np.bool_]:
        """Which documents so many link to that it says nothing."""
        limit = max(_HUB_SHARE * len(self.back), _FEW)
        hubs: NDArray[np.bool_] = np.diff(self.back.starts) > limit
        return hubs

    def near(self, numbers: Integers) -> Found:
        """Return all documents near some by links, in rising order, with how near they are."""
        owners, entries = self.out.some(numbers)
        targets, times = columns_of(entries), values_of(entries)
        parts = [(owners, targets, _nearness(times, OUT, OUT_AGAIN))]
        back_owners, entries = self.back.some(numbers)
        sources, times = columns_of(entries), values_of(entries)
        parts.append((back_owners, sources, _nearness(times, BACK, BACK_AGAIN)))
        parts.append(self._co_cited(numbers, back_owners, sources))
        parts.append(self._coupled(numbers, owners, targets))
        return self._found(numbers, parts)

    def _co_cited(self, numbers: Integers, owners: Integers, sources: Columns) -> _Part:
        """Return what the sources of documents link to."""
        through, entries = self.out.some(sources)
        own, others = owners[through], columns_of(entries)
        lengths = self._cited[numbers[own]] * self._cited[others]
        return own, others, CO_CITED * self._source_weights[sources[through]] / lengths

    def _coupled(self, numbers: Integers, owners: Integers, targets: Columns) -> _Part:
        """Return what else links to the targets of documents."""
        says = ~self.hubs[targets]
        owners, targets = owners[says], targets[says]
        through, entries = self.back.some(targets)
        own, others = owners[through], columns_of(entries)
        return own, others, COUPLED / (self._degrees[numbers[own]] * self._degrees[others])

    def followed(self, numbers: Integers, neighbours: Found) -> Found:
        """Return what the neighbours of documents link to, in rising order.

        Args:
            numbers: The documents, none of which is among its own.
            neighbours: The most similar documents of each, with weights that are 1 in sum.
        """
        through, entries = self.out.some(neighbours.numbers)
        part = neighbours.owners[through], columns_of(entries), neighbours.values[through]
        return self._found(numbers, [part])

    def _found(self, numbers: Integers, parts: list[_Part]) -> Found:
        """Return for each owner each id once, in rising order, with the sum of its values."""
        count = len(self.out)
        keys = np.concatenate([owners * count + ids for owners, ids, _ in parts])
        values = np.concatenate([values for _, _, values in parts])
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        if not len(ordered):
            return Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        is_first = np.ones(len(ordered), bool)
        np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
        firsts = np.flatnonzero(is_first)
        sums = np.add.reduceat(values[order], firsts)
        owners, ids = ordered[firsts] // count, ordered[firsts] % count
        return Found(owners, ids, sums).some(ids != numbers[owners])

    def around(self, numbers: Integers) -> Integers:
        """Return what links to some documents, and all that these link to."""
        sources = [self.back.row(number)[0] for number in numbers.tolist()]
        found = np.unique(np.concatenate([numbers, *sources])).astype(np.int64)
        targets = [self.out.row(number)[0] for number in found.tolist()]
        return np.unique(np.concatenate([found, *targets])).astype(np.int64)

    def co_cites(self, first: int, second: int) -> bool:
        """Return whether a page links to both documents."""
        return bool(np.intersect1d(self.back.row(first)[0], self.back.row(second)[0]).size)

    def links(self, source: int, target: int) -> bool:
        """Return whether a document links to another."""
        return bool(np.any(self.out.row(source)[0] == target))


def _nearness(times: Values, once: float, again: float) -> Floats:
    many = np.minimum(times.astype(np.float64), _MOST_LINKS)
    near: Floats = once + again * np.log2(1 + many)
    return near


def ranks_of(owners: Integers) -> Integers:
    """Return the place of each entry among those of its owner; owners rise."""
    lengths = np.bincount(owners)
    return np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
