"""Lists in the HTML of a page: where they are, and the text of their items.

A page is never parsed as a whole, which would take longer than all the rest of a build. What is
looked at is the list itself; a list in which anything is not as Markdown writes it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.checklist.items import plain_text

Finder: TypeAlias = "re.Pattern[str] | None"
"""Finds the headings below which a page may have its checklist itself."""

# A tag cannot be told from text where quotes hold a `<` or `>`; Markdown writes no such tag.
_LIST_TAG = re.compile(r"<(/?)([uo]l)\b([^<>]*)>")
_ITEM_TAG = re.compile(r"<(/?)([uo]l|li)\b([^<>]*)>")
_PARAGRAPH = re.compile(r"\s*<p\b[^<>]*>(.*?)</p>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|details|dialog|div|dl|fieldset|figure|footer|form"
    r"|h[1-6]|header|hr|iframe|li|main|math|nav|object|ol|p|pre|script|section|style|table"
    r"|template|textarea|ul|video)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)\b[^<>]*>", re.IGNORECASE)
_VOID = frozenset({"br", "img", "input", "wbr"})
_INTERACTIVE = re.compile(
    r"<(?:a|audio|button|details|embed|input|label|select|summary)\b|\btabindex\b", re.IGNORECASE
)
# What stands for the box: as pymdownx.tasklist writes it in either form, and as it is written.
_MARK = re.compile(
    r"\s*(?:<label\b[^<>]*>\s*(?=<input))?"
    r"(?:<input\b(?=[^<>]*\btype=\"checkbox\")([^<>]*)>|\[([ xX])\](?=\s))"
    r"(?:\s*<span class=\"task-list-indicator\"></span>)?(?:\s*</label>)?\s*",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_CLASS = re.compile(r"""\s*\bclass=(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])\b[^<>]*>")
_PERMALINK = '<a class="headerlink"'
_UP_TO = {level: re.compile(rf"<h[1-{level}]\b") for level in range(1, 7)}
_TASK_SIGNS = ('type="checkbox"', "[ ] ", "[x] ", "[X] ")


class BodyItem(NamedTuple):
    """An item of a list, its text as HTML.

    Attributes:
        attributes: Those of its element, with a space before each; no class.
        html: Its text, with inline elements only.
        rest: The HTML behind the text and the list below it.
        mark: Whether it is ticked as written; None where it has no box.
        is_ordered: Whether the list below it is.
        items: The items below it.
    """

    attributes: str
    html: str
    rest: str = ""
    mark: bool | None = None
    is_ordered: bool = False
    items: tuple[BodyItem, ...] = ()

    @property
    def plain(self) -> str:
        """Its text without markup."""
        return plain_text(self.html)


@dataclass(frozen=True, order=True)
class BodyList:
    """A list.

    Attributes:
        start, end: Where it stands in the page.
        is_ordered: Whether it has numbers.
        attributes: Those of its element, with a space before each; no class.
        texts: Its items, where they are nothing but texts, as HTML; empty for any other list.
        others: Its items, where they are more than that.
    """

    start: int
    end: int
    is_ordered: bool
    attributes: str
    texts: tuple[str, ...] = ()
    others: tuple[BodyItem, ...] = ()

    @property
    def items(self) -> tuple[BodyItem, ...]:
        """Its items."""
        return self.others or tuple(BodyItem("", text) for text in self.texts)

    @property
    def flat(self) -> list[BodyItem]:
        """Its items, each with those below it behind it."""
        return [one for item in self.items for one in (item, *item.items)]


class Heading(NamedTuple):
    """A heading: its text, and where that ends in the page."""

    text: str
    end: int


def headings(html: str) -> Iterator[Heading]:
    """Yield the headings of a page."""
    at = html.find("<h")
    while at >= 0:
        opening = _HEADING.match(html, at)
        close = html.find(f"</h{opening[1]}>", at) if opening else -1
        if opening is None or close < 0:
            at = html.find("<h", at + 2)
            continue
        inner = html[opening.end() : close].partition(_PERMALINK)[0]
        yield Heading(plain_text(inner), close)
        at = html.find("<h", close)


def finder(wanted: Collection[str]) -> Finder:
    """Return what finds headings with one of some texts; None for no texts."""
    if not wanted:
        return None
    as_html = (text.replace("&", "&amp;").replace("<", "&lt;") for text in wanted)
    texts = "|".join(r"\s+".join(map(re.escape, text.split())) for text in as_html)
    end = f"(?={_PERMALINK}|</h)"
    return re.compile(rf"<h([1-6])\b[^<>]*>\s*(?i:{texts})\s*{end}")


def lists_under(html: str, wanted: Finder) -> Iterator[tuple[Heading, BodyList]]:
    """Yield the lists in the sections that have one of some headings, from the last section on.

    To go through a whole page takes time, and in most pages that section is the last one.

    Args:
        html: The HTML of a page.
        wanted: What finds the headings.
    """
    at = html.rfind("<h") if wanted else -1
    while wanted and at >= 0:
        found = wanted.match(html, at)
        at = html.rfind("<h", 0, at)
        if found is None:
            continue
        end = found.end()
        following = _UP_TO[int(found[1])].search(html, end)
        heading = Heading(plain_text(found[0]), end)
        yield from (
            (heading, body)
            for body in lists_in(html, end, following.start() if following else len(html))
        )


def has_tasks(html: str) -> bool:
    """Return whether a page may have a task list; to ask costs next to nothing."""
    return any(sign in html for sign in _TASK_SIGNS)


def lists_in(html: str, start: int, end: int) -> Iterator[BodyList]:
    """Yield the lists between two places that are as Markdown writes them, not those in others."""
    for opening, close in _spans(html, start, end):
        found = _list_at(html, opening, close)
        if found is not None:
            yield found


def is_interactive(html: str) -> bool:
    """Return whether a text holds what is operated by itself: it must not stand in a label."""
    return "<" in html and _INTERACTIVE.search(html) is not None


def _spans(html: str, start: int, end: int) -> list[tuple[re.Match[str], int]]:
    """Return where lists begin and end between two places, without those in others."""
    opened: list[re.Match[str]] = []
    spans: list[tuple[re.Match[str], int]] = []
    for tag in _LIST_TAG.finditer(html, start, end):
        if not tag[1]:
            opened.append(tag)
        elif opened:
            opening = opened.pop()
            while spans and spans[-1][0].start() > opening.start():
                spans.pop()
            spans.append((opening, tag.end()))
    return spans


def _list_end(html: str, start: int, end: int) -> int | None:
    depth = 0
    for tag in _LIST_TAG.finditer(html, start, end):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return None


def _list_at(
    html: str, opening: re.Match[str], end: int, is_nested: bool = False
) -> BodyList | None:
    """Return the list that begins with a tag and ends at a place, if all is as it should be."""
    if html.find("<!--", opening.end(), end) >= 0:
        return None  # what is in a comment is no tag
    is_ordered = opening[2] == "ol"
    start, attributes = opening.start(), _attributes(opening[3])
    texts = _plain_texts(html[opening.end() : end - len("</ul>")])
    if texts:
        return BodyList(start, end, is_ordered, attributes, texts)
    items = []
    for own, inner in _inner_items(html, opening.end(), end):
        item = None if inner is None else _item(own, inner, is_nested)
        if item is None:
            return None
        items.append(item)
    if not items:
        return None
    return BodyList(start, end, is_ordered, attributes, others=tuple(items))


def _plain_texts(inner: str) -> tuple[str, ...]:
    """Return the items of a list of nothing but texts, as most are; none of any other list."""
    *parts, last = inner.split("</li>")
    texts = []
    for part in parts:
        opening, _, text = part.partition("<li>")
        text = text.strip()
        if not text or "<" in text or "[" in text or opening.strip():
            return ()
        texts.append(text)
    return () if last.strip() else tuple(texts)


def _inner_items(html: str, start: int, end: int) -> Iterator[tuple[str, str | None]]:
    """Yield attributes and inner HTML of each item; None where one has no end of its own."""
    depth, opened = 0, None
    for tag in _ITEM_TAG.finditer(html, start, end):
        if tag[2] != "li":
            depth += -1 if tag[1] else 1
        elif depth == 0 and not tag[1]:
            if opened is not None:
                yield "", None
                return
            opened = tag
        elif depth == 0 and opened is not None:
            yield _attributes(opened[3]), html[opened.end() : tag.start()]
            opened = None
    if opened is not None:
        yield "", None


def _item(attributes: str, inner: str, is_nested: bool) -> BodyItem | None:
    text, rest = _text_and_rest(inner)
    mark = _MARK.match(text) if "[" in text or "<" in text else None
    is_ticked = None
    if mark:
        text = text[mark.end() :]
        is_ticked = bool(_CHECKED.search(mark[1])) if mark[2] is None else mark[2] != " "
    if not _is_balanced(text) or not plain_text(text):
        return None
    below = None if is_nested or not rest else _list_below(rest)
    if below is None:
        return BodyItem(attributes, text, rest, is_ticked)
    rest = rest[below.end :].strip()
    return BodyItem(attributes, text, rest, is_ticked, below.is_ordered, below.items)


def _list_below(rest: str) -> BodyList | None:
    opening = _LIST_TAG.match(rest)
    end = _list_end(rest, 0, len(rest)) if opening and not opening[1] else None
    return _list_at(rest, opening, end, is_nested=True) if opening and end else None


def _text_and_rest(inner: str) -> tuple[str, str]:
    """Return the first line of an item, and what stands behind it."""
    if "<" not in inner:
        return inner.strip(), ""
    paragraph = _PARAGRAPH.match(inner)
    if paragraph:
        return paragraph[1].strip(), inner[paragraph.end() :].strip()
    block = _BLOCK.search(inner)
    if block is None:
        return inner.strip(), ""
    return inner[: block.start()].strip(), inner[block.start() :].strip()


def _is_balanced(html: str) -> bool:
    if "<" not in html:
        return True
    opened = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _VOID:
            opened += -1 if tag[1] else 1
        if opened < 0:
            return False
    return opened == 0 and "<!--" not in html


def _attributes(written: str) -> str:
    """Return the attributes of an element without its class, which the theme has rules for."""
    if not written:
        return ""
    kept = _CLASS.sub("", written).strip(" /\n")
    return f" {kept}" if kept else ""
