"""Which documents are most similar to one: a wide net of candidates first, then exact scores.

Candidates share one of the strongest terms or features of both pages, or are near by links.
Their scores are then worked out from all that is known (two-stage retrieval, e.g. C. Manning,
P. Raghavan, H. Schütze, "Introduction to Information Retrieval", 2008, chapter 7.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.graph import Graph
from mkdocs_anp.core.similar_posts.rows import Integers, Rows, largest_of_rows, starts_of
from mkdocs_anp.core.similar_posts.vectors import (
    IN_SUMMARY,
    IN_TITLE,
    KINDS,
    TEXT,
    TIE,
    TITLE_SHARE,
    Bands,
    Vectors,
)
from mkdocs_anp.core.similar_posts.weights import Weights

CANDIDATES = 48
"""How many candidates get an exact score."""
BY_LINKS = 20
"""How many more the links of the page may bring."""
BY_NEIGHBOURS = 10
"""How many more the links of the most similar pages may bring."""
STRONGEST = 64
"""How many terms and features of a page bring candidates."""
NO_CAP_UP_TO = 20_000
CAP = 2000
"""In larger sites a term that is strong in more pages than this brings no candidates."""
NEIGHBOURS = 15
"""How many of the most similar posts are asked what they link to."""
MEMORY_OF_DAYS = 730.0
_DIGITS = 9
NO_DAY = 0
"""The day of a document that has none; days are counted from 1, in the year 1."""
_BLOCK = 1024

Floats = NDArray[np.float64]


def strongest(rows: Rows, bands: Bands, hashes: NDArray[np.uint64]) -> Rows:
    """Return of each row the strongest terms of the text and features.

    Args:
        rows: All that is known of the documents.
        bands: Their columns.
        hashes: For each column from the features on, what decides between equals.
    """
    kinds = (rows.columns - bands.terms) % KINDS
    wanted = np.where(rows.columns >= bands.terms, kinds == TEXT, rows.columns >= bands.features)
    kept = np.flatnonzero(wanted)
    documents = np.repeat(np.arange(len(rows)), np.diff(rows.starts))[kept]
    columns, values = rows.columns[kept], rows.values[kept]
    lengths = np.bincount(documents, minlength=len(rows))
    # Between equal values the hash decides, never the order in which words were met.
    strength = values * (1 + hashes[columns - bands.features] * TIE)
    chosen = np.flatnonzero(largest_of_rows(strength, starts_of(lengths), STRONGEST))
    return Rows(
        starts_of(np.bincount(documents[chosen], minlength=len(rows))),
        columns[chosen],
        values[chosen],
    )


@dataclass(frozen=True, slots=True)
class Share:
    """What one term, feature or phrase adds to the score of a pair.

    Attributes:
        channel: The channel it belongs to; of a feature the feature tells.
        amount: What it adds.
        term, feature: Its number, None for what it is not.
    """

    channel: str
    amount: float
    term: int | None = None
    feature: int | None = None


@dataclass
class Ranker:
    """Finds and scores the documents of a pool; all are known by number, ties go to the lower.

    Attributes:
        vectors: All that is known of each document.
        strong: The strongest terms and features of each document.
        postings: For each column the documents that may appear in which it is strong.
        graph: The links.
        bands: The columns.
        weights: What each channel counts.
        days: The day of each document, as a number, `NO_DAY` for none.
        appears: Which documents may appear.
        newer: Whether documents may be named by older ones.
        width: The number of columns.
    """

    vectors: Vectors
    strong: Rows
    postings: Rows
    graph: Graph
    bands: Bands
    weights: Weights
    days: Integers
    appears: NDArray[np.bool_]
    newer: bool
    width: int

    def __post_init__(self) -> None:
        """Prepare the two rows that queries are spread on."""
        self._dense = np.zeros(self.width, np.float32)
        self._titles = np.zeros(self.width, np.float32)
        self._cap = CAP if len(self.strong) > NO_CAP_UP_TO else len(self.strong)
        self._guess = 0.0
        self._terms = self._middles()
        self._last_near: tuple[int, Integers, Floats] = (-1, np.zeros(0, np.int64), np.zeros(0))

    def _middles(self) -> Integers:
        """Return where the terms of each row start, after phrases and features."""
        starts = self.vectors.rows.starts[:-1]
        if not len(starts):
            return starts
        # No row is empty, which is what this way of summing asks for.
        before = self.vectors.rows.columns < self.bands.terms
        middles: Integers = starts + np.add.reduceat(before, starts, dtype=np.int64)
        return middles

    def candidates(self, number: int) -> tuple[Integers, float]:
        """Return the candidates for a document, in rising order, and what it took to be one.

        The second number is the rough score of the last one, 0 if all documents with
        anything in common are candidates.
        """
        rough = self.rough(number)
        rough[number] = 0
        if not self.newer:
            rough[: self._first_allowed(number)] = 0
        chosen, least = self._best(rough)
        if self.graph.is_empty:
            return chosen, least
        near = self._top(number, *self._near(number), BY_LINKS)
        values = rough[chosen]
        order = np.lexsort((chosen, -np.round(values, _DIGITS)))
        followed = self._top(
            number, *self.followed(number, chosen[order], values[order]), BY_NEIGHBOURS
        )
        return np.union1d(chosen, np.append(near, followed)), least

    def _near(self, number: int) -> tuple[Integers, Floats]:
        """Return what is near by links; it is asked for twice."""
        if self._last_near[0] != number:
            self._last_near = (number, *self.graph.near(number))
        return self._last_near[1:]

    def followed(self, number: int, best: Integers, scores: Floats) -> tuple[Integers, Floats]:
        """Return what the documents most similar to one link to, in rising order.

        Args:
            number: The document.
            best: Documents similar to it, the best first.
            scores: Their scores.

        Returns:
            Numbers, and for each the share of the neighbours that link to it, by their scores.
        """
        best, scores = best[:NEIGHBOURS], scores[:NEIGHBOURS]
        total = scores.sum()
        if total <= 0 or self.graph.is_empty:
            return np.zeros(0, np.int64), np.zeros(0)
        return self.graph.followed(best, scores / total, number)

    def _top(self, number: int, others: Integers, values: Floats, count: int) -> Integers:
        """Return those of some documents that a document may name and that have most."""
        allowed = self.allows(number, others)
        others, values = others[allowed], values[allowed]
        if len(others) <= count:
            return others
        return others[np.lexsort((others, -np.round(values, _DIGITS)))[:count]]

    def rough(self, number: int) -> Floats:
        """Return the rough scores of all documents: what they share of the strongest terms."""
        columns, values = self.strong.row(number)
        starts, ends = self.postings.starts[columns], self.postings.starts[columns + 1]
        lengths = ends - starts
        fits = np.flatnonzero((lengths <= self._cap) & (lengths > 0))
        pairs = list(zip(starts[fits].tolist(), ends[fits].tolist(), strict=True))
        if not pairs:
            return np.zeros(len(self.strong))
        documents = np.concatenate([self.postings.columns[start:end] for start, end in pairs])
        products = np.concatenate([self.postings.values[start:end] for start, end in pairs])
        products *= np.repeat(values[fits], lengths[fits])
        return _sums(documents, products, len(self.strong))

    def capped(self) -> Integers:
        """Return the columns that are strong in so many documents that they bring none."""
        return np.flatnonzero(np.diff(self.postings.starts) > self._cap)

    def _best(self, scores: Floats) -> tuple[Integers, float]:
        """Return the numbers of the best scores, in rising order, and the least of these."""
        found = np.flatnonzero(scores > self._guess)
        if len(found) < CANDIDATES:
            found = np.flatnonzero(scores > 0)
        if len(found) <= CANDIDATES:
            return found, 0.0
        values = np.round(scores[found], _DIGITS)
        least = float(-np.partition(-values, CANDIDATES - 1)[CANDIDATES - 1])
        self._guess = least / 2  # saves work, and never changes what is found
        above, equal = found[values > least], found[values == least]
        return np.sort(np.append(above, equal[: CANDIDATES - len(above)])), least

    def _first_allowed(self, number: int) -> int:
        """Return the first document that is not newer; documents are in order of their days."""
        if self.days[number] == NO_DAY:
            return 0
        return int(np.searchsorted(-self.days, -self.days[number]))

    def allows(self, number: int, others: Integers) -> NDArray[np.bool_]:
        """Return which of some documents a document may name."""
        allowed: NDArray[np.bool_] = self.appears[others] & (others != number)
        if not self.newer:
            allowed &= others >= self._first_allowed(number)
        return allowed

    def scores(self, number: int, others: Integers) -> Floats:
        """Return the exact scores of some documents, without what their neighbours link to."""
        if not len(others):
            return np.zeros(0)
        scores = self._products(number, others)
        if not self.graph.is_empty:
            near, values = self._near(number)
            scores += self.weights.links * looked_up(others, near, values)
        return np.round(scores * self.by_date(number, others), _DIGITS)

    def by_date(self, number: int, others: Integers) -> Floats:
        """Return factors from 1 for no or distant days to 1 + weight for the same day."""
        day = self.days[number]
        known = (self.days[others] != NO_DAY) & (day != NO_DAY)
        apart = np.where(known, np.abs(self.days[others] - np.where(known, day, 0)), 0)
        near = np.where(known, np.exp(-apart / MEMORY_OF_DAYS), 0)
        factors: Floats = 1 + self.weights.date * near
        return factors

    def _products(self, number: int, others: Integers) -> Floats:
        """Return the products of a document's row with others, and of titles with texts."""
        rows, cover = self.vectors.rows, self.vectors.cover
        columns, values = rows.row(number)
        touched, title = self._spread(number, columns, values)
        starts, middles, ends = rows.starts[others], self._terms[others], rows.starts[others + 1]
        # Titles are looked for among the terms only: these come last in a row.
        heads = list(zip(starts.tolist(), middles.tolist(), strict=True))
        tails = list(zip(middles.tolist(), ends.tolist(), strict=True))
        pairs = heads + tails
        found = np.concatenate([rows.columns[start:end] for start, end in pairs])
        products = self._dense.take(found, mode="clip")  # quicker than with brackets
        products *= np.concatenate([rows.values[start:end] for start, end in pairs])
        lengths = middles - starts
        split = int(lengths.sum())
        if len(title):
            covered = self._titles.take(found[split:], mode="clip")
            covered *= np.concatenate([cover.values[start:end] for start, end in tails])
            products[split:] += covered
        scores = _sums_of_runs(products[:split], lengths)
        scores += _sums_of_runs(products[split:], ends - middles)
        self._dense[columns] = 0
        self._dense[touched] = 0
        self._titles[title] = 0
        return scores

    def _spread(
        self, number: int, columns: NDArray[np.int32], values: NDArray[np.float32]
    ) -> tuple[Integers, Integers]:
        """Write a document's row on the wide rows.

        Returns:
            The columns that were written besides its own, and those of its title words.
        """
        dense, bands = self._dense, self.bands
        dense[columns] = values
        kinds = np.where(columns >= bands.terms, (columns - bands.terms) % KINDS, -1)
        shares = kinds == TITLE_SHARE
        dense[columns[shares]] = 0  # a title is looked for in texts, not in titles
        texts = kinds == TEXT
        covers = self.vectors.cover.row(number)[1][texts]
        touched = columns[texts].astype(np.int64) + (TITLE_SHARE - TEXT)
        dense[touched] = self.weights.title * covers
        title = columns[shares].astype(np.int64) - (TITLE_SHARE - TEXT)
        self._titles[title] = self.weights.title * values[shares]
        return touched, title


def _sums_of_runs(values: NDArray[np.float32], lengths: Integers) -> Floats:
    """Return the sums of runs of values, in double precision; a run may be empty."""
    sums = np.zeros(len(lengths))
    filled = np.flatnonzero(lengths)
    if len(filled):
        firsts = np.cumsum(lengths[filled]) - lengths[filled]
        sums[filled] = np.add.reduceat(values, firsts, dtype=np.float64)
    return sums


def _sums(numbers: NDArray[np.int32], values: NDArray[np.float32], count: int) -> Floats:
    """Return for each number up to `count` the sum of its values, in double precision."""
    sums: Floats = np.bincount(numbers, values, minlength=count).astype(np.float64, copy=False)
    return sums


def looked_up(wanted: Integers, known: Integers, values: Floats) -> Floats:
    """Return the values of some numbers, 0 where there is none; `known` rises."""
    if not len(known):
        return np.zeros(len(wanted))
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, values[places], 0.0)


_KIND_CHANNELS = {TEXT: "text", IN_SUMMARY: "summary", IN_TITLE: "title"}


def shares_of(ranker: Ranker, number: int, other: int) -> list[Share]:
    """Return what each term, feature and phrase adds to the score of a pair."""
    bands, rows, cover = ranker.bands, ranker.vectors.rows, ranker.vectors.cover
    mine, theirs = _entries(rows, number), _summed_entries(rows, other)
    covers = _entries(cover, number), _entries(cover, other)
    found = []
    for column in sorted(mine.keys() & theirs.keys()):
        amount = mine[column] * theirs[column]
        if column < bands.features:
            found.append(Share("phrases", amount))
        elif column < bands.terms:
            found.append(Share("", amount, feature=column - bands.features))
        else:
            term, kind = divmod(column - bands.terms, KINDS)
            if kind in _KIND_CHANNELS:
                found.append(Share(_KIND_CHANNELS[kind], amount, term=term))
    for shares, covered in ((mine, covers[1]), (theirs, covers[0])):
        for column, share in sorted(shares.items()):
            if column >= bands.terms and (column - bands.terms) % KINDS == TITLE_SHARE:
                amount = ranker.weights.title * share * covered.get(column - TITLE_SHARE, 0.0)
                found.append(Share("title", amount, term=(column - bands.terms) // KINDS))
    return [share for share in found if share.amount > 0]


def _entries(rows: Rows, number: int) -> dict[int, float]:
    columns, values = rows.row(number)
    return dict(zip(columns.tolist(), values.tolist(), strict=True))


def _summed_entries(rows: Rows, number: int) -> dict[int, float]:
    """Return a row in which a column that two phrases share has the sum of both."""
    found: dict[int, float] = {}
    columns, values = rows.row(number)
    for column, value in zip(columns.tolist(), values.tolist(), strict=True):
        found[column] = found.get(column, 0.0) + value
    return found
