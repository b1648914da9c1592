"""Reads many texts at once into the numbers of their words.

Nearly all words are plain: letters from a to z and digits. They are found, told apart and
numbered with a few operations on whole arrays, without a string for each. What is not plain,
such as versions and words with other letters, goes to the tokenizer, run by run. The result is
that of `tokenize`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.rows import Integers, expanded, starts_of
from mkdocs_anp.core.similar_posts.tokenizer import tokens_of

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]

_BREAK = b"\n"
_POINT = ord(".")
_PLAIN, _OTHER = 1, 2
_LETTERS_AND_DIGITS = b"abcdefghijklmnopqrstuvwxyz0123456789"
_KINDS = bytes(
    _OTHER if code >= 0x80 else _PLAIN if code in _LETTERS_AND_DIGITS else 0 for code in range(256)
)
_BESIDE_POINT = np.zeros(256, bool)
_BESIDE_POINT[0x80:] = True
_BESIDE_POINT[list(b"0123456789")] = True

_WORD = 8
"""Bytes in a key. A plain word of so many is its own key, so that no two share one."""
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)
_LONG = np.uint64(1 << 63)
"""Marks keys of longer words, which are hashes of 63 bits; a plain byte never has this bit."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_SMALLEST = 1 << 12
_SHORT_RUN = 64
_MOST_RUNS = 1 << 16


class Vocabulary:
    """All tokens of a site, numbered as they come."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """Start with some words."""
        self._words = list(words)
        self._numbers = {word: number for number, word in enumerate(self._words)}
        self._hashes = np.zeros(0, np.uint64)
        self._table = _Table()
        self._in_table = 0
        self._runs: dict[bytes, list[int]] = {}

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._words)

    def words(self) -> list[str]:
        """Return all words in the order of their numbers."""
        return self._words

    def hashes(self) -> Keys:
        """Return a hash of each word, the same on every machine and in every run.

        Whatever must not depend on the order in which documents were read uses these.
        """
        known = len(self._hashes)
        if known < len(self._words):
            new = self._words[known:]
            made = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in new]
            self._hashes = np.concatenate([self._hashes, np.array(made, np.uint64)])
        return self._hashes

    def number(self, word: str) -> int:
        """Return the number of a word; a new word gets the next one."""
        found = self._numbers.setdefault(word, len(self._words))
        if found == len(self._words):
            self._words.append(word)
        return found

    def read(self, texts: list[bytes]) -> tuple[Numbers, Integers]:
        """Return the tokens of folded texts in UTF-8, and how many each text has."""
        scanned = _Scanned.of(texts)
        # First what is not plain: it may hold plain words too, which then are known.
        own, lengths = self._odd(scanned)
        plain = np.flatnonzero(scanned.is_plain)
        counts = scanned.is_plain.astype(np.int64)
        counts[scanned.odd] = lengths
        places = starts_of(counts)
        tokens = np.empty(places[-1], np.int32)
        tokens[places[plain]] = self._plain(scanned, plain)
        tokens[expanded(places, scanned.odd)[1]] = own
        ends = places[np.searchsorted(scanned.starts, scanned.bounds)]
        return tokens, np.diff(ends)

    def _odd(self, scanned: _Scanned) -> tuple[list[int], list[int]]:
        """Return the numbers of the tokens of all runs that are not plain; how many each has."""
        numbers: list[int] = []
        lengths: list[int] = []
        if len(self._runs) > _MOST_RUNS:
            self._runs.clear()
        starts, ends = scanned.starts[scanned.odd], scanned.ends[scanned.odd]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            run = scanned.text[start:end]
            found = self._runs.get(run)
            if found is None:
                tokens = tokens_of(run.decode("utf-8", "surrogatepass"))
                found = [self.number(token) for token in tokens]
                if len(run) <= _SHORT_RUN:
                    self._runs[run] = found
            numbers += found
            lengths.append(len(found))
        return numbers, lengths

    def _plain(self, scanned: _Scanned, runs: Integers) -> Numbers:
        """Return the numbers of plain words."""
        self._bring_in()
        starts, ends = scanned.starts[runs], scanned.ends[runs]
        keys = _keys(scanned.text, starts, ends - starts)
        numbers = self._table.find(keys)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            new, places = np.unique(keys[missing], return_index=True)
            order = np.argsort(places)
            firsts = missing[places[order]]
            text = scanned.text.decode("latin-1")
            pairs = zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)
            words = [text[start:end] for start, end in pairs]
            self._table.add(new[order], np.array([self.number(word) for word in words], np.int32))
            self._in_table = len(self._words)
            numbers[missing] = self._table.find(keys[missing])
        return numbers

    def _bring_in(self) -> None:
        """Bring plain words that the table does not know yet into it."""
        new = range(self._in_table, len(self._words))
        known = [(n, w) for n in new if (w := self._words[n]).isascii() and w.isalnum()]
        self._in_table = len(self._words)
        if known:
            lengths = np.array([len(word) for _, word in known])
            text = "".join(word for _, word in known).encode("ascii")
            keys = _keys(text + bytes(2 * _WORD), starts_of(lengths)[:-1], lengths)
            self._table.add(keys, np.array([number for number, _ in known], np.int32))


@dataclass(frozen=True, slots=True)
class _Scanned:
    """Where the runs of letters and digits are in some texts.

    Attributes:
        text: All texts, with something around and between them that is in no run.
        bounds: Where each text starts, and the end.
        starts, ends: Where each run starts and ends.
        is_plain: Which runs are words of letters from a to z and digits.
        odd: Which runs the tokenizer has to read.
    """

    text: bytes
    bounds: Integers
    starts: Integers
    ends: Integers
    is_plain: NDArray[np.bool_]
    odd: Integers

    @classmethod
    def of(cls, texts: list[bytes]) -> _Scanned:
        """Find the runs of some texts."""
        text = b"".join((_BREAK, _BREAK.join(texts), bytes(3 * _WORD)))
        codes = np.frombuffer(text, np.uint8)
        kinds = np.frombuffer(bytearray(text.translate(_KINDS)), np.uint8)
        points = np.flatnonzero(codes == _POINT)
        joins = _BESIDE_POINT[codes[points - 1]] & _BESIDE_POINT[codes[points + 1]]
        kinds[points[joins]] = _OTHER
        in_run = kinds > 0
        edges = np.flatnonzero(in_run[1:] != in_run[:-1]) + 1
        starts, ends = edges[0::2], edges[1::2]
        others = np.flatnonzero(kinds == _OTHER)
        odd = np.unique(np.searchsorted(starts, others, side="right") - 1)
        is_plain = ends - starts > 1  # a single letter or digit is no word
        is_plain[odd] = False
        bounds = 1 + starts_of(np.array([len(text) + 1 for text in texts], np.int64))
        return cls(text, bounds, starts, ends, is_plain, odd)


def _keys(text: bytes, starts: Integers, lengths: Integers) -> Keys:
    """Return the key of each word of a text; 16 bytes must follow the last one."""
    words = np.frombuffer(text, "<u8", len(text) // _WORD)
    keys = _eight_bytes(words, starts, lengths)
    long = np.flatnonzero(lengths > _WORD)
    if not len(long):
        return keys
    starts, lengths, mixed = starts[long], lengths[long], keys[long]
    rest = np.arange(len(long))
    offset = 0
    while len(rest):
        offset += _WORD
        found = mixed[rest]
        found ^= found >> _SHIFT
        found *= _FACTOR
        found ^= _eight_bytes(words, starts[rest] + offset, lengths[rest] - offset)
        mixed[rest] = found * _FACTOR
        rest = rest[lengths[rest] > offset + _WORD]
    mixed ^= mixed >> _SHIFT
    keys[long] = mixed | _LONG
    return keys


def _eight_bytes(words: Keys, starts: Integers, lengths: Integers) -> Keys:
    """Return the first eight bytes from each start, as far as the length goes."""
    places = starts >> 3
    shifts = ((starts & 7) << 3).astype(np.uint64)
    found: Keys = words[places] >> shifts
    found |= (words[places + 1] << np.uint64(1)) << (np.uint64(63) - shifts)
    found &= _MASKS[np.minimum(lengths, _WORD)]
    return found


class _Table:
    """Numbers of keys, in a hash table with open addressing (Knuth, TAOCP 6.4, algorithm L)."""

    def __init__(self) -> None:
        """Start with no keys."""
        self._count = 0
        self._make(_SMALLEST)

    def _make(self, size: int) -> None:
        self._keys = np.zeros(size, np.uint64)
        self._numbers = np.full(size, -1, np.int32)
        self._shift = np.uint64(64 - (size.bit_length() - 1))

    def _slots(self, keys: Keys) -> Integers:
        mixed = keys ^ (keys >> _SHIFT)
        mixed *= _FACTOR
        return (mixed >> self._shift).astype(np.int64)

    def find(self, keys: Keys) -> Numbers:
        """Return the number of each key, -1 for those that are not known."""
        slots = self._slots(keys)
        numbers = self._numbers[slots]
        rest = np.flatnonzero((self._keys[slots] != keys) & (numbers >= 0))
        while len(rest):
            slots[rest] = (slots[rest] + 1) & (len(self._keys) - 1)
            found = self._numbers[slots[rest]]
            numbers[rest] = found
            rest = rest[(self._keys[slots[rest]] != keys[rest]) & (found >= 0)]
        return numbers

    def add(self, keys: Keys, numbers: Numbers) -> None:
        """Add keys that are not known yet, each once."""
        self._count += len(keys)
        if 2 * self._count > len(self._keys):
            used = self._numbers >= 0
            keys = np.concatenate([self._keys[used], keys])
            numbers = np.concatenate([self._numbers[used], numbers])
            self._make(1 << (4 * self._count).bit_length())
        slots = self._slots(keys)
        rest = np.arange(len(keys))
        while len(rest):
            free = rest[self._numbers[slots[rest]] < 0]
            # Of several for one slot the last one gets it.
            self._keys[slots[free]] = keys[free]
            self._numbers[slots[free]] = numbers[free]
            rest = rest[self._numbers[slots[rest]] != numbers[rest]]
            slots[rest] = (slots[rest] + 1) & (len(self._keys) - 1)
