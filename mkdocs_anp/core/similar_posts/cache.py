"""Tokens kept on disk, so that texts that did not change need not be read again.

The file is safe to delete. It is replaced as a whole under its name, so two builds at once are
safe, and a file that is not whole, of another version or foreign is as good as none.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.corpus import FIELDS
from mkdocs_anp.core.similar_posts.rows import Integers
from mkdocs_anp.core.similar_posts.scanner import Vocabulary

FORMAT = b"anp similar posts tokens 1\n"
"""The first line of the file. It changes whenever tokens do."""
_DIGEST = 16
_FOR_ALL = 0o644
_COUNTS = 3

_Text = tuple[Integers, NDArray[np.int32]]
"""The lengths of the fields of a text, and its tokens."""


class TokenFile:
    """A cache of tokens in one file.

    Attributes:
        vocabulary: The words of all tokens.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one of this version that is whole."""
        self._path = path
        self._used: dict[bytes, _Text] = {}
        self._known: dict[bytes, _Text] = {}
        self._is_new = False
        words: list[str] = []
        with suppress(OSError, ValueError):
            words, self._known = _parsed(path.read_bytes())
        self.vocabulary = Vocabulary(words)

    def get(self, digest: bytes) -> _Text | None:
        """Return the lengths of the fields and the tokens of a text, None if it is new."""
        found = self._known.get(digest)
        if found is not None:
            self._used[digest] = found
        return found

    def add(self, digest: bytes, lengths: Integers, tokens: NDArray[np.int32]) -> None:
        """Note the tokens of a text."""
        self._is_new = True
        self._known[digest] = self._used[digest] = (lengths, tokens)

    def save(self) -> bool:
        """Write what was used since the file was read; return whether it stands on the disk.

        A folder that cannot be written to is no error: the next build reads all texts again.
        """
        if not self._is_new and len(self._used) == len(self._known):
            return self._path.exists()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self._path, _packed(self.vocabulary.words(), self._used))
        except OSError:
            return False
        self._is_new = False
        return True


def _replace(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when it is complete."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        unfinished.chmod(_FOR_ALL)  # a temporary file is its maker's alone
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _packed(words: list[str], texts: dict[bytes, _Text]) -> bytes:
    """Return the content of a file: the words that are used, and the tokens of each text."""
    flat = np.concatenate([np.zeros(0, np.int32), *(tokens for _, tokens in texts.values())])
    used, numbers = np.unique(flat, return_inverse=True)
    kept = "\n".join(words[number] for number in used.tolist())
    blob = kept.encode("utf-8", "surrogatepass")
    lengths = np.array([lengths for lengths, _ in texts.values()], "<i8")
    counts = np.array([len(blob), len(texts), len(flat)], "<i8")
    parts = (
        counts.tobytes(),
        blob,
        b"".join(texts),
        lengths.tobytes(),
        numbers.astype("<i4").tobytes(),
    )
    body = b"".join(parts)
    return FORMAT + blake2b(body, digest_size=_DIGEST).digest() + body


def _parsed(content: bytes) -> tuple[list[str], dict[bytes, _Text]]:
    """Return the words and texts of a file.

    Raises:
        ValueError: It is not whole, not ours, or of another version.
    """
    start = len(FORMAT) + _DIGEST
    body = content[start:]
    digest = blake2b(body, digest_size=_DIGEST).digest()
    if content[:start] != FORMAT + digest:
        raise ValueError("not a whole file of this version")
    size, texts, total = np.frombuffer(body, "<i8", _COUNTS).tolist()
    place = 8 * _COUNTS
    words = body[place : place + size].decode("utf-8", "surrogatepass").split("\n") if size else []
    place += size
    digests = [body[place + n * _DIGEST : place + (n + 1) * _DIGEST] for n in range(texts)]
    place += texts * _DIGEST
    lengths = np.frombuffer(body, "<i8", texts * FIELDS, place).reshape(-1, FIELDS)
    place += lengths.nbytes
    flat = np.frombuffer(body, "<i4", total, place).astype(np.int32)
    tokens = np.split(flat, np.cumsum(lengths.sum(axis=1))[:-1]) if texts else []
    rows = lengths.astype(np.int64)
    return words, dict(zip(digests, zip(rows, tokens, strict=True), strict=True))
