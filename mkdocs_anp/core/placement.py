"""Where injected HTML stands in the HTML of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from mkdocs_anp.core.keys import canonical_key
from mkdocs_anp.core.settings import Position

_Span = tuple[int, int]

_TITLE = re.compile(r"<h1[\s>]")
_TITLE_END = "</h1>"
# Only a comment that stands in the HTML itself: in code, Markdown has escaped the `<`.
_MARKER = re.compile(r"<!--\s*(?i:anp):([A-Za-z][\w\s-]{0,60})-->")
# Where the parser of a browser looks for nothing but the end.
_OPAQUE = re.compile(r"<(?:!--|(script|style|textarea)(?=[\s/>]))", re.IGNORECASE)
_OPAQUE_END = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea")
}
_HEAD_END = "</head>"
_ANY_HEAD_END = r"</head\s*>"  # not compiled before the first page that needs it
# Beside these a marker stands alone; not the headings, in which a box would be part of a title.
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|fieldset|figure"
    r"|footer|form|header|hr|li|main|nav|ol|p|section|table|tbody|td|tfoot|th|thead|tr|ul)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)


def has_comments(content: str) -> bool:
    """Return whether HTML has comments, and so perhaps markers; to ask takes a whole look at it."""
    return "!" in content and "<!--" in content  # one character is found fifty times faster


class Part(NamedTuple):
    """A part of a page that has a position.

    Attributes:
        name: Its name, as in its marker.
        position: Where it stands unless a marker says otherwise.
    """

    name: str
    position: Position


def place(
    content: str,
    parts: Iterable[Part],
    render: Callable[[str], str],
    below: Sequence[str] = (),
    *,
    may_have_markers: bool = True,
) -> tuple[str, Sequence[str]]:
    """Return a page's content with parts in it, and the names of those that markers have placed.

    A marker (`<!-- anp:meta_box -->`) that stands alone on its line wins over the position;
    of several markers the first counts. With the positions `marker` (but no marker there) and
    `template`, a part is not in the content, and is not rendered.

    Args:
        content: HTML of the page's body.
        parts: The parts, in the order in which they stand at the same place.
        render: Returns the HTML of a part by its name, "" where it has nothing to show.
        below: HTML that stands right under the title, before all parts.
        may_have_markers: False where the content is known to have no comments.
    """
    at_start, at_end, marked = [*below], [], []
    for name, position in parts:
        placed = at_marker(content, partial(render, name), name) if may_have_markers else None
        if placed is not None:
            content = placed
            marked.append(name)
        elif position == "start":
            at_start.append(render(name))
        elif position == "end":
            at_end.append(render(name))
    return "\n".join((below_title(content, *at_start), *filter(None, at_end))), marked


def at_marker(content: str, render: Callable[[], str], name: str) -> str | None:
    """Return a page's content with a feature's HTML in place of its marker; None without one."""
    marker = _find_marker(content, name)
    if marker is None:
        return None
    start, end = marker
    # No `+`: the HTML may be markupsafe's Markup, which escapes what is added to it.
    return "".join((content[:start], render(), content[end:]))


def below_title(content: str, *htmls: str) -> str:
    """Return the content with HTML right under its title, in this order.

    Where the Markdown has no title of its own, the theme prints one above the content.
    """
    shown = [html for html in htmls if html]
    if not shown:
        return content
    end = _title_end(content)
    if not end:
        return "\n".join((*shown, content))
    return "".join(("\n".join((content[:end], *shown)), content[end:]))


def _title_end(content: str) -> int:
    """Return where the first heading of the first level ends, 0 where there is none."""
    end = _first_title_end(content)
    # Nearly every page begins with its title, so nearly none needs a closer look.
    if end and _OPAQUE.search(content, 0, end):
        return _first_title_end(_masked(content))
    return end


def _first_title_end(content: str) -> int:
    title = _TITLE.search(content)
    end = content.find(_TITLE_END, title.end()) if title else -1
    return 0 if end < 0 else end + len(_TITLE_END)


def _masked(content: str) -> str:
    """Return the content, as long as before, with spaces for what is no markup."""
    parts: list[str] = []
    last = 0
    for start, end in opaque(content):
        parts += content[last:start], " " * (end - start)
        last = end
    return "".join((*parts, content[last:]))


def _find_marker(content: str, name: str) -> _Span | None:
    """Return where the first marker of a feature stands, without those within text."""
    # Most pages have no comment at all, and to find that out costs next to nothing.
    if not has_comments(content) or not _MARKER.search(content):
        return None
    for start, end in opaque(content):
        match = _MARKER.fullmatch(content, start, end)
        if match and canonical_key(match[1]) == name and (span := _alone(content, start, end)):
            return span
    return None


def opaque(content: str) -> Iterator[_Span]:
    """Yield the span of each comment, script and the like; one without an end has all the rest."""
    end = 0
    while match := _OPAQUE.search(content, end):
        if match[1]:
            closing = _OPAQUE_END[match[1].lower()].search(content, match.end())
            end = closing.end() if closing else len(content)
        else:
            closed = content.find("-->", match.start() + 2)  # `<!-->` is a comment, too
            end = closed + 3 if closed >= 0 else len(content)
        yield match.start(), end


def _alone(content: str, start: int, end: int) -> _Span | None:
    """Return the span that a marker's HTML replaces, or None where the marker is within text.

    A paragraph that holds nothing else goes with the marker: no box may stand in one.
    """
    left, right = start, end
    while left and content[left - 1] in " \t":
        left -= 1
    while right < len(content) and content[right] in " \t":
        right += 1
    if not (_is_line_start(content, left) and _is_line_end(content, right)):
        return None
    if content.endswith("<p>", 0, left) and content.startswith("</p>", right):
        return left - len("<p>"), right + len("</p>")
    return start, end


def _is_line_start(content: str, at: int) -> bool:
    """Return whether a line begins at an index, or the tag of a block ends there."""
    if at == 0 or content[at - 1] == "\n":
        return True
    return content[at - 1] == ">" and bool(_BLOCK.match(content, content.rfind("<", 0, at)))


def _is_line_end(content: str, at: int) -> bool:
    """Return whether a line ends at an index, or the tag of a block begins there."""
    return at == len(content) or content[at] == "\n" or bool(_BLOCK.match(content, at))


def has_all(page: str, tags: Iterable[str]) -> bool:
    """Return whether all of some tags stand in a page; behind its head in order, it is one look."""
    at = page.find(_HEAD_END)
    for tag in tags:
        found = page.find(tag, at) if at >= 0 else -1
        if found < 0 and tag not in page:
            return False
        at = max(at, found)
    return True


def in_head(html: str, element: str) -> str:
    """Return a page with one more element at the end of its head."""
    # Not the method of the page itself: another plugin may make that markupsafe's Markup.
    placed = str.replace(html, _HEAD_END, f"{element}{_HEAD_END}", 1)
    if len(placed) > len(html):
        return placed
    found = re.search(_ANY_HEAD_END, html, re.IGNORECASE)
    end = found.start() if found else len(html)  # a theme may leave out its tags
    return f"{html[:end]}{element}{html[end:]}"
