"""Which documents are most similar to one: a wide net of candidates first, then exact scores.

Candidates share one of the strongest terms or features of both pages, or are near by links.
Their scores are then worked out from all that is known (two-stage retrieval, e.g. C. Manning,
P. Raghavan, H. Schütze, "Introduction to Information Retrieval", 2008, chapter 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.graph import Found, Graph, ranks_of
from mkdocs_anp.core.similar_posts.products import Products
from mkdocs_anp.core.similar_posts.rows import Floats, Integers, Rows, columns_of, values_of
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors
from mkdocs_anp.core.similar_posts.weights import Weights

CANDIDATES = 64
"""How many candidates get an exact score."""
MORE_CANDIDATES = 80
"""How many in a site of many pages, where more terms are too frequent to bring any."""
MANY_PAGES = 30_000
BY_LINKS = 20
"""How many more the links of the page may bring."""
BY_NEIGHBOURS = 10
"""How many more the links of the most similar pages may bring."""
NEIGHBOURS = 15
"""How many of the most similar posts are asked what they link to."""
MEMORY_OF_DAYS = 730.0
_FORGOTTEN = 30 * int(MEMORY_OF_DAYS)
"""Days after which a difference in days is no difference any more: less than 1e-13 is left."""
_DIGITS = 9
_LEAST_GROUP = 8
_GROUPS = 1500
_SAFE = 1 - 1e-6
NO_DAY = 0
"""The day of a document that has none; days are counted from 1, in the year 1."""

Numbers = NDArray[np.integer]


@dataclass
class Ranker:
    """Finds and scores the documents of a pool; all are known by number, ties go to the lower.

    Attributes:
        vectors: All that is known of each document.
        postings: For each column the documents that may appear in which it is strong.
        graph: The links.
        bands: The columns.
        weights: What each channel counts.
        days: The day of each document, as a number, `NO_DAY` for none; newest first.
        appears: Which documents may appear.
        newer: Whether documents may be named by older ones.
        terms: The number of all terms.
    """

    vectors: Vectors
    postings: Rows
    graph: Graph
    bands: Bands
    weights: Weights
    days: Integers
    appears: NDArray[np.bool_]
    newer: bool
    terms: int

    def __post_init__(self) -> None:
        """Prepare what all queries need."""
        count = len(self.days)
        self._products = Products(self.vectors, self.bands, self.terms, self.weights.title)
        self._wanted = CANDIDATES if count <= MANY_PAGES else MORE_CANDIDATES
        self._by_days = 1 + self.weights.date * np.exp(np.arange(_FORGOTTEN + 1) / -MEMORY_OF_DAYS)
        self._by_days[-1] = 1
        self._dated = self.days != NO_DAY
        self._firsts = np.zeros(count, np.int64)
        if not self.newer:
            days = -self.days
            self._firsts[self._dated] = np.searchsorted(days, days[self._dated])

    @property
    def width(self) -> int:
        """How many candidates a document has at most."""
        count = len(self.days)
        links = 0 if self.graph.is_empty else BY_LINKS + BY_NEIGHBOURS
        return min(count, self._wanted + links)

    def candidates(self, numbers: Integers) -> tuple[Found, Floats]:
        """Return the candidates for documents, in rising order, and what it took to be one.

        Returns:
            The candidates, each with how near it is by links; and for each document the rough
            score of its last candidate, 0 if all with anything in common are candidates.
        """
        chosen, values, least = [], [], np.zeros(len(numbers))
        roughs = zip(numbers.tolist(), self._roughs(numbers), strict=True)
        for position, (number, rough) in enumerate(roughs):
            rough[number] = 0
            rough[: self._firsts[number]] = 0
            best, scores, least[position] = self._best(number, rough)
            chosen.append(best)
            values.append(scores)
        owners = np.repeat(np.arange(len(numbers), dtype=np.int64), [len(best) for best in chosen])
        none = np.zeros(0, np.int64)
        found = Found(owners, np.concatenate([none, *chosen]), np.concatenate([none, *values]))
        if self.graph.is_empty:
            return Found(owners, found.numbers, np.zeros(len(owners))), least
        return self._with_linked(numbers, found), least

    def _with_linked(self, numbers: Integers, found: Found) -> Found:
        """Return candidates and those that links bring, with how near they are by links."""
        count = len(self.days)
        near = self.graph.near(numbers)
        more = [found]
        more.append(self._top(self._allowed(numbers, near), BY_LINKS))
        followed = self.followed(numbers, self._top(found, NEIGHBOURS))
        more.append(self._top(self._allowed(numbers, followed), BY_NEIGHBOURS))
        keys = np.unique(np.concatenate([part.owners * count + part.numbers for part in more]))
        values = looked_up(keys, near.owners * count + near.numbers, near.values)
        return Found(keys // count, keys % count, values)

    def followed(self, numbers: Integers, best: Found) -> Found:
        """Return what the documents most similar to some link to, in rising order.

        Args:
            numbers: The documents.
            best: Documents similar to each, with their scores.

        Returns:
            Documents, and for each the share of the neighbours that link to it, by their scores.
        """
        total = np.bincount(best.owners, best.values, minlength=len(numbers))
        best = best.some(total[best.owners] > 0)
        shares = best.values / total[best.owners]
        return self.graph.followed(numbers, Found(best.owners, best.numbers, shares))

    def _allowed(self, numbers: Integers, found: Found) -> Found:
        """Return those of the documents found that may be named."""
        return found.some(
            self.appears[found.numbers]
            & (found.numbers != numbers[found.owners])
            & (found.numbers >= self._firsts[numbers[found.owners]])
        )

    def _top(self, found: Found, count: int) -> Found:
        """Return for each owner those that have most, the best first."""
        order = np.lexsort((found.numbers, -np.round(found.values, _DIGITS), found.owners))
        return found.some(order[ranks_of(found.owners) < count])

    def rough(self, number: int) -> Floats:
        """Return the rough scores of all documents: what they share of the strongest terms."""
        return next(self._roughs(np.array([number], np.int64)))

    def _roughs(self, numbers: Integers) -> Iterator[Floats]:
        """Yield the rough scores for one document after the other."""
        owners, strong = self.vectors.strong.some(numbers)
        columns = columns_of(strong)
        starts, ends = self.postings.starts[columns], self.postings.starts[columns + 1]
        lengths = ends - starts
        # Nobody else has what only one page has: mostly this page itself.
        fits = lengths > self.appears[numbers[owners]]
        values, lengths = values_of(strong)[fits], lengths[fits]
        pairs = list(zip(starts[fits].tolist(), ends[fits].tolist(), strict=True))
        bounds = np.searchsorted(owners[fits], np.arange(len(numbers) + 1)).tolist()
        postings, count = self.postings.entries, len(self.days)
        for first, last in pairwise(bounds):
            if first == last:
                yield np.zeros(count)
                continue
            entries = np.concatenate([postings[start:end] for start, end in pairs[first:last]])
            products = values_of(entries) * np.repeat(values[first:last], lengths[first:last])
            sums = np.bincount(columns_of(entries), products, minlength=count)
            yield sums.astype(np.float64, copy=False)

    def _best(self, number: int, rough: Floats) -> tuple[Integers, Floats, float]:
        """Return the documents with the best rough scores, in rising order.

        Returns:
            Their numbers, their scores by date, and the least of these if others were left out.
        """
        # Dates add no more than a factor, so that what is far behind stays behind.
        bound = self._bound(rough) * _SAFE / float(self._by_days[0])
        found = np.flatnonzero(rough >= bound) if bound > 0 else np.flatnonzero(rough)
        scores = rough[found]
        if self._dated[number]:
            scores *= self._since(self.days[number], self.days[found])
        if len(found) <= self._wanted and bound <= 0:
            return found, scores, 0.0
        values = np.round(scores, _DIGITS)
        ordered = values.copy()
        place = len(ordered) - self._wanted
        ordered.partition(place)
        least = float(ordered[place])
        kept = np.flatnonzero(values >= least)
        if len(kept) > self._wanted:
            equal = kept[values[kept] == least]
            kept = np.setdiff1d(kept, equal[len(equal) - (len(kept) - self._wanted) :])
        return found[kept], scores[kept], least

    def _bound(self, rough: Floats) -> float:
        """Return a score that enough documents reach, close to the highest such score.

        It is what the best documents of enough groups reach, and saves sorting all documents.
        """
        if not len(rough):
            return 0.0
        count = max(1, min(_GROUPS, len(rough) // _LEAST_GROUP))
        best = rough[: len(rough) - len(rough) % count].reshape(-1, count).max(axis=0)
        place = len(best) - self._wanted
        if place < 0:
            return 0.0
        best.partition(place)
        return float(best[place])

    def _since(self, day: Integers, days: Integers) -> Floats:
        """Return the factors of days; no document is as far away as one without a day."""
        apart = np.abs(days - day)
        np.minimum(apart, _FORGOTTEN, out=apart)
        factors: Floats = self._by_days[apart]
        return factors

    def allows(self, number: int, others: Integers) -> NDArray[np.bool_]:
        """Return which of some documents a document may name."""
        allowed: NDArray[np.bool_] = self.appears[others] & (others != number)
        allowed &= others >= self._firsts[number]
        return allowed

    def add_scores(self, numbers: Integers, others: NDArray[np.int32], scores: Floats) -> None:
        """Work out the exact scores of pairs, without what their neighbours link to.

        Args:
            numbers: The documents that ask.
            others: For each those that it may name, and -1 for none.
            scores: For each of these how near it is by links; replaced by the scores.
        """
        width = max(1, others.shape[1])
        flat_others, flat = others.reshape(-1), scores.reshape(-1)
        for own in self._products.parts(numbers, others):
            first, second = numbers[own // width], flat_others[own]
            products = self._products.of_pairs(first, second)
            flat[own] = self._scores(products, first, second, flat[own])

    def scores_of(self, number: int, others: Integers) -> Floats:
        """Return the exact scores of many documents for one."""
        found = self.graph.near(np.array([number]))
        near = looked_up(others, found.numbers, found.values)
        ones = np.full(len(others), number)
        return self._scores(self._products.of_one(number, others), ones, others, near)

    def _scores(self, products: Floats, ones: Numbers, others: Numbers, near: Floats) -> Floats:
        scores = products + self.weights.links * near
        scores *= self.by_date(ones, others)
        return np.round(scores, _DIGITS)

    def by_date(self, ones: Numbers, others: Numbers) -> Floats:
        """Return factors from 1 for no or distant days to 1 + weight for the same day."""
        factors = self._since(self.days[ones], self.days[others])
        factors[~(self._dated[ones] & self._dated[others])] = 1
        return factors


def looked_up(wanted: Integers, known: Integers, values: Floats) -> Floats:
    """Return the values of some numbers, 0 where there is none; `known` rises."""
    if not len(known):
        return np.zeros(len(wanted))
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, values[places], 0.0)
