"""The images that stand in the source of a page, with the place of each address.

The source is read once for all of them, and as roughly as will do: what an author never writes may
be taken for an image, or not, and takes no more time than its length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from mkdocs_anp.core.image_credits.tags import tag_at
from mkdocs_anp.core.problems import Span

_FENCE = re.compile(r"[ \t>]*(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
_INDENT = re.compile(r"[ ]{4}|[ ]{0,3}\t")
# Below one of these, what is set in belongs to it: a list, an admonition, a tab, a note, HTML that
# does not end on its line.
_HOLDS = re.compile(
    r"[ ]{0,3}(?:[-*+:][ \t]|\d+[.)][ \t]|\{|!!!|\?\?\?|===|///|\[\^|<(?![/!]|img)(?!.*</))"
)
_MARK = re.compile(r"<!--|-->|`+|\n[ \t>]*(?=\n)")
_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]", re.DOTALL)
_TARGET = re.compile(
    r"""\(\s*(?=\S)"""  # so that spaces are gone through once
    r"""(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^()\n]*\)|[ \t](?![ \t"')]))*))(?=\s*["')])"""
)
_REFERENCE = re.compile(r"\s?\[([^\[\]]*)\]")
_DEFINITION = re.compile(r"^[ \t>]*\[([^\[\]\n]+)\]:[ ]*\n?[ ]*<?([^\s<>]+)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
# Without a `<` outside of quotes, so that what is never closed ends where the next tag begins.
_TAG = re.compile(r"""<img(?=[\s/])(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_MACRO = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")


class _Image(NamedTuple):
    """An image.

    Attributes:
        src: Its address, without the backslashes of Markdown.
        span: Where that stands.
        is_raw: Whether the image stands in hand-written HTML.
    """

    src: str
    span: Span
    is_raw: bool


_Places: TypeAlias = dict[tuple[str, bool], list[Span]]


class WrittenImages:
    """The images in the Markdown of one page."""

    def __init__(self, markdown: str) -> None:
        """Take the Markdown."""
        self._text = without_code(markdown)

    def find(self, src: str, nth: int, *, is_raw: bool) -> Span | None:
        """Return where the address of an image stands, None where nobody can say.

        Args:
            src: The address.
            nth: How many images before it, of its kind, have the same one.
            is_raw: Whether it stands in hand-written HTML.
        """
        for places, key in zip(self._images, (src, _plain(src)), strict=True):
            spans = places.get((key, is_raw))
            if spans:
                return spans[nth] if nth < len(spans) else None
        return self._in_macros.get(src) or self._in_macros.get(_plain(src))

    @cached_property
    def _images(self) -> tuple[_Places, _Places]:
        """Where images stand, by kind and address: as it is written, and as it is read."""
        written: _Places = {}
        read: _Places = {}
        for image in (*_in_markdown(self._text), *_in_html(self._text)):
            written.setdefault((image.src, image.is_raw), []).append(image.span)
            read.setdefault((_plain(image.src), image.is_raw), []).append(image.span)
        return written, read

    @cached_property
    def _in_macros(self) -> dict[str, Span]:
        """Where texts stand that are handed to macros: one of them may be an address."""
        found: dict[str, Span] = {}
        for macro in _MACRO.finditer(self._text):
            for quoted in _QUOTED.finditer(self._text, *macro.span()):
                span = Span(*quoted.span(quoted.lastindex or 0))
                text = self._text[span.start : span.end]
                found.setdefault(text, span)
                found.setdefault(_plain(text), span)
        return found


def _plain(src: str) -> str:
    """Return an address as it is read: without what HTML has escaped, percent signs decoded."""
    return unquote(html.unescape(src))


def _in_markdown(text: str) -> Iterator[_Image]:
    definitions = {_name(found[1]): found for found in _DEFINITION.finditer(text)}
    for image in _IMAGE.finditer(text):
        if text[image.start() - 1 : image.start()] == "\\":
            continue
        found = _TARGET.match(text, image.end())
        if found is None:
            reference = _REFERENCE.match(text, image.end())
            name = reference[1] if reference and reference[1].strip() else image[1]
            found = definitions.get(_name(name))
        if found is not None:
            group = 1 if found.re is _TARGET and found[1] is not None else 2
            span = Span(*found.span(group))
            yield _Image(_ESCAPED.sub(r"\1", found[group]).strip(), span, is_raw=False)


def _name(written: str) -> str:
    """Return the name of a reference, which may be written on two lines."""
    return " ".join(written.lower().split())


def _in_html(text: str) -> Iterator[_Image]:
    for found in _TAG.finditer(text):
        tag = tag_at(found[0], 0)
        src = tag.attributes.get("src") if tag else None
        if tag and src is not None and src.lastindex is not None and src.lastindex > 1:
            start, end = src.span(src.lastindex)
            span = Span(found.start() + start, found.start() + end)
            yield _Image(tag.value("src").strip(), span, is_raw=True)


def without_code(markdown: str) -> str:
    """Return Markdown with spaces in place of code and comments, each character where it was."""
    lines = markdown.splitlines(keepends=True)
    hidden = _fenced(lines)
    _hide_indented(lines, hidden)
    text = "".join(
        " " * (len(line) - 1) + "\n" if is_hidden and line.endswith("\n")
        else " " * len(line) if is_hidden
        else line
        for line, is_hidden in zip(lines, hidden, strict=True)
    )  # fmt: skip
    parts: list[str] = []
    done = 0
    for start, end in _hidden_within(text):
        parts += text[done:start], " " * (end - start)
        done = end
    return "".join([*parts, text[done:]])


def _fenced(lines: list[str]) -> list[bool]:
    """Return which lines are fenced code; a fence that nothing closes is none."""
    marks = [found[1] if (found := _FENCE.match(line)) else "" for line in lines]
    ends = [
        mark if mark and line.strip(" \t>\n") == mark else ""
        for line, mark in zip(lines, marks, strict=True)
    ]
    # Of each line, how long the longest end of each kind is that comes behind it.
    behind = {
        sign: [*accumulate((len(e) if e[:1] == sign else 0 for e in reversed(ends)), max)][::-1]
        for sign in "`~"
    }
    hidden: list[bool] = []
    fence = ""
    for number, (mark, end) in enumerate(zip(marks, ends, strict=True)):
        if fence:
            hidden.append(True)
            fence = "" if end.startswith(fence) else fence
            continue
        following = behind[mark[0]][number + 1 : number + 2] if mark else []
        is_begin = bool(following) and following[0] >= len(mark)
        fence = mark if is_begin else ""
        hidden.append(is_begin)
    return hidden


def _hide_indented(lines: list[str], hidden: list[bool]) -> None:
    """Hide code that is set in by four spaces behind an empty line, and belongs to nothing."""
    is_behind_blank, holds, is_code = True, False, False
    for number, line in enumerate(lines):
        if hidden[number]:
            is_behind_blank = False
        elif not line.strip():
            is_behind_blank = True
        elif _INDENT.match(line):
            is_code = is_code or (is_behind_blank and not holds)
            hidden[number] = is_code
            is_behind_blank = False
        else:
            # A line that goes on with an item of a list begins nothing new.
            goes_on = holds and not is_behind_blank and not line.startswith("</")
            holds = goes_on or bool(_HOLDS.match(line))
            is_behind_blank = is_code = False


def _hidden_within(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments stand, and code within paragraphs."""
    marks = list(_MARK.finditer(text))
    ends = [-1] * len(marks)  # of each mark that begins something, the one that ends it
    following: dict[str, int] = {}
    for number in range(len(marks) - 1, -1, -1):
        mark = marks[number][0]
        if mark[0] == "\n":  # code ends with its paragraph
            following = {"-->": following["-->"]} if "-->" in following else {}
        elif mark == "<!--":
            ends[number] = following.get("-->", -1)
        else:
            if mark[0] == "`" and text[marks[number].start() - 1 : marks[number].start()] != "\\":
                ends[number] = following.get(mark, -1)
            following[mark] = number
    number = 0
    while number < len(marks):
        end = ends[number]
        if end >= 0:
            yield marks[number].start(), marks[end].end()
        number = max(number, end) + 1
