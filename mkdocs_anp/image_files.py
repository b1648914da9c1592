"""The files of a site to which the addresses of images lead, and what these files say."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mkdocs_anp.core.image_credits.addresses import parse_address
from mkdocs_anp.core.links import is_relative
from mkdocs_anp.core.post_files import joined

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.core.image_credits.embedded import Embedded
    from mkdocs_anp.core.image_credits.images import PageImage


class ImageFiles:
    """Finds the files of one site."""

    def __init__(self, files: Files, site_url: str, *, starts_at_docs: bool = False) -> None:
        """Take the files of a site.

        Args:
            files: All of them.
            site_url: The address at which the site is published, "" for none.
            starts_at_docs: Whether `/` in Markdown is the docs directory, not the host's root.
        """
        self._files = files
        self._starts_at_docs = starts_at_docs
        self._base = f"{parse_address(site_url).path.rstrip('/')}/"
        self._by_address: dict[str, str] = {}
        self._addressed = 0  # how many files are in it

    def embedded(self, image: PageImage, page: File, *, is_credited: bool) -> Embedded | None:
        """Return what the file of an image says, None where the site has no such file.

        Args:
            image: The image.
            page: The source of the page that it stands on.
            is_credited: Whether it has an entry, so that only its size is wanted.
        """
        uri = self.find(page, image.src, image.is_raw)
        target = self._files.get_file_from_path(uri) if uri else None
        if target is None or target.abs_src_path is None:
            return None
        return self._read(Path(target.abs_src_path), is_credited=is_credited)

    def find(self, page: File, url: str, is_raw: bool) -> str | None:
        """Return the source path of the file that an address on a page leads to.

        Args:
            page: The source of the page.
            url: The address, as written.
            is_raw: Whether it starts from the page's own address, not from the source.
        """
        is_absolute = url[:1] == "/" and url[1:2] != "/"
        if not (is_absolute or is_relative(url)):
            return None
        path = unquote(url.partition("#")[0].partition("?")[0])
        if is_absolute and (is_raw or not self._starts_at_docs):
            return self._at_address(path)
        if not path:
            return None
        if not is_raw:
            uri = posixpath.normpath(path[1:]) if is_absolute else joined(page.src_uri, path)
            found = self._files.get_file_from_path(uri)
            return found.src_uri if found else None
        folder = posixpath.dirname(page.dest_uri)
        return self._at_address(f"{self._base}{posixpath.join(folder, path)}")

    @cached_property
    def _read(self) -> Callable[..., Embedded]:
        """What reads image files; few sites have images of their own, and all could do without."""
        from mkdocs_anp.core.image_credits.embedded import read_embedded

        return lru_cache(maxsize=None)(read_embedded)

    def _at_address(self, path: str) -> str | None:
        """Return the source path of the file that has an address on the site's host."""
        if len(self._files) != self._addressed:  # plugins add files until the last page is read
            self._addressed = len(self._files)
            self._by_address = {file.dest_uri: file.src_uri for file in self._files}
        path = posixpath.normpath(path)
        return (
            self._by_address.get(path[len(self._base) :]) if path.startswith(self._base) else None
        )
