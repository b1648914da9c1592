"""Each document as one sparse row, so that one product of two rows compares all they hold.

The columns of a row lie in bands: phrases, features, and four columns for each term. A value is
a unit vector's component times the square root of its channel's weight; so the product of two
rows is the weighted sum of the channels' cosines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import SUMMARY, TITLE, Tokens, Vocabulary
from mkdocs_anp.core.similar_posts.counts import Counts, count_field, count_phrases, count_terms
from mkdocs_anp.core.similar_posts.rows import (
    Columns,
    Integers,
    Rows,
    Values,
    largest_of_rows,
    starts_of,
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
TEXT, IN_SUMMARY, IN_TITLE, TITLE_SHARE = range(4)
TIE = 1e-7 / 2**32
"""Makes of a hash of 32 bits a difference that decides between equals only."""
MOST_TERMS = 1000
"""How many terms of its text stand for a document: the strongest."""
MOST_PHRASES = 1000
KINDS = 4
"""Columns for each term: in the text, in the summary, in the title, and its share of the title."""
_PHRASE_BITS = 18
_SPARE = 2
_LEAST_WEIGHT = 1e-9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bands:
    """Where each band of columns starts; column 0 is empty, so that no row is.

    Attributes:
        phrase_bits: How many bits of a phrase's number make its column.
        features: The first column of the features.
        terms: The first column of the terms.
    """

    phrase_bits: int
    features: int
    terms: int

    @classmethod
    def of(cls, statistics: Statistics) -> Bands:
        """Return bands with room for as many features again."""
        bits = min(_PHRASE_BITS, statistics.phrase_bits)
        features = 1 + (1 << bits)
        room = _SPARE * len(statistics.features) + 1024
        return cls(bits, features, features + room)

    @property
    def room(self) -> int:
        """How many features there may be."""
        return self.terms - self.features

    def width(self, terms: int) -> int:
        """Return the number of columns for that many terms."""
        return self.terms + KINDS * terms

    def phrase_columns(self, numbers: Integers) -> Integers:
        """Return the columns of phrases; that two phrases have one does next to no harm."""
        return 1 + (numbers & ((1 << self.phrase_bits) - 1))

    def term_columns(self, terms: Integers, kind: int) -> Integers:
        """Return the columns of terms for one of the four kinds."""
        return self.terms + KINDS * terms + kind


@dataclass(frozen=True, slots=True)
class Vectors:
    """The rows of some documents.

    Attributes:
        rows: The values.
        cover: With the same columns, how far a title word is covered by the text: tf / (tf + 1)
            in the columns of kind TEXT, 0 in all others.
    """

    rows: Rows
    cover: Rows

    def replaced(self, numbers: Integers, others: Vectors) -> Vectors:
        """Return the vectors with some rows, in rising order, replaced by others."""
        rows = self.rows.replaced(numbers, others.rows)
        cover = self.cover.replaced(numbers, others.cover)
        return Vectors(rows, Rows(rows.starts, rows.columns, cover.values))


def stacked_vectors(parts: Iterable[Vectors]) -> Vectors:
    """Return the rows of all parts, one below the other; little is in memory twice."""
    lengths: list[Integers] = [np.zeros(0, np.int64)]
    columns: list[Columns] = [np.zeros(0, np.int32)]
    values: list[Values] = [np.zeros(0, np.float32)]
    covers: list[Values] = [np.zeros(0, np.float32)]
    for part in parts:
        lengths.append(np.diff(part.rows.starts))
        columns.append(part.rows.columns)
        values.append(part.rows.values)
        covers.append(part.cover.values)
    starts = starts_of(np.concatenate(lengths))
    all_columns = np.concatenate(columns)
    columns.clear()
    all_values = np.concatenate(values)
    values.clear()
    rows = Rows(starts, all_columns, all_values)
    return Vectors(rows, Rows(starts, all_columns, np.concatenate(covers)))


@dataclass(frozen=True, slots=True)
class _Entries:
    documents: Integers
    columns: Integers
    values: Floats
    cover: Floats | None = None


def vectors_of(
    tokens: Tokens,
    features: Features,
    channels: Integers,
    vocabulary: Vocabulary,
    statistics: Statistics,
    bands: Bands,
    weights: Weights,
) -> Vectors:
    """Return the rows of some documents.

    Formulas: tf-idf with damped tf (G. Salton, C. Buckley, "Term-weighting approaches in
    automatic text retrieval", 1988), unit length; the cover of a title word is the saturation
    of BM25 with k1 = 1 and b = 0 (S. Robertson, H. Zaragoza, "The probabilistic relevance
    framework", 2009).

    Args:
        tokens: Tokens of the documents.
        features: Features of the documents.
        channels: The channel of each feature of the site.
        vocabulary: All words of the site.
        statistics: How rare they, phrases and features are.
        bands: Where each kind of column starts.
        weights: What each channel counts.
    """
    count, width = len(tokens), len(vocabulary)
    terms = count_terms(tokens, width)
    phrases = count_phrases(tokens, vocabulary.hashes(), statistics.phrase_bits)
    titles = count_field(tokens, TITLE, width)
    summaries = count_field(tokens, SUMMARY, width)
    idf = statistics.rarity.of_shared(statistics.terms)
    factor = weights.title * TITLES_SHARE
    entries = [
        _Entries(np.arange(count), np.zeros(count, np.int64), np.zeros(count)),
        _strongest(
            _phrases(phrases, statistics, bands, weights.phrases, count),
            phrases.terms,
            count,
            MOST_PHRASES,
        ),
        _features(features, channels, statistics, bands, weights),
        _strongest(
            _text(terms, idf, bands, weights.text, count),
            vocabulary.hashes()[terms.terms],
            count,
            MOST_TERMS,
        ),
        _field(summaries, idf, bands, IN_SUMMARY, weights.summary, count),
        _field(titles, idf, bands, IN_TITLE, factor, count),
        _shares(titles, idf, statistics, bands, count),
    ]
    return _sorted(count, bands.width(width), entries)


def _strongest(entries: _Entries, hashes: NDArray[np.integer], count: int, limit: int) -> _Entries:
    """Return the entries without the weak ones of documents that have many.

    Args:
        entries: Entries of documents in rising order.
        hashes: Decides between equals.
        count: The number of documents.
        limit: How many entries a document may have.
    """
    kept = np.flatnonzero(entries.values > 0)
    strength = entries.values[kept] * (1 + hashes[kept] * TIE)
    starts = starts_of(np.bincount(entries.documents[kept], minlength=count))
    kept = kept[largest_of_rows(strength, starts, limit)]
    cover = None if entries.cover is None else entries.cover[kept]
    return _Entries(entries.documents[kept], entries.columns[kept], entries.values[kept], cover)


def _unit(documents: Integers, values: Floats, count: int) -> Floats:
    """Return values divided by the Euclidean length of their document's vector."""
    squares = np.bincount(documents, values * values, minlength=count)
    lengths = np.sqrt(np.where(squares > 0, squares, 1))
    unit: Floats = values / lengths[documents]
    return unit


def _text(terms: Counts, idf: Floats, bands: Bands, weight: float, count: int) -> _Entries:
    # Whole numbers first: their powers come from a table and are the same everywhere.
    tens = 10 * terms.times + round(10 * CODE_SHARE) * terms.in_code
    highest = int(tens.max(initial=0))
    damped = (
        np.power(np.arange(highest + 1) / 10, TF_POWER)[tens]
        if highest < len(tens)
        else np.power(tens / 10, TF_POWER)
    )
    # Never 0, because titles are looked for in the same columns.
    weight = max(weight, _LEAST_WEIGHT)
    values = np.sqrt(weight) * _unit(terms.documents, damped * idf[terms.terms], count)
    cover = terms.times / (terms.times + 1)
    return _Entries(terms.documents, bands.term_columns(terms.terms, TEXT), values, cover)


def _phrases(
    phrases: Counts, statistics: Statistics, bands: Bands, weight: float, count: int
) -> _Entries:
    values = np.sqrt(phrases.times) * statistics.phrase_idf(phrases.terms)
    unit = np.sqrt(weight) * _unit(phrases.documents, values, count)
    return _Entries(phrases.documents, bands.phrase_columns(phrases.terms), unit)


def _field(
    counts: Counts, idf: Floats, bands: Bands, kind: int, weight: float, count: int
) -> _Entries:
    values = np.sqrt(counts.times) * idf[counts.terms]
    unit = np.sqrt(weight) * _unit(counts.documents, values, count)
    return _Entries(counts.documents, bands.term_columns(counts.terms, kind), unit)


def _shares(
    titles: Counts, idf: Floats, statistics: Statistics, bands: Bands, count: int
) -> _Entries:
    """Return what share of its title's idf each title word has."""
    all_idf = statistics.rarity.of_all(statistics.terms[titles.terms])
    sums = np.bincount(titles.documents, all_idf, minlength=count)
    shares = idf[titles.terms] / np.where(sums > 0, sums, 1)[titles.documents]
    return _Entries(titles.documents, bands.term_columns(titles.terms, TITLE_SHARE), shares)


def _features(
    features: Features, channels: Integers, statistics: Statistics, bands: Bands, weights: Weights
) -> _Entries:
    count = len(features.starts) - 1
    documents = np.repeat(np.arange(count), np.diff(features.starts))
    numbers = features.numbers.astype(np.int64)
    idf = statistics.feature_rarity.of_shared(statistics.features[numbers])
    own = channels[numbers]
    unit = _unit(documents * len(CHANNELS) + own, idf, count * len(CHANNELS))
    factors = np.sqrt(np.array([getattr(weights, name) for name in CHANNELS]))
    return _Entries(documents, bands.features + numbers, unit * factors[own])


def _sorted(count: int, width: int, parts: list[_Entries]) -> Vectors:
    """Return the entries as rows whose columns rise; entries without a value are left out."""
    documents = np.concatenate([part.documents for part in parts])
    columns = np.concatenate([part.columns for part in parts])
    values = np.concatenate([part.values for part in parts]).astype(np.float32)
    cover = np.concatenate([_cover(part) for part in parts])
    kept = np.flatnonzero((values > 0) | (columns == 0))
    order = kept[np.argsort(documents[kept] * width + columns[kept], kind="stable")]
    starts = starts_of(np.bincount(documents[order], minlength=count))
    ordered = columns[order].astype(np.int32)
    return Vectors(Rows(starts, ordered, values[order]), Rows(starts, ordered, cover[order]))


def _cover(part: _Entries) -> Values:
    if part.cover is None:
        return np.zeros(len(part.documents), np.float32)
    return part.cover.astype(np.float32)
