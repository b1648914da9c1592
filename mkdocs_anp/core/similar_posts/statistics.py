"""In how many documents each term, phrase and feature occurs, and how rare that makes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import Tokens, Vocabulary
from mkdocs_anp.core.similar_posts.counts import blocks_of, count_phrases, count_terms
from mkdocs_anp.core.similar_posts.rarity import Rarity
from mkdocs_anp.core.similar_posts.rows import Integers
from mkdocs_anp.core.similar_posts.sets import Features

MAX_FEATURE_SHARE = 0.5
"""A value in more than this share of the documents relates nothing."""
_MOST_BITS = 26
_BITS_ABOVE = 11
_MOST = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True, slots=True)
class Changes:
    """What tells more or less after an edit: numbers of terms, phrases and features."""

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
        hashes = vocabulary.hashes()
        for block in blocks_of(tokens):
            part = tokens.some(block)
            counted = count_terms(part, len(vocabulary))
            terms += np.bincount(counted.terms, minlength=len(terms)).astype(np.int32)
            _add(phrases, count_phrases(part, hashes, bits).terms)
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

    def edited(
        self,
        before: tuple[Tokens, Features],
        after: tuple[Tokens, Features],
        vocabulary: Vocabulary,
        features: int,
    ) -> tuple[Statistics, Changes]:
        """Return the statistics after an edit, and what tells more or less since.

        Args:
            before: Tokens and features of the edited documents before the edit.
            after: The same after it.
            vocabulary: All words.
            features: The number of all features.
        """
        terms = _resized(self.terms, len(vocabulary))
        frequency = _resized(self.features, features)
        phrases = self.phrases.copy()
        seen = [np.zeros(0, np.int64)]
        hashes = vocabulary.hashes()
        for sign, (tokens, numbers) in ((-1, before), (1, after)):
            np.add.at(terms, count_terms(tokens, len(vocabulary)).terms, sign)
            np.add.at(frequency, numbers.numbers, sign)
            own = count_phrases(tokens, hashes, self.phrase_bits).terms
            # A full entry stays full: it is far above the limit anyway.
            own = own[self.phrases[own] < _MOST]
            np.add.at(phrases, own, sign)
            seen.append(own)
        own = np.unique(np.concatenate(seen))
        classes, feature_classes = self.rarity.classes, self.feature_rarity.classes
        changes = Changes(
            np.flatnonzero(classes[terms] != classes[_resized(self.terms, len(terms))]),
            own[classes[self._capped(phrases[own])] != classes[self._capped(self.phrases[own])]],
            np.flatnonzero(
                feature_classes[frequency]
                != feature_classes[_resized(self.features, len(frequency))]
            ),
        )
        changed = replace(self, terms=terms, phrases=phrases, features=frequency)
        return changed, changes

    def _capped(self, frequency: NDArray[np.uint16]) -> NDArray[np.int64]:
        """Return frequencies of phrases that are no more than there are documents."""
        capped: NDArray[np.int64] = np.minimum(frequency.astype(np.int64), self.count)
        return capped

    def phrase_idf(self, numbers: Integers) -> NDArray[np.float64]:
        """Return the idf of phrases, 0 for those of one document."""
        return self.rarity.of_shared(self._capped(self.phrases[numbers]))


def _add(table: NDArray[np.uint16], numbers: Integers) -> None:
    """Count numbers in a table whose entries have a largest value."""
    ordered = np.sort(numbers)
    firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
    times = np.diff(np.append(firsts, len(ordered)))
    different = ordered[firsts]
    table[different] = np.minimum(table[different] + times, _MOST).astype(np.uint16)


def _resized(counts: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    """Return a copy of counts with room for more."""
    resized = np.zeros(size, np.int32)
    resized[: len(counts)] = counts
    return resized
