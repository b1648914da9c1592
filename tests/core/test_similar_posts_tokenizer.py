"""What a token is, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.similar_posts.tokenizer import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        # Words and numbers
        ("Next.js and C++", ["next", "js", "and"]),
        ("snake_case, kebab-case", ["snake", "case", "kebab", "case"]),
        ("Python 3.11 on port 8080", ["python", "3.11", "on", "port", "8080"]),
        ("I don't", ["don"]),
        ("", []),
        (" \t\n.,;", []),
        # Case and forms of letters are folded
        ("Größe GRÖSSE", ["grösse", "grösse"]),
        ("ﬁle naïve", ["file", "naïve"]),
        ("Ｋａｆｋａ", ["kafka"]),
        # One letter is no token, one Chinese character is
        ("ä b", ["ä"]),
        ("水", ["水"]),
        # Scripts without spaces give pairs, and end where others begin
        ("数据库", ["数据", "据库"]),
        ("用Python写", ["用", "python", "写"]),
        ("データ", ["デー", "ータ"]),
        ("한국어", ["한국", "국어"]),
        # Marks stay in their words
        ("हिन्दी", ["हिन्दी"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("😀🎉", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_thai_gives_pairs() -> None:
    tokens = tokenize("ฐานข้อมูล")
    assert len(tokens) == 8
    assert {len(token) for token in tokens} == {2}


@given(st.text())
def test_any_text_gives_tokens_that_are_their_own_tokens(text: str) -> None:
    tokens = tokenize(text)
    assert all(token and not token.isspace() for token in tokens)
    assert tokenize(text) == tokens
    assert not any(char.isspace() or char == "_" for token in tokens for char in token)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_read_alike_alone_and_among_others(text: str) -> None:
    assert tokenize(text) == tokenize(f"{text} é")[:-1]


@given(st.text(alphabet="abcxyz019 -"), st.text(alphabet="abcxyz019 -"))
def test_a_line_break_keeps_texts_apart(first: str, second: str) -> None:
    assert tokenize(f"{first}\n{second}") == tokenize(first) + tokenize(second)
