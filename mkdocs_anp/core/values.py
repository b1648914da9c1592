"""The HTML of one value of the post meta, by type.

This is markup made in Python, against the habit of this project, for its price: a post has
70 values, and a template that prints each of them costs more than a tenth of the whole
build of a page. The layout around the values is in the partials. What any module gives to a
template goes through `escape` there; here, that is every text that comes from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from html import unescape
from typing import Any, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue, entry_field
from mkdocs_anp.core.keys import canonical_key, key_text
from mkdocs_anp.core.links import is_safe_url, is_web_address
from mkdocs_anp.core.text import clean, escape, scalar_text, shortened
from mkdocs_anp.core.wording import Wording

OPEN_DEPTH = 2
"""How many levels of containers are open; the next is closed, with all that is in it."""

_CHIP_LENGTH = 40
_CELL_LENGTH = 48
_NAME_LENGTH = 60
_TABLE_COLUMNS = 3
_BRIEF_LENGTH = 100
_BRIEF_ITEMS = 5
_REMEMBERED = 4096

_HREF = re.compile(r'(<a class="anp-link" href=")([^"]*)')
_NO_CLASS = re.compile(r"[^\w-]+")  # what the name of a CSS class cannot hold
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')

ResolveLink: TypeAlias = Callable[[str], str]
"""Turns a safe address as the author wrote it into one that works on the page."""
InlineMarkdown: TypeAlias = Callable[[str], str]
"""Turns inline Markdown into HTML that is safe to print, whoever wrote it: no element but those
of a line of text, and links that all begin with `<a class="anp-link" href="`."""

# Which entry, of those as written, stands on each row; None where they stay as they are.
_Order: TypeAlias = tuple[int, ...] | None
# Of each entry: its declaration, its path, whether its texts are shown as they are, and the
# HTML up to its value, first of a text, which may run the other way than the page.
_Plan: TypeAlias = tuple[tuple[Field, str, bool, str, str], ...]

_CODE = frozenset({"code", "hexadecimal"})
_SPECIAL_TEXT = _CODE | {"choice", "markdown", "url", "any"}
_NO_CHIPS = frozenset({"choice", "markdown", "url"})  # as items of a list


class Values:
    """Makes the HTML of values in one language."""

    def __init__(self, wording: Wording, inline_markdown: InlineMarkdown) -> None:
        """Take the words of the language, and what renders fields of type markdown.

        What is the same on many posts is made once: the opening of each row, the markup of
        each score and choice. The least used of it is forgotten.
        """
        self._wording = wording
        self._inline_markdown = inline_markdown
        self._flags = {flag: self._flag(flag) for flag in (True, False)}
        remember = lru_cache(maxsize=_REMEMBERED, typed=True)
        self._entries = remember(self._entries)  # type: ignore[method-assign]
        self._cells = remember(self._cells)  # type: ignore[method-assign]
        self._columns = remember(self._columns)  # type: ignore[method-assign]
        self._table_head = remember(self._table_head)  # type: ignore[method-assign]
        self._meter = remember(self._meter)  # type: ignore[method-assign]
        self._minutes = remember(self._minutes)  # type: ignore[method-assign]
        self._choice = remember(self._choice)  # type: ignore[method-assign]

    def html(
        self,
        field: Field,
        value: FieldValue,
        path: str,
        resolve: ResolveLink,
        depth: int = 1,
        *,
        is_item: bool = False,
    ) -> str:
        """Return the HTML of a value.

        Args:
            field: The declaration of the field.
            value: Its value as read.
            path: Its dotted path for `data-anp-field`, such as `score.quality`.
            resolve: Makes relative links work on the page.
            depth: The level of containers the value stands on; fields are on the first.
            is_item: Whether it is an item of a list.
        """
        kind = type(value)
        if kind is str:
            return self._text(field, value, path, resolve)
        if kind is dict or kind is list:
            contents = self.contents(field, value, path, resolve, depth)
            if depth == OPEN_DEPTH + 1:
                summary = self._name(field, value) if is_item else self._label(path)
                count = f'<span class="anp-count">{len(value)}</span>'
                head = f"<summary>{summary} {count}</summary>"
                return f'<details class="anp-fold">{head}{contents}</details>'
            return contents
        return self._scalar(field, value)

    def _name(self, field: Field, value: FieldValue) -> str:
        """Return what a closed item of a list is called: its first text."""
        entries = value.items() if type(value) is dict else ((0, item) for item in value)
        key, text = next(((k, v) for k, v in entries if type(v) is str), (0, ""))
        if not text:
            return escape(self._wording.labels["show"])
        if _item_field(field, key).type == "markdown":
            text = self._plain(text)
        return f"<bdi>{escape(shortened(text, _NAME_LENGTH))}</bdi>"

    def _label(self, path: str) -> str:
        """Return what a closed entry of a mapping is called: its label need not be seen twice."""
        label = escape(self._wording.label(path, path.rpartition(".")[2]))
        return f'{escape(self._wording.labels["show"])}<span class="anp-hidden"> {label}</span>'

    def brief(self, field: Field, value: FieldValue, path: str, resolve: ResolveLink) -> str:
        """Return the HTML of a value for a line that holds others too, or "" if it has no place.

        Texts are shortened, Markdown is plain text, a number has no bar, and a list is one of
        its first items. A mapping has no place, nor has a list where none is declared.
        """
        kind = type(value)
        if kind is str:
            if field.type == "text":
                return escape(shortened(value, _BRIEF_LENGTH))
            return self._brief_text(field, value, path, resolve)
        if kind is dict or (kind is list and field.type != "list"):
            return ""
        if kind is list:
            return self._brief_list(field.of or ANY, value, path, resolve)
        if field.max is not None and (kind is int or kind is float) and field.type != "minutes":
            return self._figure(field, value)
        return self._scalar(field, value)

    def _brief_text(self, field: Field, value: str, path: str, resolve: ResolveLink) -> str:
        if field.type == "markdown":
            return escape(shortened(self._plain(value), _BRIEF_LENGTH))
        if _is_link(field, value):
            return _link(resolve(value), shortened(value, _BRIEF_LENGTH))
        if value not in field.choices:
            value = shortened(value, _BRIEF_LENGTH)
        return self._text(field, value, path, resolve)

    def _brief_list(
        self, of: Field, value: list[FieldValue], path: str, resolve: ResolveLink
    ) -> str:
        """Return the first items of a list, as many as have a place in a line."""
        items: list[str] = []
        length = 0
        for item in value:
            if length >= _BRIEF_LENGTH or len(items) == _BRIEF_ITEMS:
                items.append("…")
                break
            html = "" if type(item) is list else self.brief(of, item, path, resolve)
            if html:
                items.append(f"<bdi>{html}</bdi>")
                length += len(item) if type(item) is str else 1
        return ", ".join(items)

    def contents(
        self, field: Field, value: FieldValue, path: str, resolve: ResolveLink, depth: int = 1
    ) -> str:
        """Return the HTML of a list or mapping, open at its own level."""
        if type(value) is dict:
            return self._mapping(field, value, path, resolve, depth)
        return self._list(field, value, path, resolve, depth)

    # Containers

    def _mapping(
        self,
        field: Field,
        value: Mapping[Any, FieldValue],
        path: str,
        resolve: ResolveLink,
        depth: int,
    ) -> str:
        rows = ['<dl class="anp-nested">']
        order, plan = self._entries(field, path, tuple(map(key_text, value)))
        items: Any = value.values()
        if order is not None:
            written = list(items)
            items = [written[index] for index in order]
        for (known, inner, plain, text, other), item in zip(plan, items, strict=True):
            kind = type(item)
            if kind is str:
                html = escape(item) if plain else self._text(known, item, inner, resolve)
                rows += text, html, "</dd></div>"
            elif kind is dict or kind is list:
                html = self.html(known, item, inner, resolve, depth + 1)
                rows += other, html, "</dd></div>"
            else:
                rows += other, self._scalar(known, item), "</dd></div>"
        rows.append("</dl>")
        return "".join(rows)

    def _list(
        self, field: Field, value: list[FieldValue], path: str, resolve: ResolveLink, depth: int
    ) -> str:
        of = field.of or ANY
        if field.type != "checklist" and of.type not in _NO_CHIPS and _are_chips(value):
            chips = '</li><li dir="auto">'.join(map(escape, value))
            return f'<ul class="anp-chips"><li dir="auto">{chips}</li></ul>'
        columns = _table_columns(value)
        if columns:
            return self._table(of, self._columns(of, columns), value, path, resolve)
        items = []
        for index, item in enumerate(value):
            html = self.html(of, item, f"{path}.{index}", resolve, depth + 1, is_item=True)
            items.append(f"<li>{html}</li>")
        # Choices are pills, and those that stand alone in their items stand side by side.
        look = "chips" if of.type == "choice" and _are_chips(value) else "list"
        return f'<ul class="anp-{look}">{"".join(items)}</ul>'

    def _table(
        self,
        of: Field,
        columns: tuple[str, ...],
        value: list[Mapping[Any, FieldValue]],
        path: str,
        resolve: ResolveLink,
    ) -> str:
        rows = [self._table_head(of, path, columns)]
        for index, item in enumerate(value):
            rows.append("<tr>")
            plan = self._cells(of, path, index, columns)
            for raw, (known, inner, plain, text, other) in zip(columns, plan, strict=True):
                cell = item.get(raw)
                if type(cell) is str:
                    html = escape(cell) if plain else self._text(known, cell, inner, resolve)
                    rows += text, html, "</td>"
                else:
                    html = "" if cell is None else self._scalar(known, cell)
                    rows += other, html, "</td>"
            rows.append("</tr>")
        rows.append("</tbody></table>")
        return "".join(rows)

    def _entries(self, field: Field, path: str, keys: tuple[str, ...]) -> tuple[_Order, _Plan]:
        """Return the order of the rows of a mapping with these keys, and the plan of each row."""
        order = _declared_order(field, keys)
        plan = []
        for text in keys if order is None else [keys[index] for index in order]:
            key = canonical_key(text)
            inner = f"{path}.{key}"
            declared = (entry_field(field, key) or ANY).label
            label = escape(self._wording.label(inner, text, declared))
            opening = f'<div><dt>{label}</dt><dd data-anp-field="{escape(inner)}"'
            plan.append(_planned(field, key, inner, opening))
        return order, tuple(plan)

    def _columns(self, of: Field, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Return the columns of a table in the order of declaration."""
        order = _declared_order(of, columns)
        return columns if order is None else tuple(columns[index] for index in order)

    def _cells(self, of: Field, path: str, index: int, columns: tuple[str, ...]) -> _Plan:
        """Return the plan of a table's row."""
        plan = []
        for raw in columns:
            key = canonical_key(raw)
            inner = f"{path}.{index}.{key}"
            plan.append(_planned(of, key, inner, f'<td data-anp-field="{escape(inner)}"'))
        return tuple(plan)

    def _table_head(self, of: Field, path: str, columns: tuple[str, ...]) -> str:
        cells = []
        for raw in columns:
            key = canonical_key(raw)
            declared = (entry_field(of, key) or ANY).label
            label = escape(self._wording.label(f"{path}.{key}", raw, declared))
            cells.append(f'<th scope="col">{label}</th>')
        return f'<table class="anp-table"><thead><tr>{"".join(cells)}</tr></thead><tbody>'

    # Scalars

    def _text(self, field: Field, value: str, path: str, resolve: ResolveLink) -> str:
        kind = field.type
        if kind not in _SPECIAL_TEXT:
            return escape(value)
        if kind == "choice" and value in field.choices:
            return self._choice(path, value)
        if kind in _CODE:
            return f"<code>{escape(value)}</code>"
        if kind == "markdown":
            return self._markdown(value, resolve)
        if _is_link(field, value):
            return _link(resolve(value), value)
        return escape(value)

    def _markdown(self, value: str, resolve: ResolveLink) -> str:
        html = self._inline_markdown(value)
        if "<a" not in html:
            return html
        return _HREF.sub(lambda found: found[1] + escape(resolve(unescape(found[2]))), html)

    def _plain(self, value: str) -> str:
        """Return the text that a reader sees of inline Markdown."""
        return unescape(_TAG.sub("", self._inline_markdown(value)))

    def _scalar(self, field: Field, value: FieldValue) -> str:
        kind = type(value)
        if kind is bool:
            return self._flags[value]
        if kind is int or kind is float:
            if field.type == "any":
                return escape(scalar_text(value))
            if field.type == "minutes":
                return self._minutes(value)
            if field.min is not None and field.max is not None:
                return self._meter(field, value)
            return escape(self._wording.formats.quantity(value, field.unit))
        if isinstance(value, date):
            return self.day(value)
        return escape(scalar_text(value))

    def day(self, value: date) -> str:
        """Return the HTML of a date, or of a date with its time."""
        text = escape(self._wording.formats.day(value))
        return f'<time datetime="{value.isoformat()}">{text}</time>'

    def _choice(self, path: str, value: str) -> str:
        word = escape(self._wording.choice(path, value))
        kind = _NO_CLASS.sub("-", value)
        return (
            f'<data class="anp-pill anp-pill--{kind}" value="{escape(clean(value))}">{word}</data>'
        )

    def _flag(self, value: bool) -> str:
        word = escape(self._wording.labels["yes" if value else "no"])
        return f'<span class="anp-flag anp-flag--{"true" if value else "false"}">{word}</span>'

    def _meter(self, field: Field, value: float) -> str:
        # The figure beside it says the same in words, so assistive technology skips the bar.
        return (
            f'<meter class="anp-meter" min="{field.min}" max="{field.max}" value="{value}" '
            f'aria-hidden="true"></meter> {self._figure(field, value)}'
        )

    def _figure(self, field: Field, value: float) -> str:
        """Return a number and, where it is one of a range, how high it could be."""
        formats, unit = self._wording.formats, field.unit
        goes_without_saying = unit == "%" and field.max == 100
        if field.min is None or field.max is None or goes_without_saying:
            return escape(formats.quantity(value, unit))
        high = escape(formats.quantity(field.max, unit))
        return f'{escape(formats.quantity(value, ""))}<span class="anp-of"> / {high}</span>'

    def _minutes(self, value: int) -> str:
        return f'<time datetime="PT{value}M">{escape(self._wording.formats.minutes(value))}</time>'


def _link(address: str, text: str) -> str:
    shown = escape(text)
    href = shown if address == text else escape(address)
    return f'<a class="anp-link" href="{href}">{shown}</a>'


def _is_link(field: Field, value: str) -> bool:
    if field.type == "url":
        return is_safe_url(value)
    return field.type == "any" and is_web_address(value)


def _item_field(field: Field, key: Any) -> Field:
    """Return the declaration of an entry of a mapping, or of any item of a list."""
    if field.type == "list":
        return field.of or ANY
    return entry_field(field, canonical_key(key_text(key))) or ANY


def _declared_order(field: Field, keys: tuple[str, ...]) -> _Order:
    """Return where the keys of a mapping go: the declared ones first; None if they stay."""
    ranks = {key: rank for rank, key in enumerate(field.fields)}
    order = sorted(range(len(keys)), key=lambda i: ranks.get(canonical_key(keys[i]), len(ranks)))
    return None if order == list(range(len(keys))) else tuple(order)


def _planned(field: Field, key: str, path: str, opening: str) -> tuple[Field, str, bool, str, str]:
    known = entry_field(field, key) or ANY
    plain = known.type not in _SPECIAL_TEXT
    return known, path, plain, f'{opening} dir="auto">', f"{opening}>"


def _are_chips(value: list[FieldValue]) -> bool:
    for item in value:  # noqa: SIM110 (a generator costs more than these few items)
        if type(item) is not str or len(item) > _CHIP_LENGTH:
            return False
    return True


def _table_columns(value: list[FieldValue]) -> tuple[str, ...]:
    """Return the columns of a list of small, flat mappings, or () where it is none."""
    columns: dict[str, None] = {}
    for item in value:
        if type(item) is not dict:
            return ()
        for key, cell in item.items():
            kind = type(cell)
            if kind is str:
                if len(cell) > _CELL_LENGTH:
                    return ()
            elif kind is dict or kind is list:
                return ()
            if type(key) is not str:
                return ()
            columns[key] = None
        if len(columns) > _TABLE_COLUMNS:
            return ()
    return tuple(columns) if len(columns) > 1 else ()
