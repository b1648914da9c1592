"""The short cut of reading agrees with the full reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mkdocs_anp.core import reading
from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.fits import fits
from mkdocs_anp.core.reading import Reader
from tests.core.strategies import nearly
from tests.support import SOURCE, front_matter


@pytest.fixture(scope="module", autouse=True)
def no_short_cut() -> Any:
    """Let the reader in this module take the long way for every value, inner ones too."""
    patch = pytest.MonkeyPatch()
    patch.setattr(reading, "fits", lambda field, value: False)
    yield
    patch.undo()


@pytest.mark.parametrize("key", BUILT_IN)
def test_what_fits_is_what_the_full_reader_gives(key: str) -> None:
    field = BUILT_IN[key]

    @given(nearly(field))
    def check(value: Any) -> None:
        if not fits(field, value):
            event("does not fit")
            return
        event("fits")
        reader = Reader(SOURCE, front_matter())
        assert reader.read(field, value, (key,)) is value
        assert reader.problems == []

    check()


GOOD = {
    "topic": "handling background jobs",
    "ai_outline": {"context": "behind a cdn", "own_key": "a text"},
    "stack": ["next.js", "git"],
    "difficulty": "beginner",
    "reading_time": 6,
    "view_count": 323070,
    "score": {"quality": 97, "own": 0.5},
    "revision": {"status": "reviewed", "version": "1.9.8", "last_reviewed": date(2018, 6, 23)},
    "hash": "d43ee6e6",
    "flags": {"has_images": True, "own": False},
    "checklist": {"title": "Release", "mode": "do-confirm", "items": ["run", {"text": "tag"}]},
    "entities": [{"name": "next.js", "type": "stack"}, "git"],
    "image_sources": [{"url": "https://example.org", "width": 1200}],
    "payload": {"source_id": "alphanode", "on": True, "day": date(2018, 6, 23)},
}


@pytest.mark.parametrize("key", GOOD)
def test_the_common_case_fits(key: str) -> None:
    assert fits(BUILT_IN[key], GOOD[key])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("topic", ""),
        ("topic", "  "),
        ("topic", " a"),
        ("topic", "a "),
        ("topic", "a\x07"),
        ("topic", "a\nb"),
        ("topic", "x" * 1001),
        ("topic", 1.1),
        ("topic", None),
        ("view_count", True),
        ("view_count", 1.0),
        ("view_count", -1),
        ("view_count", 10**18),
        ("score", {"quality": 100.5}),
        ("score", {"quality": float("nan")}),
        ("score", {"Quality": 1}),
        ("score", {}),
        ("score", {"quality": None}),
        ("stack", []),
        ("stack", "git"),
        ("stack", ["git", None]),
        ("stack", ["a"] * 101),
        ("difficulty", "Beginner"),
        ("revision", {"editor": "Ada"}),
        ("revision", {1: "a"}),
        ("flags", {"has_images": 1}),
        ("payload", {"a": {"b": "c"}}),
        ("payload", {"a": 1.10}),
        ("payload", {1: "a"}),
        ("payload", {True: "a"}),
        ("image_sources", [{"url": "javascript:x"}]),
    ],
)
def test_what_needs_a_closer_look_does_not_fit(key: str, value: object) -> None:
    assert not fits(BUILT_IN[key], value)


@given(st.integers(-(10**19), 10**19))
def test_a_number_that_fits_is_in_range(value: int) -> None:
    assert fits(BUILT_IN["reading_time"], value) is (1 <= value < 10**18)
