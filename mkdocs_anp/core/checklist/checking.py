"""What is wrong with a checklist that can be read: items that readers cannot use, and drift."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from mkdocs_anp.core.checklist.items import flat, same_text, written
from mkdocs_anp.core.checklist.section import Section, differences, is_there, unmarked
from mkdocs_anp.core.fields import FieldValue
from mkdocs_anp.core.keys import Path, canonical_items, key_text
from mkdocs_anp.core.problems import excerpt
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.text import scalar_text

MANY = 9
"""With more items than this at one level, a list is rather skimmed than worked through."""

_NAMED = 3  # items that a message names
_CODE = re.compile(r"`[^`]*`")
_HTML = re.compile(r"<(?!/?(?:del|kbd|mark|sub|sup)>)/?[A-Za-z!][^<>]*>")


def check_checklist(
    value: FieldValue, raw: Any, path: Path, section: Section | None, reader: Reader
) -> None:
    """Report what is wrong with the checklist of a post.

    Args:
        value: The field as it was read.
        raw: The same as YAML built it.
        path: Where it stands in the front matter.
        section: The list that the page itself has, if it has one.
        reader: Takes the problems.
    """
    entries = written(value).entries
    if len(entries) > MANY:
        reader.report(
            "long-checklist",
            path,
            f"this checklist has {len(entries)} items; readers skim what is longer than {MANY}",
            "keep the steps that must not be forgotten, or make several lists of it",
            target="key",
        )
    if not is_plain(raw):
        _check_items(raw, path, reader)
    if section is not None and entries:
        _check_drift([entry.text for entry in flat(entries)], path, section, reader)


def is_right(value: FieldValue, markdown: str, wanted: Collection[str]) -> bool:
    """Return whether there is nothing to say of a checklist, as of nearly all of them.

    Args:
        value: The field as YAML built it, with nothing to change in it.
        markdown: The Markdown of the page.
        wanted: The headings below which the page may have the list itself.
    """
    return is_plain(value) and len(value) <= MANY and is_there(markdown, wanted, value)


def is_plain(raw: Any) -> bool:
    """Return whether items are different texts without HTML, as nearly all are."""
    if type(raw) is not list:
        return False
    for item in raw:
        if type(item) is not str or "<" in item or not item.strip():
            return False
    return len({item.casefold() for item in raw}) == len(raw)


def _check_items(raw: Any, path: Path, reader: Reader) -> None:
    texts: dict[str, int] = {}
    ids: set[str] = set()
    for number, (place, text, given) in enumerate(_items(raw, path), start=1):
        same = " ".join(text.casefold().split())
        if not text:
            message = "this item has no text; it is not shown"
            reader.report("empty-item", place, message, "remove it, or write what to do")
            continue
        if given and given in ids:
            message = f"another item has the id {excerpt(given)}; this one gets a number behind it"
            reader.report("duplicate-item", place, message, "give each item an id of its own")
        elif not given and same in texts:
            message = f"item {texts[same]} has the same text, so only their order tells them apart"
            reader.report("duplicate-item", place, message, "say in the text what differs")
        texts.setdefault(same, number)
        ids.add(given)
        if "<" in text and _HTML.search(_CODE.sub("", text)):
            message = "HTML in an item is shown as it is written"
            reader.report("markup-as-text", place, message, "write Markdown, or put it in `code`")


def _items(raw: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield place, text and given id of each item that is one, as YAML built it."""
    if isinstance(raw, dict):
        for key, name, inner in canonical_items(raw):
            if key == "items":
                yield from _items(inner, (*path, name))
        return
    for index, item in enumerate(raw if isinstance(raw, list) else ()):
        place = (*path, index)
        if isinstance(item, dict):
            yield from _from_mapping(item, place)
        elif isinstance(item, str):
            yield place, item.strip(), ""


def _from_mapping(item: dict[Any, Any], place: Path) -> Iterator[tuple[Path, str, str]]:
    parts = {key: (name, inner) for key, name, inner in canonical_items(item)}
    name, text = parts.get("text", ("", None))
    given = parts.get("id", ("", None))[1]
    if name:
        yield (*place, name), _text(text), _text(given)
    elif len(item) != 1 or not parts.keys().isdisjoint({"id", "note", "items"}):
        yield place, "", ""
    else:
        yield place, key_text(next(iter(item))), ""
    if "items" in parts:
        yield from _items(parts["items"][1], (*place, parts["items"][0]))


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else scalar_text(value)


def _check_drift(texts: Sequence[str], path: Path, section: Section, reader: Reader) -> None:
    """Report how two lists differ that are nearly the same; others have nothing to do."""
    on_page, here = differences(section.items, texts)
    if len(on_page) == len(section.items) and len(here) == len(texts):
        return
    parts = []
    if on_page:
        parts.append(f"only the page has {_named(on_page)}")
    if here:
        parts.append(f"only this field has {_named(here)}")
    if not parts and _in_order(texts) != _in_order(section.items):
        parts.append("the items stand in another order")
    if parts:
        reader.report(
            "checklist-drift",
            path,
            f"the list under {excerpt(section.heading)} is another one: {'; '.join(parts)}",
            "write the same items in both: then readers tick the list of the page, and get no "
            "second one",
            target="key",
        )


def _in_order(texts: Sequence[str]) -> list[str]:
    return [same_text(unmarked(text)) for text in texts]


def _named(texts: Sequence[str]) -> str:
    named = ", ".join(excerpt(text) for text in texts[:_NAMED])
    more = len(texts) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
