"""Where the links of a page lead, among the pages of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

_END = re.compile("[?#]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = re.compile("https?:(?=//)", re.IGNORECASE)
_INDEX = "index.html"


class PageUrls:
    """The addresses of the pages of a site."""

    def __init__(self, pages: Mapping[str, str], site_url: str) -> None:
        """Take the pages.

        Args:
            pages: Their source paths by address, relative to the site's, as in links.
            site_url: The address of the site, "" where it is not known.
        """
        self._pages = {_normal(url): source for url, source in pages.items()}
        self._site = _WEB.sub("", site_url.rstrip("/") + "/") if site_url else ""
        self._root = urlsplit(self._site).path

    def targets(self, url: str, hrefs: Iterable[str]) -> tuple[str, ...]:
        """Return the source paths of the pages that links lead to, as often as they do.

        Args:
            url: The address of the page they stand on, relative to the site's.
            hrefs: The links.
        """
        folder = url.rpartition("/")[0]
        found = (self._target(folder, href) for href in hrefs)
        return tuple(source for source in found if source)

    def _target(self, folder: str, href: str) -> str:
        path = _END.split(href, maxsplit=1)[0]
        if "//" in path:
            path = _WEB.sub("", path)
        if self._site and f"{path}/".startswith(self._site):
            path = path[len(self._site) :]
        elif path.startswith("//") or _SCHEME.match(path):
            return ""
        elif self._root and path.startswith(self._root):
            path = path[len(self._root) :]
        elif path and not path.startswith("/"):
            path = f"{folder}/{path}" if folder else path
        else:
            return ""
        return self._pages.get(_normal(path), "")


def _normal(url: str) -> str:
    """Return what all ways to write the address of a page have in common."""
    path = posixpath.normpath(unquote(url) if "%" in url else url)
    if path.rpartition("/")[2] == _INDEX:
        path = posixpath.normpath(path[: -len(_INDEX)])
    return path
