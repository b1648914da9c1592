"""Reading time, counted from the words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.reading_time import CHARACTERS_PER_MINUTE, WORDS_PER_MINUTE, reading_minutes


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (WORDS_PER_MINUTE, 1), (2 * WORDS_PER_MINUTE, 2), (10 * WORDS_PER_MINUTE, 10)],
)
def test_words(words: int, minutes: int) -> None:
    assert reading_minutes("word " * words) == minutes


def test_rounded_to_the_nearest_minute() -> None:
    assert reading_minutes("word " * round(2.4 * WORDS_PER_MINUTE)) == 2
    assert reading_minutes("word " * round(2.6 * WORDS_PER_MINUTE)) == 3


@pytest.mark.parametrize("character", ["漢", "か", "カ", "\U00020000"])
def test_text_without_spaces_counts_by_character(character: str) -> None:
    assert reading_minutes(character * 3 * CHARACTERS_PER_MINUTE) == 3


def test_both_scripts_add_up() -> None:
    assert reading_minutes("word " * 2 * WORDS_PER_MINUTE + "漢" * CHARACTERS_PER_MINUTE) == 3


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_fenced_code_is_left_out(fence: str) -> None:
    code = f"\n{fence}python\n{'word ' * 10 * WORDS_PER_MINUTE}\n{fence}\n"
    assert reading_minutes("word " * 2 * WORDS_PER_MINUTE + code) == 2


def test_longer_fences_hold_shorter_ones() -> None:
    code = f"\n````\n```\n{'word ' * 10 * WORDS_PER_MINUTE}\n```\n````\n"
    assert reading_minutes(code) == 1


def test_indented_code_of_lists_and_admonitions_is_left_out() -> None:
    assert reading_minutes(f"- a\n\n    ```\n    {'word ' * 10 * WORDS_PER_MINUTE}\n    ```\n") == 1


def test_a_line_that_begins_with_code_begins_no_fence() -> None:
    assert reading_minutes("```code``` begins\n" + "word " * 3 * WORDS_PER_MINUTE) == 3


def test_a_tilde_fence_may_have_backticks_behind_it() -> None:
    assert reading_minutes(f"~~~ `a`\n{'word ' * 3 * WORDS_PER_MINUTE}\n~~~\n") == 1


@pytest.mark.parametrize("comment", ["<!-- {} -->", "<!--\n\n{}\n\n-->", "<!--{}\n-->x<!-- -->"])
def test_comments_are_left_out(comment: str) -> None:
    text = "word " * 2 * WORDS_PER_MINUTE
    assert reading_minutes(text + comment.format("word " * 10 * WORDS_PER_MINUTE)) == 2


@pytest.mark.parametrize("before", ["`<!--` ", "<!-- a --> <!-- ", "--> "])
def test_what_is_no_comment_hides_no_text(before: str) -> None:
    assert reading_minutes(before + "word " * 3 * WORDS_PER_MINUTE) == 3


def test_many_open_comments_take_no_long_time() -> None:
    started = time.process_time()
    reading_minutes("<!-- " * 100_000)
    assert time.process_time() - started < 2


def test_a_compound_is_one_word() -> None:
    assert reading_minutes("state-of-the-art’s " * WORDS_PER_MINUTE * 2) == 2


@given(st.text())
def test_never_less_than_a_minute(text: str) -> None:
    assert reading_minutes(text) >= 1
