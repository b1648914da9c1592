"""Links: which addresses of an author may become one."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mkdocs_anp.core.links import is_relative, is_safe_url, is_web_address

SAFE = [
    "https://example.org",
    "http://example.org:8080/a?b=c&d#e",
    "HTTPS://EXAMPLE.ORG/",
    "mailto:ada@example.org",
    "MailTo:ada@example.org?subject=a%20b",
    "//example.org/x",
    "/absolute/path",
    "relative/path.md",
    "../up.md#section",
    "#section",
    "?query=a:b",
    "a/b:c",
    "./a:b",
    "image.svg",
    "https://example.org/a(b)c,d;e='f'",
    "https://пример.рф/путь",
    "https://[::1]/x",
]
UNSAFE = [
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "java\0script:alert(1)",
    "\x01javascript:alert(1)",
    "javascript\t:alert(1)",
    "javascript&colon;alert(1):",
    "javascript://example.org/%0Aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,AAAA",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "tel:+123",
    "a:b",
    "1:b",
    "ä:b",
    ":b",
    "java%73cript:alert(1)",
    "https://example.org/a b",
    "https://example.org/\n",
    'https://example.org/"onclick=alert(1)',
    "https://example.org/<b>",
    "https://example.org/`",
    "\\\\example.org\\x",
    "/\\example.org",
    "https://example.org/\u2028",
    "https://example.org/\xa0",
    "https://example.org/\ufffd",
]


@pytest.mark.parametrize("url", SAFE)
def test_safe(url: str) -> None:
    assert is_safe_url(url)


@pytest.mark.parametrize("url", UNSAFE)
def test_unsafe(url: str) -> None:
    assert not is_safe_url(url)


@given(st.text(st.sampled_from("javscriptdb:/\\#?&;%.\t\n\r\x00 \ufeff\u200bA1+-"), max_size=16))
@example("\ufeffjavascript:x")
@example("\u200bjavascript:x")
def test_what_a_browser_takes_for_a_scheme_is_allowed(url: str) -> None:
    if is_safe_url(url):
        as_browsers_read_it = url.strip().translate(dict.fromkeys(map(ord, "\t\n\r")))
        assert urlsplit(as_browsers_read_it).scheme in {"", "http", "https", "mailto"}
        assert not any(c.isspace() or c == "\\" or c < " " for c in url)


@pytest.mark.parametrize("text", ["https://a.org", "http://a", "HTTP://a/b?c"])
def test_web_address(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    ["see https://a.org", "https://", "https:///a", "https:a", "//a.org", "a.org", "https://a b"],
)
def test_no_web_address(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize("url", ["a.md", "../a.md", "./a/b.svg#c", "a/b:c"])
def test_relative(url: str) -> None:
    assert is_relative(url)


@pytest.mark.parametrize("url", ["https://a.org", "//a.org/b", "/a", "#a", "mailto:a@b"])
def test_not_relative(url: str) -> None:
    assert not is_relative(url)
