"""The texts of a page, from the HTML that its Markdown became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Nothing of these is text that the page says.
_SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|template|svg|math|textarea|select)\b.*?(?:</\1\s*>|\Z)"
    r'|<a class="headerlink".*?</a>',
    re.DOTALL | re.IGNORECASE,
)
_MAY_BE_SILENT = re.compile(
    r'<(?:!--|script|style|template|svg|math|textarea|select|a class="headerlink")', re.IGNORECASE
)
_LINE_NUMBERS = '<div class="linenodiv">'
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.DOTALL)
_HREF = re.compile(r'<a\b[^>]*?\shref="([^"#][^"]*)"')
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Within these a text goes on; any other tag ends a word.
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>"
)
_SENTENCE = re.compile(
    # A point within a word, a number or behind a short form ends no sentence.
    r".{20,}?(?:[.!?…\u061f](?=\s+[^\sa-z])|[\u3002\uff01\uff1f\u0964])",
    re.DOTALL,
)
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


def page_text(html: str) -> PageText:
    """Return the texts of a page.

    No parser is at work, which would take longer than all else: Markdown writes well-formed
    HTML, and from HTML of the author's own some words too many do no harm.

    Args:
        html: The content of the page as Markdown made it, without the theme around it.
    """
    if _MAY_BE_SILENT.search(html):
        html = _SILENT.sub(" ", html)
    prose, code = _split_code(html)
    title, headings = "", []
    for level, heading in _HEADING.findall(prose):
        if level == "1" and not title:
            title = heading
        elif level != "1":
            headings.append(_plain(heading))
    if title:
        prose = prose.replace(title, " ", 1)
    hrefs = tuple(map(unescape, _HREF.findall(prose)))
    return PageText(tuple(headings), _plain(prose), _plain(code), hrefs)


def first_sentence(html: str, limit: int) -> str:
    """Return the first sentence of a page, "" where it has none.

    Args:
        html: The content of the page.
        limit: The most characters that are looked at; what is longer is cut by the caller.
    """
    for found, _ in zip(_PARAGRAPH.finditer(html), range(_MAX_PARAGRAPHS), strict=False):
        text = " ".join(_plain(found[1]).split())
        if not text:
            continue
        sentence = _SENTENCE.match(text[: limit + 1])
        return sentence[0] if sentence else text
    return ""


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
