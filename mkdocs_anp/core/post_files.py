"""The source files of a site, as far as links in front matter lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.suggest import suggestion

_PATH_END = re.compile("[?#]")
_MANY = 200  # suggestions of a build: to look for one takes as long as there are files


class PostFiles:
    """The source files of a site."""

    def __init__(self, has: Callable[[str], bool], paths: Callable[[], Iterable[str]]) -> None:
        """Take what tells whether a path exists, and what lists all of them."""
        self._has = has
        self._list = paths
        self._meant: dict[str, str] = {}

    def has(self, source: str, link: str) -> bool:
        """Return whether a link of a page leads to a file, or is none to a source file."""
        return not is_source_link(link) or self._has(linked(source, link))

    def meant(self, source: str, link: str) -> str:
        """Return the link that a page most likely means, or ""."""
        wanted = linked(source, link)
        if wanted not in self._meant:
            if len(self._meant) >= _MANY:
                return ""
            self._meant[wanted] = self._nearest(wanted)
        found = self._meant[wanted]
        return _relative(source, found) + link[len(_PATH_END.split(link, maxsplit=1)[0]) :]

    def _nearest(self, wanted: str) -> str:
        """Return the one file with this name in another folder, or with nearly this name here."""
        name = PurePosixPath(wanted).name
        same = self._folders.get(name, [])
        if len(same) == 1:
            return f"{same[0]}{name}"
        folder = wanted[: len(wanted) - len(name)]
        here = [name for name, folders in self._folders.items() if folder in folders]
        meant = None if same else suggestion(name, here)
        return f"{folder}{meant}" if meant else ""

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        """The folders of all source files by name."""
        folders: dict[str, list[str]] = {}
        for path in self._list():
            name = path.rpartition("/")[2]
            folders.setdefault(name, []).append(path[: len(path) - len(name)])
        return folders


def is_source_link(link: str) -> bool:
    """Return whether a link is one to a source file of the site, be it there or not."""
    return is_relative(link) and _path_of(link).endswith(".md")


def linked(source: str, link: str) -> str:
    """Return the source path that a link of a page leads to; a link to elsewhere as it is."""
    return joined(source, _path_of(link)) if is_relative(link) else link


def _path_of(link: str) -> str:
    return unquote(_PATH_END.split(link, maxsplit=1)[0])


def joined(source: str, path: str) -> str:
    """Return a path relative to a page as one relative to the docs directory; "" outside it."""
    parts: list[str] = list(PurePosixPath(source).parent.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _relative(source: str, target: str) -> str:
    """Return the path of a file as seen from a page."""
    if not target:
        return ""
    here, there = PurePosixPath(source).parent.parts, PurePosixPath(target).parts
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join((*[".."] * (len(here) - common), *there[common:]))
