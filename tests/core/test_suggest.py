"""Suggestions: right, or none."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.suggest import distance, suggestion

WORDS = st.text("abcd", max_size=8)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("dificulty", "difficulty"),
        ("sumary", "summary"),
        ("code_langauge", "code_language"),
        ("check_list", "checklist"),
        ("reading_tme", "reading_time"),
        ("enities", "entities"),
        ("tols", "tools"),
        ("topics", "topic"),
    ],
)
def test_misspelt_fields(word: str, meant: str) -> None:
    assert suggestion(word, BUILT_IN) == meant


@pytest.mark.parametrize(
    "word", ["audience", "owner", "priority", "id", "x", "", "level", "state", "author", "a" * 500]
)
def test_other_words_get_none(word: str) -> None:
    assert suggestion(word, BUILT_IN) is None


def test_two_equally_near_words_are_none() -> None:
    assert suggestion("colour", ["coloura", "colourb"]) is None
    assert suggestion("colour", ["coloura", "colourb", "colou"]) is None
    assert suggestion("colours", ["colour", "colurs", "colouring"]) is None


def test_a_known_word_is_not_misspelt() -> None:
    assert suggestion("topic", BUILT_IN) is None


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_bounded(first: str, second: str) -> None:
    far = distance(first, second, 9)
    assert far == distance(second, first, 9)
    assert (far == 0) == (first == second)
    assert abs(len(first) - len(second)) <= far <= max(len(first), len(second))
    kept = sum(block.size for block in SequenceMatcher(None, first, second).get_matching_blocks())
    assert far <= len(first) + len(second) - 2 * kept


@given(WORDS, WORDS, st.integers(0, 4))
def test_a_limit_changes_only_what_is_above_it(first: str, second: str, limit: int) -> None:
    assert distance(first, second, limit) == min(distance(first, second, 9), limit + 1)


def test_two_neighbours_swapped_are_one_edit() -> None:
    assert distance("tpye", "type", 5) == 1
