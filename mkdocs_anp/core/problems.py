"""What is wrong with a page's front matter, as data: no log, no colour, no output."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple, TypeAlias

from mkdocs_anp.core.text import scalar_text

Level: TypeAlias = Literal["off", "info", "warn", "error"]
"""How much a problem matters; `warn` fails a strict build, `error` any build."""
Target: TypeAlias = Literal["key", "value"]
"""Which part of a field is wrong."""

WHOLE = "front matter"
"""What stands in place of a field where the problem is that of the whole block."""
IMAGES = "image_credits"
"""What stands in place of a field where the problem is that of an image."""

_EXCERPT_LENGTH = 60
_LONG_LINE = 400


class Span(NamedTuple):
    """A range of characters of a source text: from `start` to before `end`, counted from 0."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a problem is, as an editor counts.

    Attributes:
        line, column: Counted from 1, in characters.
        end: The column after the last character that is wrong, on the same line.
        text: The line as it stands in the file; of a very long one, what is around the place.
        cut: How many characters of the line stand before that text.
    """

    line: int
    column: int
    end: int
    text: str
    cut: int = 0


class Edit(NamedTuple):
    """The one certain cure of a problem: what to write in place of a range of the source."""

    span: Span
    text: str


class Problem(NamedTuple):
    """One thing an author should mend.

    Attributes:
        source: Path of the file to mend, relative to the docs directory, with `/`.
        field: Dotted path of the field (`post_meta.score.quality`), or `front matter`.
        code: Stable identifier of the kind of problem, such as `wrong-type`.
        message: What is wrong, in one line.
        help: What to do, with the text to type; "" where nobody can know.
        place: Where it is; None where it cannot be found in the file.
        edit: The cure, where there is just one.
        level: How much it matters on this site.
    """

    source: str
    field: str
    code: str
    message: str
    help: str = ""
    place: Place | None = None
    edit: Edit | None = None
    level: Level = "warn"

    @property
    def order(self) -> tuple[str, int, int, str, str, str]:
        """What to sort by: file, position, field, code."""
        line, column = self.place[:2] if self.place else (0, 0)
        return self.source, line, column, self.field, self.code, self.message

    def at(self, place: Place | None, edit: Edit | None = None) -> Problem:
        """Return the problem with its place."""
        return self._replace(place=place, edit=edit)

    def with_level(self, level: Level) -> Problem:
        """Return the problem with what it matters."""
        return self._replace(level=level)


def place_of(text: str, span: Span) -> Place:
    """Return where a range of a text is; of several lines, the first counts."""
    before = text.rfind("\n", 0, span.start) + 1
    return _place(text, span, before, text.count("\n", 0, span.start) + 1)


class Lines:
    """The lines of a text in which many places are sought."""

    def __init__(self, text: str) -> None:
        """Find them."""
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, span: Span) -> Place:
        """Return where a range of the text is, as `place_of` does."""
        number = bisect_right(self._starts, span.start)
        return _place(self._text, span, self._starts[number - 1], number)


def _place(text: str, span: Span, before: int, number: int) -> Place:
    """Return where a range is that begins on the line with a number, which begins at `before`."""
    after = text.find("\n", span.start)
    line = text[before:] if after < 0 else text[before:after]
    column = span.start - before + 1
    end = min(max(span.end - before + 1, column + 1), max(len(line) + 1, column + 1))
    cut = 0
    if len(line) > _LONG_LINE:  # a problem lives as long as the build, so not to keep a megabyte
        cut = max(0, column - 1 - _LONG_LINE // 2)
        line = line[cut : cut + _LONG_LINE]
        end = max(column + 1, min(end, cut + len(line) + 1))
    return Place(number, column, end, line, cut)


def excerpt(value: object) -> str:
    """Return a short, one-line, printable form of an untrusted value for use in a message.

    Control characters and bidirectional overrides are escaped, so that a message can
    neither break a log line nor colour a terminal. Containers are named, not printed:
    walking one may cost 9^9 steps (aliases).
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple, set)):
        return "a list"
    text = value[: _EXCERPT_LENGTH + 1] if isinstance(value, str) else scalar_text(value)
    if len(text) > _EXCERPT_LENGTH:
        text = text[:_EXCERPT_LENGTH] + "…"
    return repr(text) if isinstance(value, str) or not text.isprintable() else text


def printable(text: str) -> str:
    """Return a text with what would not be seen, or would turn a line around, written out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
