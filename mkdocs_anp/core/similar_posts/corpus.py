"""Documents as numbers: each text as a row of the numbers of its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.document import SETS, Document
from mkdocs_anp.core.similar_posts.rows import Growing, Integers, starts_of
from mkdocs_anp.core.similar_posts.scanner import Vocabulary
from mkdocs_anp.core.similar_posts.tokenizer import folded

TITLE, SUMMARY, HEADINGS, META, BODY, CODE = range(6)
FIELDS = 6
_AT_ONCE = 1 << 18
"""Bytes of text that are read at a time: what fits the cache of a processor."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of documents, field after field, document after document.

    Attributes:
        flat: Numbers of all tokens.
        bounds: Where each field starts, and the end: `6 * documents + 1` numbers.
    """

    flat: NDArray[np.int32]
    bounds: Integers

    def __len__(self) -> int:
        """Return the number of documents."""
        return (len(self.bounds) - 1) // FIELDS

    def lengths(self) -> Integers:
        """Return how many tokens each field of each document has: documents x fields."""
        return np.diff(self.bounds).reshape(-1, FIELDS)

    def document(self, number: int) -> NDArray[np.int32]:
        """Return the tokens of all fields of a document."""
        first = number * FIELDS
        return self.flat[self.bounds[first] : self.bounds[first + FIELDS]]

    def field(self, number: int, field: int) -> NDArray[np.int32]:
        """Return the tokens of a field of a document."""
        first = number * FIELDS + field
        return self.flat[self.bounds[first] : self.bounds[first + 1]]

    def some(self, numbers: Integers) -> Tokens:
        """Return the tokens of some documents."""
        lengths = self.lengths()[numbers]
        if len(numbers) and bool(np.all(np.diff(numbers) == 1)):
            start, end = int(numbers[0]) * FIELDS, (int(numbers[-1]) + 1) * FIELDS
            flat = self.flat[self.bounds[start] : self.bounds[end]]
        else:
            parts = [self.document(number) for number in numbers.tolist()]
            flat = np.concatenate([np.zeros(0, np.int32), *parts])
        return Tokens(flat, starts_of(lengths.ravel()))

    def replaced(self, numbers: Integers, others: Tokens) -> Tokens:
        """Return the tokens with some documents, in rising order, replaced by others."""
        lengths = self.lengths().copy()
        lengths[numbers] = others.lengths()
        parts: list[NDArray[np.int32]] = []
        done = 0
        for position, number in enumerate(numbers.tolist()):
            kept = self.flat[self.bounds[done * FIELDS] : self.bounds[number * FIELDS]]
            parts += [kept, others.document(position)]
            done = number + 1
        parts.append(self.flat[self.bounds[done * FIELDS] :])
        return Tokens(np.concatenate(parts), starts_of(lengths.ravel()))


class TokenCache(Protocol):
    """Keeps the tokens of texts that were read before."""

    def get(self, digest: bytes) -> tuple[Integers, NDArray[np.int32]] | None:
        """Return the lengths of the fields and the tokens of a text, None if it is new."""

    def add(self, digest: bytes, lengths: Integers, tokens: NDArray[np.int32]) -> None:
        """Note the tokens of a text."""


class TokenReader:
    """Reads documents, some hundred at a time; the texts themselves are not kept.

    Args:
        vocabulary: Takes new words.
        cache: Tokens read before, with this vocabulary's numbers.
    """

    def __init__(self, vocabulary: Vocabulary, cache: TokenCache | None = None) -> None:
        """Start with no documents."""
        self._vocabulary = vocabulary
        self._cache = cache
        self._waiting: list[bytes] = []
        self._size = 0
        self._digests: list[bytes] = []
        self._flat = Growing(np.int32)
        self._lengths = [np.zeros(0, np.int64)]
        # Documents whose tokens are known stand apart until all are read.
        self._known: list[tuple[Integers, NDArray[np.int32]]] = []
        self._is_known: list[bool] = []

    def add(self, document: Document) -> None:
        """Read a document."""
        texts = list(_texts(document))
        if self._cache is not None:
            digest = digest_of(texts)
            known = self._cache.get(digest)
            self._is_known.append(known is not None)
            if known is not None:
                self._known.append(known)
                return
            self._digests.append(digest)
        self._waiting += [folded(text).encode("utf-8", "surrogatepass") for text in texts]
        self._size += sum(map(len, texts))
        if self._size >= _AT_ONCE:
            self._read()

    def tokens(self) -> Tokens:
        """Return the tokens of all documents that were read, and forget them."""
        self._read()
        tokens = Tokens(self._flat.done(), starts_of(np.concatenate(self._lengths)))
        known, is_known = self._known, np.array(self._is_known, bool)
        self._flat, self._lengths = Growing(np.int32), [np.zeros(0, np.int64)]
        self._known, self._is_known = [], []
        if not known:
            return tokens
        lengths = np.concatenate([lengths for lengths, _ in known])
        flat = np.concatenate([flat for _, flat in known])
        order = np.empty(len(is_known), np.int64)
        order[np.argsort(is_known, kind="stable")] = np.arange(len(order))
        return joined((tokens, Tokens(flat, starts_of(lengths)))).some(order)

    def _read(self) -> None:
        """Read the texts that wait."""
        if not self._waiting:
            return
        flat, lengths = self._vocabulary.read(self._waiting)
        self._flat.extend(flat)
        self._lengths.append(lengths)
        if self._cache is not None:
            fields = lengths.reshape(-1, FIELDS)
            ends = np.cumsum(fields.sum(axis=1)).tolist()
            starts = [0, *ends[:-1]]
            for digest, own, start, end in zip(self._digests, fields, starts, ends, strict=True):
                self._cache.add(digest, own, flat[start:end])
        self._waiting, self._size, self._digests = [], 0, []


def joined(parts: Sequence[Tokens]) -> Tokens:
    """Return the documents of all parts, one part after the other."""
    lengths = [part.lengths().ravel() for part in parts]
    return Tokens(
        np.concatenate([np.zeros(0, np.int32), *(part.flat for part in parts)]),
        starts_of(np.concatenate([np.zeros(0, np.int64), *lengths])),
    )


def digest_of(texts: Iterable[str]) -> bytes:
    """Return a hash of all texts of a document: 16 bytes."""
    digest = blake2b(digest_size=16)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.digest()


def _texts(document: Document) -> Iterator[str]:
    """Yield the text of each field, in the order of the fields' numbers."""
    yield document.title
    yield document.summary
    yield "\n".join(document.headings)
    yield "\n".join(value for name in SETS for value in getattr(document, name))
    yield document.body
    yield document.code
