"""How values of some kinds become HTML: worked out once, and followed for each post like it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.fields import FieldValue
from mkdocs_anp.core.pattern import Pattern
from mkdocs_anp.core.text import escape

ResolveLink: TypeAlias = Callable[[str], str]
"""Turns a safe address that points into the site, as the author wrote it, into one that works on
the page; leaves any other as it is."""


class Maker(NamedTuple):
    """What makes the HTML of a value.

    Attributes:
        make: Takes the value, and what resolves links if it needs that.
        needs_page: Whether it needs that.
    """

    make: Callable[..., str]
    needs_page: bool = False


PLAIN = Maker(escape)
"""Makes the HTML of a text that is shown as it is."""


class Plan:
    """What makes the HTML of several values that belong together."""

    __slots__ = ("_are_plain", "_makers", "_pattern")

    def __init__(self, marked: str, makers: Sequence[Maker]) -> None:
        """Take the HTML around the values, with a gap for each, and what makes theirs, in order."""
        self._pattern = Pattern(marked)
        self._makers = tuple(makers)
        self._are_plain = all(maker.make is escape for maker in makers)

    def filled(self, values: Iterable[FieldValue], resolve: ResolveLink, *further: str) -> str:
        """Return the HTML of all values, with what stands around them.

        Args:
            values: As many as makers.
            resolve: Makes relative links work on the page.
            further: The HTML of gaps behind those of the values.
        """
        return self._pattern.filled([*self._made(values, resolve), *further])

    def _made(self, values: Iterable[FieldValue], resolve: ResolveLink) -> Iterable[str]:
        if self._are_plain:
            return map(escape, values)
        return [
            make(value, resolve) if needs_page else make(value)
            for (make, needs_page), value in zip(self._makers, values, strict=True)
        ]
