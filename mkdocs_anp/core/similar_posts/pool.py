"""The pages of one language: built once, and brought up to date after an edit."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import (
    FIELDS,
    TokenCache,
    TokenReader,
    Tokens,
    Vocabulary,
    joined,
)
from mkdocs_anp.core.similar_posts.counts import blocks_of, phrases_of
from mkdocs_anp.core.similar_posts.document import Document, Evidence, Similar
from mkdocs_anp.core.similar_posts.graph import Graph
from mkdocs_anp.core.similar_posts.ranking import (
    NEIGHBOURS,
    NO_DAY,
    Ranker,
    looked_up,
    shares_of,
    strongest,
)
from mkdocs_anp.core.similar_posts.rows import Integers, Rows, stacked
from mkdocs_anp.core.similar_posts.sets import Features, FeatureTable, joined_features
from mkdocs_anp.core.similar_posts.statistics import Changes, Statistics
from mkdocs_anp.core.similar_posts.vectors import Bands, Vectors, stacked_vectors, vectors_of
from mkdocs_anp.core.similar_posts.weights import Weights

DIGITS = 6
"""Scores are rounded to this many digits before they are ranked."""

MOST_TOUCHED = 0.05
"""If an edit touches more than this share of the documents, everything is worked out again."""
LEAST_DIFFERENCE = 1e-8
MOST_REASONS = 10
"""How many shared words the evidence names."""

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

    def best(self) -> Integers:
        """Return the places of the candidates that are asked what they link to, best first."""
        order: Integers = np.lexsort((self.numbers, -self.scores))[:NEIGHBOURS]
        return order


@dataclass(frozen=True, slots=True)
class Listed:
    """The result for a document: numbers and scores, the best first."""

    numbers: NDArray[np.int32]
    scores: Floats

    def equals(self, other: Listed) -> bool:
        """Return whether two results are the same."""
        return np.array_equal(self.numbers, other.numbers) and np.array_equal(
            self.scores, other.scores
        )


class Source:
    """Collects the documents of a pool: tokens, features and cards, and no texts."""

    def __init__(
        self, vocabulary: Vocabulary, table: FeatureTable, cache: TokenCache | None = None
    ) -> None:
        """Start with no documents."""
        self._reader = TokenReader(vocabulary, cache)
        self._table = table
        self._features: list[Features] = []
        self._cards: list[Card] = []

    def add(self, document: Document) -> None:
        """Read a document."""
        self._reader.add(document)
        self._features.append(self._table.read((document,)))
        self._cards.append(Card.of(document))

    def contents(self) -> Contents:
        """Return what was collected, in the order that decides between equals, and forget it."""
        features, self._features = joined_features(self._features), []
        return Contents(tuple(self._cards), self._reader.tokens(), features).ordered()


@dataclass(frozen=True, slots=True)
class Contents:
    """Documents as cards, tokens and features, all in one order."""

    cards: tuple[Card, ...]
    tokens: Tokens
    features: Features

    def some(self, numbers: Integers) -> Contents:
        """Return some of the documents."""
        cards = tuple(self.cards[number] for number in numbers.tolist())
        return Contents(cards, self.tokens.some(numbers), self.features.some(numbers))

    def ordered(self) -> Contents:
        """Return the documents in the order that decides between equals: newest first."""
        keys = [(-card.day, card.place, card.id) for card in self.cards]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        return self.some(np.array(order, np.int64))

    def with_more(self, others: Contents) -> Contents:
        """Return these documents and others after them."""
        return Contents(
            (*self.cards, *others.cards),
            joined((self.tokens, others.tokens)),
            joined_features((self.features, others.features)),
        )

    def replaced(self, numbers: Integers, others: Contents) -> Contents:
        """Return the documents with some, in rising order, replaced by others."""
        cards = list(self.cards)
        for number, card in zip(numbers.tolist(), others.cards, strict=True):
            cards[number] = card
        return Contents(
            tuple(cards),
            self.tokens.replaced(numbers, others.tokens),
            self.features.replaced(numbers, others.features),
        )


class Pool:
    """All pages of a language, each with those most similar to it."""

    def __init__(
        self, contents: Contents, vocabulary: Vocabulary, table: FeatureTable, options: Options
    ) -> None:
        """Work out everything.

        Args:
            contents: The documents, in the order that decides between equals.
            vocabulary: The words of their tokens.
            table: Their features.
            options: What the site decides.
        """
        self._options = options
        self._vocabulary = vocabulary
        self._table = table
        self._build(contents)

    def _build(self, contents: Contents) -> None:
        self._contents = contents
        self._numbers = {card.id: number for number, card in enumerate(self._contents.cards)}
        self._statistics = Statistics.of(
            self._contents.tokens, self._vocabulary, self._contents.features
        )
        self._index()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all documents, in the order that decides between equals."""
        return tuple(card.id for card in self._contents.cards)

    def _index(self) -> None:
        """Work out everything from tokens, features and their statistics."""
        self._bands = Bands.of(self._statistics)
        vectors = stacked_vectors(
            self._vectors(block) for block in blocks_of(self._contents.tokens)
        )
        strong = self._strong(vectors.rows)
        graph = Graph.of([card.links for card in self._contents.cards], self._numbers)
        self._ranker = self._ranked_by(vectors, strong, graph)
        self._phrases: Tokens | None = None
        everything = range(len(self._contents.cards))
        self._bases = [self._base(number) for number in everything]
        self._lists = [self._list(number) for number in everything]

    def _vectors(self, numbers: Integers) -> Vectors:
        return vectors_of(
            self._contents.tokens.some(numbers),
            self._contents.features.some(numbers),
            self._table.channels(),
            self._vocabulary,
            self._statistics,
            self._bands,
            self._options.weights,
        )

    def _strong(self, rows: Rows) -> Rows:
        """Return the strongest terms and features of each row, some thousand rows at a time."""
        hashes = self._column_hashes()
        parts: list[Rows] = []
        for start in range(0, len(rows), 1024):
            end = min(start + 1024, len(rows))
            first, last = rows.starts[start], rows.starts[end]
            block = Rows(
                rows.starts[start : end + 1] - first,
                rows.columns[first:last],
                rows.values[first:last],
            )
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
        appears = np.array([card.appears for card in self._contents.cards], bool)
        width = self._bands.width(len(self._vocabulary))
        return Ranker(
            vectors,
            strong,
            _postings(strong, appears, width),
            graph,
            self._bands,
            self._options.weights,
            np.array([card.day for card in self._contents.cards], np.int64),
            appears,
            self._options.newer,
            width,
        )

    def _base(self, number: int) -> Base:
        numbers, least = self._ranker.candidates(number)
        return Base(numbers.astype(np.int32), self._ranker.scores(number, numbers), least)

    def _list(self, number: int) -> Listed:
        """Return the final list of a document."""
        return self._ranked(number, self._bases[number])

    def _ranked(self, number: int, base: Base) -> Listed:
        """Return the best candidates of a document, what is followed included."""
        scores = self._scores(number, base) / scale_of(self._options.weights)
        rounded = np.round(scores, DIGITS)
        order = np.lexsort((base.numbers, -rounded))[: self._options.kept]
        order = order[rounded[order] > 0]
        return Listed(base.numbers[order], rounded[order])

    def _scores(self, number: int, base: Base) -> Floats:
        ranker, weight = self._ranker, self._options.weights.followed
        if ranker.graph.is_empty or not weight or not len(base.numbers):
            return base.scores
        numbers = base.numbers.astype(np.int64)
        best = base.best()
        followed, values = ranker.followed(number, numbers[best], base.scores[best])
        return np.round(base.scores + weight * looked_up(numbers, followed, values), 9)

    def exact(self, id_: str) -> tuple[str, ...]:
        """Return what `similar` would if all documents were candidates; slow.

        Raises:
            KeyError: There is no such document.
        """
        number, count = self._numbers[id_], len(self._contents.cards)
        everything = np.arange(count)
        others = everything[self._ranker.allows(number, everything)]
        blocks = [others[start : start + 5000] for start in range(0, len(others), 5000)]
        scores = [self._ranker.scores(number, block) for block in blocks]
        base = Base(others.astype(np.int32), np.concatenate([np.zeros(0), *scores]), 0.0)
        found = self._ranked(number, base).numbers.tolist()
        return tuple(self._contents.cards[other].id for other in found)

    def similar(self, id_: str) -> tuple[Similar, ...]:
        """Return the documents most similar to one, the best first.

        Raises:
            KeyError: There is no such document.
        """
        found = self._lists[self._numbers[id_]]
        ids = (self._contents.cards[number].id for number in found.numbers.tolist())
        return tuple(Similar(i, s) for i, s in zip(ids, found.scores.tolist(), strict=True))

    # After an edit

    def update(self, edited: Contents, gone: Collection[str] = ()) -> set[str]:
        """Bring everything up to date, and return the ids whose list changed or is new.

        Where documents come or go, or one gets another day or place, everything is worked out
        again from the tokens that are known. After other edits only what can change is.

        Args:
            edited: Documents that are new or were edited.
            gone: Ids of documents that are no longer there.
        """
        if not gone and self._keeps_order(edited):
            changed = self._edit(edited)
            if changed is not None:
                return changed
        before = {id_: self.similar(id_) for id_ in self.ids}
        replaced = {card.id for card in edited.cards}
        kept = [
            number
            for number, card in enumerate(self._contents.cards)
            if card.id not in replaced and card.id not in gone
        ]
        contents = self._contents.some(np.array(kept, np.int64))
        self._build(contents.with_more(edited).ordered())
        return {id_ for id_ in self.ids if before.get(id_) != self.similar(id_)}

    def _keeps_order(self, edited: Contents) -> bool:
        """Return whether the documents, and their order, are the same after an edit."""
        for card in edited.cards:
            number = self._numbers.get(card.id)
            if number is None or replace(self._contents.cards[number], links=card.links) != card:
                return False
        return len({card.id for card in edited.cards}) == len(edited.cards)

    def _edit(self, edited: Contents) -> set[str] | None:
        """Work out what an edit can change; None if that may be everything."""
        own = np.array([self._numbers[card.id] for card in edited.cards], np.int64)
        order = np.argsort(own)
        own, edited = own[order], edited.some(order)
        before = self._contents.some(own)
        statistics, changes = self._statistics.edited(
            (before.tokens, before.features),
            (edited.tokens, edited.features),
            self._vocabulary,
            len(self._table),
        )
        if len(self._table) > self._bands.room:
            return None
        contents = self._contents.replaced(own, edited)
        linked = _linked(before, edited, self._numbers)
        phrases = self._phrases_after(own, edited.tokens)
        touched = np.union1d(_with(contents, phrases, changes), np.union1d(own, linked))
        if len(touched) > MOST_TOUCHED * len(contents.cards):
            return None
        self._contents, self._statistics, self._phrases = contents, statistics, phrases
        return self._refresh(touched, linked)

    def _phrases_after(self, own: Integers, tokens: Tokens) -> Tokens:
        """Return the numbers of all phrases of all documents after an edit."""
        hashes, bits = self._vocabulary.hashes(), self._statistics.phrase_bits
        if self._phrases is None:
            self._phrases = phrases_of(self._contents.tokens, hashes, bits)
        return self._phrases.replaced(own, phrases_of(tokens, hashes, bits))

    def _refresh(self, touched: Integers, linked: Integers) -> set[str] | None:
        """Work out the rows of some documents, and all lists that these can change."""
        ranker = self._ranker
        vectors = self._vectors(touched)
        strong = ranker.strong.replaced(touched, self._strong(vectors.rows))
        graph, near = ranker.graph, np.zeros(0, np.int64)
        if len(linked):
            graph = Graph.of([card.links for card in self._contents.cards], self._numbers)
            if not np.array_equal(graph.hubs, ranker.graph.hubs):
                return None
            near = np.union1d(ranker.graph.around(linked), graph.around(linked))
        self._ranker = self._ranked_by(ranker.vectors.replaced(touched, vectors), strong, graph)
        if not np.array_equal(self._ranker.capped(), ranker.capped()):
            return None
        changed: set[str] = set()
        for number in np.union1d(self._concerned(touched), near).tolist():
            before = self._lists[number]
            self._bases[number] = self._base(number)
            self._lists[number] = after = self._list(number)
            if not before.equals(after):
                changed.add(self._contents.cards[number].id)
        return changed

    def _concerned(self, touched: Integers) -> Integers:
        """Return the documents of which a touched one was a candidate, or is one now."""
        count = len(self._bases)
        is_touched = np.zeros(count, bool)
        is_touched[touched] = True
        flat = np.concatenate([base.numbers for base in self._bases])
        owners = np.repeat(np.arange(count), [len(base.numbers) for base in self._bases])
        concerned = is_touched.copy()
        concerned[owners[is_touched[flat]]] = True
        least = np.array([base.least for base in self._bases])
        for number in touched[self._ranker.appears[touched]].tolist():
            rough = self._ranker.rough(number)
            concerned |= (rough > 0) & (rough >= least - LEAST_DIFFERENCE)
        # Pages that may not appear are in no posting, so that nobody knows what they share.
        concerned |= ~self._ranker.appears
        return np.flatnonzero(concerned)

    # Why

    def evidence(self, id_: str, other: str) -> Evidence:
        """Return why a document would name another.

        Raises:
            KeyError: There is no such document.
        """
        number, target = self._numbers[id_], self._numbers[other]
        ranker, scale = self._ranker, scale_of(self._options.weights)
        shares = shares_of(ranker, number, target)
        factor = float(ranker.by_date(number, np.array([target]))[0])
        parts: dict[str, float] = defaultdict(float)
        terms: dict[int, float] = defaultdict(float)
        values: list[tuple[str, str, float]] = []
        for share in shares:
            amount = share.amount / scale
            channel, value = share.channel, ""
            if share.feature is not None:
                channel, value = self._table.value(share.feature)
                values.append((channel, value, amount))
            elif share.term is not None:
                terms[share.term] += amount
            parts[channel] += amount
        parts["links"] += self._link_share(number, target) / scale
        parts["date"] += sum(parts.values()) * (factor - 1)
        parts["followed"] += self._followed_share(number, target) / scale
        words = self._vocabulary.words() if terms else []
        named = ((words[term], amount) for term, amount in terms.items())
        kept = {name: round(part, DIGITS) for name, part in parts.items() if round(part, DIGITS)}
        return Evidence(
            round(sum(parts.values()), DIGITS),
            dict(sorted(kept.items(), key=lambda part: (-part[1], part[0]))),
            tuple(sorted(named, key=lambda term: (-round(term[1], 9), term[0]))[:MOST_REASONS]),
            tuple(sorted(values, key=lambda value: (-round(value[2], 9), value[:2]))),
            ranker.graph.links(number, target),
            ranker.graph.links(target, number),
            ranker.graph.co_cites(number, target),
        )

    def _link_share(self, number: int, target: int) -> float:
        graph = self._ranker.graph
        if graph.is_empty:
            return 0.0
        near = looked_up(np.array([target]), *graph.near(number))
        return float(near[0]) * self._options.weights.links

    def _followed_share(self, number: int, target: int) -> float:
        base = self._bases[number]
        best = base.best()
        numbers = base.numbers[best].astype(np.int64)
        followed = self._ranker.followed(number, numbers, base.scores[best])
        share = looked_up(np.array([target]), *followed)
        return float(share[0]) * self._options.weights.followed


def _linked(before: Contents, after: Contents, numbers: Mapping[str, int]) -> Integers:
    """Return the documents whose links changed, and those they linked or link to."""
    found: set[int] = set()
    for old, new in zip(before.cards, after.cards, strict=True):
        if sorted(old.links) != sorted(new.links):
            ids = {old.id, *old.links, *new.links}
            found |= {numbers[id_] for id_ in ids if id_ in numbers}
    return np.array(sorted(found), np.int64)


def _with(contents: Contents, phrases: Tokens, changes: Changes) -> Integers:
    """Return the documents that have any of some terms, phrases or features."""
    tokens, features = contents.tokens, contents.features
    ends = tokens.bounds[FIELDS::FIELDS]
    found = [np.zeros(0, np.int64)]
    for flat, wanted in ((tokens.flat, changes.terms), (phrases.flat, changes.phrases)):
        places = _places(flat, wanted)
        found.append(np.searchsorted(ends, places, side="right"))
    places = _places(features.numbers, changes.features)
    found.append(np.searchsorted(features.starts[1:], places, side="right"))
    return np.unique(np.concatenate(found))


def _places(numbers: NDArray[np.int32], wanted: Integers) -> Integers:
    """Return where any of some numbers stand. Most fail a look at 16 bits, in a small table."""
    if not len(wanted):
        return np.zeros(0, np.int64)
    table = np.zeros(1 << 16, bool)
    table[wanted & 0xFFFF] = True
    places = np.flatnonzero(table[numbers & 0xFFFF])
    return places[np.isin(numbers[places], wanted)]


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
