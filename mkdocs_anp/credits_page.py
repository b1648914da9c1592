"""The page that lists all images of a site with their credits and the pages that use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from mkdocs_anp.core.image_credits.addresses import host_of, is_remote, is_themed
from mkdocs_anp.core.image_credits.audit import Credited
from mkdocs_anp.core.image_credits.credit import CreditWriter
from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.matching import Matcher
from mkdocs_anp.core.links import is_safe_url
from mkdocs_anp.core.text import escape
from mkdocs_anp.generated import (
    Choice,
    GeneratedFile,
    complete,
    generated_file,
    language_folder,
    link_in_nav,
    near_pages,
)
from mkdocs_anp.titles import title_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation

PER_PAGE = 100
"""Images on one page of the list: as many as a reader scrolls through, and a phone can load."""
_ENCODED = r'[ "<>^`{|}]'
"""What browsers encode in an address by themselves."""

ResolveFrom = Callable[[str, "File", str], str]
"""Makes a link that was written in one source file work on the page of another one."""


class SiteImageShown(NamedTuple):
    """An image in the list; all of it HTML.

    Attributes:
        src: Its address, as seen from the page, "" where it cannot be shown.
        caption, separator, credit, copy: As those of a credit.
        uses: The pages that use it, each (address, title).
    """

    src: str
    caption: str
    separator: str
    credit: str
    copy: str
    uses: list[tuple[str, str]]


@dataclass(slots=True)
class _SiteImage:
    source: ImageSource
    src: str
    file: str | None
    uses: list[str] = field(default_factory=list)


class CreditsPage:
    """The list of one build."""

    def __init__(self, path: str) -> None:
        """Take the source path of the page."""
        self._path = path
        self._first: File | None = None
        self._files: Files | None = None
        self._images: dict[tuple[object, ...], _SiteImage] = {}
        self._pages: dict[str, list[_SiteImage]] = {}
        self._series: list[File] = []

    def find(self, files: Files, config: MkDocsConfig, language: str) -> None:
        """Find the author's page, or make one."""
        self._files = files
        self._images, self._pages, self._series = {}, {}, []
        self._first = files.get_file_from_path(self._path)
        if self._first is None:
            folder = language_folder(files.documentation_pages(), language)
            self._first = generated_file(config, f"{folder}{self._path}")
            files.append(self._first)

    def link(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Put a page of ours into an automatic navigation."""
        if config.nav is None and isinstance(self._first, GeneratedFile):
            link_in_nav(self._first, nav, config)

    def add(self, credited: Iterable[Credited], matcher: Matcher, file: File) -> None:
        """Add the credited images of a page."""
        sources: dict[int, ImageSource] = {}
        for image, source, *_ in credited:
            if source is None or not _tells(source):
                continue
            first = sources.get(image.twin) if image.twin else None
            sources[image.number] = source
            if first is not None and first.says == source.says:
                continue  # one for light and one for dark: said once for both
            *_, key = list(matcher.keys(image.src, image.is_raw))[:2]
            found = self._images.setdefault((*key, *source.says), _SiteImage(source, "", None))
            if not found.uses:
                found.src = image.src
                found.file = key[1] if key[0] == "file" else None
            if file.src_uri not in found.uses:
                found.uses.append(file.src_uri)

    def finish(self, config: MkDocsConfig, labels: Mapping[str, str]) -> None:
        """Make the pages of the list, now that all images are known."""
        if self._first is None or self._files is None:
            return
        if any(f.page is None or f.page.markdown is None for f in self._written()):
            return  # `--dirty` reads only what was edited: the list of the last build stays
        images = list(self._images.values())
        parts = [images[at : at + PER_PAGE] for at in range(0, len(images), PER_PAGE)] or [[]]
        root = self._first.src_uri.removesuffix(".md")
        title = escape(labels["image_credits.title"])
        for number, part in enumerate(parts, 1):
            file = self._first
            if number > 1:
                file = generated_file(config, f"{root}/{number}.md")
                self._files.append(file)
            if isinstance(file, GeneratedFile):
                suffix = f" ({number})" if number > 1 else ""
                complete(file, config, f"{title}{suffix}", is_searched=number == 1)
            self._series.append(file)
            self._pages[file.src_uri] = part

    def _written(self) -> Iterator[File]:
        """Yield the pages that authors have written."""
        for file in self._files.documentation_pages() if self._files else ():
            if file.inclusion.is_included() and file.generated_by is None:
                yield file

    def has(self, file: File) -> bool:
        """Return whether a file is a page of the list."""
        return file.src_uri in self._pages

    def context(
        self, file: File, writer: CreditWriter, labels: Mapping[str, str], resolve: ResolveFrom
    ) -> dict[str, Any]:
        """Return what the partial of the list prints on one of its pages."""
        names = [other.src_uri for other in self._series]
        number = names.index(file.src_uri) + 1
        files = dict(zip(names, self._series, strict=True))
        return {
            "title": escape(labels["image_credits.title"])
            if isinstance(file, GeneratedFile)
            else "",
            "images": [
                self._shown(image, file, writer, resolve) for image in self._pages[file.src_uri]
            ],
            "none_label": escape(labels["image_credits.none"]),
            "used_label": escape(labels["image_credits.used"]),
            "pages_label": escape(labels["image_credits.pages"]),
            "pages": [
                Choice(str(n), escape(files[name].url_relative_to(file)), n == number)
                for n, name in near_pages(names, number)
            ],
        }

    def _shown(
        self, image: _SiteImage, page: File, writer: CreditWriter, resolve: ResolveFrom
    ) -> SiteImageShown:
        assert self._files is not None  # noqa: S101 (there is no list without files)
        credit = writer.credit(image.source, partial(resolve, image.uses[0], page))
        src = _address(image.src) if is_remote(image.src) else ""
        if image.file is not None and (target := self._files.get_file_from_path(image.file)):
            src = target.url_relative_to(page)
        return SiteImageShown(
            escape(src),
            credit.caption,
            credit.separator,
            credit.credit,
            escape(credit.copy),
            [self._use(uri, page) for uri in image.uses],
        )

    def _use(self, uri: str, page: File) -> tuple[str, str]:
        file = self._files.get_file_from_path(uri) if self._files else None
        title = title_of(file, uri)
        url = file.url_relative_to(page) if file else ""
        return escape(url), escape(title)


def _tells(source: ImageSource) -> bool:
    """Return whether a reader sees something of an entry: a caption, or where the image is from."""
    return bool(source.caption or source.is_credited or host_of(source.url))


def _address(src: str) -> str:
    """Return the address of a remote image as browsers ask for it, "" where it is not safe."""
    src = unescaped(src).strip()
    if is_themed(src):  # Material would hide the image in one of light and dark
        src = src.partition("#")[0]
    src = re.sub(_ENCODED, lambda sign: quote(sign[0]), src)
    return src if is_safe_url(src) else ""
