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

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.rows import Integers, Rows, from_entries

OUT, OUT_AGAIN = 0.5, 0.5
"""A link to the other post, and what more links to it add (times log2 of 1 + their number)."""
BACK, BACK_AGAIN = 1.0, 0.5
"""The same for links from the other post."""
CO_CITED = 1.0
COUPLED = 0.5
_MOST_LINKS = 7
_HUB_SHARE = 0.3
_FEW = 20

Floats = NDArray[np.float64]


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
        times: dict[tuple[int, int], int] = {}
        for source, ids in enumerate(links):
            for id_ in ids:
                target = numbers.get(id_, source)
                if target != source:
                    times[source, target] = times.get((source, target), 0) + 1
        pairs = np.array(sorted(times), np.int64).reshape(-1, 2)
        values = np.array([times[source, target] for source, target in pairs.tolist()], float)
        out = from_entries(len(links), pairs[:, 0], pairs[:, 1], values)
        return cls(out, out.transposed(len(links)))

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

    def near(self, number: int) -> tuple[Integers, Floats]:
        """Return all documents near one by links, in rising order, with how near they are."""
        targets, times = self.out.row(number)
        sources, times_back = self.back.row(number)
        ids = [targets, sources]
        values = [_nearness(times, OUT, OUT_AGAIN), _nearness(times_back, BACK, BACK_AGAIN)]
        for other, value in (*self._co_cited(number), *self._coupled(number)):
            ids.append(other)
            values.append(value)
        return _sums(np.concatenate(ids), np.concatenate(values), number)

    def _co_cited(self, number: int) -> list[tuple[NDArray[np.int32], Floats]]:
        sources, _ = self.back.row(number)
        found = []
        for source in sources.tolist():
            others, _ = self.out.row(source)
            lengths = self._cited[number] * self._cited[others]
            found.append((others, CO_CITED * self._source_weights[source] / lengths))
        return found

    def _coupled(self, number: int) -> list[tuple[NDArray[np.int32], Floats]]:
        targets, _ = self.out.row(number)
        found = []
        for target in targets[~self.hubs[targets]].tolist():
            others, _ = self.back.row(target)
            found.append((others, COUPLED / (self._degrees[number] * self._degrees[others])))
        return found

    def followed(
        self, neighbours: Integers, shares: Floats, number: int
    ) -> tuple[Integers, Floats]:
        """Return what the neighbours of a document link to, in rising order.

        Args:
            neighbours: The most similar documents.
            shares: The weight of each, in sum 1.
            number: The document, which is not among what is returned.
        """
        rows = [self.out.row(neighbour)[0] for neighbour in neighbours.tolist()]
        lengths = [len(row) for row in rows]
        if not sum(lengths):
            return np.zeros(0, np.int64), np.zeros(0)
        return _sums(np.concatenate(rows), np.repeat(shares, lengths), number)

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


def _nearness(times: NDArray[np.float32], once: float, again: float) -> Floats:
    many = np.minimum(times.astype(np.float64), _MOST_LINKS)
    near: Floats = once + again * np.log2(1 + many)
    return near


def _sums(ids: NDArray[np.int32], values: Floats, without: int) -> tuple[Integers, Floats]:
    """Return each id once, in rising order, with the sum of its values."""
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    if not len(ordered):
        return np.zeros(0, np.int64), np.zeros(0)
    is_first = np.empty(len(ordered), bool)
    is_first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    firsts = np.flatnonzero(is_first)
    unique, sums = ordered[firsts].astype(np.int64), np.add.reduceat(values[order], firsts)
    kept = unique != without
    return unique[kept], sums[kept]
