"""The providers of images: what names one image of theirs in all its addresses.

All rules are in one table, to which a site adds its own (`image_credits.sources`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

HotlinkPolicy: TypeAlias = Literal["allowed", "forbidden"]


class Provider(NamedTuple):
    """A place that images come from.

    Attributes:
        name: How it is called in front matter, such as `unsplash`.
        hosts: Its hosts, without `www.`; `*.example.org` stands for all below that host.
        key: A pattern that is searched in path and query of an address; what its groups match is
            the name of the image. "" where addresses are compared as any other.
        hotlink: Whether pages may show the image from the provider's own address.
    """

    name: str
    hosts: tuple[str, ...]
    key: str = ""
    hotlink: HotlinkPolicy = "allowed"

    def image_key(self, path_and_query: str) -> str:
        """Return the name of an image in an address of the provider, "" where it has none."""
        found = _searcher(self.key)(path_and_query) if self.key else None
        if found is None:
            return ""
        return "/".join(filter(None, found.groups()))


@cache
def _searcher(key: str) -> Callable[[str], re.Match[str] | None]:
    """Return what searches for the pattern of a key; `re` itself would look it up for longer."""
    return re.compile(key).search


# Pages of photos have addresses in many languages, with a code of it in front: `/de/fotos/slug-id`.
# A slug of Unsplash ends with the photo's id, which has 11 characters.
_UNSPLASH = (
    r"/((?:premium_)?photo-[\w-]+)"
    r"|^(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?:photos|fotos|fotografias|foto|写真|사진)"
    r"/(?:[^/?]*-)?([\w-]{11})(?:[/?]|$)"
)
_PEXELS = (
    r"/(?:photos?|foto|fotografie|fotograf|zdjecie|kuva|bilde|anh)"
    r"/(?:[^/?]*-)?(\d+)(?:[/?]|$)"
)
_PIXABAY = r"-(\d+)(?:_[\w]+)?\.\w+(?:\?|$)|/[\w-]*-(\d+)/(?:\?|$)"
# An original, its thumbnails, and its pages. Two wikis may have two files of one name, so that the
# wiki is a part of it, but for Commons: its files have their pages at all wikis. A file that only
# one wiki has is not known by its page there, since the page does not say so.
_WIKIMEDIA = (
    r"^/(?:wikipedia/commons|(\w+/[\w-]+))/(?:thumb/|archive/)*[0-9a-f]/[0-9a-f]{2}"
    r"/([^/?]*[^/?)])"
    r"|/wiki/(?:File:|Special:(?:File[Pp]ath|Redirect/file)/)([^/?]*[^/?)])"
)
# Width and height are no part of it, but the tags are, and the lock that keeps the image the same.
_LOREMFLICKR = (
    r"^(?:/(?:g|p|red|green|blue))?(?:/\d+){1,2}(?=[/?]|$)(?:/([^/?]+))?(?:.*[?&]lock=(\d+))?"
)
_PICSUM = r"/((?:id|seed)/[^/?]+)"

PROVIDERS: tuple[Provider, ...] = (
    Provider("unsplash", ("images.unsplash.com", "plus.unsplash.com", "unsplash.com"), _UNSPLASH),
    Provider("pexels", ("images.pexels.com", "pexels.com"), _PEXELS),
    # https://pixabay.com/api/docs/: "permanent hotlinking of images [...] is not allowed".
    Provider("pixabay", ("cdn.pixabay.com", "pixabay.com"), _PIXABAY, hotlink="forbidden"),
    Provider(
        "wikimedia commons",
        ("upload.wikimedia.org", "commons.wikimedia.org", "*.wikipedia.org"),
        _WIKIMEDIA,
    ),
    Provider("loremflickr.com", ("loremflickr.com",), _LOREMFLICKR),
    Provider("picsum.photos", ("picsum.photos", "*.picsum.photos"), _PICSUM),
)

DEAD_HOSTS: Mapping[str, str] = {
    "source.unsplash.com": "use an address of images.unsplash.com",
    "placeimg.com": "take another image",
    "lorempixel.com": "take another image",
    "placekitten.com": "take another image",
    "via.placeholder.com": "take another image",
    "photos.unsplash.com": "use an address of images.unsplash.com",
}
"""Hosts that answer no more, and what to do instead."""

BADGE_HOSTS = frozenset(
    {
        "img.shields.io",
        "shields.io",
        "badge.fury.io",
        "badgen.net",
        "codecov.io",
        "coveralls.io",
        "travis-ci.org",
        "travis-ci.com",
        "api.codacy.com",
        "bestpractices.coreinfrastructure.org",
        "readthedocs.org",
        "mybinder.org",
    }
)
"""Hosts whose images are badges, which have no author to be named."""


_MANY = 1000


class Providers:
    """The providers that a site knows: its own ones first."""

    def __init__(self, own: Iterable[Provider] = ()) -> None:
        """Take those of the site; one with a known name takes the place of ours."""
        providers = {provider.name.casefold(): provider for provider in PROVIDERS}
        for provider in own:
            providers[provider.name.casefold()] = provider
        self._by_host: dict[str, Provider | None] = {}
        self._below: list[tuple[str, Provider]] = []
        for provider in providers.values():
            for host in provider.hosts:
                if host.startswith("*."):
                    self._below.append((host[1:], provider))
                else:
                    self._by_host[host] = provider

    def owner_of(self, host: str) -> str:
        """Return the name of a host's provider, else the host itself; "" for no host."""
        provider = self.of(host) if host else None
        return provider.name if provider else host

    def of(self, host: str) -> Provider | None:
        """Return the provider of a host, which is in lower case and without `www.`."""
        if host in self._by_host:
            return self._by_host[host]
        found = next((p for end, p in self._below if host.endswith(end)), None)
        if len(self._by_host) < _MANY:  # a site has images of few hosts, and asks again and again
            self._by_host[host] = found
        return found
