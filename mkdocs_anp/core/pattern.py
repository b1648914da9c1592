"""HTML with gaps in it: made once, and filled with the texts of many posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_GAP = "\x02anp:{}\x03"
_GAPS = re.compile(_GAP.format(r"(\d+)"))


@lru_cache(maxsize=1024)
def gap(number: int) -> str:
    """Return the mark of a gap, which a template prints in place of the text with this number.

    What stands around gaps (labels, the names of fields) went through `clean`, which leaves no
    control character in it; what is put into them is never searched for marks.
    """
    return _GAP.format(number)


class Pattern:
    """HTML with gaps, each with the number of the text that belongs there."""

    __slots__ = ("_is_in_order", "_numbers", "_parts")

    def __init__(self, marked: str) -> None:
        """Take HTML with marks of gaps, in any order, each as often as it is wanted."""
        self._parts: list[str] = _GAPS.split(marked)
        self._numbers = [int(number) for number in self._parts[1::2]]
        self._is_in_order = self._numbers == list(range(len(self._numbers)))

    def filled(self, texts: Sequence[str]) -> str:
        """Return the HTML with these texts, which are HTML too, in its gaps.

        Raises:
            IndexError: A gap has no text.
        """
        numbers = self._numbers
        parts = self._parts.copy()
        if self._is_in_order and len(texts) == len(numbers):
            parts[1::2] = texts
        else:
            parts[1::2] = [texts[number] for number in numbers]
        return "".join(parts)
