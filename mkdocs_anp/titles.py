"""The titles of pages, as plain text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from mkdocs_anp.core.text import clean

if TYPE_CHECKING:
    from mkdocs.structure.files import File


def title_of(file: File | None, otherwise: str = "") -> str:
    """Return the title of a page as plain text; what stands in its place where it has none.

    A title that MkDocs takes from the first heading is HTML (`R&amp;D`); one from the front
    matter or the navigation is what its author wrote.
    """
    page = file.page if file else None
    title = str((page.title if page else "") or "")
    if page is not None and "title" not in page.meta and "title" not in vars(page):
        title = unescape(title)
    return clean(title) or otherwise
