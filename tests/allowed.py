"""What the markup of the parts that we put into pages may consist of."""

from __future__ import annotations

import re
from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import urlsplit

ELEMENTS = frozenset(
    [
        "a",
        "aside",
        "bdi",
        "button",
        "code",
        "data",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "h2",
        "h3",
        "input",
        "label",
        "legend",
        "li",
        "meter",
        "p",
        "progress",
        "section",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
)
INLINE = frozenset({"br", "code", "del", "em", "kbd", "mark", "strong", "sub", "sup"})
"""What inline Markdown may be besides links; only some fields are Markdown."""
ATTRIBUTES = frozenset(
    [
        "aria-describedby",
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "autocomplete",
        "class",
        "data-anp",
        "data-anp-done",
        "data-anp-failed",
        "data-anp-field",
        "data-anp-glance",
        "data-anp-item",
        "data-anp-origin",
        "data-anp-said",
        "data-anp-score",
        "data-anp-tool",
        "data-anp-undo",
        "data-search-exclude",
        "datetime",
        "dir",
        "hidden",
        "href",
        "id",
        "max",
        "min",
        "role",
        "scope",
        "tabindex",
        "type",
        "value",
    ]
)
VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr"})
WITHOUT_VALUE = frozenset({"hidden"})
_ITEM = r"[0-9a-f]{10}(-\d+)?"
_OF_ITEM = rf"anp-(item|note)-{_ITEM}"
# What only we write: never a text of the author's.
FIXED = {
    "class": re.compile(r"(anp-[a-z_-]+ ?)+"),
    "id": re.compile(rf"anp-[a-z_-]+|{_OF_ITEM}"),
    "aria-describedby": re.compile(_OF_ITEM),
    "autocomplete": re.compile(r"off"),
    "data-anp": re.compile(r"meta_box|glance|checklist|similar_posts|reasons"),
    "data-anp-item": re.compile(_ITEM),
    "data-anp-origin": re.compile(r"pin|similar|topic|section|newest"),
    "data-anp-score": re.compile(r"\d\.\d{3}"),
    "data-anp-tool": re.compile(r"copy|share|reset"),
    "dir": re.compile(r"auto"),
    "role": re.compile(r"list|region|status"),
    "type": re.compile(r"button|checkbox"),
    "value": re.compile(r"[a-z-]+|-?[\d.e+-]+"),
    "datetime": re.compile(r"[\d:PTM .+-]+"),
}


class Parts(HTMLParser):
    """Collects the elements, attributes and text of a piece of HTML, and what breaks the rules."""

    def __init__(self, html: str, further: Collection[str] = ()) -> None:
        """Take the HTML, and which elements it may have besides."""
        super().__init__(convert_charrefs=True)
        self._allowed = ELEMENTS.union(further)
        self.elements: list[str] = []
        self.errors: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            self.errors.append(f"not closed: {self._open}")

    @property
    def text(self) -> str:
        """All text, with single spaces, and a space between two elements."""
        return " ".join(" ".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        if tag not in self._allowed:
            self.errors.append(f"element {tag}")
        for name, value in attrs:
            self._check(tag, name, value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # to browsers, the slash says nothing

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.errors.append(f"end tag {tag} out of order")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self.errors.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.errors.append(f"declaration {decl}")

    unknown_decl = handle_pi = handle_decl

    def _check(self, tag: str, name: str, value: str | None) -> None:
        if value is None and name in WITHOUT_VALUE:
            return
        if name not in ATTRIBUTES or value is None:
            self.errors.append(f"attribute {name} of {tag}")
        elif name == "href":
            if not is_inactive(value):
                self.errors.append(f"address {value!r}")
        elif name in FIXED and not FIXED[name].fullmatch(value):
            self.errors.append(f"{name}={value!r} of {tag}")


def is_inactive(address: str) -> bool:
    """Return whether following an address can only lead to another page or a mail program."""
    if re.search(r"[\x00-\x20\\]", address):
        return False
    return urlsplit(address).scheme in {"", "http", "https", "mailto"}
