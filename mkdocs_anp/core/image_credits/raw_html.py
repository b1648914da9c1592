"""Images in hand-written HTML, which a converter of Markdown hands on as it is.

A parser only finds where things stand, and numbers are put in there: every other byte of the page
stays what it was. It takes a hundred times as long as a look at the Markdown tree, so it is for
pages that have such images.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate

from mkdocs_anp.core.image_credits.addresses import is_themed
from mkdocs_anp.core.image_credits.images import (
    FIGURE_STAMP,
    NO_CREDIT,
    OVERRIDE,
    STAMP,
    PageImage,
    Place,
    attributes_kept,
    is_left_alone,
    width_given,
)
from mkdocs_anp.core.image_credits.tags import tag_at

_Attributes = list[tuple[str, str | None]]

_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
_AROUND = frozenset({"a", "picture"})
"""What may stand around an image that is alone in its paragraph."""
_CHOOSING = _AROUND | {"p", "figure"}
"""Elements whose class may say that an image is left alone."""
# Nothing is shown of what stands in these, or it is shown as text.
_HIDDEN = frozenset(
    {
        *("noscript", "template", "svg", "object", "iframe"),
        *("textarea", "title", "xmp", "noembed", "noframes"),
    }
)
# These end a paragraph, whether or not its end tag stands there.
_BLOCK = frozenset(
    {
        *("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"),
    }
)


@dataclass(slots=True)
class _Element:
    """An element whose end tag is still to come.

    Attributes:
        tag: Its name.
        at: Where it begins.
        is_numbered: Whether it is a figure that the Markdown tree had, or holds another figure.
        is_left_alone: Whether the author wants no credits in it.
        images: What it holds for itself, as a figure or a paragraph: indices of images.
        holds_more: Whether there is more in it than images.
    """

    tag: str
    at: int
    is_numbered: bool
    is_left_alone: bool
    images: list[int] = field(default_factory=list)
    holds_more: bool = False


def number_raw_images(
    content: str, known: Sequence[PageImage], left_alone: list[str] | None = None
) -> tuple[str, list[PageImage]]:
    """Give a number to each image that has none yet.

    Args:
        content: The HTML of a page.
        known: The images that the Markdown tree had; they are numbered already.
        left_alone: Takes the addresses of images that get no credit.

    Returns:
        The HTML with numbers, and the images that got one.
    """
    finder = _Finder(content, max((image.number for image in known), default=0))
    # What begins behind the last `>` is no tag, but to find that out takes the parser long.
    finder.feed(content[: content.rfind(">") + 1])
    finder.close()
    finder.end()
    if left_alone is not None:
        left_alone += finder.left_alone
    return finder.numbered(), finder.images


class _Finder(HTMLParser):
    def __init__(self, content: str, last: int) -> None:
        super().__init__(convert_charrefs=False)
        self.images: list[PageImage] = []
        self.left_alone: list[str] = []
        self._skipped: Counter[str] = Counter()  # how often each address was left alone
        self._content = content
        self._lines = [0, *accumulate(len(line) + 1 for line in content.split("\n"))]
        self._number = last
        self._open: list[_Element] = []
        self._count: Counter[str] = Counter()  # of open elements, by name
        self._stamps: list[tuple[int, str]] = []

    def numbered(self) -> str:
        """Return the HTML with the numbers in it."""
        parts: list[str] = []
        done = 0
        for at, stamp in sorted(self._stamps):
            parts += self._content[done:at], stamp
            done = at
        parts.append(self._content[done:])
        return "".join(parts)

    def end(self) -> None:
        """End what has no end tag."""
        if self._open:
            self._close("", is_written=False)

    # The events of the parser

    def parse_html_declaration(self, i: int) -> int:
        """Read a declaration; `<![` with a name that the parser does not know stops it."""
        if self.rawdata.startswith("<![", i) and not self.rawdata.startswith("<![CDATA[", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        if tag in _BLOCK and self._count["p"]:
            self._close("p", is_written=False)
        if tag == "img":
            self._image(attrs)
        elif tag not in _VOID:
            self._begin(tag, dict(attrs))
        elif tag != "source":
            self._more()

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "svg":  # of HTML's own elements, none ends like that
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._count[tag]:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if not data.isspace():
            self._more()

    def handle_entityref(self, name: str) -> None:
        self._more()

    def handle_charref(self, name: str) -> None:
        self._more()

    # Work

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _more(self) -> None:
        if self._open:
            self._open[-1].holds_more = True

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        classes = (attributes.get("class") or "").split() if tag in _CHOOSING else ()
        is_left_alone = NO_CREDIT in classes or (bool(self._open) and self._open[-1].is_left_alone)
        self._count[tag] += 1
        self._open.append(_Element(tag, self._at(), FIGURE_STAMP in attributes, is_left_alone))

    def _image(self, attrs: _Attributes) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        if "&" in (self.get_starttag_text() or "") and "src" in attributes:
            # The parser reads `?a=1&copy=2` as if there was a semicolon, which browsers do not.
            read = tag_at(self._content, self._at())
            attributes["src"] = read.value("src") if read else attributes["src"]
        is_hidden = any(self._count[tag] for tag in _HIDDEN)
        around = (NO_CREDIT,) if self._open and self._open[-1].is_left_alone else ()
        if STAMP in attributes or is_hidden or is_left_alone(attributes, around):
            if STAMP not in attributes and not is_hidden:
                self.left_alone.append(attributes.get("src", ""))
                self._skipped[attributes.get("src", "").strip()] += 1
            self._more()
            return
        self._number += 1
        self.images.append(
            PageImage(
                self._number,
                attributes["src"].strip(),
                attributes.get("alt"),
                "figure" if self._count["figure"] else "inline",
                attributes.get(OVERRIDE, "").strip(),
                is_raw=True,
                has=attributes_kept(attributes),
                width=width_given(attributes),
                skipped=self._skipped[attributes["src"].strip()],
            )
        )
        self._stamps.append((self._at() + len("<img"), f' {STAMP}="{self._number}"'))
        for tag in ("p", "figure"):
            if self._count[tag]:
                inner = next(element for element in reversed(self._open) if element.tag == tag)
                inner.images.append(len(self.images) - 1)

    def _close(self, tag: str, *, is_written: bool = True) -> None:
        """Close an element and all in it; only the outermost one may have an end tag."""
        while self._open:
            element = self._open.pop()
            self._count[element.tag] -= 1
            is_last = element.tag == tag
            if element.tag == "figure":
                self._end_figure(element, has_end=is_last and is_written)
            elif element.tag == "p" and element.images and is_last and is_written:
                self._paragraph(element)
            if element.holds_more or element.tag not in _CHOOSING:
                self._more()
            if is_last:
                return

    def _end_figure(self, element: _Element, *, has_end: bool) -> None:
        """Stamp a figure that ends where its end tag stands, and has its images for itself."""
        if has_end and not element.is_numbered and element.images:
            images = [self.images[index] for index in element.images]
            self._place(element, "figure", images[0].number if _is_pair(images) else 0)
            self._stamp(element)
        else:
            self._place(element, "inline")
        if element.images or element.is_numbered:
            outer = next((e for e in reversed(self._open) if e.tag == "figure"), None)
            if outer is not None:
                outer.is_numbered = True

    def _paragraph(self, element: _Element) -> None:
        images = [self.images[index] for index in element.images]
        if element.holds_more or images[0].place == "figure":
            return
        if len(images) == 1 or _is_pair(images):
            self._place(element, "alone", images[0].number)
            self._stamp(element)

    def _place(self, element: _Element, place: Place, first: int = 0) -> None:
        """Tell the images of an element where they are, and which of two is the first."""
        for index in element.images:
            number = self.images[index].number
            twin = 0 if number == first else first
            self.images[index] = self.images[index].placed(place, twin)

    def _stamp(self, element: _Element) -> None:
        numbers = " ".join(str(self.images[index].number) for index in element.images)
        at = element.at + 1 + len(element.tag)
        self._stamps.append((at, f' {FIGURE_STAMP}="{numbers}"'))


def _is_pair(images: Sequence[PageImage]) -> bool:
    return len(images) == 2 and all(is_themed(image.src) for image in images)
