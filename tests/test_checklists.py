"""Checklists as HTML: both ways of making one give the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from mkdocs_anp.checklists import Checklists
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.settings import ChecklistSettings, Settings
from mkdocs_anp.core.site_fields import field_labels
from mkdocs_anp.render import Renderer
from mkdocs_anp.theme import THEME_DIR
from tests.support import RULES, environment, parse

RENDERER = Renderer(environment(), THEME_DIR, "en", dict(field_labels(RULES.top)))
CHECKLISTS = Checklists(
    environment(), RENDERER.wording, RENDERER.inline_markdown, ("checklist", "to do & done")
)
WORDS = st.text("ab &.'é-", min_size=1, max_size=8).map(str.strip).filter(
    lambda text: text and not text.startswith("-")
)  # fmt: skip


def post(value: Any, **settings: Any) -> Post:
    return Post("a.md", {"checklist": value}, Settings(checklist=ChecklistSettings(**settings)))


def content(texts: list[str], sign: str = "-") -> str:
    items = "\n".join(f"{sign} {text}" for text in texts)
    return markdown(f"Before.\n\n## Checklist\n\n{items}\n\nAfter.\n", extensions=["toc"])


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["-", "1."]), st.booleans())
def test_the_fast_way_and_the_other_give_the_same(
    texts: list[str], sign: str, can_share: bool
) -> None:
    html = content(texts, sign)
    fast = CHECKLISTS.in_place(html, post(texts, share=can_share), str)
    other = CHECKLISTS.in_place(html, post({"items": texts}, share=can_share), str)
    assert fast == other
    assert fast[1]
    assert len(parse(fast[0]).select("[data-anp-item]")) == len(texts)


@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, min_size=1, max_size=5))
def test_the_ids_told_are_those_on_the_page(texts: list[str], listed: list[str]) -> None:
    html = content(listed)
    one = post(texts)
    placed, is_there = CHECKLISTS.in_place(html, one, str)
    placed += "" if is_there else str(CHECKLISTS.html(one, str))
    boxes = [str(box["data-anp-item"]) for box in parse(placed).select("[data-anp-item]")]
    assert sorted(boxes) == sorted(CHECKLISTS.ids(html, one))


@pytest.mark.parametrize("heading", ["To do &amp; done", "TO  DO\n&amp; DONE", "Checklist"])
def test_headings(heading: str) -> None:
    html = f"<h3 class=x>{heading}</h3><ul class='y' id=z><li>a</li></ul>"
    placed, is_there = CHECKLISTS.in_place(html, post(["a"]), str)
    assert is_there
    assert parse(placed).find("ul")["id"] == "z"
    assert parse(placed).find("ul")["class"] == ["anp-checklist__items"]
