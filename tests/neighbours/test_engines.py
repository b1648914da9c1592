"""ProperDocs builds the same pages as MkDocs, with the same installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.neighbours.sites import DOCS, POST, build

# ProperDocs does not bring MkDocs' two own themes.
THEMES = ["material", "anp"]


@pytest.mark.parametrize("name", THEMES)
def test_properdocs_makes_the_same_box(name: str, tmp_path: Path) -> None:
    theme = {"name": name, "font": False}
    search = "material/search" if name == "anp" else "search"
    docs = {**DOCS, "marked.md": POST.replace("## A section", "<!-- anp:meta_box -->")}

    mkdocs = build(tmp_path / "mkdocs", [search, "anp"], docs=docs, theme=theme)
    properdocs = build(
        tmp_path / "properdocs", [search, "anp"], docs=docs, theme=theme, engine="properdocs"
    )

    assert mkdocs.status == properdocs.status == 0, properdocs.log
    assert properdocs.warnings == mkdocs.warnings == []
    for path in ("post/index.html", "marked/index.html"):
        assert str(properdocs.box(path)) == str(mkdocs.box(path))
        ours = "[data-anp=glance], link[href*='assets/anp/'], script[src*='assets/anp/']"
        assert [str(part) for part in properdocs.page(path).select(ours)] == [
            str(part) for part in mkdocs.page(path).select(ours)
        ]
    assert properdocs.pages_with_our_parts() == {"post/index.html", "marked/index.html"}
    assert properdocs.text("search/search_index.json") == mkdocs.text("search/search_index.json")
    assert properdocs.files >= {"assets/anp/anp.css", "assets/anp/anp.js"}


def test_properdocs_reports_bad_values_the_same_way(tmp_path: Path) -> None:
    docs = {**DOCS, "bad.md": "---\npost_meta: {reading_time: soon}\n---\n# Bad\n"}

    mkdocs = build(tmp_path / "mkdocs", ["anp"], docs=docs)
    properdocs = build(tmp_path / "properdocs", ["anp"], docs=docs, engine="properdocs")

    assert mkdocs.status == properdocs.status == 0
    assert len(mkdocs.warnings) == 1
    assert "bad.md" in mkdocs.warnings[0]
    assert "reading_time" in mkdocs.warnings[0]
    assert properdocs.warnings == mkdocs.warnings
