"""Counts of terms and of phrases in documents, some hundred documents at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import (
    BODY,
    CODE,
    FIELDS,
    HEADINGS,
    SUMMARY,
    TITLE,
    Tokens,
)
from mkdocs_anp.core.similar_posts.rows import Integers, expanded, sort_runs, starts_of
from mkdocs_anp.core.similar_posts.scanner import Vocabulary

BLOCK = 512
"""Documents worked on at a time."""
_LARGE = 1_000_000
"""Tokens worked on at a time, unless one document has more."""
_PIECE = 1 << 16
"""Tokens whose phrases are worked out at a time: what fits the cache of a processor."""
_PROSE = (TITLE, SUMMARY, HEADINGS, BODY)
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_WORD_BITS = np.uint64(64)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often terms occur in documents: one entry for each pair of them, terms rising.

    Attributes:
        starts: Where the entries of each document start, and the end of the last ones.
        terms: Terms or phrases.
        times: How often each occurs, outside of code.
        in_code: How often in code; of phrases and of fields nothing.
    """

    starts: Integers
    terms: NDArray[np.int32]
    times: NDArray[Any]
    in_code: NDArray[Any]

    @property
    def documents(self) -> Integers:
        """Positions of the documents among those that were counted."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Counted:
    """All counts of some documents."""

    terms: Counts
    phrases: Counts
    titles: Counts
    summaries: Counts

    @classmethod
    def of(cls, tokens: Tokens, vocabulary: Vocabulary, bits: int) -> Counted:
        """Count what documents have; `bits` is how many bits a phrase's number has."""
        return cls(
            count_terms(tokens),
            count_phrases(tokens, vocabulary.hashes(), bits),
            count_field(tokens, TITLE),
            count_field(tokens, SUMMARY),
        )


def blocks_of(tokens: Tokens) -> Iterator[Integers]:
    """Yield the numbers of all documents, in blocks that are no burden for the memory."""
    ends = tokens.bounds[FIELDS::FIELDS]
    start = 0
    while start < len(ends):
        before = int(tokens.bounds[start * FIELDS])
        end = int(np.searchsorted(ends, before + _LARGE, side="right"))
        end = max(start + 1, min(end, start + BLOCK))
        yield np.arange(start, end)
        start = end


def count_terms(tokens: Tokens) -> Counts:
    """Count the terms of documents in all fields."""
    lengths = tokens.lengths()
    code = np.repeat(np.tile(np.arange(FIELDS) == CODE, len(tokens)), lengths.ravel())
    keys = (tokens.flat << 1) | code
    bounds = tokens.bounds[::FIELDS]
    sort_runs(keys, bounds)
    firsts, starts, total = _runs(keys >> 1, bounds)
    if not len(firsts):
        return Counts(starts, keys, keys, keys)
    in_code = np.add.reduceat(keys & 1, firsts)
    return Counts(starts, keys[firsts] >> 1, _compact(total - in_code), _compact(in_code))


def count_field(tokens: Tokens, field: int) -> Counts:
    """Count the terms of one field of documents."""
    documents = np.arange(len(tokens))
    owners, places = expanded(tokens.bounds, documents * FIELDS + field)
    bounds = starts_of(np.bincount(owners, minlength=len(documents)))
    terms = tokens.flat[places]
    sort_runs(terms, bounds)
    firsts, starts, times = _runs(terms, bounds)
    return Counts(starts, terms[firsts], _compact(times), np.zeros(0, np.uint8))


def count_phrases(tokens: Tokens, hashes: NDArray[np.uint64], bits: int) -> Counts:
    """Count pairs of neighbouring terms of documents, outside of code.

    Args:
        tokens: The documents.
        hashes: A hash for each term.
        bits: How many bits the number of a phrase has, at most 26.
    """
    numbers = phrases_of(tokens, hashes, bits).flat
    inside = numbers >= 0
    places = np.concatenate([[0], np.cumsum(inside)])
    bounds = places[tokens.bounds[::FIELDS]]
    numbers = numbers[inside]
    sort_runs(numbers, bounds)
    firsts, starts, times = _runs(numbers, bounds)
    return Counts(starts, numbers[firsts], _compact(times), np.zeros(0, np.uint8))


def phrases_of(tokens: Tokens, hashes: NDArray[np.uint64], bits: int) -> Tokens:
    """Return in the place of each token the number of the phrase it starts, or -1."""
    lengths = tokens.lengths().ravel()
    prose = np.isin(np.arange(FIELDS), _PROSE)
    inside = np.repeat(np.tile(prose, len(tokens)), lengths)
    inside[tokens.bounds[1:][lengths > 0] - 1] = False
    numbers = np.full(len(tokens.flat), -1, np.int32)
    first, second = hashes * _FIRST, (hashes + np.uint64(1)) * _SECOND
    for start in range(0, len(numbers) - 1, _PIECE):
        flat = tokens.flat[start : start + _PIECE + 1]
        found = _phrase_numbers(first[flat[:-1]], second[flat[1:]], bits)
        np.copyto(
            numbers[start : start + len(found)], found, where=inside[start : start + len(found)]
        )
    return Tokens(numbers, tokens.bounds)


def _phrase_numbers(
    mixed: NDArray[np.uint64], second: NDArray[np.uint64], bits: int
) -> NDArray[np.int32]:
    """Return the number of each pair of neighbours: multiplicative hashing (Knuth, TAOCP 6.4).

    Args:
        mixed: Products of the first words' hashes; overwritten.
        second: Products of the second words' hashes.
        bits: How many bits a number has.
    """
    mixed ^= second
    mixed ^= mixed >> np.uint64(29)
    mixed *= _FIRST
    mixed >>= _WORD_BITS - np.uint64(bits)
    return mixed.astype(np.int32)


def _runs(keys: NDArray[np.int32], bounds: Integers) -> tuple[Integers, Integers, Integers]:
    """Find equal keys of each document, which stand together.

    Returns:
        Where each run of equal keys starts; where the runs of each document start among these,
        and their number; the length of each run.
    """
    is_first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    is_first[bounds[:-1][bounds[:-1] < bounds[1:]]] = True
    firsts = np.flatnonzero(is_first)
    return firsts, np.searchsorted(firsts, bounds), np.diff(np.append(firsts, len(keys)))


def _compact(numbers: NDArray[np.integer]) -> NDArray[Any]:
    """Return numbers from 0 on in the smallest type that holds them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
