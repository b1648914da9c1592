"""Each document as one sparse row, so that one product of two rows compares all they hold.

The columns of a row lie in bands: features, terms of the text, of the summary and of the title,
and phrases. A value is a unit vector's component times the square root of its channel's weight;
so the product of two rows is the weighted sum of the channels' cosines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.counts import Counted, Counts
from mkdocs_anp.core.similar_posts.rows import (
    Floats,
    Growing,
    Integers,
    Rows,
    columns_of,
    expanded,
    largest_of_rows,
    replaced_runs,
    sort_runs,
    starts_of,
    values_of,
)
from mkdocs_anp.core.similar_posts.sets import CHANNELS, Features
from mkdocs_anp.core.similar_posts.statistics import Statistics
from mkdocs_anp.core.similar_posts.weights import Weights

CODE_SHARE = 0.3
"""How much a term in code counts, beside one in the text."""
TF_POWER = 0.6
"""Damps repetition: between the square root and the plain count of terms."""
TITLES_SHARE = 0.5
"""How much the words that two titles share count, beside those found in the text."""
TEXT, IN_SUMMARY, IN_TITLE = range(3)
TIE = 1e-7 / 2**32
"""Makes of a hash of 32 bits a difference that decides between equals only."""
MOST_TERMS = 1000
"""How many terms of its text stand for a document: the strongest."""
MOST_PHRASES = 1000
STRONGEST = 64
"""How many terms and features of a page bring candidates."""
ALL_UP_TO = 5000
"""In sites of up to so many pages all terms and features may."""
MOST_PAGES = 1000
"""In larger ones those may that are as rare as one of so many pages.

Rarity goes by classes, so that an edit seldom changes which terms these are.
"""
KINDS = 3
"""Columns for each term: in the text, in the summary, and in the title."""
_PATH = CHANNELS.index("path")
_PHRASE_BITS = 18
_SPARE = 2
_LEAST_WEIGHT = 1e-9
_MOST_TIMES = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True, slots=True)
class Bands:
    """Where each band of columns starts; column 0 is empty, so that no row is.

    Attributes:
        terms: The first column of the terms; the features come before.
        room: How many terms there may be.
        phrases: The first column of the phrases, which come last.
        phrase_bits: How many bits of a phrase's number make its column.
    """

    terms: int
    room: int
    phrases: int
    phrase_bits: int

    @classmethod
    def of(cls, statistics: Statistics) -> Bands:
        """Return bands with room for more features and terms."""
        bits = min(_PHRASE_BITS, statistics.phrase_bits)
        terms = 1 + _SPARE * len(statistics.features) + 1024
        room = len(statistics.terms) + len(statistics.terms) // 8 + 1024
        return cls(terms, room, terms + KINDS * room, bits)

    def hold(self, terms: int, features: int) -> bool:
        """Return whether there is room for as many terms and features."""
        return terms <= self.room and features < self.terms

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.phrases + (1 << self.phrase_bits)

    def feature_columns(self, features: NDArray[np.integer]) -> NDArray[np.integer]:
        """Return the columns of features."""
        return 1 + features

    def phrase_columns(self, numbers: NDArray[np.integer]) -> NDArray[np.integer]:
        """Return the columns of phrases; that two phrases have one does next to no harm."""
        return self.phrases + (numbers & ((1 << self.phrase_bits) - 1))

    def term_columns(self, terms: NDArray[np.integer], kind: int) -> NDArray[np.integer]:
        """Return the columns of terms for one of the three kinds."""
        return self.terms + kind * self.room + terms


@dataclass(frozen=True, slots=True)
class Vectors:
    """The rows of some documents.

    Attributes:
        rows: The values; columns rise.
        strong: The strongest terms and features of each document that are not too frequent.
        titles: For each title word its share of its title's idf; columns are terms.
        texts: Where the terms of the text start, in each row.
        covers: Where the terms of each document start in `times`, and the end of the last ones.
        times: How often each term of the text occurs outside of code.
    """

    rows: Rows
    strong: Rows
    titles: Rows
    texts: NDArray[np.int32]
    covers: Integers
    times: NDArray[np.uint16]

    def replaced(self, numbers: Integers, others: Vectors) -> Vectors:
        """Return the vectors with some rows, in rising order, replaced by others."""
        texts = self.texts.copy()
        texts[numbers] = others.texts
        old, new = (self.covers, self.times), (others.covers, others.times)
        return Vectors(
            self.rows.replaced(numbers, others.rows),
            self.strong.replaced(numbers, others.strong),
            self.titles.replaced(numbers, others.titles),
            texts,
            *replaced_runs(old, numbers, new),
        )

    def covers_of(self, numbers: Integers, terms: int) -> tuple[Integers, Integers, Floats]:
        """Return the terms of documents' texts, and how far each covers a title word.

        Formula: the saturation of BM25 with k1 = 1 and b = 0 (S. Robertson, H. Zaragoza, "The
        probabilistic relevance framework", 2009): tf / (tf + 1).

        Args:
            numbers: The documents.
            terms: The first column of the terms.

        Returns:
            For each term the position of its document in `numbers`, the term, and its cover.
        """
        owners, places = expanded(self.covers, numbers)
        times = self.times[places].astype(np.float64)
        # The same terms stand in the rows, after the features.
        shifts = self.rows.starts[numbers] + self.texts[numbers] - self.covers[numbers]
        places += shifts[owners]
        columns = columns_of(self.rows.entries[places]).astype(np.int64)
        return owners, columns - terms, times / (times + 1)


def stacked_vectors(parts: Iterable[Vectors]) -> Vectors:
    """Return the rows of all parts, one below the other; nothing large is in memory twice."""
    lengths, strong, titles, covers = ([np.zeros(0, np.int64)] for _ in range(4))
    rows, strongs, shares = Growing(np.int64), Growing(np.int64), Growing(np.int64)
    texts, times = Growing(np.int32), Growing(np.uint16)
    for part in parts:
        for starts, known in (
            (part.rows.starts, lengths),
            (part.strong.starts, strong),
            (part.titles.starts, titles),
            (part.covers, covers),
        ):
            known.append(np.diff(starts))
        for values, grown in (
            (part.rows.entries, rows),
            (part.strong.entries, strongs),
            (part.titles.entries, shares),
            (part.texts, texts),
            (part.times, times),
        ):
            grown.extend(values)
    return Vectors(
        Rows(starts_of(np.concatenate(lengths)), rows.done()),
        Rows(starts_of(np.concatenate(strong)), strongs.done()),
        Rows(starts_of(np.concatenate(titles)), shares.done()),
        texts.done(),
        starts_of(np.concatenate(covers)),
        times.done(),
    )


@dataclass(frozen=True, slots=True)
class _Entries:
    """Entries of documents in rising order."""

    documents: Integers
    columns: NDArray[np.integer]
    values: Floats

    def some(self, kept: NDArray[Any]) -> _Entries:
        """Return some entries, by place or by mask."""
        return _Entries(self.documents[kept], self.columns[kept], self.values[kept])


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the rows of documents from what was counted in them.

    Formulas: tf-idf with damped tf (G. Salton, C. Buckley, "Term-weighting approaches in
    automatic text retrieval", 1988), unit length.

    Attributes:
        statistics: How rare words, phrases and features are.
        bands: Where each kind of column starts.
        weights: What each channel counts.
        channels: The channel of each feature of the site.
        hashes: For each word what decides between equals.
        feature_hashes: The same for each feature.
    """

    statistics: Statistics
    bands: Bands
    weights: Weights
    channels: Integers
    hashes: NDArray[np.uint64]
    feature_hashes: NDArray[np.uint64]

    def vectors(self, counted: Counted, features: Features) -> Vectors:
        """Return the rows of some documents."""
        weights, count = self.weights, len(features.starts) - 1
        idf = self.statistics.rarity.of_shared(self.statistics.terms)
        text, times = self._text(counted.terms, idf, count)
        found = self._features(features)
        titles, terms = counted.titles, self.statistics.terms
        fields = [
            self._field(counted.summaries, idf, IN_SUMMARY, weights.summary),
            self._field(titles, idf, IN_TITLE, weights.title * TITLES_SHARE),
        ]
        parts = [
            _Entries(np.arange(count), np.zeros(count, np.int64), np.zeros(count)),
            found,
            text,
            *fields,
            self._phrases(counted.phrases, count),
        ]
        shares = _shares(titles, idf, self.statistics.rarity.of_all(terms[titles.terms]))
        return Vectors(
            _rows(count, parts),
            self._strong(count, found, [text, *fields], idf),
            _rows(count, [shares]),
            (1 + np.bincount(found.documents, minlength=count)).astype(np.int32),
            starts_of(np.bincount(text.documents, minlength=count)),
            times,
        )

    def _strong(self, count: int, features: _Entries, fields: list[_Entries], idf: Floats) -> Rows:
        """Return the strongest of features and terms; the hash decides between equals.

        It never is the order in which words were met.

        Args:
            count: The number of documents.
            features: Their features.
            fields: The terms of their texts, summaries and titles.
            idf: The idf of each term.
        """
        least = self._least_idf()
        rarity = self.statistics.feature_rarity.of_shared(self.statistics.features)
        parts = [features.some(rarity[features.columns - 1] >= least)]
        hashes = [self.feature_hashes[parts[0].columns - 1]]
        for entries in fields:
            is_rare = idf[(entries.columns - self.bands.terms) % self.bands.room] >= least
            parts.append(entries.some(is_rare))
            terms = (parts[-1].columns - self.bands.terms) % self.bands.room
            hashes.append(self.hashes[terms])
        rows = _rows(count, parts)
        # In the order of the rows, as the entries are.
        order = _places(count, [part.documents for part in parts])
        ties = np.empty(len(order))
        ties[order] = np.concatenate(hashes) * TIE
        chosen = largest_of_rows(rows.values * (1 + ties), rows.starts, STRONGEST)
        places = np.concatenate([[0], np.cumsum(chosen)])
        return Rows(places[rows.starts], rows.entries[chosen])

    def _least_idf(self) -> float:
        """Return the idf it takes to bring candidates."""
        count = self.statistics.count
        return self.statistics.rarity.at(MOST_PAGES) if count > ALL_UP_TO else 0.0

    def _text(self, terms: Counts, idf: Floats, count: int) -> tuple[_Entries, NDArray[np.uint16]]:
        """Return the entries of the text, and how often each occurs outside of code."""
        # Whole numbers first: their powers come from a table and are the same everywhere.
        tens = 10 * terms.times.astype(np.int64)
        tens += round(10 * CODE_SHARE) * terms.in_code.astype(np.int64)
        highest = int(tens.max(initial=0))
        damped = (
            np.power(np.arange(highest + 1) / 10, TF_POWER)[tens]
            if highest < len(tens)
            else np.power(tens / 10, TF_POWER)
        )
        # Never 0, because titles are looked for in the same columns.
        weight = max(self.weights.text, _LEAST_WEIGHT)
        documents = terms.documents
        values = np.sqrt(weight) * _unit(documents, damped * idf[terms.terms], count)
        columns = self.bands.term_columns(terms.terms, TEXT)
        kept = _kept(documents, values, self.hashes[terms.terms], count, MOST_TERMS)
        times = np.minimum(terms.times[kept].astype(np.int64), _MOST_TIMES).astype(np.uint16)
        return _Entries(documents, columns, values).some(kept), times

    def _phrases(self, phrases: Counts, count: int) -> _Entries:
        documents = phrases.documents
        values = np.sqrt(phrases.times, dtype=np.float64)
        values *= self.statistics.phrase_idf(phrases.terms)
        unit = np.sqrt(self.weights.phrases) * _unit(documents, values, count)
        kept = _kept(documents, unit, phrases.terms, count, MOST_PHRASES)
        columns = self.bands.phrase_columns(phrases.terms[kept])
        return _merged(_Entries(documents[kept], columns, unit[kept]), count)

    def _field(self, counts: Counts, idf: Floats, kind: int, weight: float) -> _Entries:
        documents = counts.documents
        values = np.sqrt(counts.times, dtype=np.float64) * idf[counts.terms]
        unit = np.sqrt(weight) * _unit(documents, values, len(counts.starts) - 1)
        columns = self.bands.term_columns(counts.terms, kind)
        return _Entries(documents, columns, unit).some(unit > 0)

    def _features(self, features: Features) -> _Entries:
        count = len(features.starts) - 1
        documents = np.repeat(np.arange(count), np.diff(features.starts))
        numbers = features.numbers.astype(np.int64)
        idf = self.statistics.feature_rarity.of_shared(self.statistics.features[numbers])
        own = self.channels[numbers]
        unit = _unit(documents * len(CHANNELS) + own, idf, count * len(CHANNELS))
        unit *= np.sqrt(np.array([getattr(self.weights, name) for name in CHANNELS]))[own]
        # That two posts lie in one large folder says little, however alike their paths are.
        folders = own == _PATH
        unit[folders] *= self.statistics.feature_rarity.relative(idf[folders]) ** 2
        return _Entries(documents, self.bands.feature_columns(numbers), unit).some(unit > 0)


def _kept(
    documents: Integers, values: Floats, hashes: NDArray[Any], count: int, limit: int
) -> Integers:
    """Return the places of entries with a value, without the weak ones of long documents.

    Args:
        documents: The document of each entry, in rising order.
        values: The values.
        hashes: Decides between equals.
        count: The number of documents.
        limit: How many entries a document may have.
    """
    kept = np.flatnonzero(values > 0)
    lengths = np.bincount(documents[kept], minlength=count)
    if lengths.max(initial=0) <= limit:
        return kept
    strength = values[kept] * (1 + hashes[kept] * TIE)
    return kept[largest_of_rows(strength, starts_of(lengths), limit)]


def _merged(entries: _Entries, count: int) -> _Entries:
    """Return entries with rising columns; those of one document and column are summed up."""
    order = (entries.columns.astype(np.int64) << 32) | np.arange(len(entries.columns))
    sort_runs(order, starts_of(np.bincount(entries.documents, minlength=count)))
    order &= (1 << 32) - 1
    sorted_ = entries.some(order)
    is_first = np.ones(len(order), bool)
    is_first[1:] = sorted_.columns[1:] != sorted_.columns[:-1]
    is_first[1:] |= sorted_.documents[1:] != sorted_.documents[:-1]
    firsts = np.flatnonzero(is_first)
    if len(firsts) == len(order):
        return sorted_
    sums = np.add.reduceat(sorted_.values, firsts)
    return _Entries(sorted_.documents[firsts], sorted_.columns[firsts], sums)


def _unit(documents: Integers, values: Floats, count: int) -> Floats:
    """Return values divided by the Euclidean length of their document's vector."""
    squares = np.bincount(documents, values * values, minlength=count)
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    unit: Floats = values / lengths[documents]
    return unit


def _shares(titles: Counts, idf: Floats, all_idf: Floats) -> _Entries:
    """Return what share of its title's idf each title word has."""
    documents = titles.documents
    sums = np.bincount(documents, all_idf, minlength=len(titles.starts) - 1)
    shares = idf[titles.terms] / np.where(sums > 0, sums, 1)[documents]
    return _Entries(documents, titles.terms, shares).some(shares > 0)


def _places(count: int, parts: list[Integers]) -> Integers:
    """Return the place of each entry in rows that hold one part after the other.

    Args:
        count: The number of rows.
        parts: For each part the rows of its entries, in rising order.
    """
    lengths = np.array([np.bincount(part, minlength=count) for part in parts])
    places = starts_of(lengths.T.ravel())[:-1].reshape(count, len(parts))
    found = []
    for number, part in enumerate(parts):
        shifts = places[:, number] - (np.cumsum(lengths[number]) - lengths[number])
        found.append(np.arange(len(part)) + np.repeat(shifts, lengths[number]))
    return np.concatenate(found)


def _rows(count: int, parts: list[_Entries]) -> Rows:
    """Return rows that hold the entries of one part after the other."""
    documents = [part.documents for part in parts]
    lengths = sum(np.bincount(part, minlength=count) for part in documents)
    places = _places(count, documents)
    entries = np.empty(len(places), np.int64)
    columns, values = columns_of(entries), values_of(entries)
    start = 0
    for part in parts:
        own = places[start : start + len(part.columns)]
        columns[own] = part.columns
        values[own] = part.values
        start += len(own)
    return Rows(starts_of(np.asarray(lengths)), entries)
