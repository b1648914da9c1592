"""The pages of one language: built once, and brought up to date after an edit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import TokenCache, Tokens, Vocabulary, read_tokens
from mkdocs_anp.core.similar_posts.counts import blocks_of
from mkdocs_anp.core.similar_posts.document import Document, Similar
from mkdocs_anp.core.similar_posts.graph import Graph
from mkdocs_anp.core.similar_posts.ranking import CANDIDATES, NEIGHBOURS, Ranker, strongest
from mkdocs_anp.core.similar_posts.rows import Integers, Rows, stacked
from mkdocs_anp.core.similar_posts.sets import Features, FeatureTable
from mkdocs_anp.core.similar_posts.statistics import Statistics
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors, vectors_of
from mkdocs_anp.core.similar_posts.weights import Weights

NO_DAY = np.iinfo(np.int64).min
NEW_BY_NEIGHBOURS = 10
"""How many documents that are no candidates yet the neighbours' links may bring."""
DIGITS = 6
"""Scores are rounded to this many digits before they are ranked."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Options:
    """What a site decides.

    Attributes:
        weights: What each channel counts.
        kept: How many similar documents are kept for each document.
        newer: Whether documents may be named by older ones.
        ignored: Values that are no signal: `(set, value)`.
    """

    weights: Weights = field(default_factory=Weights)
    kept: int = 12
    newer: bool = True
    ignored: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """What is kept of a document besides its vectors."""

    id: str
    day: int
    place: str
    appears: bool
    links: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Card:
        """Return the card of a document."""
        day = NO_DAY if document.date is None else document.date.toordinal()
        return cls(document.id, day, document.place, document.may_appear, document.links)


@dataclass(frozen=True, slots=True)
class Base:
    """The exact scores of the candidates of a document, before it is asked what they link to.

    Attributes:
        numbers: The candidates, in rising order.
        scores: Their scores.
        least: What rough score it took to be one, 0 if nothing was left out.
    """

    numbers: NDArray[np.int32]
    scores: Floats
    least: float


@dataclass(frozen=True, slots=True)
class Listed:
    """The result for a document: numbers and scores, the best first."""

    numbers: NDArray[np.int32]
    scores: Floats


class Pool:
    """All pages of a language, each with those most similar to it."""

    def __init__(
        self, documents: Iterable[Document], options: Options, cache: TokenCache | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:  # fmt: skip
        """Read the documents, one after the other and none of them kept."""
        self._options = options
        self._vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._table = FeatureTable(options.ignored)
        self._read(documents, cache)
        self._index()

    def _read(self, documents: Iterable[Document], cache: TokenCache | None) -> None:
        """Read tokens and features, and put all in the order that decides between equals."""
        cards: list[Card] = []
        features: list[Features] = []

        def seen() -> Iterable[Document]:
            for document in documents:
                cards.append(Card.of(document))
                features.append(self._table.read((document,)))
                yield document

        tokens = read_tokens(seen(), self._vocabulary, cache)
        order = sorted(range(len(cards)), key=lambda n: (-cards[n].day, cards[n].place, cards[n].id))
        self._cards = [cards[number] for number in order]
        self._numbers = {card.id: number for number, card in enumerate(self._cards)}
        self._tokens = tokens.some(np.array(order, np.int64))
        joined = [features[number].numbers for number in order]
        lengths = np.array([len(numbers) for numbers in joined], np.int64)
        self._features = Features(
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            np.concatenate([np.zeros(0, np.int32), *joined]),
        )

    def _index(self) -> None:
        """Work out everything from tokens and features."""
        self._statistics = Statistics.of(self._tokens, self._vocabulary, self._features)
        self._bands = Bands.of(self._statistics)
        parts = [self._vectors(block) for block in blocks_of(self._tokens)]
        rows = stacked([part.rows for part in parts])
        cover = np.concatenate([np.zeros(0, np.float32), *(part.cover.values for part in parts)])
        del parts
        vectors = Vectors(rows, Rows(rows.starts, rows.columns, cover))
        strong = self._strong(vectors.rows)
        graph = Graph.of([card.links for card in self._cards], self._numbers)
        self._ranker = self._ranked_by(vectors, strong, graph)
        everything = range(len(self._cards))
        self._bases = [self._base(number) for number in everything]
        self._lists = [self._list(number) for number in everything]

    def _vectors(self, numbers: Integers) -> Vectors:
        return vectors_of(
            self._tokens.some(numbers),
            self._features.some(numbers),
            self._table.channels(),
            self._vocabulary,
            self._statistics,
            self._bands,
            self._options.weights,
        )

    def _strong(self, rows: Rows) -> Rows:
        """Return the strongest terms and features of each row, some thousand rows at a time."""
        hashes = self._column_hashes()
        parts = []
        for start in range(0, len(rows), 1024):
            end = min(start + 1024, len(rows))
            first, last = rows.starts[start], rows.starts[end]
            block = Rows(rows.starts[start : end + 1] - first, rows.columns[first:last], rows.values[first:last])
            parts.append(strongest(block, self._bands, hashes))
        return stacked(parts)

    def _column_hashes(self) -> NDArray[np.uint64]:
        """Return what decides between equally strong terms and features, by column."""
        features = np.zeros(self._bands.room, np.uint64)
        for number in range(len(self._table)):
            text = "\0".join(self._table.value(number))
            features[number] = zlib.crc32(text.encode("utf-8", "surrogatepass"))
        return np.concatenate([features, np.repeat(self._vocabulary.hashes(), 4)])

    def _ranked_by(self, vectors: Vectors, strong: Rows, graph: Graph) -> Ranker:
        appears = np.array([card.appears for card in self._cards], bool)
        width = self._bands.width(len(self._vocabulary))
        return Ranker(
            vectors,
            strong,
            _postings(strong, appears, width),
            graph,
            self._bands,
            self._options.weights,
            np.array([card.day for card in self._cards], np.int64),
            appears,
            self._options.newer,
            width,
        )

    def _base(self, number: int) -> Base:
        numbers, least = self._ranker.candidates(number)
        return Base(numbers.astype(np.int32), self._ranker.scores(number, numbers), least)

    def _list(self, number: int) -> Listed:
        """Return the final list of a document."""
        numbers, scores = self._scored(number)
        scale = scale_of(self._options.weights)
        rounded = np.round(scores / scale, DIGITS)
        order = np.lexsort((numbers, -rounded))[: self._options.kept]
        order = order[rounded[order] > 0]
        return Listed(numbers[order].astype(np.int32), rounded[order])

    def _scored(self, number: int) -> tuple[Integers, Floats]:
        """Return all candidates of a document with their scores, what is followed included."""
        base = self._bases[number]
        numbers, scores = base.numbers.astype(np.int64), base.scores
        followed, values = self._followed(number)
        if not len(followed):
            return numbers, scores
        known = np.isin(followed, numbers)
        new, new_values = followed[~known], values[~known]
        best = np.sort(np.lexsort((new, -np.round(new_values, 9)))[:NEW_BY_NEIGHBOURS])
        new, new_values = new[best], new_values[best]
        scores = scores.copy()
        scores[np.searchsorted(numbers, followed[known])] += values[known]
        more = self._ranker.scores(number, new) + new_values
        return np.concatenate([numbers, new]), np.concatenate([scores, more])

    def _followed(self, number: int) -> tuple[Integers, Floats]:
        """Return what the most similar documents link to, with what that adds to its score."""
        base, weight = self._bases[number], self._options.weights.followed
        nothing = np.zeros(0, np.int64), np.zeros(0)
        if self._ranker.graph.is_empty or not weight or not len(base.numbers):
            return nothing
        order = np.lexsort((base.numbers, -base.scores))[:NEIGHBOURS]
        total = base.scores[order].sum()
        if total <= 0:
            return nothing
        shares = base.scores[order] / total
        followed, values = self._ranker.graph.followed(base.numbers[order], shares, number)
        allowed = self._ranker.allows(number, followed)
        return followed[allowed], np.round(weight * values[allowed], 9)

    def similar(self, id_: str) -> tuple[Similar, ...]:
        """Return the documents most similar to one, the best first.

        Raises:
            KeyError: There is no such document.
        """
        found = self._lists[self._numbers[id_]]
        ids = (self._cards[number].id for number in found.numbers.tolist())
        return tuple(Similar(i, s) for i, s in zip(ids, found.scores.tolist(), strict=True))


def _postings(strong: Rows, appears: NDArray[np.bool_], width: int) -> Rows:
    """Return for each column the documents that may appear in which it is strong."""
    postings = strong.transposed(width)
    if appears.all():
        return postings
    kept = appears[postings.columns]
    places = np.concatenate([[0], np.cumsum(kept)])
    return Rows(places[postings.starts], postings.columns[kept], postings.values[kept])


def scale_of(weights: Weights) -> float:
    """Return what the score of a copy would be, links aside; 1 if nothing counts."""
    sets: Sequence[float] = (
        weights.topic, weights.stack, weights.tools, weights.entities, weights.tags,
        weights.meta_words, weights.path,
    )  # fmt: skip
    total = weights.text + weights.phrases + 2.5 * weights.title + weights.summary + sum(sets)
    return total or 1.0


__all__ = ["CANDIDATES", "Options", "Pool", "scale_of"]
