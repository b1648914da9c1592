"""The items of a checklist as the front matter has them, and the names that ticks go by.

A tick belongs to a text, never to a position: so a list can be put into another order, and an
item that is edited is the only one that loses its tick.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha1
from html import unescape
from typing import Any, NamedTuple

from mkdocs_anp.core.fields import FieldValue
from mkdocs_anp.core.keys import canonical_items, key_text
from mkdocs_anp.core.text import clean, scalar_text

READ_DO = "read-do"

_ID_LENGTH = 10
_MAX_GIVEN = 64  # characters of an id that an author gives
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_TAG = re.compile(r"<[^<>]*>")
# Signs that a site generator's "smart" punctuation puts in place of plain ones.
_PLAIN_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
)
_DASHES = re.compile("-{2,3}")


class Entry(NamedTuple):
    """An item as it is written.

    Attributes:
        text: What to do, as inline Markdown.
        id: The id that its author gives it, or "".
        note: A remark on it, as inline Markdown.
        entries: The items below it.
    """

    text: str
    id: str = ""
    note: str = ""
    entries: tuple[Entry, ...] = ()


class Written(NamedTuple):
    """A checklist as it is written.

    Attributes:
        entries: Its items.
        title: Its heading, or "".
        when: When to go through it, or "".
        mode: `read-do`, `do-confirm`, or "" where nothing is said.
    """

    entries: tuple[Entry, ...] = ()
    title: str = ""
    when: str = ""
    mode: str = ""


def written(value: FieldValue) -> Written:
    """Return the checklist of a field's value; without items where there is none."""
    if type(value) is list:
        return Written(tuple(_entries(value)))
    if type(value) is not dict:
        return Written()
    parts = {key: part for key, _, part in canonical_items(value)}
    return Written(
        tuple(_entries(_listed(parts.get("items")))),
        *(_text(parts.get(name)) for name in ("title", "when", "mode")),
    )


def flat(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield items, each with those below it behind it."""
    for entry in entries:
        yield entry
        yield from entry.entries


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML, with single spaces."""
    if "<" in html:
        html = _TAG.sub("", html)
    return " ".join((unescape(html) if "&" in html else html).split())


def same_text(plain: str) -> str:
    """Return what two texts share that only differ in how they are set."""
    text = plain.casefold()
    if not text.isascii():
        text = " ".join(text.translate(_PLAIN_SIGNS).split())
    if "--" in text:
        text = _DASHES.sub("-", text)
    return text.rstrip(" .;,!")


class Ids:
    """Gives the items of one page their ids."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        """Take the ids that authors give: no other item may have one of them."""
        self._taken: set[str] = set()
        self._count: dict[tuple[str, bool], int] = {}
        self._reserved = {_safe(name) for name in given if name}

    def of(self, plain: str, given: str = "") -> str:
        """Return the id of an item.

        Args:
            plain: Its text, without markup.
            given: The id that its author gives it, or "".
        """
        stem = _safe(given) if given else _hash(plain)
        # The plain form of a reserved id is for the item that was given it.
        is_free = bool(given) or stem not in self._reserved
        count = self._count[stem, is_free] = self._count.get((stem, is_free), 0) + 1
        number = count if is_free else count + 1
        name = stem if number == 1 else f"{stem}-{number}"
        while name in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name)
        return name


def item_ids(entries: Iterable[Entry], plain: Callable[[str], str]) -> list[str]:
    """Return the ids of items, in the order of `flat`.

    Args:
        entries: The items.
        plain: Returns the text of inline Markdown without its markup.
    """
    every = list(flat(entries))
    ids = Ids(entry.id for entry in every)
    return [ids.of(plain(entry.text), entry.id) for entry in every]


def ids_of_texts(texts: Sequence[str]) -> list[str]:
    """Return the ids of items that are texts without markup, as `item_ids` does, but faster."""
    names = [_hash(text) for text in texts]
    if len(set(names)) == len(names):
        return names
    ids = Ids()
    return [ids.of(text) for text in texts]


def _safe(name: str) -> str:
    """Return an id without what HTML, CSS or an address could take for something else."""
    return _UNSAFE.sub("-", name)[:_MAX_GIVEN].strip("-") or _hash(name)


def _hash(plain: str) -> str:
    text = " ".join(plain.casefold().split()).encode("utf-8", "replace")
    return sha1(text, usedforsecurity=False).hexdigest()[:_ID_LENGTH]


def _entries(values: Iterable[FieldValue]) -> Iterator[Entry]:
    for value in values:
        entry = _from_mapping(value) if type(value) is dict else Entry(_text(value))
        if entry is not None and entry.text:
            yield entry


def _from_mapping(value: Mapping[Any, FieldValue]) -> Entry | None:
    parts = {key: part for key, _, part in canonical_items(value)}
    below = tuple(Entry(e.text, e.id, e.note) for e in _entries(_listed(parts.get("items"))))
    text = _text(parts.get("text"))
    if not text and len(value) == 1 and parts.keys().isdisjoint({"text", "id", "note", "items"}):
        [(key, inner)] = value.items()  # an item that YAML took for a mapping
        rest = _text(inner)
        text = f"{key_text(key)}: {rest}" if rest else key_text(key)
    return Entry(clean(text), _text(parts.get("id")), _text(parts.get("note")), below)


def _listed(value: FieldValue) -> list[FieldValue]:
    if type(value) is list:
        return value
    return [] if value is None else [value]


def _text(value: FieldValue) -> str:
    if type(value) is str:
        return value
    return "" if value is None or isinstance(value, (dict, list)) else scalar_text(value)
