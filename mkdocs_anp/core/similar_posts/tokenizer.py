"""Words of any language, without a dictionary and without a list of stop words.

Scripts that write words without spaces, and Hangul, whose words carry their particles, are cut
into overlapping pairs of characters: for retrieval such bigrams come close to a dictionary.
Sources: Unicode Standard Annex 15 (NFKC), Unicode Standard 5.18 (case folding); J. Nie, J. Gao,
J. Zhang, M. Zhou, "On the use of words and n-grams for Chinese information retrieval" (2000).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_ASCII = re.compile(r"\d+(?:\.\d+)+|[a-z0-9]{2,}")
# Thai, Lao, Myanmar, Khmer; Kana; Han with its extensions; Hangul.
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_BASIC_PLANE = 0x10000


def tokenize(text: str) -> list[str]:
    """Return the tokens of a text in order: words, numbers, and pairs of unspaced characters.

    Letters are folded (NFKC, then case); a single Latin letter or digit is no token; a number
    with points, such as a version, is one.
    """
    if text.isascii():
        found: list[str] = _ASCII.findall(text.lower())
        return found
    return tokens_of(folded(text))


def folded(text: str) -> str:
    """Return a text as it is read: NFKC, then without regard to case."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a folded text in order."""
    tokens: list[str] = []
    for run in _runs().findall(text):
        if len(run) > 1 and run.isascii():
            tokens.append(run)
        elif not run.isascii():
            _add_run(run, tokens)
    return tokens


def is_unspaced(text: str) -> bool:
    """Return whether a text is a run of characters that are written without spaces."""
    return not text.isascii() and _unspaced().fullmatch(text) is not None


def _add_run(run: str, tokens: list[str]) -> None:
    """Add the tokens of a run of characters that has more than ASCII in it."""
    for part in _unspaced().split(run):
        if not part:
            continue
        if not _unspaced().fullmatch(part) or len(part) == 1:
            tokens.append(part)
        else:
            tokens.extend(map("".join, pairwise(part)))


@lru_cache(maxsize=1)
def _marks() -> str:
    """Return the combining marks, which belong to the word they stand in (Hindi, Thai, Arabic)."""
    codes = (chr(code) for code in range(0x300, _BASIC_PLANE))
    return "".join(char for char in codes if unicodedata.category(char) in {"Mn", "Mc"})


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    """Return the pattern of a number with points, or of a run of letters, digits and marks."""
    return re.compile(rf"\d+(?:\.\d+)+|(?:[^\W_]|[{re.escape(_marks())}])+")


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    """Return the pattern of a run of characters that are written without spaces."""
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED_RANGES)
    return re.compile(rf"([{ranges}]+)")
