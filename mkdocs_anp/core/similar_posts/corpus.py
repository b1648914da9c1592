"""Documents as numbers: each token once in a vocabulary, each text as a row of token numbers."""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.document import SETS, Document
from mkdocs_anp.core.similar_posts.rows import Integers, starts_of
from mkdocs_anp.core.similar_posts.tokenizer import tokenize

TITLE, SUMMARY, HEADINGS, META, BODY, CODE = range(6)
FIELDS = 6


class Vocabulary:
    """All tokens of a site, numbered as they come."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        """Start with some words."""
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._hashes = np.zeros(0, np.uint64)
        self._words: list[str] = []
        self.number: Callable[[str], int] = self._numbers.__getitem__
        """Gives the number of a word; a new word gets the next one."""
        for word in words:
            self.number(word)

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self._numbers)

    def words(self) -> list[str]:
        """Return all words in the order of their numbers."""
        if len(self._words) < len(self._numbers):
            self._words = list(self._numbers)
        return self._words

    def hashes(self) -> NDArray[np.uint64]:
        """Return a hash of each word, the same on every machine and in every run.

        Whatever must not depend on the order in which documents were read uses these.
        """
        known = len(self._hashes)
        if known < len(self._numbers):
            new = self.words()[known:]
            made = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in new]
            self._hashes = np.concatenate([self._hashes, np.array(made, np.uint64)])
        return self._hashes


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

    def get(self, digest: bytes) -> tuple[Sequence[int], array[int]] | None:
        """Return the lengths of the fields and the tokens of a text, None if it is new."""

    def add(self, digest: bytes, lengths: Sequence[int], tokens: array[int]) -> None:
        """Note the tokens of a text."""


class TokenReader:
    """Reads documents one at a time; the texts themselves are not kept.

    Args:
        vocabulary: Takes new words.
        cache: Tokens read before, with this vocabulary's numbers.
    """

    def __init__(self, vocabulary: Vocabulary, cache: TokenCache | None = None) -> None:
        """Start with no documents."""
        self._vocabulary = vocabulary
        self._cache = cache
        self._flat = array("i")
        self._lengths = array("q")

    def add(self, document: Document) -> None:
        """Read a document."""
        if self._cache is None:
            self._lengths.extend(self._read(document))
            return
        digest = digest_of(document)
        known = self._cache.get(digest)
        if known is not None:
            self._lengths.extend(known[0])
            self._flat.extend(known[1])
            return
        start = len(self._flat)
        lengths = self._read(document)
        self._lengths.extend(lengths)
        self._cache.add(digest, lengths, self._flat[start:])

    def tokens(self) -> Tokens:
        """Return the tokens of all documents that were read, and forget them."""
        flat, self._flat = self._flat, array("i")
        lengths, self._lengths = self._lengths, array("q")
        numbers = np.frombuffer(flat, np.int32) if flat else np.zeros(0, np.int32)
        return Tokens(numbers, starts_of(np.array(lengths, np.int64)))

    def _read(self, document: Document) -> list[int]:
        """Add the tokens of each field, and return how many they are."""
        lengths = []
        for text in _texts(document):
            tokens = tokenize(text) if text else ()
            self._flat.extend(map(self._vocabulary.number, tokens))
            lengths.append(len(tokens))
        return lengths


def joined(parts: Sequence[Tokens]) -> Tokens:
    """Return the documents of all parts, one part after the other."""
    lengths = [part.lengths().ravel() for part in parts]
    return Tokens(
        np.concatenate([np.zeros(0, np.int32), *(part.flat for part in parts)]),
        starts_of(np.concatenate([np.zeros(0, np.int64), *lengths])),
    )


def digest_of(document: Document) -> bytes:
    """Return a hash of all texts of a document: 16 bytes."""
    digest = blake2b(digest_size=16)
    for text in _texts(document):
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
