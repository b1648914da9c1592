"""The sources of pages: read once, and their front matter loaded once, for MkDocs and for us.

MkDocs asks plugins for the source of a page and loads the front matter at its top. We load it
faster, so MkDocs gets a source with empty front matter, and the page is given ours before any
plugin looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.structure.files import File

    from mkdocs_anp.core.loading import Loaded

# Not none at all: MkDocs would look for meta data of the MultiMarkdown kind in the text below.
_EMPTY = "---\n{}\n---\n"


class Source(NamedTuple):
    """What stands in the file of a page.

    Attributes:
        text: All of it; "" where it cannot be read.
        repeats_a_key: Whether the front matter repeats a key; None where nobody has looked.
    """

    text: str
    repeats_a_key: bool | None = None


class _Read(NamedTuple):
    page: Page
    text: str
    loaded: Loaded | None


class Sources:
    """Reads the sources of one build."""

    def __init__(self, load: Callable[[str], Loaded | None]) -> None:
        """Take what loads the front matter of a source, if it can."""
        self._load = load
        self._expected: Page | None = None
        self._read: _Read | None = None

    def expect(self, page: Page) -> None:
        """Take notice that MkDocs is about to read a page, and then to hand on its Markdown.

        Other plugins have pages read whenever they like, to see the front matter: those are left
        to MkDocs. So are pages of other classes, which may look for it as soon as it is read.
        """
        self._expected = page if type(page) is Page else None

    def read(self, page: Page) -> str | None:
        """Return what MkDocs is to take for a page's source; None where it is to read the file."""
        if page is not self._expected:
            return None
        self._expected = None
        try:
            text = page.file.content_string
        except (OSError, ValueError):  # MkDocs says so
            return None
        loaded = self._load(text)
        self._read = _Read(page, text, loaded)
        return text if loaded is None else _EMPTY + loaded.body

    def take(self, page: Page, markdown: str) -> Source:
        """Return what stands in the file of a page, and give the page its front matter.

        Args:
            page: A page that was read.
            markdown: What MkDocs takes for its Markdown.
        """
        read, self._read = self._read, None
        if read is None or read.page is not page:
            return Source(_text_of(page.file))
        loaded = read.loaded
        if loaded is None or page.meta or markdown != loaded.body:  # somebody else gave a source
            return Source(read.text)
        page.meta = loaded.meta
        return Source(read.text, loaded.repeats_a_key)


def _text_of(file: File) -> str:
    try:
        return file.content_string
    except (OSError, ValueError):
        return ""
