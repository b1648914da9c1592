"""In how many documents each term, phrase and feature occurs, and how rare that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import Tokens
from mkdocs_anp.core.similar_posts.counts import (
    Counted,
    Counts,
    blocks_of,
    count_phrases,
    count_terms,
)
from mkdocs_anp.core.similar_posts.rarity import Rarity
from mkdocs_anp.core.similar_posts.rows import Floats, Integers
from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from mkdocs_anp.core.similar_posts.sets import Features

MAX_FEATURE_SHARE = 0.5
"""A value in more than this share of the documents relates nothing."""
_MOST_BITS = 26
_BITS_ABOVE = 11
_MOST = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True, slots=True)
class Changes:
    """What tells posts more or less after others were edited: terms, phrases and features."""

    terms: Integers
    phrases: Integers
    features: Integers


@dataclass(frozen=True, slots=True)
class Statistics:
    """Document frequencies of a set of documents.

    Attributes:
        count: The number of documents.
        rarity: Of words and phrases.
        feature_rarity: Of features.
        terms: Document frequency of each term.
        phrases: Document frequency of each phrase's number; some phrases share a number.
        phrase_bits: How many bits such a number has.
        features: Document frequency of each feature.
    """

    count: int
    rarity: Rarity
    feature_rarity: Rarity
    terms: NDArray[np.int32]
    phrases: NDArray[np.uint16]
    phrase_bits: int
    features: NDArray[np.int32]

    @classmethod
    def of(cls, tokens: Tokens, vocabulary: Vocabulary, features: Features) -> Statistics:
        """Count all documents."""
        count = len(tokens)
        bits = min(_MOST_BITS, count.bit_length() + _BITS_ABOVE)
        terms = np.zeros(len(vocabulary), np.int32)
        phrases = np.zeros(1 << bits, np.uint16)
        for block in blocks_of(tokens):
            part = tokens.some(block)
            found = count_terms(part).terms
            terms += np.bincount(found, minlength=len(terms)).astype(np.int32)
            _add(phrases, count_phrases(part, vocabulary.hashes(), bits))
        frequency = np.bincount(features.numbers, minlength=1).astype(np.int32)
        return cls(
            count,
            Rarity.of(count),
            Rarity.of(count, MAX_FEATURE_SHARE),
            terms,
            phrases,
            bits,
            frequency,
        )

    def without_phrases(self) -> Statistics:
        """Return the statistics without the table of the phrases, the largest by far."""
        return replace(self, phrases=np.zeros(0, np.uint16))

    def edited(
        self,
        before: tuple[Counted, Features],
        after: tuple[Counted, Features],
        vocabulary: Vocabulary,
        features: int,
    ) -> tuple[Statistics, Changes]:
        """Return the statistics after an edit, and what tells more or less since.

        The table of the phrases is large: the new statistics take it over, changed, and the old
        ones are of no use any more.

        Args:
            before: Counts and features of the edited documents before the edit.
            after: The same after it.
            vocabulary: All words.
            features: The number of all features.
        """
        terms = _resized(self.terms, len(vocabulary))
        frequency = _resized(self.features, features)
        for sign, (counted, numbers) in ((-1, before), (1, after)):
            np.add.at(terms, counted.terms.terms, sign)
            np.add.at(frequency, numbers.numbers, sign)
        own = np.zeros(len(terms), np.int32)
        np.add.at(own, after[0].terms.terms, 1)
        classes, feature_classes = self.rarity.classes, self.feature_rarity.classes
        is_other = classes[terms] != classes[_resized(self.terms, len(terms))]
        changes = Changes(
            np.flatnonzero(is_other & (terms > own)),
            self._exchange(before[0].phrases.terms, after[0].phrases.terms),
            np.flatnonzero(
                feature_classes[frequency]
                != feature_classes[_resized(self.features, len(frequency))]
            ),
        )
        return replace(self, terms=terms, features=frequency), changes

    def _exchange(self, before: NDArray[np.int32], after: NDArray[np.int32]) -> Integers:
        """Count phrases that are gone and new ones; return those that tell others more or less."""
        numbers, places = np.unique(np.concatenate([before, after]), return_inverse=True)
        signs = np.repeat([-1, 1], [len(before), len(after)])
        change = np.bincount(places, signs, minlength=len(numbers)).astype(np.int64)
        old = self.phrases[numbers].astype(np.int64)
        # A full entry stays full: it is far above the limit anyway.
        new = np.where(old < _MOST, np.minimum(old + change, _MOST), old)
        self.phrases[numbers] = new
        shared = self.rarity.classes
        is_other = shared[self._capped(old)] != shared[self._capped(new)]
        own = np.bincount(places, signs > 0, minlength=len(numbers))
        found: Integers = numbers[is_other & (new > own)].astype(np.int64)
        return found

    def _capped(self, frequency: NDArray[np.integer]) -> NDArray[np.integer]:
        """Return frequencies of phrases that are no more than there are documents."""
        capped: NDArray[np.integer] = np.minimum(frequency, min(self.count, _MOST))
        return capped

    def phrase_idf(self, numbers: NDArray[np.integer]) -> Floats:
        """Return the idf of phrases, 0 for those of one document."""
        return self.rarity.of_shared(self._capped(self.phrases[numbers]))


def _add(table: NDArray[np.uint16], counts: Counts) -> None:
    """Count the phrases of documents in a table whose entries have a largest value."""
    for numbers in _each(counts):
        found = table[numbers]
        found += found < _MOST
        table[numbers] = found


def _each(counts: Counts) -> Iterator[NDArray[np.int32]]:
    """Yield the terms of each document: a document has each only once."""
    for start, end in pairwise(counts.starts.tolist()):
        yield counts.terms[start:end]


def _resized(counts: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    """Return a copy of counts with room for more."""
    resized = np.zeros(size, np.int32)
    resized[: len(counts)] = counts
    return resized
