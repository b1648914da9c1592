"""Search: words of the body are found, words of the box are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.neighbours.sites import BODY_ONLY, BOX_ONLY, DOCS, POST, build

MARKED = POST.replace("## A section", "<!-- anp:meta_box -->\n\n## A section")
SEARCHES: dict[str, tuple[str, Any]] = {
    "material": ("search", {"name": "material", "font": False}),
    "mkdocs": ("search", "mkdocs"),
    "readthedocs": ("search", "readthedocs"),
    "material in anp": ("material/search", {"name": "anp", "font": False}),
}


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("position", ["start", "end", "marker"])
@pytest.mark.parametrize("name", SEARCHES)
def test_words_of_the_box_are_not_indexed(
    name: str, position: str, first: bool, tmp_path: Path
) -> None:
    search, theme = SEARCHES[name]
    ours = {"anp": {"meta_box": {"position": position}}}
    docs = {**DOCS, "post.md": MARKED if position == "marker" else POST}

    site = build(
        tmp_path / "site", [ours, search] if first else [search, ours], docs=docs, theme=theme
    )

    assert site.status == 0, site.log
    index = site.json("search/search_index.json")
    texts = " ".join(f"{entry['title']} {entry['text']}" for entry in index["docs"])
    assert BODY_ONLY in texts
    assert BOX_ONLY not in texts
    assert "Post meta" not in texts
    assert "Last reviewed" not in texts
    assert BOX_ONLY in site.box("post/index.html").get_text()
    assert not any("anp" in entry["location"] for entry in index["docs"])


def test_mkdocs_own_search_in_theme_anp_indexes_no_box_and_is_warned_of(tmp_path: Path) -> None:
    """With this theme `search` means MkDocs' own, and Material shows no search box."""
    site = build(tmp_path / "site", ["search", "anp"], theme={"name": "anp", "font": False})

    assert site.status == 0, site.log
    assert BODY_ONLY in site.text("search/search_index.json")
    assert BOX_ONLY not in site.text("search/search_index.json")
    assert len(site.warnings) == 1
    assert "material/search" in site.warnings[0]
