"""Front matter that is not ours: what makes Material stop, or prints markup unescaped.

A bad value of these stops the whole build, or breaks the page, long after it was read. So it is
reported like any other, and Material gets a value with which it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from mkdocs_anp.core.keys import Path
from mkdocs_anp.core.problems import excerpt
from mkdocs_anp.core.quoting import flow
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.suggest import suggestion

KNOWN = frozenset(
    {
        *("anp", "author", "authors", "categories", "comments", "copyright", "date", "description"),
        *("disable_toc", "draft", "edit_url", "hide", "icon", "icons", "image", "keywords", "lang"),
        *("links", "pin", "readtime", "robots", "search", "slug", "social", "status", "subtitle"),
        *("summary", "tags", "template", "title"),
    }
)
"""The keys at the top of front matter that MkDocs, Material and their plugins read."""

# A tag, or the beginning of one, as browsers see it.
_TAG = re.compile(r"<[a-zA-Z/!?]")
_TAG_TYPES = (str, int, float)  # those of Material; True is an int


class Icons(NamedTuple):
    """The icons of a site.

    Attributes:
        has: Tells whether there is one of this name, such as `material/star`.
        names: Lists the names of all.
    """

    has: Callable[[str], bool]
    names: Callable[[], Iterable[str]]


def check_page_keys(meta: Mapping[str, Any], reader: Reader, icons: Icons | None) -> dict[str, Any]:
    """Report what is wrong with the keys that Material reads.

    Args:
        meta: The front matter.
        reader: Takes the problems.
        icons: The icons that Material finds; None where the theme is another one.

    Returns:
        Values with which Material goes on, by key; None means that the key is better left out.
    """
    changes: dict[str, Any] = {}
    if "title" in meta:
        _check_title(meta["title"], reader)
    if icons is None:
        return changes
    if "description" in meta:
        _check_description(meta["description"], reader)
    if meta.get("icon") is not None:
        _check_icon(meta["icon"], reader, icons, changes)
    if meta.get("search") is not None and not isinstance(meta["search"], dict):
        _check_search(meta["search"], reader, changes)
    if meta.get("tags") is not None:
        _check_tags(meta["tags"], reader, changes)
    return changes


def _check_title(value: Any, reader: Reader) -> None:
    if isinstance(value, str) and _TAG.search(value):
        _report_markup("title", "<", "&lt;", reader)
    elif isinstance(value, (list, dict)):
        message = f"{excerpt(value)} is no title: themes print it as it is in Python"
        help_text = "put the title in quotes, if its brackets belong to it"
        reader.report("wrong-type", ("title",), message, help_text)


def _check_description(value: Any, reader: Reader) -> None:
    if isinstance(value, str) and '"' in value:  # Material prints it in an attribute
        _report_markup("description", '"', "&quot;", reader)


def _report_markup(key: str, character: str, entity: str, reader: Reader) -> None:
    reader.report(
        "unescaped-markup",
        (key,),
        f"the theme prints this text as HTML, so the {character} in it breaks the page",
        f"write {entity} instead of {character}",
    )


def _check_icon(value: Any, reader: Reader, icons: Icons, changes: dict[str, Any]) -> None:
    if isinstance(value, str) and icons.has(value):
        return
    meant = _icon_meant(value, icons) if isinstance(value, str) else None
    reader.report(
        "unknown-icon",
        ("icon",),
        f"there is no icon {excerpt(value)}; Material would stop the build",
        f"write {meant}" if meant else "write the path of an icon, such as material/star",
    )
    changes["icon"] = None


def _icon_meant(name: str, icons: Icons) -> str | None:
    """Return the icon most likely meant: without its suffix, in another set, or misspelt."""
    name = name.removesuffix(".svg").strip("/")
    if icons.has(name):
        return name
    folder, _, base = name.rpartition("/")
    parts = [known.rpartition("/") for known in icons.names()]
    sets = [f"{other}/{base}" for other, _, known in parts if known == base]
    if sets:
        return sets[0] if len(sets) == 1 else None
    meant = suggestion(base, (known for other, _, known in parts if other == folder))
    return f"{folder}/{meant}" if meant else None


def _check_search(value: Any, reader: Reader, changes: dict[str, Any]) -> None:
    is_exclude = value is False or value == "exclude"
    reader.report(
        "wrong-search",
        ("search",),
        f"{excerpt(value)} is not a mapping; Material would stop the build",
        "write search: {exclude: true}" if is_exclude else "write a mapping, as {boost: 2}",
        cure="{exclude: true}" if is_exclude else None,
    )
    changes["search"] = {"exclude": True} if is_exclude else None


def _check_tags(value: Any, reader: Reader, changes: dict[str, Any]) -> None:
    if isinstance(value, list):
        odd = [i for i, tag in enumerate(value) if not isinstance(tag, _TAG_TYPES)]
        for i in odd:
            _report_tag(value[i], ("tags", i), reader)
        if odd:
            changes["tags"] = [tag for tag in value if isinstance(tag, _TAG_TYPES)]
        return
    if not isinstance(value, str):
        reader.report(
            "wrong-tags", ("tags",), f"{excerpt(value)} is not a list of tags", "write [one, two]"
        )
        changes["tags"] = None if isinstance(value, dict) else [str(value)]
        return
    _check_tags_of_text(value, reader, changes)


def _check_tags_of_text(value: str, reader: Reader, changes: dict[str, Any]) -> None:
    tags = [tag for part in value.split(",") if (tag := part.strip())]
    changes["tags"] = tags
    message = "these tags are one text; Material would stop the build"
    if "," not in value and re.search(r"(?:^|\s)-", value):
        help_text = "begin each tag on a line of its own, with a dash and a space before it"
        reader.report("wrong-tags", ("tags",), message, help_text)
    elif "," not in value and " " in value.strip():  # one of several words, or several of one
        help_text = "write them as a list, such as [one, two]"
        reader.report("wrong-tags", ("tags",), message, help_text)
    else:
        listed = flow(tags)
        help_text = f"write them as a list: {listed}"
        reader.report("wrong-tags", ("tags",), message, help_text, cure=listed)


def _report_tag(value: Any, path: Path, reader: Reader) -> None:
    if value is None:
        message, help_text = "this tag is empty", "write the tag, or remove the item"
    else:
        message, help_text = f"{excerpt(value)} is not a tag", "write a text"
    reader.report("wrong-tags", path, f"{message}; Material would stop the build", help_text)
