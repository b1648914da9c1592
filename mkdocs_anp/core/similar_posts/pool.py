"""The pages of one language: built once, and brought up to date after an edit."""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import (
    FIELDS,
    TokenCache,
    TokenReader,
    Tokens,
    joined,
)
from mkdocs_anp.core.similar_posts.counts import BLOCK, Counted, blocks_of, phrases_of
from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, InCommon, Similar
from mkdocs_anp.core.similar_posts.graph import Found, Graph, ranks_of
from mkdocs_anp.core.similar_posts.in_common import Amounts, Comparer, Pairs
from mkdocs_anp.core.similar_posts.ranking import NEIGHBOURS, NO_DAY, Ranker, looked_up
from mkdocs_anp.core.similar_posts.rows import Floats, Integers, Rows, starts_of
from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from mkdocs_anp.core.similar_posts.sets import Features, FeatureTable, joined_features
from mkdocs_anp.core.similar_posts.shares import shares_of
from mkdocs_anp.core.similar_posts.statistics import Changes, Statistics
from mkdocs_anp.core.similar_posts.vectors import Bands, Maker, Vectors, stacked_vectors
from mkdocs_anp.core.similar_posts.weights import Weights

DIGITS = 6
"""Scores are rounded to this many digits before they are ranked."""

MOST_TOUCHED = 0.05
"""If an edit touches more than this share of the documents, everything is worked out again."""
LEAST_DIFFERENCE = 1e-8
_AT_ONCE = 1 << 17
MOST_REASONS = 10
"""How many shared words the evidence names."""


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
        id_, place = sys.intern(document.id), document.place
        links = tuple(map(sys.intern, document.links))  # one text for all links to a page
        return cls(id_, day, id_ if place == id_ else place, document.may_appear, links)


@dataclass(frozen=True, slots=True)
class Bases:
    """The exact scores of candidates, before it is asked what the best of them link to.

    Attributes:
        numbers: The candidates of each document in rising order, then -1.
        scores: Their scores, then 0.
        least: What rough score it took to be one, 0 if nothing was left out.
    """

    numbers: NDArray[np.int32]
    scores: Floats
    least: Floats

    @classmethod
    def of(cls, count: int, width: int) -> Bases:
        """Return room for the candidates of some documents."""
        numbers = np.full((count, width), -1, np.int32)
        return cls(numbers, np.zeros(numbers.shape), np.zeros(count))

    def some(self, numbers: Integers) -> Bases:
        """Return those of some documents."""
        return Bases(self.numbers[numbers], self.scores[numbers], self.least[numbers])

    def put(self, numbers: Integers, others: Bases) -> None:
        """Replace those of some documents."""
        self.numbers[numbers] = others.numbers
        self.scores[numbers] = others.scores
        self.least[numbers] = others.least

    def best(self) -> Found:
        """Return the candidates that are asked what they link to, best first."""
        known = np.where(self.numbers >= 0, self.scores, -np.inf)
        order = np.argsort(-known, axis=1, kind="stable")[:, :NEIGHBOURS]
        owners = np.broadcast_to(np.arange(len(order), dtype=np.int64)[:, None], order.shape)
        numbers = np.take_along_axis(self.numbers, order, 1).astype(np.int64)
        scores = np.take_along_axis(self.scores, order, 1)
        return Found(owners.ravel(), numbers.ravel(), scores.ravel()).some(numbers.ravel() >= 0)


@dataclass(frozen=True, slots=True)
class Lists:
    """The results for documents.

    Attributes:
        numbers: Those to name, the best first, then -1.
        scores: Their scores, then 0.
    """

    numbers: NDArray[np.int32]
    scores: Floats

    @classmethod
    def of(cls, bases: Bases, scores: Floats, kept: int) -> Lists:
        """Return the best candidates by their final scores."""
        rounded = np.round(np.where(bases.numbers >= 0, scores, 0), DIGITS)
        order = np.argsort(-rounded, axis=1, kind="stable")[:, :kept]
        best = np.take_along_axis(rounded, order, 1)
        numbers = np.take_along_axis(bases.numbers, order, 1)
        return cls(np.where(best > 0, numbers, np.int32(-1)), np.maximum(best, 0))

    @classmethod
    def stacked(cls, parts: Sequence[Lists], width: int) -> Lists:
        """Return the results of all parts; `width` is how many a document has at most."""
        numbers = [np.zeros((0, width), np.int32), *(part.numbers for part in parts)]
        scores = [np.zeros((0, width)), *(part.scores for part in parts)]
        return cls(np.concatenate(numbers), np.concatenate(scores))

    def row(self, number: int) -> tuple[list[int], list[float]]:
        """Return the numbers and scores of the list of a document."""
        numbers = self.numbers[number]
        numbers = numbers[numbers >= 0]
        return numbers.tolist(), self.scores[number, : len(numbers)].tolist()

    def put(self, numbers: Integers, others: Lists) -> Integers:
        """Replace those of some documents; return which of these are different."""
        is_other = np.any(self.numbers[numbers] != others.numbers, axis=1)
        is_other |= np.any(self.scores[numbers] != others.scores, axis=1)
        self.numbers[numbers] = others.numbers
        self.scores[numbers] = others.scores
        return numbers[is_other]


class Source:
    """Collects the documents of a pool: tokens, features and cards, and no texts."""

    def __init__(
        self, vocabulary: Vocabulary, table: FeatureTable, cache: TokenCache | None = None
    ) -> None:
        """Start with no documents."""
        self._reader = TokenReader(vocabulary, cache)
        self._table = table
        self._numbers = array("i")
        self._lengths = array("q")
        self._cards: list[Card] = []

    def add(self, document: Document) -> None:
        """Read a document."""
        self._reader.add(document)
        own = self._table.read(document)
        self._numbers.extend(own)
        self._lengths.append(len(own))
        self._cards.append(Card.of(document))

    def contents(self) -> Contents:
        """Return what was collected, in the order that decides between equals."""
        starts = starts_of(np.array(self._lengths, np.int64))
        features = Features(starts, np.array(self._numbers, np.int32))
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

    def without_texts(self) -> Contents:
        """Return the cards alone, with nothing that rows could be made from."""
        return replace(self, tokens=joined(()), features=joined_features(()))

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
        self,
        source: Source,
        vocabulary: Vocabulary,
        table: FeatureTable,
        options: Options,
        may_change: bool = True,
    ) -> None:
        """Work out everything.

        Args:
            source: Has read the documents.
            vocabulary: The words of their tokens.
            table: Their features.
            options: What the site decides.
            may_change: Whether documents may be edited later, which takes more memory.
        """
        self._options = options
        self._vocabulary = vocabulary
        self._table = table
        self._may_change = may_change
        # Nobody else may hold the contents, so that they can be forgotten.
        self._contents = source.contents()
        self._build()

    def _build(self) -> None:
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
        self._comparer: Comparer | None = None
        vectors = stacked_vectors(
            self._vectors(block) for block in blocks_of(self._contents.tokens)
        )
        if not self._may_change:
            self._contents = self._contents.without_texts()
            self._statistics = self._statistics.without_phrases()
        graph = Graph.of([card.links for card in self._contents.cards], self._numbers)
        self._ranker = self._ranked_by(vectors, self._postings(vectors.strong), graph)
        self._phrases: Tokens | None = None
        everything = np.arange(len(self._contents.cards), dtype=np.int64)
        self._bases = self._bases_of(everything)
        self._lists = self._lists_of(everything, self._bases)

    def _vectors(self, numbers: Integers) -> Vectors:
        """Return the rows of some documents; to count again is cheaper than to keep counts."""
        maker = Maker(
            self._statistics,
            self._bands,
            self._options.weights,
            self._table.channels(),
            self._vocabulary.hashes(),
            self._table.hashes(),
        )
        tokens = self._contents.tokens.some(numbers)
        counted = Counted.of(tokens, self._vocabulary, self._statistics.phrase_bits)
        return maker.vectors(counted, self._contents.features.some(numbers))

    def _postings(self, strong: Rows) -> Rows:
        """Return for each column the documents that may appear in which it is strong."""
        postings = strong.transposed(self._bands.phrases)
        appears = self._appears()
        if appears.all():
            return postings
        kept = appears[postings.columns]
        places = np.concatenate([[0], np.cumsum(kept)])
        return Rows(places[postings.starts], postings.entries[kept])

    def _appears(self) -> NDArray[np.bool_]:
        return np.array([card.appears for card in self._contents.cards], bool)

    def _ranked_by(self, vectors: Vectors, postings: Rows, graph: Graph) -> Ranker:
        return Ranker(
            vectors,
            postings,
            graph,
            self._bands,
            self._options.weights,
            np.array([card.day for card in self._contents.cards], np.int64),
            self._appears(),
            self._options.newer,
            len(self._vocabulary),
        )

    def _bases_of(self, numbers: Integers) -> Bases:
        """Return the candidates of some documents, with their scores."""
        ranker = self._ranker
        bases = Bases.of(len(numbers), ranker.width)
        for start in range(0, len(numbers), BLOCK):
            found, least = ranker.candidates(numbers[start : start + BLOCK])
            ranks = ranks_of(found.owners)
            bases.numbers[start + found.owners, ranks] = found.numbers
            bases.scores[start + found.owners, ranks] = found.values
            bases.least[start : start + len(least)] = least
        ranker.add_scores(numbers, bases.numbers, bases.scores)
        return bases

    def _lists_of(self, numbers: Integers, bases: Bases) -> Lists:
        """Return the best candidates of some documents, what is followed included."""
        lists, scale = [], scale_of(self._options.weights)
        for start in range(0, len(numbers), BLOCK):  # all at once would take some hundred megabytes
            block = slice(start, start + BLOCK)
            part = Bases(bases.numbers[block], bases.scores[block], bases.least[block])
            scores = self._scores(numbers[block], part) / scale
            lists.append(Lists.of(part, scores, self._options.kept))
        return Lists.stacked(lists, min(self._options.kept, bases.numbers.shape[1]))

    def _scores(self, numbers: Integers, bases: Bases) -> Floats:
        ranker, weight = self._ranker, self._options.weights.followed
        if ranker.graph.is_empty or not weight:
            return bases.scores
        count = len(self._contents.cards)
        followed = ranker.followed(numbers, bases.best())
        wanted = (np.arange(len(numbers), dtype=np.int64) * count)[:, None] + bases.numbers
        known = followed.owners * count + followed.numbers
        shares = looked_up(wanted.ravel(), known, followed.values).reshape(wanted.shape)
        return np.round(bases.scores + weight * shares, 9)

    def exact(self, id_: str) -> tuple[str, ...]:
        """Return what `similar` would if all documents were candidates; slow.

        Raises:
            KeyError: There is no such document.
        """
        number, count = self._numbers[id_], len(self._contents.cards)
        everything = np.arange(count)
        others = everything[self._ranker.allows(number, everything)]
        blocks = [others[start : start + 5000] for start in range(0, count, 5000)]
        scores = np.concatenate([self._ranker.scores_of(number, block) for block in blocks])
        bases = Bases(others[None].astype(np.int32), scores[None], np.zeros(1))
        found, _ = self._lists_of(np.array([number]), bases).row(0)
        return tuple(self._contents.cards[other].id for other in found)

    def similar(self, id_: str) -> tuple[Similar, ...]:
        """Return the documents most similar to one, the best first.

        Raises:
            KeyError: There is no such document.
        """
        numbers, scores = self._lists.row(self._numbers[id_])
        ids = (self._contents.cards[number].id for number in numbers)
        return tuple(Similar(i, s) for i, s in zip(ids, scores, strict=True))

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
        self._contents = contents.with_more(edited).ordered()
        self._build()
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
        if not self._bands.hold(len(self._vocabulary), len(self._table)):
            return None
        before = self._contents.some(own)
        bits = self._statistics.phrase_bits
        statistics, changes = self._statistics.edited(
            (Counted.of(before.tokens, self._vocabulary, bits), before.features),
            (Counted.of(edited.tokens, self._vocabulary, bits), edited.features),
            self._vocabulary,
            len(self._table),
        )
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
        new = self._vectors(touched)
        vectors = ranker.vectors.replaced(touched, new)
        graph, near = ranker.graph, np.zeros(0, np.int64)
        if len(linked):
            graph = Graph.of([card.links for card in self._contents.cards], self._numbers)
            # Whether there are links at all decides how wide the tables are.
            if not np.array_equal(graph.hubs, ranker.graph.hubs) or (
                graph.is_empty != ranker.graph.is_empty
            ):
                return None
            near = np.union1d(ranker.graph.around(linked), graph.around(linked))
        self._ranker = replace(
            ranker,
            vectors=vectors,
            postings=self._postings_after(touched, new.strong),
            graph=graph,
            terms=len(self._vocabulary),
        )
        numbers = np.union1d(self._concerned(touched), near)
        bases = self._bases_of(numbers)
        self._bases.put(numbers, bases)
        changed = self._lists.put(numbers, self._lists_of(numbers, bases))
        return {self._contents.cards[number].id for number in changed.tolist()}

    def _postings_after(self, touched: Integers, strong: Rows) -> Rows:
        """Return the postings after some documents got other rows."""
        ranker = self._ranker
        gone = np.zeros(len(ranker.days), bool)
        gone[touched] = True
        owners = np.repeat(touched, np.diff(strong.starts))
        some = ranker.appears[owners]
        columns, values, owners = strong.columns[some], strong.values[some], owners[some]
        order = np.argsort(columns, kind="stable")
        starts = starts_of(np.bincount(columns, minlength=self._bands.phrases))
        added = Rows.of(starts, owners[order], values[order])
        return ranker.postings.without_and_with(gone, added)

    def _concerned(self, touched: Integers) -> Integers:
        """Return the documents of which a touched one was a candidate, or is one now."""
        is_touched = np.zeros(len(self._bases.least) + 1, bool)  # the last one stands for -1
        is_touched[touched] = True
        concerned = is_touched[:-1] | is_touched[self._bases.numbers].any(axis=1)
        for number in touched[self._ranker.appears[touched]].tolist():
            rough = self._ranker.rough(number)
            rough *= self._ranker.by_date(np.full(len(rough), number), np.arange(len(rough)))
            concerned |= (rough > 0) & (rough >= self._bases.least - LEAST_DIFFERENCE)
        # Pages that may not appear are in no posting, so that nobody knows what they share.
        concerned |= ~self._ranker.appears
        return np.flatnonzero(concerned)

    # Why

    def in_common(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[InCommon]]:
        """Return what documents have in common with some others each.

        Raises:
            KeyError: There is no such document.
        """
        ranker = self._ranker
        if self._comparer is None or self._comparer.vectors is not ranker.vectors:
            title = self._options.weights.title
            self._comparer = Comparer(ranker.vectors, self._bands, title)
        number_of = self._numbers
        numbered = [
            (number_of[id_], [number_of[other] for other in others])
            for id_, others in wanted.items()
        ]
        found: list[list[InCommon]] = []
        for start in range(0, len(numbered), self._comparer.most):
            found += self._compared(self._comparer, numbered[start : start + self._comparer.most])
        return dict(zip(wanted, found, strict=True))

    def _compared(
        self, comparer: Comparer, wanted: Sequence[tuple[int, Sequence[int]]]
    ) -> Iterator[list[InCommon]]:
        """Yield what a few documents have in common with their others."""
        terms, features = comparer.amounts(Pairs.of(wanted))
        count = sum(len(others) for _, others in wanted)
        of_pairs = zip(terms.of_each(count), self._of_sets(features).of_each(count), strict=True)
        graph, scale = self._ranker.graph, scale_of(self._options.weights)
        words = self._vocabulary.words()
        for number, others in wanted:
            out, back = (set(rows.row(number)[0].tolist()) for rows in (graph.out, graph.back))
            yield [
                InCommon(
                    self._named_terms(words, *own_terms, scale),
                    self._named_values(*own_features, scale),
                    other in out,
                    other in back,
                    not back.isdisjoint(graph.back.row(other)[0].tolist()),
                )
                for other, (own_terms, own_features) in zip(others, of_pairs)  # noqa: B905
            ]

    def _of_sets(self, features: Amounts) -> Amounts:
        """Return what values of sets add; folders and single words of values are none."""
        return features.only(self._table.channels()[features.numbers] < len(SETS))

    def _named_terms(
        self, words: Sequence[str], terms: list[int], amounts: list[float], scale: float
    ) -> tuple[tuple[str, float], ...]:
        """Return the strongest terms as words; between equals the word decides."""
        named: list[tuple[float, str]] = []
        for term, amount in zip(terms, amounts, strict=True):  # the largest come first
            rounded = -round(amount / scale, 9)
            if len(named) >= MOST_REASONS and rounded > named[-1][0]:
                break
            named.append((rounded, words[term]))
        named.sort()
        return tuple([(word, -amount) for amount, word in named[:MOST_REASONS]])

    def _named_values(
        self, features: list[int], amounts: list[float], scale: float
    ) -> tuple[tuple[str, str, float], ...]:
        """Return features that are values of sets with their sets, the strongest first."""
        found = [
            (-round(amount / scale, 9), *self._table.value(feature))
            for feature, amount in zip(features, amounts, strict=True)
        ]
        found.sort()
        return tuple([(name, value, -amount) for amount, name, value in found])

    def evidence(self, id_: str, other: str) -> Evidence:
        """Return why a document would name another.

        Raises:
            KeyError: There is no such document.
        """
        number, target = self._numbers[id_], self._numbers[other]
        ranker, scale = self._ranker, scale_of(self._options.weights)
        shares = shares_of(ranker.vectors, self._bands, self._options.weights.title, number, target)
        factor = float(ranker.by_date(np.array([number]), np.array([target]))[0])
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
        near = self._ranker.graph.near(np.array([number]))
        share = looked_up(np.array([target]), near.numbers, near.values)
        return float(share[0]) * self._options.weights.links

    def _followed_share(self, number: int, target: int) -> float:
        own = np.array([number])
        followed = self._ranker.followed(own, self._bases.some(own).best())
        share = looked_up(np.array([target]), followed.numbers, followed.values)
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
    found = [np.zeros(0, np.int64)]
    table = np.zeros(1 << 16, bool)
    table[wanted & 0xFFFF] = True
    for start in range(0, len(numbers) if len(wanted) else 0, _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        places = np.flatnonzero(table.take(part & 0xFFFF))
        found.append(start + places[np.isin(part[places], wanted)])
    return np.concatenate(found)


def scale_of(weights: Weights) -> float:
    """Return what the score of a copy would be, links aside; 1 if nothing counts."""
    sets: Sequence[float] = (
        weights.topic, weights.stack, weights.tools, weights.entities, weights.tags,
        weights.meta_words, weights.path,
    )  # fmt: skip
    total = weights.text + weights.phrases + 2.5 * weights.title + weights.summary + sum(sets)
    return total or 1.0
