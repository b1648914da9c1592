"""The list of a section in the Markdown of a page, as far as a light look can tell.

It is compared with the checklist of the front matter before there is any HTML: so that a check
without a build finds the same as a build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from mkdocs_anp.core.checklist.items import same_text

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{[^{}]*\})?[ \t]*$")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_MARKER = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])([ \t]+)(?=\S)")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_MADE_LATER = ("{{", "{%", "--8<--", "<!--")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_SIGNS = re.compile(r"[*_`~\\]|<[^<>]*>|\{[:.#][^{}]*\}")
_TAB = 4


class Section(NamedTuple):
    """A list of the page: the heading that it stands under, and its items without markup."""

    heading: str
    items: tuple[str, ...]


def section_of(markdown: str, wanted: Collection[str]) -> Section | None:
    """Return the first list under one of some headings; None where there is none, or no sure one.

    Args:
        markdown: The Markdown of a page.
        wanted: The texts of the headings, in small letters.
    """
    at = 0 if markdown.startswith("#") else markdown.find("\n#") + 1
    while at or markdown.startswith("#"):
        end = markdown.find("\n", at)
        line = markdown[at:] if end < 0 else markdown[at:end]
        heading = _HEADING.match(line)
        if heading and unmarked(heading[2]).casefold() in wanted and _is_outside(markdown, at):
            items = tuple(_items(markdown[at + len(line) :].split("\n"), len(heading[1])))
            is_sure = not any(sign in item for item in items for sign in _MADE_LATER)
            if items:
                return Section(heading[2], tuple(map(unmarked, items))) if is_sure else None
        at = markdown.find("\n#", at) + 1
        if not at:
            return None
    return None


def unmarked(markdown: str) -> str:
    """Return inline Markdown about as it reads: enough to compare two that are both Markdown."""
    text = _IMAGE_OR_LINK.sub(r"\1", markdown) if "](" in markdown or "][" in markdown else markdown
    return " ".join(_SIGNS.sub("", text).split())


def differences(listed: Iterable[str], written: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return what only the first of two lists has, and what only the second one has."""
    ours, theirs = list(listed), list(written)
    return _missing(ours, theirs), _missing(theirs, ours)


def _missing(ours: list[str], theirs: list[str]) -> list[str]:
    left = [same_text(text) for text in theirs]
    missing = []
    for text in ours:
        same = same_text(text)
        if same in left:
            left.remove(same)
        else:
            missing.append(text)
    return missing


def _is_outside(markdown: str, at: int) -> bool:
    """Return whether a place is outside of fenced code."""
    return len(_FENCE.findall(markdown, 0, at)) % 2 == 0


def _items(lines: list[str], level: int) -> Iterator[str]:
    """Yield the items of the first list, with those one level below, from a heading's end on."""
    text, is_apart, in_code = "", False, False
    indents: list[int] = []
    for line in lines:
        bare = line.expandtabs(_TAB)
        if _FENCE.match(line):
            in_code = not in_code
        if in_code or _FENCE.match(line):
            continue
        marker = _MARKER.match(bare)
        indent = len(bare) - len(bare.lstrip())
        if not bare.strip():
            is_apart = True
        elif _ends(line, level, bool(indents), is_apart and not indent and not marker):
            break
        elif marker and (indents or indent < _TAB):
            if len(indents) <= 2 and text:
                yield text
            indents = [*(i for i in indents if i < indent), indent]
            text, is_apart = _TASK.sub("", bare[marker.end() :], count=1), False
        elif text and not is_apart:
            text = f"{text} {bare.strip()}"
    if text and len(indents) <= 2:
        yield text


def _ends(line: str, level: int, has_begun: bool, is_other_text: bool) -> bool:
    """Return whether a list, or the section in which it is sought, ends before a line."""
    heading = _HEADING.match(line)
    if heading and (has_begun or len(heading[1]) <= level):
        return True
    return has_begun and is_other_text
