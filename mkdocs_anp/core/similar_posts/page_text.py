"""The texts of a page, from the HTML that its Markdown became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# No pattern looks past the `<` of the next tag for the `>` of this one: a page of unclosed tags
# would be read as often as it has tags.
_SILENT_ELEMENTS = "script|style|template|svg|math|textarea|select"
# What the reader does not see, or the author did not write: links to headings, line numbers.
_WRITTEN_BY_US = r'<a class="headerlink"[^<>]*>[^<]*</a>|<span class="linenos">[^<]*</span>'
# Nothing of these is text that the page says.
_SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<({_SILENT_ELEMENTS})\b.*?(?:</\1\s*>|\Z)"
    rf"|{_WRITTEN_BY_US}",
    re.DOTALL | re.IGNORECASE,
)
_MAY_BE_SILENT = re.compile(
    rf'<(?:!--|{_SILENT_ELEMENTS}|a class="headerlink|span class="linenos)', re.IGNORECASE
)
_LINE_NUMBERS = '<div class="linenodiv">'
_HEADING_TAG = re.compile(r"<(/?)h([1-6])\b[^<>]*>")
_HREF = re.compile(r'<a\b[^<>]*?\shref="([^"#<>][^"<>]*)"')
_PARAGRAPH = re.compile(r"<p(?!\w)([^<>]*)>")
_TITLE_OF_NOTE = "admonition-title"
_TAG = re.compile(r"<[^<>]*>")
# Within these a text goes on; any other tag ends a word.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>"
)
# Where a sentence may end, with the word before.
_END = re.compile(
    r"(\S*)[.!?…\u061f\u06d4][\"')\]\u00bb\u2019\u201d]*(?=\s+(\S))|[\u3002\uff01\uff1f\u0964]"
)
# Behind these a point ends no sentence: an initial, a day, `e.g`, and what is always short.
_SHORT = re.compile(
    r"\W*(?:\w|\d\d?|(?:\w+\.)+\w+|approx|bzw|ca|cf|dr|etc|fig|mr|mrs|ms|nr"
    r"|prof|st|vgl|vs)",
    re.IGNORECASE,
)
_LEAST_SENTENCE = 20
_MAX_PARAGRAPHS = 5  # looked at for the first sentence


class PageText(NamedTuple):
    """What a page says.

    Attributes:
        headings: Its headings below the first level.
        body: Its text, without title and code.
        code: What stands in its blocks of code.
        hrefs: The addresses it links to, as often as it does; not those within the page.
    """

    headings: tuple[str, ...] = ()
    body: str = ""
    code: str = ""
    hrefs: tuple[str, ...] = ()


def page_text(html: str, title: str | None = None) -> PageText:
    """Return the texts of a page.

    No parser is at work, which would take longer than all else: Markdown writes well-formed
    HTML, and from HTML of the author's own some words too many do no harm.

    Args:
        html: The content of the page as Markdown made it, without the theme around it.
        title: The title of the page. A first heading that says the same is no part of the text,
            one that says something else is; None where the first heading is the title.
    """
    prose, code = _split_code(_without_silent(html))
    headings = []
    first: tuple[int, int] | None = None
    for level, begin, end in _headings(prose):
        if level != "1":
            headings.append(_plain(prose[begin:end]))
        elif first is None:
            first = begin, end
    if first:
        heading = _plain(prose[slice(*first)])
        if title is None or " ".join(heading.split()) == title:
            prose = f"{prose[: first[0]]} {prose[first[1] :]}".strip()
        else:
            headings.insert(0, heading)
    hrefs = tuple(map(unescape, _HREF.findall(prose)))
    return PageText(tuple(headings), _plain(prose), _plain(code), hrefs)


def first_sentence(html: str, limit: int) -> str:
    """Return the first sentence of a page, "" where it has none.

    Args:
        html: The content of the page.
        limit: The most characters that are looked at; what is longer is cut by the caller.
    """
    html = _without_silent(html)
    end = 0
    for _ in range(_MAX_PARAGRAPHS):
        found = _PARAGRAPH.search(html, end)
        if found is None:
            break
        closing = html.find("</p>", found.end())
        end = len(html) if closing < 0 else closing
        text = " ".join(_plain(html[found.end() : end]).split())
        if text and _TITLE_OF_NOTE not in found[1]:
            return _first_sentence(text, limit)
    return ""


def _first_sentence(text: str, limit: int) -> str:
    for found in _END.finditer(text, 0, limit + 1):
        word, following = found.groups()
        if found.end() < _LEAST_SENTENCE or (following and following.islower()):
            continue
        if not word or _SHORT.fullmatch(word) is None:
            return text[: found.end()]
    return text


def _without_silent(html: str) -> str:
    return _SILENT.sub(" ", html) if _MAY_BE_SILENT.search(html) else html


def _headings(html: str) -> Iterator[tuple[str, int, int]]:
    """Yield the headings of a page: the level of each, and where its content begins and ends."""
    opened: re.Match[str] | None = None
    for tag in _HEADING_TAG.finditer(html):
        if not tag[1]:
            opened = tag
        elif opened is not None and opened[2] == tag[2]:
            yield tag[2], opened.end(), tag.start()
            opened = None


def _split_code(html: str) -> tuple[str, str]:
    """Return HTML without its blocks of code, and these."""
    if "<pre" not in html:
        return html, ""
    prose: list[str] = []
    code: list[str] = []
    end = 0
    for start, after in _code_blocks(html):
        prose.append(html[end:start])
        if not html.endswith(_LINE_NUMBERS, 0, start):
            code.append(html[start:after])
        end = after
    prose.append(html[end:])
    return " ".join(prose), "\n".join(code)


def _code_blocks(html: str) -> Iterator[tuple[int, int]]:
    """Yield where blocks of code start and end."""
    end = 0
    while (start := html.find("<pre", end)) >= 0:
        closing = html.find("</pre>", start)
        end = len(html) if closing < 0 else closing + len("</pre>")
        yield start, end


def _plain(html: str) -> str:
    """Return the text of HTML."""
    text = _TAG.sub(" ", _INLINE.sub("", html)) if "<" in html else html
    return unescape(text) if "&" in text else text
