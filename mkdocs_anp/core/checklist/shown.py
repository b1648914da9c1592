"""A checklist as it is shown: made of the front matter, or of a list that the page has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.checklist.body import BodyItem, BodyList
from mkdocs_anp.core.checklist.items import Entry, Ids, flat, item_ids, plain_text, same_text

Inline: TypeAlias = Callable[[str], str]
"""Returns the HTML of inline Markdown."""


class Item(NamedTuple):
    """An item; all texts are HTML.

    Attributes:
        id: Its id; "" where the item has no box.
        text: What to do.
        note: A remark on it, or "".
        attributes: Those of its element, as a list of the page has them.
        rest: What the page has behind the text.
        is_ticked: Whether it is ticked until the reader changes that.
        is_ordered: Whether the items below it have numbers.
        items: The items below it.
    """

    id: str
    text: str
    note: str = ""
    attributes: str = ""
    rest: str = ""
    is_ticked: bool = False
    is_ordered: bool = False
    items: tuple[Item, ...] = ()


def plain_of(inline: Inline) -> Callable[[str], str]:
    """Return what gives the text of inline Markdown without its markup."""
    return lambda text: plain_text(inline(text))


def items_of(entries: Sequence[Entry], inline: Inline, is_ordered: bool) -> tuple[Item, ...]:
    """Return the items of the front matter."""
    names = iter(item_ids(entries, plain_of(inline)))
    return tuple(_item(entry, names, inline, is_ordered) for entry in entries)


def _item(entry: Entry, names: Iterator[str], inline: Inline, is_ordered: bool) -> Item:
    name = next(names)
    below = tuple(_item(one, names, inline, is_ordered) for one in entry.entries)
    note = inline(entry.note) if entry.note else ""
    return Item(name, inline(entry.text), note, is_ordered=is_ordered, items=below)


def matched(
    found: BodyList, entries: Sequence[Entry], inline: Inline
) -> list[tuple[str, str]] | None:
    """Return id and note of each item of a list of the page, as the front matter has them.

    None means that it is another list: not just the items of the front matter, in any order.
    """
    here, there = list(flat(entries)), found.flat
    if len(here) != len(there):
        return None
    texts = [plain_text(inline(entry.text)) for entry in here]
    ids = Ids(entry.id for entry in here)
    known = [(ids.of(text, entry.id), entry.note) for text, entry in zip(texts, here, strict=True)]
    left: dict[str, list[tuple[str, str]]] = {}
    for text, name in zip(reversed(texts), reversed(known), strict=True):
        left.setdefault(same_text(text), []).append(name)
    names = []
    for item in there:
        same = left.get(same_text(item.plain))
        if not same:
            return None
        names.append(same.pop())
    return names


def items_in_place(
    found: BodyList, names: Sequence[tuple[str, str]], inline: Inline, is_ordered: bool
) -> tuple[Item, ...]:
    """Return the items of a list of the page, with ids and notes of the front matter."""
    left = iter(names)

    def shown(item: BodyItem) -> Item:
        name, note = next(left)
        below = tuple(map(shown, item.items)) if item.items else ()
        note = inline(note) if note else ""
        return _from_body(item, name, note, below, item.is_ordered or is_ordered)

    return tuple(map(shown, found.items))


def task_items(found: BodyList, ids: Ids) -> tuple[Item, ...]:
    """Return the items of a list of tasks; those without a box stay without one."""

    def shown(item: BodyItem) -> Item:
        name = "" if item.mark is None else ids.of(item.plain)
        return _from_body(item, name, "", tuple(map(shown, item.items)), item.is_ordered)

    return tuple(map(shown, found.items))


def has_boxes(found: BodyList) -> bool:
    """Return whether a list of the page is one of tasks."""
    return any(item.mark is not None for item in found.flat)


def boxes(items: Sequence[Item]) -> list[str]:
    """Return the ids of all items that have a box."""
    every = (one for item in items for one in (item, *item.items))
    return [item.id for item in every if item.id]


def _from_body(
    item: BodyItem, name: str, note: str, below: tuple[Item, ...], is_ordered: bool
) -> Item:
    return Item(
        name, item.html, note, item.attributes, item.rest, bool(item.mark), is_ordered, below
    )
