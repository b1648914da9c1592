"""The captions of figures, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

from mkdocs_anp.core.image_credits.credit import Credit, CreditWriter
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.pattern import gap
from mkdocs_anp.core.text import escape

RenderFigcaption: TypeAlias = Callable[[Sequence[Credit], bool], str]
"""Returns the HTML of a caption with these credits; the flag says whether they stand behind a
caption of the author's own."""
Resolve: TypeAlias = Callable[[str], str]
"""Makes relative links work on a page."""

_GAP = gap(0)


class Captions:
    """Makes the captions of a site's figures."""

    def __init__(self, writer: CreditWriter, render: RenderFigcaption) -> None:
        """Take what words credits, and what makes HTML of them."""
        self._writer = writer
        self._render = render
        self._around = lru_cache(maxsize=256)(self._around_caption)

    def of_entry(self, resolve: Resolve, entry: ImageSource) -> str:
        """Return the caption of an image that has a figure for itself, "" for nothing to say."""
        caption = entry.caption
        if caption and not (entry.has_full_form or entry.archive):
            # Sites have images of few sources, so that all but these words is made already.
            writer = self._writer
            source = entry.source or writer.source(entry)  # which nearly all name
            around = self._around(source, writer.separator(caption))
            return escape(caption).join(around)
        credit = self._writer.credit(entry, resolve)
        return self._render((credit,), False) if credit.caption or credit.credit else ""

    def of_figure(self, told: Sequence[Credit], own: str | None) -> str:
        """Return the caption of a figure, or what stands behind one of the author's own.

        Args:
            told: Caption and credit of each of its images.
            own: The text of the author's caption, None where there is none.
        """
        if own is None:
            return self._render(told, False)
        if not any(one.credit for one in told):
            return ""
        separator = escape(self._writer.separator(own)) if own else ""
        first, *others = (one for one in told if one.credit)
        return self._render([first.behind(separator), *(o.behind("") for o in others)], True)

    def _around_caption(self, source: str, separator: str) -> list[str]:
        """Return the HTML around a caption, with the credit of an image of which no more is known.

        Args:
            source: Where the image comes from.
            separator: What stands behind the caption.
        """
        credit = self._writer.short_form(source)
        told = Credit(_GAP, escape(separator) if credit else "", credit, "")
        return self._render((told,), False).split(_GAP)
