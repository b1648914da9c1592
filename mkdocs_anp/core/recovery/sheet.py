"""A text of YAML by its lines, each taken apart even where YAML cannot read it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from mkdocs_anp.core.problems import Span

MAX_LINE = 5_000
"""Longer lines are not taken apart: that takes as long as the line, squared."""

LINES_NEAR = 40
"""So far above and below a line is looked for lines that belong to it."""

UNSEEN = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f"
"""Characters that take no room."""

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are none to YAML, as a range of a regular expression."""

CLOSERS = {"[": "]", "{": "}"}
WORD = r"[^\W\d][\w-]*"
COLON = re.compile(r":(?=[ \t]|$)")
COMMENT = re.compile(r"(?:^|(?<=[ \t]))#(?=[ \t]|$)")

_LEAD = re.compile(r"[^\S\n]*(?:-(?:[ \t]+|$))*")
_AFTER_QUOTED_KEY = re.compile(r"[ \t]*:(?=[ \t]|$)")
_NEARLY_KEY = re.compile(rf"({WORD})(?:[ \t]*=|[ \t]*：|:(?!/))")


class Change(NamedTuple):
    """What to write in place of a range of a text."""

    start: int
    end: int
    text: str

    def apply(self, text: str) -> str:
        """Return the changed text."""
        return f"{text[: self.start]}{self.text}{text[self.end :]}"

    def back(self, offset: int) -> int:
        """Return where something stood before the change."""
        if offset <= self.start:
            return offset
        new_end = self.start + len(self.text)
        return self.start if offset < new_end else offset - new_end + self.end

    def forth(self, offset: int) -> int:
        """Return where something stands after the change."""
        if offset < self.start:
            return offset
        if offset < self.end:
            return self.start
        return offset - self.end + self.start + len(self.text)


class Entry(NamedTuple):
    """A line taken apart: `  - key: value # comment`.

    Attributes:
        start: Where the line begins in the text.
        line: The line.
        indent: The number of characters before the first that is no space.
        lead: The column after the dashes.
        key: The key as written, or "".
        column: The column of the value.
        value: The value as written, without the comment.
    """

    start: int
    line: str
    indent: int
    lead: int
    key: str
    column: int
    value: str

    @property
    def is_item(self) -> bool:
        """Whether the line begins with a dash."""
        return self.lead > self.indent

    @property
    def value_span(self) -> Span:
        """The range of the value in the text."""
        begin = self.start + self.column
        return Span(begin, begin + len(self.value))

    @property
    def content_span(self) -> Span:
        """The range of all but the indentation."""
        return Span(self.start + self.indent, self.start + max(len(self.line.rstrip()), 1))


class Sheet:
    """A text and its lines."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self.text = text
        self.lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)][:-1]

    def number(self, offset: int) -> int:
        """Return the line, from 0, in which a character stands."""
        return bisect_right(self._starts, min(offset, len(self.text))) - 1

    def entry(self, number: int) -> Entry:
        """Return a line taken apart."""
        return _entry(self._starts[number], self.lines[number])

    def above(self, number: int) -> int | None:
        """Return the nearest line above that is neither blank nor a comment."""
        for other in range(number - 1, max(-1, number - 1 - LINES_NEAR), -1):
            if is_told(self.lines[other]):
                return other
        return None

    def below(self, number: int) -> int | None:
        """Return the nearest line below that is neither blank nor a comment."""
        for other in range(number + 1, min(len(self.lines), number + 1 + LINES_NEAR)):
            if is_told(self.lines[other]):
                return other
        return None

    def last_of(self, number: int) -> int:
        """Return the last of the lines that go on with the value of a line."""
        entry = self.entry(number)
        indent, last = entry.lead if entry.key else entry.indent, number
        for other in range(number + 1, min(len(self.lines), number + 1 + LINES_NEAR)):
            if self.lines[other].strip():
                if indent_of(self.lines[other]) <= indent:
                    break
                last = other
        return last

    def open_indents(self, number: int) -> list[int]:
        """Return the indentations that a line may have, the deepest first."""
        found: list[int] = []
        other = self.above(number)
        if other is not None:
            entry = self.entry(other)
            if not entry.value and not _is_flow_end(entry.line):
                found.append(entry.lead + 2)
        while other is not None:
            entry = self.entry(other)
            for indent in (entry.lead, entry.indent) if entry.key else (entry.indent,):
                if not found or indent < found[-1]:
                    found.append(indent)
            other = self.above(other)
        return found


def key_of(line: str) -> str:
    """Return the key on a line as written, without quotes, or ""."""
    entry = _entry(0, line[:MAX_LINE])
    near = _NEARLY_KEY.match(entry.line, entry.lead)
    return entry.key.strip(f"\"'{UNSEEN}") or (near.group(1) if near else "")


def end_of_line(text: str, offset: int) -> int:
    """Return where the line ends in which a character stands."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def _entry(start: int, line: str) -> Entry:
    lead_match = _LEAD.match(line)
    lead = lead_match.end() if lead_match else 0
    colon = _colon(line, lead)
    column = lead if colon < 0 else colon + 1
    column += len(line[column:]) - len(line[column:].lstrip())
    value = line[column : value_end(line, column)]
    key = line[lead:colon].rstrip() if colon > 0 else ""
    return Entry(start, line, indent_of(line), lead, key, column, value)


def _colon(line: str, lead: int) -> int:
    """Return the column of the colon after the key, or -1."""
    first = line[lead : lead + 1]
    if first in ("'", '"'):
        closing = line.find(first, lead + 1)
        match = _AFTER_QUOTED_KEY.match(line, closing + 1) if closing > 0 else None
        return match.end() - 1 if match else -1
    if first in ("#", "[", "{", ""):
        return -1
    match = COLON.search(line, lead + 1)
    if not match or " #" in line[lead : match.start()]:
        return -1
    return match.start()


def value_end(line: str, column: int) -> int:
    """Return the column at which a value ends: before a comment."""
    if line[column : column + 1] == "#":
        return column
    begin = column
    if line[column : column + 1] in ("'", '"'):
        begin = max(column, line.rfind(line[column])) + 1
    match = COMMENT.search(line, begin)
    return len((line[: match.start()] if match else line).rstrip())


def indent_of(line: str) -> int:
    """Return how many characters stand before the first that is no space."""
    return len(line) - len(line.lstrip())


def is_told(line: str) -> bool:
    """Return whether a line is neither blank nor a comment."""
    line = line.lstrip()
    return bool(line) and line[0] != "#"


def _is_flow_end(line: str) -> bool:
    return line.rstrip()[-1:] in ("]", "}", ",")


def closing_quote(value: str) -> int:
    """Return where the quote is that closes the one with which a value begins, or -1."""
    quote, place = value[0], 1
    while place < len(value):
        if value[place] == "\\" and quote == '"':
            place += 1
        elif value[place] == quote:
            if quote == '"' or value[place + 1 : place + 2] != quote:
                return place
            place += 1
        place += 1
    return -1


def closing_bracket(value: str) -> int:
    """Return where the bracket is that closes the one with which a value begins, or -1."""
    opened: list[str] = []
    quote = ""
    for place, char in enumerate(value):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and value[place - 1] in " ,[{":
            quote = char
        elif char in CLOSERS:
            opened.append(CLOSERS[char])
        elif char in "]}":
            if opened.pop() != char:
                return -1
            if not opened:
                return place
    return -1


def missing_brackets(text: str) -> str:
    """Return the brackets that close those that a text leaves open."""
    opened: list[str] = []
    quote = ""
    for place, char in enumerate(text[:MAX_LINE]):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and text[place - 1] in " ,[{":
            quote = char
        elif char in CLOSERS:
            opened.append(CLOSERS[char])
        elif char in "]}" and opened and opened[-1] == char:
            opened.pop()
    return "" if quote else "".join(reversed(opened))
