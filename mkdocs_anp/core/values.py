"""The HTML of one value of the post meta, by type.

This is markup made in Python, against the habit of this project, for its price: a post has
70 values, and a template that prints each of them costs more than a tenth of the whole
build of a page. The layout around the values is in the partials. What any module gives to a
template goes through `escape` there; here, that is every text that comes from front matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from mkdocs_anp.core.fields import ANY, Field, FieldValue, entry_field
from mkdocs_anp.core.keys import canonical_key, key_text
from mkdocs_anp.core.links import is_safe_url, is_web_address
from mkdocs_anp.core.text import escape, scalar_text, shortened
from mkdocs_anp.core.wording import Wording

OPEN_DEPTH = 2
"""How many levels of containers are open; the next is closed, with all that is in it."""

_CHIP_LENGTH = 40
_CELL_LENGTH = 48
_NAME_LENGTH = 60
_TABLE_COLUMNS = 3
_REMEMBERED = 4096

ResolveLink: TypeAlias = Callable[[str], str]
"""Turns a safe address as the author wrote it into one that works on the page."""

# Of each entry: its declaration, its path, whether its texts are shown as they are, and the
# HTML up to its value, first of a text, which may run the other way than the page.
_Plan: TypeAlias = tuple[tuple[Field, str, bool, str, str], ...]

_SPECIAL_TEXT = frozenset({"choice", "code", "url", "any"})


class Values:
    """Makes the HTML of values in one language."""

    def __init__(self, wording: Wording) -> None:
        """Take the words of the language.

        What is the same on many posts is made once: the opening of each row, the markup of
        each score and choice. The least used of it is forgotten.
        """
        self._wording = wording
        self._flags = {flag: self._flag(flag) for flag in (True, False)}
        remember = lru_cache(maxsize=_REMEMBERED, typed=True)
        self._entries = remember(self._entries)  # type: ignore[method-assign]
        self._cells = remember(self._cells)  # type: ignore[method-assign]
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
                return self._folded(value, "" if is_item else path, contents)
            return contents
        return self._scalar(field, value)

    def _folded(self, value: FieldValue, path: str, contents: str) -> str:
        """Return contents that are closed until the reader opens them.

        An item of a list is named by its first text, an entry of a mapping by its label, which
        stands before it and need not be seen twice.
        """
        last = path.rpartition(".")[2]
        if last.isdecimal():
            texts = value.values() if type(value) is dict else value
            show = self._wording.labels["show"]
            name = next((text for text in texts if type(text) is str), show)
            words = f"<bdi>{escape(shortened(name, _NAME_LENGTH))}</bdi>"
        else:
            name = escape(self._wording.labels["show"])
            label = escape(self._wording.label(path, path.rpartition(".")[2]))
            words = f'{name}<span class="anp-hidden"> {label}</span>'
        return (
            f'<details class="anp-fold"><summary>{words} '
            f'<span class="anp-count">{len(value)}</span></summary>{contents}</details>'
        )

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
        plan = self._entries(field, path, tuple(map(key_text, value)))
        for (known, inner, plain, text, other), item in zip(plan, value.values(), strict=True):
            kind = type(item)
            if kind is str:
                html = escape(item) if plain else self._text(known, item, inner, resolve)
                rows.append(f"{text}{html}</dd></div>")
            elif kind is dict or kind is list:
                html = self.html(known, item, inner, resolve, depth + 1)
                rows.append(f"{other}{html}</dd></div>")
            else:
                rows.append(f"{other}{self._scalar(known, item)}</dd></div>")
        rows.append("</dl>")
        return "".join(rows)

    def _list(
        self, field: Field, value: list[FieldValue], path: str, resolve: ResolveLink, depth: int
    ) -> str:
        if field.type != "checklist" and _are_chips(value):
            chips = '</li><li dir="auto">'.join(map(escape, value))
            return f'<ul class="anp-chips"><li dir="auto">{chips}</li></ul>'
        of = field.of or ANY
        columns = _table_columns(value)
        if columns:
            return self._table(of, columns, value, path, resolve)
        items = []
        for index, item in enumerate(value):
            html = self.html(of, item, f"{path}.{index}", resolve, depth + 1, is_item=True)
            items.append(f"<li>{html}</li>")
        return f'<ul class="anp-list">{"".join(items)}</ul>'

    def _table(
        self,
        of: Field,
        columns: tuple[str, ...],
        value: list[Mapping[Any, FieldValue]],
        path: str,
        resolve: ResolveLink,
    ) -> str:
        rows = [self._table_head(path, columns)]
        for index, item in enumerate(value):
            rows.append("<tr>")
            plan = self._cells(of, path, index, columns)
            for raw, (known, inner, plain, text, other) in zip(columns, plan, strict=True):
                cell = item.get(raw)
                if type(cell) is str:
                    html = escape(cell) if plain else self._text(known, cell, inner, resolve)
                    rows.append(f"{text}{html}</td>")
                else:
                    html = "" if cell is None else self._scalar(known, cell)
                    rows.append(f"{other}{html}</td>")
            rows.append("</tr>")
        rows.append("</tbody></table>")
        return "".join(rows)

    def _entries(self, field: Field, path: str, keys: tuple[str, ...]) -> _Plan:
        """Return the plan of a mapping with these keys."""
        plan = []
        for text in keys:
            key = canonical_key(text)
            inner = f"{path}.{key}"
            label = escape(self._wording.label(inner, text))
            opening = f'<div><dt>{label}</dt><dd data-anp-field="{escape(inner)}"'
            plan.append(_planned(field, key, inner, opening))
        return tuple(plan)

    def _cells(self, of: Field, path: str, index: int, columns: tuple[str, ...]) -> _Plan:
        """Return the plan of a table's row."""
        plan = []
        for raw in columns:
            key = canonical_key(raw)
            inner = f"{path}.{index}.{key}"
            plan.append(_planned(of, key, inner, f'<td data-anp-field="{escape(inner)}"'))
        return tuple(plan)

    def _table_head(self, path: str, columns: tuple[str, ...]) -> str:
        label = self._wording.label
        cells = "".join(
            f'<th scope="col">{escape(label(f"{path}.{canonical_key(raw)}", raw))}</th>'
            for raw in columns
        )
        return f'<table class="anp-table"><thead><tr>{cells}</tr></thead><tbody>'

    # Scalars

    def _text(self, field: Field, value: str, path: str, resolve: ResolveLink) -> str:
        kind = field.type
        if kind not in _SPECIAL_TEXT:
            return escape(value)
        if kind == "choice" and value in field.choices:
            return self._choice(path, value)
        if kind == "code":
            return f"<code>{escape(value)}</code>"
        if kind == "url" and is_safe_url(value):
            return _link(resolve(value), value)
        if kind == "any" and is_web_address(value):
            return _link(value, value)
        return escape(value)

    def _scalar(self, field: Field, value: FieldValue) -> str:
        kind = type(value)
        if kind is bool:
            return self._flags[value]
        if kind is int or kind is float:
            if field.min is not None and field.max is not None:
                return self._meter(value, field.min, field.max)
            if field.type == "minutes":
                return self._minutes(value)
            if field.type != "any":
                return escape(self._wording.formats.number(value))
        elif isinstance(value, date):
            return self.day(value)
        return escape(scalar_text(value))

    def day(self, value: date) -> str:
        """Return the HTML of a date, or of a date with its time."""
        text = escape(self._wording.formats.day(value))
        return f'<time datetime="{value.isoformat()}">{text}</time>'

    def _choice(self, path: str, value: str) -> str:
        word = escape(self._wording.labels.get(f"{path}.{value}", value))
        value = escape(value)
        return f'<data class="anp-pill anp-pill--{value}" value="{value}">{word}</data>'

    def _flag(self, value: bool) -> str:
        word = escape(self._wording.labels["yes" if value else "no"])
        return f'<span class="anp-flag anp-flag--{"true" if value else "false"}">{word}</span>'

    def _meter(self, value: float, low: float, high: float) -> str:
        # The figure beside it says the same in words, so assistive technology skips the bar.
        number = self._wording.formats.number
        return (
            f'<meter class="anp-meter" min="{low:g}" max="{high:g}" value="{value}" '
            f'aria-hidden="true"></meter> {escape(number(value))}'
            f'<span class="anp-of"> / {escape(number(high))}</span>'
        )

    def _minutes(self, value: int) -> str:
        return f'<time datetime="PT{value}M">{escape(self._wording.formats.minutes(value))}</time>'


def _link(address: str, text: str) -> str:
    return f'<a class="anp-link" href="{escape(address)}">{escape(text)}</a>'


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
            if type(key) is not str or isinstance(cell, (dict, list)):
                return ()
            if isinstance(cell, str) and len(cell) > _CELL_LENGTH:
                return ()
            columns[key] = None
        if len(columns) > _TABLE_COLUMNS:
            return ()
    return tuple(columns) if len(columns) > 1 else ()
