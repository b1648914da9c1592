"""Text: cleaned for HTML, and in YAML's words."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.text import clean, escape, scalar_text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a  ", "a"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc\r\r\nd", "a\nb\nc\n\nd"),
        ("a\r\n", "a"),
        ("a\x00b", "a\ufffdb"),
        ("a\x1bb", "a\ufffdb"),
        ("a\x7fb\x9fc", "a\ufffdb\ufffdc"),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufffeb\uffffc", "a\ufffdb\ufffdc"),
        ("a\u202eb\u200d\u2028c", "a\u202eb\u200d\u2028c"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None)))  # lone surrogates too
def test_a_cleaned_text_can_be_written(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not set(cleaned) & set(map(chr, (*range(9), *range(11, 32), *range(127, 160))))
    assert clean(cleaned).strip() == cleaned.strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [("a & b", "a &amp; b"), ("<b>", "&lt;b&gt;"), ('"', "&quot;"), ("'", "&#x27;"), ("a", "a")],
)
def test_escape(text: str, html: str) -> None:
    assert escape(text) == html


@given(st.text())
def test_an_escaped_text_is_the_text_and_no_markup(text: str) -> None:
    assert not set("<>\"'") & set(escape(text))
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a ", "a"),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (1.5, "1.5"),
        (date(2018, 6, 23), "2018-06-23"),
        (datetime(2018, 6, 23, 10, 2), "2018-06-23 10:02:00"),
        (("a", 1, None), "a, 1, null"),
        ((), ""),
    ],
)
def test_scalar_in_the_words_of_yaml(value: object, text: str) -> None:
    assert scalar_text(value) == text


def test_a_number_too_long_for_python_to_print() -> None:
    assert scalar_text(16**4000) == "0x1" + "0" * 4000


@pytest.mark.parametrize("value", [b"hello", (b"hello", 1)])
def test_bytes_are_not_printed_as_python_does(value: object) -> None:
    assert "b'" not in scalar_text(value)
