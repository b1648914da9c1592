"""Suggestions for misspelt words: right, or none."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 60
_SHORTEST = 3
_SHORT = 5


def suggestion(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that a misspelt one most likely means, or None.

    A word is as near as the number of letters to change, add, leave out or swap; at most a
    quarter of the letters, and where two words are equally near, none is suggested. Short words
    turn into each other too easily: in them letters are only added, left out or swapped.
    """
    limit = _limit(word)
    if not limit:
        return None
    best: list[str] = []
    for other in known:
        if other == word:
            return None
        if abs(len(other) - len(word)) > limit or _limit(other) == 0:
            continue
        if len(word) <= _SHORT and not _is_slip(word, other):
            continue
        far = distance(word, other, limit)
        if far < limit or (far == limit and not best):
            best, limit = [other], far
        elif far == limit:
            best.append(other)
    return best[0] if len(best) == 1 else None


def _is_slip(word: str, other: str) -> bool:
    """Return whether a short word differs from another only by letters more, less or swapped."""
    if len(word) == len(other):
        return sorted(word) == sorted(other)
    return word[0] == other[0]


def _limit(word: str) -> int:
    """Return how many letters of a word may be wrong."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return 0
    return min(3, max(1, len(word) // 4))


def distance(first: str, second: str, limit: int) -> int:
    """Return the number of edits between two words, or `limit + 1` where there are more.

    An edit is one letter more, less or other, or two neighbours swapped: the "optimal string
    alignment" form of the Damerau-Levenshtein distance.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
