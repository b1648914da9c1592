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
        self.number: Callable[[str], int] = self._numbers.__getitem__
        """Gives the number of a word; a new word gets the next one."""
        for word in words:
            self.number(word)

    def __len__(self) -> int:
        """The number of words."""
        return len(self._numbers)

    def words(self) -> list[str]:
        """Return all words in the order of their numbers."""
        return list(self._numbers)

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
        """The number of documents."""
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
        if len(numbers) and int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1:
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


def read_tokens(
    documents: Iterable[Document], vocabulary: Vocabulary, cache: TokenCache | None = None
) -> Tokens:
    """Return the tokens of documents; the texts themselves are not kept.

    Args:
        documents: The documents, read one at a time.
        vocabulary: Takes new words.
        cache: Tokens read before, with this vocabulary's numbers.
    """
    flat = array("i")
    lengths = array("q")
    for document in documents:
        digest = digest_of(document) if cache is not None else b""
        known = cache.get(digest) if cache is not None else None
        if known is not None:
            lengths.extend(known[0])
            flat.extend(known[1])
            continue
        start = len(flat)
        new = [_extend(flat, text, vocabulary) for text in _texts(document)]
        lengths.extend(new)
        if cache is not None:
            cache.add(digest, new, flat[start:])
    return Tokens(np.frombuffer(flat, np.int32) if flat else np.zeros(0, np.int32),
                  starts_of(np.array(lengths, np.int64)))  # fmt: skip


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


def _extend(flat: array[int], text: str, vocabulary: Vocabulary) -> int:
    """Add the tokens of a text, and return how many there are."""
    if not text:
        return 0
    tokens = tokenize(text)
    flat.extend(map(vocabulary.number, tokens))
    return len(tokens)
