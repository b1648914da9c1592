"""Pages of ours: targets of links from the start, printed as any other page when all is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_NEAR = 2


class GeneratedFile(File):
    """The file of a page of ours.

    Until it is complete MkDocs does not read it, nor show it to the plugins that look at each
    page's source: it has none.
    """

    is_complete = True

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing: what was printed by an earlier build stays."""

    def is_documentation_page(self) -> bool:
        """Return whether MkDocs is to print it as a page."""
        return self.is_complete


class Choice(NamedTuple):
    """A link to one of several pages; all of it HTML."""

    label: str
    url: str
    is_current: bool


def generated_file(config: MkDocsConfig, path: str) -> GeneratedFile:
    """Return the file of a page of ours, to which pages can link from now on."""
    file = GeneratedFile.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    assert isinstance(file, GeneratedFile)  # noqa: S101 (MkDocs' types say File)
    assert file.url and file.dest_uri  # noqa: S101 (MkDocs keeps them: those of a page)
    file.is_complete = False
    return file


def complete(file: GeneratedFile, config: MkDocsConfig, title: str, *, is_searched: bool) -> None:
    """Make the MkDocs page of a file, as if it had been read.

    Args:
        file: The file.
        config: MkDocs' configuration.
        title: The title of the page as HTML, which is how themes print it.
        is_searched: Whether the search may find the page.
    """
    page = file.page if isinstance(file.page, Page) else Page(None, file, config)
    if not is_searched:
        page.meta["search"] = {"exclude": True}
    page.markdown = ""
    page.content = ""
    page.meta["title"] = title
    page.meta["hide"] = ["toc"]
    file.is_complete = True


def link_in_nav(file: GeneratedFile, nav: Navigation, config: MkDocsConfig) -> None:
    """Put a page of ours at the end of the navigation, unless it stands there already."""
    page = file.page or Page(None, file, config)
    if any(other is page for other in nav.pages):
        return
    if nav.pages:
        last = nav.pages[-1]
        last.next_page, page.previous_page = page, last
    nav.items.append(page)
    nav.pages.append(page)


def near_pages(series: Sequence[str], current: int) -> list[tuple[int, str]]:
    """Return number and name of the pages to link: the first, the last, and those near by."""
    if len(series) == 1:
        return []
    near = {1, len(series), *range(current - _NEAR, current + _NEAR + 1)}
    return [(number, name) for number, name in enumerate(series, 1) if number in near]


def language_folder(files: Iterable[File], language: str) -> str:
    """Return the folder of the site's language where all of some files are in it, else "".

    So a plugin that builds a site once for each language gets a page of ours for each.
    """
    inside = all(file.dest_uri.startswith(f"{language}/") for file in files)
    return f"{language}/" if inside else ""
