"""The list of a section in the Markdown of a page, as far as a light look can tell.

It is compared with the checklist of the front matter before there is any HTML: so that a check
without a build finds the same as a build.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from mkdocs_anp.core.checklist.items import same_text

_HEADING = re.compile("#{1,6}")  # Markdown wants no space behind it
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_FENCES = ("```", "~~~")
_MORE = (" ", "\t", "-", "*", "+", *"0123456789")  # begin an item, or what belongs to one
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_MADE_LATER = ("{{", "{%", "--8<--", "<!--")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_SIGNS = re.compile(r"[*_`~\\]|<[^<>]*>|\{[:.#][^{}]*\}")
_TAB = 4
_MAX_BLANK = 20  # characters behind a list in which the next text begins


class Section(NamedTuple):
    """A list of the page: the heading that it stands under, and its items as they are written."""

    heading: str
    items: tuple[str, ...]


def section_of(markdown: str, wanted: Collection[str]) -> Section | None:
    """Return the list under the last of some headings; None where there is none, or no sure one.

    Args:
        markdown: The Markdown of a page.
        wanted: The texts of the headings, in small letters.
    """
    for at, line in _headings(markdown, wanted):
        heading = _HEADING.match(line)
        items = tuple(_items(markdown, at + len(line), len(heading[0]))) if heading else ()
        if items:
            every = "\n".join(items)
            is_sure = not any(sign in every for sign in _MADE_LATER)
            title = line.partition("{")[0].strip("# \t\r")
            return Section(title, items) if is_sure else None
    return None


def is_there(markdown: str, wanted: Collection[str], texts: Sequence[str]) -> bool:
    """Return whether just this list stands under the last of some headings, in plain letters.

    It is there in nearly all pages that have such a heading, and to see that is fast.
    """
    for at, line in _headings(markdown, wanted):
        items = "\n- ".join(("", *texts, ""))[: -len("- ")]
        start = markdown.find(items, at + len(line))
        if start < 0 or markdown[at + len(line) : start].strip():
            return False
        behind = markdown[start + len(items) : start + len(items) + _MAX_BLANK]
        return behind[:1] in ("", "\n", "#") and not behind.lstrip("\n").startswith(_MORE)
    return True


def _headings(markdown: str, wanted: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield where headings begin that have one of some texts, the last first, with their lines."""
    for at in _lines_with_hash(markdown):
        end = markdown.find("\n", at)
        line = markdown[at:] if end < 0 else markdown[at:end]
        title = line.partition("{")[0].strip("# \t\r")
        if title.lower() in wanted and _is_outside(markdown, at):
            yield at, line


def _lines_with_hash(markdown: str) -> Iterator[int]:
    """Yield the starts of lines that begin with a hash, the last first: headings, and comments."""
    at = markdown.rfind("\n#")
    while at >= 0:
        yield at + 1
        at = markdown.rfind("\n#", 0, at)
    if markdown.startswith("#"):
        yield 0


def unmarked(markdown: str) -> str:
    """Return inline Markdown about as it reads: enough to compare two that are both Markdown."""
    if "](" in markdown or "][" in markdown:
        markdown = _IMAGE_OR_LINK.sub(r"\1", markdown)
    if _SIGNS.search(markdown):
        markdown = _SIGNS.sub("", markdown)
    return " ".join(markdown.split())


def differences(listed: Iterable[str], written: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what only the first of two lists has, and what only the second one has."""
    ours, theirs = list(map(unmarked, listed)), list(map(unmarked, written))
    return _missing(ours, theirs), _missing(theirs, ours)


def _missing(ours: list[str], theirs: list[str]) -> list[str]:
    left = Counter(map(same_text, theirs))
    missing = []
    for text in ours:
        same = same_text(text)
        left[same] -= 1
        if left[same] < 0:
            missing.append(text)
    return missing


def _is_outside(markdown: str, at: int) -> bool:
    """Return whether a place is outside of fenced code: as many fences begin behind it as end."""
    return (markdown.count("\n```", at) + markdown.count("\n~~~", at)) % 2 == 0


def _items(markdown: str, start: int, level: int) -> Iterator[str]:
    """Yield the items of the first list behind a heading, with those one level below."""
    text, is_apart = "", False
    indents: list[int] = []
    for line in _lines(markdown, start):
        bare = line.strip()
        marker = _MARKER.match(bare)
        if not bare:
            is_apart = True
        elif marker:
            if text and len(indents) <= 2:
                yield text
            indent = _indent(line)
            if indents or indent < _TAB:
                indents = [*(other for other in indents if other < indent), indent]
                text, is_apart = _TASK.sub("", bare[marker.end() :], count=1), False
        elif _is_end(line, level, bool(indents), is_apart):
            break
        elif not is_apart:
            text = f"{text} {bare}" if text else ""
    if text and len(indents) <= 2:
        yield text


def _lines(markdown: str, start: int) -> Iterator[str]:
    """Yield the lines from a place on, without fenced code."""
    in_code = False
    while start >= 0:
        end = markdown.find("\n", start + 1)
        line = markdown[start + 1 :] if end < 0 else markdown[start + 1 : end]
        is_fence = line.lstrip().startswith(_FENCES)
        if not in_code and not is_fence:
            yield line
        in_code ^= is_fence
        start = end


def _indent(line: str) -> int:
    line = line.expandtabs(_TAB)
    return len(line) - len(line.lstrip())


def _is_end(line: str, level: int, has_begun: bool, is_apart: bool) -> bool:
    """Return whether a line ends a list, or the section in which one is sought."""
    heading = _HEADING.match(line)
    if heading:
        return has_begun or len(heading[0]) <= level
    return has_begun and is_apart and not _indent(line)
