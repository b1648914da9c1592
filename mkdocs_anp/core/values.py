"""The HTML of one value of the post meta, by type.

This is markup made in Python, against the habit of this project, for its price: a post has
70 values, and a template that prints each of them costs more than a tenth of the whole
build of a page. The layout around the values is in the partials. What any module gives to a
template goes through `escape` there; here, that is every text that comes from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from html import unescape
from itertools import chain
from typing import Any, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue, entry_field
from mkdocs_anp.core.keys import canonical_key, key_text
from mkdocs_anp.core.links import is_plain_web_address, is_safe_url, is_web_address
from mkdocs_anp.core.pattern import gap
from mkdocs_anp.core.plan import PLAIN, Maker, Plan, ResolveLink
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
_REMEMBERED_PLANS = 256
_REMEMBERED_ENTRIES = 128  # of one mapping; larger ones would take too much memory

_HREF = re.compile(r'(<a class="anp-link" href=")([^"]*)')
_NO_CLASS = re.compile(r"[^\w-]+")  # what the name of a CSS class cannot hold
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')

InlineMarkdown: TypeAlias = Callable[[str], str]
"""Turns inline Markdown into HTML that is safe to print, whoever wrote it: no element but those
of a line of text, and links that all begin with `<a class="anp-link" href="`."""
Kinds: TypeAlias = tuple[type, ...]
"""The types of some values, in their order."""

_CODE = frozenset({"code", "hexadecimal"})
_NO_CHIPS = frozenset({"choice", "markdown", "url"})  # as items of a list
_TEXTS, _MAPPINGS, _CONTAINERS = {str}, {dict}, {dict, list}


class Values:
    """Makes the HTML of values in one language."""

    def __init__(self, wording: Wording, inline_markdown: InlineMarkdown) -> None:
        """Take the words of the language, and what renders fields of type markdown.

        What is the same on many posts is made once: the plan of each mapping and table, the
        markup of each score and choice. The least used of it is forgotten.
        """
        self._wording = wording
        self._inline_markdown = inline_markdown
        self._flags = {flag: self._flag(flag) for flag in (True, False)}
        self._remembered_entries = lru_cache(_REMEMBERED_PLANS)(self._entries)
        self._remembered_cells = lru_cache(_REMEMBERED_PLANS)(self._cells)
        self._table_head = lru_cache(_REMEMBERED_PLANS)(self._table_head)  # type: ignore[method-assign]
        remember = lru_cache(maxsize=_REMEMBERED, typed=True)
        self._meter = remember(self._meter)  # type: ignore[method-assign]
        self._minutes = remember(self._minutes)  # type: ignore[method-assign]
        self._choice = remember(self._choice)  # type: ignore[method-assign]
        self._date = remember(self.day)

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
        if kind is not dict and kind is not list:
            make, needs_page = self.maker(field, kind, path)
            return make(value, resolve) if needs_page else make(value)
        contents = self.contents(field, value, path, resolve, depth)
        if depth == OPEN_DEPTH + 1:
            summary = self._name(field, value) if is_item else self._label(path)
            count = f'<span class="anp-count">{len(value)}</span>'
            head = f"<summary>{summary} {count}</summary>"
            return f'<details class="anp-fold">{head}{contents}</details>'
        return contents

    def maker(self, field: Field, kind: type, path: str, depth: int = 1) -> Maker:
        """Return what makes the HTML of the values of a field that are of one kind.

        Args:
            field: The declaration of the field.
            kind: The type of its value.
            path: Its dotted path.
            depth: The level of containers the value stands on.
        """
        if kind is str:
            return self._text_maker(field, path)
        if kind is dict or kind is list:

            def container(value: FieldValue, resolve: ResolveLink) -> str:
                return self.html(field, value, path, resolve, depth)

            return Maker(container, needs_page=True)
        return Maker(self._scalar_maker(field, kind))

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
        return self._scalar_maker(field, kind)(value)

    def _brief_text(self, field: Field, value: str, path: str, resolve: ResolveLink) -> str:
        if value in field.choices:
            return self._choice(path, value)
        if field.type == "markdown":
            return escape(shortened(self._plain(value), _BRIEF_LENGTH))
        if _is_link(field, value):
            return _link(resolve(value), shortened(value, _BRIEF_LENGTH))
        return self.html(field, shortened(value, _BRIEF_LENGTH), path, resolve)

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
        index: int | None = None,
    ) -> str:
        """Return the HTML of a mapping, or of an item of a list, of which this is the number."""
        values = value.values()
        kinds = tuple(map(type, values))
        if index is not None and not _CONTAINERS.isdisjoint(kinds):
            path, index = f"{path}.{index}", None  # what is below needs the number, too
        few = len(kinds) <= _REMEMBERED_ENTRIES
        entries = self._remembered_entries if few else self._entries
        keys = tuple(map(key_text, value))
        plan = entries(field, path, depth, keys, kinds, index is not None)
        number = () if index is None else (str(index),)
        return plan.filled(values, resolve, *number)

    def _list(
        self, field: Field, value: list[FieldValue], path: str, resolve: ResolveLink, depth: int
    ) -> str:
        of = field.of or ANY
        kinds = set(map(type, value))
        if kinds == _TEXTS:
            may_be_chips = field.type != "checklist" and of.type not in _NO_CHIPS
            return self._texts(of, value, path, resolve, may_be_chips=may_be_chips)
        columns = _table_columns(value) if kinds == _MAPPINGS else ()
        if columns:
            return self._table(of, columns, value, path, resolve)
        if kinds == _MAPPINGS and depth < OPEN_DEPTH:
            items = [
                self._mapping(of, item, path, resolve, depth + 1, index)
                for index, item in enumerate(value)
            ]
        else:
            items = [
                self.html(of, item, f"{path}.{index}", resolve, depth + 1, is_item=True)
                for index, item in enumerate(value)
            ]
        return f'<ul class="anp-list"><li>{"</li><li>".join(items)}</li></ul>'

    def _texts(
        self,
        of: Field,
        value: list[Any],
        path: str,
        resolve: ResolveLink,
        *,
        may_be_chips: bool,
    ) -> str:
        """Return the HTML of a list of nothing but texts."""
        are_short = max(map(len, value)) <= _CHIP_LENGTH
        if may_be_chips and are_short:
            chips = '</li><li dir="auto">'.join(map(escape, value))
            return f'<ul class="anp-chips"><li dir="auto">{chips}</li></ul>'
        # Choices are pills, and those that stand alone in their items stand side by side.
        look = "chips" if of.type == "choice" and are_short else "list"
        make, needs_page = self._text_maker(of, f"{path}.0")  # labels do not depend on the number
        items = [make(item, resolve) for item in value] if needs_page else map(make, value)
        return f'<ul class="anp-{look}"><li>{"</li><li>".join(items)}</li></ul>'

    def _table(
        self,
        of: Field,
        columns: tuple[str, ...],
        value: list[Mapping[Any, FieldValue]],
        path: str,
        resolve: ResolveLink,
    ) -> str:
        rows = [self._table_head(of, path, columns)]
        plan: Plan | None = None
        kinds: Kinds = ()
        for index, item in enumerate(value):
            cells = [item.get(column) for column in columns]
            own_kinds = tuple(map(type, cells))
            if plan is None or own_kinds != kinds:  # nearly all rows are alike
                kinds = own_kinds
                plan = self._remembered_cells(of, path, columns, kinds)
            rows.append(plan.filled(cells, resolve, str(index)))
        rows.append("</tbody></table>")
        return "".join(rows)

    def _entries(
        self,
        field: Field,
        path: str,
        depth: int,
        keys: tuple[str, ...],
        kinds: Kinds,
        is_item: bool,
    ) -> Plan:
        """Return the plan of a mapping with these keys and kinds of values.

        That of an item of a list has one more gap, for its number.
        """
        above, shown = (f"{path}.0", f"{path}.{gap(len(keys))}") if is_item else (path, path)
        rows, makers = [], []
        for number, (text, kind) in enumerate(zip(keys, kinds, strict=True)):
            key = canonical_key(text)
            known = entry_field(field, key) or ANY
            label = escape(self._wording.label(f"{above}.{key}", text, known.label))
            opening = f'<div><dt>{label}</dt><dd data-anp-field="{escape(f"{shown}.{key}")}"'
            rows.append(f"{opening}{_direction(kind)}>{gap(number)}</dd></div>")
            makers.append(self.maker(known, kind, f"{above}.{key}", depth + 1))
        ordered = "".join([rows[number] for number in _declared_order(field, keys)])
        return Plan(f'<dl class="anp-nested">{ordered}</dl>', makers)

    def _cells(self, of: Field, path: str, columns: tuple[str, ...], kinds: Kinds) -> Plan:
        """Return the plan of a table's row with these kinds of cells, and a gap for its number."""
        number = gap(len(columns))
        cells, makers = [], []
        for place, (raw, kind) in enumerate(zip(columns, kinds, strict=True)):
            key = canonical_key(raw)
            opening = f'<td data-anp-field="{escape(f"{path}.{number}.{key}")}"'
            cells.append(f"{opening}{_direction(kind)}>{gap(place)}</td>")
            known = entry_field(of, key) or ANY
            is_empty = kind is type(None)
            makers.append(_NOTHING if is_empty else self.maker(known, kind, f"{path}.0.{key}"))
        ordered = "".join([cells[place] for place in _declared_order(of, columns)])
        return Plan(f"<tr>{ordered}</tr>", makers)

    def _table_head(self, of: Field, path: str, columns: tuple[str, ...]) -> str:
        cells = []
        for raw in [columns[place] for place in _declared_order(of, columns)]:
            key = canonical_key(raw)
            declared = (entry_field(of, key) or ANY).label
            label = escape(self._wording.label(f"{path}.{key}", raw, declared))
            cells.append(f'<th scope="col">{label}</th>')
        return f'<table class="anp-table"><thead><tr>{"".join(cells)}</tr></thead><tbody>'

    # Scalars

    def _text_maker(self, field: Field, path: str) -> Maker:
        kind = field.type
        if kind in _CODE:
            return _CODE_TEXT
        if kind == "choice":
            return Maker(partial(self._choice_or_text, field, path))
        if kind == "markdown":
            return Maker(self._markdown, needs_page=True)
        if kind == "url":
            return _URL
        return _FREE_TEXT if kind == "any" else PLAIN

    def _choice_or_text(self, field: Field, path: str, value: str) -> str:
        return self._choice(path, value) if value in field.choices else escape(value)

    def _markdown(self, value: str, resolve: ResolveLink) -> str:
        html = self._inline_markdown(value)
        if "<a" not in html:
            return html
        return _HREF.sub(lambda found: found[1] + escape(resolve(unescape(found[2]))), html)

    def _plain(self, value: str) -> str:
        """Return the text that a reader sees of inline Markdown."""
        return unescape(_TAG.sub("", self._inline_markdown(value)))

    def _scalar_maker(self, field: Field, kind: type) -> Callable[[Any], str]:
        if kind is bool:
            return self._flags.__getitem__
        if (kind is int or kind is float) and field.type != "any":
            if field.type == "minutes":
                return self._minutes
            is_one_of_a_range = field.min is not None and field.max is not None
            return partial(self._meter if is_one_of_a_range else self._quantity, field)
        if kind is date:
            return self._date
        # Not remembered: two times in different zones may be equal.
        return self.day if issubclass(kind, date) else _scalar

    def _quantity(self, field: Field, value: float) -> str:
        return escape(self._wording.formats.quantity(value, field.unit))

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


def _url(value: str, resolve: ResolveLink) -> str:
    if is_plain_web_address(value):
        return _link(value, value)
    return _link(resolve(value), value) if is_safe_url(value) else escape(value)


def _free_text(value: str) -> str:
    return _link(value, value) if is_web_address(value) else escape(value)


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>"


def _scalar(value: FieldValue) -> str:
    return escape(scalar_text(value))


def _nothing(value: FieldValue) -> str:
    return ""


_URL = Maker(_url, needs_page=True)
_FREE_TEXT = Maker(_free_text)
_CODE_TEXT = Maker(_code)
_NOTHING = Maker(_nothing)


def _direction(kind: type) -> str:
    """Return the attribute of what stands around a value: a text may run the other way."""
    return ' dir="auto"' if kind is str else ""


def _item_field(field: Field, key: Any) -> Field:
    """Return the declaration of an entry of a mapping, or of any item of a list."""
    if field.type == "list":
        return field.of or ANY
    return entry_field(field, canonical_key(key_text(key))) or ANY


def _declared_order(field: Field, keys: Sequence[str]) -> list[int]:
    """Return the order of the keys of a mapping: the declared ones first, as they are declared."""
    ranks = {key: rank for rank, key in enumerate(field.fields)}
    return sorted(range(len(keys)), key=lambda i: ranks.get(canonical_key(keys[i]), len(ranks)))


def _table_columns(value: list[Any]) -> tuple[str, ...]:
    """Return the columns of a list of small, flat mappings, or () where it is none."""
    columns = tuple(dict.fromkeys(chain.from_iterable(value)))
    if not 1 < len(columns) <= _TABLE_COLUMNS or set(map(type, columns)) != _TEXTS:
        return ()
    for item in value:
        for cell in item.values():
            kind = type(cell)
            if (kind is str and len(cell) > _CELL_LENGTH) or kind is dict or kind is list:
                return ()
    return columns
