"""Which entry of `image_sources` an image has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.addresses import (
    PROVIDER,
    Key,
    compared_path,
    host_of,
    keys_of,
    meeting,
    name_at,
    parse_address,
)
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.images import PageImage
from mkdocs_anp.core.image_credits.providers import Providers

FindFile: TypeAlias = Callable[[str, bool], "str | None"]
"""Returns the path of the source file that an address leads to, None where the site has none; the
flag says whether the address starts from the page's own address or from its source file."""


class Conflict(NamedTuple):
    """Two entries of one image that say different things of it."""

    first: ImageSource
    second: ImageSource

    @property
    def is_of_one_address(self) -> bool:
        """Whether not even their addresses tell them apart."""
        return self.first.url == self.second.url


class Matcher:
    """Finds the entries of the images of one page.

    The first of these that finds one counts: the author's word (`data-credit`), the address as
    it stands, the provider's name of the image, the address without what only changes the
    delivery, the file it leads to, the copy that the privacy plugin made of it.
    """

    def __init__(
        self, entries: Sequence[ImageSource], providers: Providers, find_file: FindFile
    ) -> None:
        """Take the entries of the page."""
        self.entries = entries
        self._providers = providers
        self._find_file = find_file
        self._exact = {entry.url: entry for entry in reversed(entries) if entry.url}
        self._keys: dict[Key, ImageSource] | None = None

    def find(self, image: PageImage) -> ImageSource | None:
        """Return the entry of an image, None where it has none."""
        if image.override:
            return self._named(image.override)
        found = self._exact.get(image.src)
        if found is not None or not self.entries:
            return found
        by_key = self._by_key()
        return next(
            (by_key[key] for key in self.keys(image.src, image.is_raw) if key in by_key), None
        )

    def keys(self, url: str, is_raw: bool = False) -> Iterator[Key]:
        """Yield the keys of an address on this page, the strictest first."""
        address = parse_address(url)
        file = None if address.is_remote else self._find_file(address.text, is_raw)
        return keys_of(address, file, self._providers)

    def conflicts(self) -> list[Conflict]:
        """Return the entries that are of the image of an earlier one and say something else."""
        if len(self.entries) < 2:
            return []
        groups: dict[str, list[ImageSource]] = {}
        for entry in self.entries:
            if entry.url:
                owner = self._providers.owner_of(host_of(entry.url))
                groups.setdefault(owner, []).append(entry)
        # Images of two places are two; but a file of the site may be a copy of any.
        if "" in groups:
            return self._conflicts_of(self.entries, has_own=True)
        found: list[Conflict] = []
        for group in groups.values():
            if len(group) > 1 and not are_different([e.url for e in group], self._providers):
                found += self._conflicts_of(group, has_own=False)
        return sorted(found, key=lambda conflict: conflict.second.index) if found else found

    def _conflicts_of(self, entries: Sequence[ImageSource], *, has_own: bool) -> list[Conflict]:
        """Return the conflicts of entries whose images may be from one place."""
        found: list[Conflict] = []
        firsts: dict[Key, ImageSource] = {}
        for entry in entries:
            keys: list[Key] = []
            for key in self.keys(entry.url) if entry.url else ():
                keys.append(key)
                if key[0] == PROVIDER and not has_own:  # its name of it says which image it is
                    break
            first = next((firsts[key] for key in keys if key in firsts), None)
            if first is not None and first.says != entry.says:
                found.append(Conflict(first, entry))
            for key in keys:
                firsts.setdefault(meeting(key), entry)
        return found

    def _by_key(self) -> dict[Key, ImageSource]:
        if self._keys is None:
            self._keys = {}
            for entry in self.entries:
                for key in self.keys(entry.url) if entry.url else ():
                    self._keys.setdefault(meeting(key), entry)
        return self._keys

    def _named(self, name: str) -> ImageSource | None:
        """Return the entry that an author names: by its place, from 1, or by its address."""
        name = name.strip()
        if name.isdecimal() and len(name) < 6:
            return next((e for e in self.entries if e.index == int(name) - 1), None)
        return next((entry for entry in self.entries if entry.url == name), None)


def entries_of(images: Sequence[PageImage], matcher: Matcher) -> tuple[ImageSource | None, ...]:
    """Return the entry of each image of a page."""
    entries = [matcher.find(image) for image in images]
    twins = [(place, image.twin) for place, image in enumerate(images) if image.twin]
    if twins:  # of a pair, one entry is enough
        places = {image.number: place for place, image in enumerate(images)}
        for place, twin in twins:
            first = places.get(twin, place)
            entries[first] = entries[first] or entries[place]
            entries[place] = entries[place] or entries[first]
    return tuple(entries)


def are_different(urls: Sequence[str], providers: Providers) -> bool:
    """Return whether addresses of one place are surely those of different images.

    Its provider has another name for the image of each; or, where it is just a host, each has
    another path.
    """
    provider = providers.of(host_of(urls[0]))
    if provider is None:
        return len({compared_path(url) for url in urls}) == len(urls)
    names = {name_at(url, provider) for url in urls}
    return len(names) == len(urls) and "" not in names


def closest(url: str, others: Sequence[str]) -> str:
    """Return the address that is most like another one, "" where none is."""
    from difflib import SequenceMatcher  # only where something is wrong

    best, best_ratio = "", 0.6
    for other in others:
        ratio = SequenceMatcher(None, url[-300:], other[-300:], autojunk=False).ratio()
        if ratio > best_ratio:
            best, best_ratio = other, ratio
    return best
