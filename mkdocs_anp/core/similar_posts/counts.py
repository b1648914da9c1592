"""Counts of terms and of phrases in documents, some thousand documents at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from mkdocs_anp.core.similar_posts.rows import Integers

BLOCK = 1024
"""Documents worked on at a time."""
_LARGE = 2_000_000
"""Tokens worked on at a time, unless one document has more."""
_PROSE = (TITLE, SUMMARY, HEADINGS, BODY)
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_WORD_BITS = np.uint64(64)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often terms occur in documents: one entry for each pair of them, sorted.

    Attributes:
        documents: Positions of the documents among those that were counted.
        terms: Terms or phrases.
        times: How often, outside of code.
        in_code: How often in code.
    """

    documents: Integers
    terms: Integers
    times: Integers
    in_code: Integers


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


def count_terms(tokens: Tokens, width: int) -> Counts:
    """Count the terms of documents in all fields.

    Args:
        tokens: The documents.
        width: A number above that of any term.
    """
    lengths = tokens.lengths()
    documents = np.repeat(np.arange(len(tokens)), lengths.sum(axis=1))
    code = np.repeat(np.tile(np.arange(FIELDS) == CODE, len(tokens)), lengths.ravel())
    keys = ((documents * width + tokens.flat) << 1) | code
    entries, times = _runs(keys)
    firsts = _firsts(entries >> 1)
    pairs = entries[firsts] >> 1
    is_code = (entries & 1).astype(bool)
    return Counts(
        pairs // width,
        pairs % width,
        _sums(np.where(is_code, 0, times), firsts),
        _sums(np.where(is_code, times, 0), firsts),
    )


def count_field(tokens: Tokens, field: int, width: int) -> Counts:
    """Count the terms of one field of documents."""
    lengths = tokens.lengths()
    documents = np.repeat(np.arange(len(tokens)), lengths[:, field])
    chosen = np.repeat(np.tile(np.arange(FIELDS) == field, len(tokens)), lengths.ravel())
    pairs, times = _runs(documents * width + tokens.flat[chosen])
    return Counts(pairs // width, pairs % width, times, np.zeros_like(times))


def count_phrases(tokens: Tokens, hashes: NDArray[np.uint64], bits: int) -> Counts:
    """Count pairs of neighbouring terms of documents, outside of code.

    Args:
        tokens: The documents.
        hashes: A hash for each term.
        bits: How many bits the number of a phrase has, at most 26.
    """
    fields = np.repeat(np.arange(len(tokens) * FIELDS), tokens.lengths().ravel())
    inside = (fields[1:] == fields[:-1]) & np.isin(fields[1:] % FIELDS, _PROSE)
    numbers = phrase_numbers(hashes[tokens.flat], bits)[inside]
    keys = ((fields[1:][inside] // FIELDS) << bits) | numbers
    pairs, times = _runs(keys)
    return Counts(pairs >> bits, pairs & ((1 << bits) - 1), times, np.zeros_like(times))


def phrases_of(tokens: Tokens, hashes: NDArray[np.uint64], bits: int) -> Tokens:
    """Return in the place of each token the number of the phrase it starts, or -1."""
    fields = np.repeat(np.arange(len(tokens) * FIELDS), tokens.lengths().ravel())
    inside = (fields[1:] == fields[:-1]) & np.isin(fields[1:] % FIELDS, _PROSE)
    numbers = np.full(len(tokens.flat), -1, np.int32)
    numbers[:-1][inside] = phrase_numbers(hashes[tokens.flat], bits)[inside]
    return Tokens(numbers, tokens.bounds)


def phrase_numbers(hashes: NDArray[np.uint64], bits: int) -> Integers:
    """Return the number of each pair of neighbours: multiplicative hashing (Knuth, TAOCP 6.4)."""
    mixed = (hashes[:-1] * _FIRST) ^ ((hashes[1:] + np.uint64(1)) * _SECOND)
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * _FIRST) >> (_WORD_BITS - np.uint64(bits))).astype(np.int64)


def _runs(keys: Integers) -> tuple[Integers, Integers]:
    """Return all different keys, sorted, and how often each occurs."""
    ordered = np.sort(keys)
    firsts = _firsts(ordered)
    return ordered[firsts], np.diff(np.append(firsts, len(ordered)))


def _firsts(ordered: Integers) -> Integers:
    """Return where each run of equal keys starts."""
    if not len(ordered):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _sums(values: Integers, firsts: Integers) -> Integers:
    """Return the sums of runs of values."""
    if not len(firsts):
        return np.zeros(0, np.int64)
    sums: Integers = np.add.reduceat(values, firsts)
    return sums
