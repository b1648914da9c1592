"""mkdocs-static-i18n: one build per language, each with the labels of its language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.neighbours.sites import (
    BODY_ONLY,
    BOX_ONLY,
    DOCS,
    PICTURE,
    PLAIN,
    POST,
    assert_only_our_parts_differ,
    build,
    build_both,
)

GERMAN = POST.replace("# A post", "# Ein Beitrag").replace("version: 1.10", "version: 2.20")
SUFFIX = {**DOCS, "post.de.md": GERMAN, "only.md": POST.replace("# A post", "# Only English")}
FOLDER = {
    **{f"en/{path}": text for path, text in DOCS.items() if path.endswith(".md")},
    "de/index.md": PLAIN,
    "de/post.md": GERMAN,
    "en/img/picture.svg": PICTURE,
    "de/img/picture.svg": PICTURE,
}
LANGUAGES = [
    {"locale": "en", "default": True, "name": "English", "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
]


both_structures = pytest.mark.parametrize(
    ("structure", "docs"), [("suffix", SUFFIX), ("folder", FOLDER)], ids=["suffix", "folder"]
)


def i18n(structure: str, **options: Any) -> dict[str, Any]:
    """Return the plugin with two languages."""
    return {"i18n": {"docs_structure": structure, "languages": LANGUAGES, **options}}


@both_structures
def test_labels_and_numbers_are_in_the_language_of_each_page(
    structure: str, docs: dict[str, str], tmp_path: Path
) -> None:
    site = build(tmp_path / "site", ["search", i18n(structure), "anp"], docs=docs)

    assert site.status == 0, site.log
    english, german = site.box("post/index.html"), site.box("de/post/index.html")
    assert english.select_one("h2").get_text() == "Post meta"  # type: ignore[union-attr]
    assert german.select_one("h2").get_text() != "Post meta"  # type: ignore[union-attr]
    assert "Schwierigkeit" in german.get_text()
    assert site.fields("post/index.html")["view_count"] == "323,070"
    assert site.fields("de/post/index.html")["view_count"] == "323.070"
    assert site.fields("post/index.html")["revision.version"] == "1.10"
    assert site.fields("de/post/index.html")["revision.version"] == "2.20"


@both_structures
def test_assets_are_linked_once_and_nothing_else_differs(
    structure: str, docs: dict[str, str], tmp_path: Path
) -> None:
    site, without = build_both(tmp_path, ["search", i18n(structure)], docs=docs)

    assert_only_our_parts_differ(site, without)
    assert BODY_ONLY in site.text("search/search_index.json")
    assert BOX_ONLY not in site.text("search/search_index.json")
    for path in (path for path in site.files if path.endswith(".html")):
        page = site.page(path)
        assert len(page.select('link[href*="assets/anp/anp.css"]')) == 1, path
        assert len(page.select('script[src*="assets/anp/anp.js"]')) == 1, path


def test_a_page_without_translation_has_a_box_in_the_other_language(tmp_path: Path) -> None:
    site = build(tmp_path / "site", [i18n("suffix"), "anp"], docs=SUFFIX)

    assert site.status == 0, site.log
    assert "Schwierigkeit" in site.box("de/only/index.html").get_text()
    assert site.fields("de/only/index.html")["revision.version"] == "1.10"


def test_our_plugin_may_come_first(tmp_path: Path) -> None:
    first = build(tmp_path / "first", ["anp", i18n("suffix")], docs=SUFFIX)
    last = build(tmp_path / "last", [i18n("suffix"), "anp"], docs=SUFFIX)

    assert first.status == last.status == 0, first.log
    for path in ("post/index.html", "de/post/index.html"):
        assert str(first.box(path)) == str(last.box(path))


def test_assets_that_minify_renamed_are_linked_once(tmp_path: Path) -> None:
    """The same config is used for each language, and minify changes its assets on the way."""
    minify = {
        "minify": {
            "minify_css": True,
            "minify_js": True,
            "css_files": ["assets/anp/anp.css"],
            "js_files": ["assets/anp/anp.js"],
        }
    }
    site = build(tmp_path / "site", [i18n("suffix"), "anp", minify], docs=SUFFIX)

    assert site.status == 0, site.log
    for path in ("post/index.html", "de/post/index.html"):
        page = site.page(path)
        assert len(page.select('link[href*="assets/anp/"]')) == 1, path
        assert len(page.select('script[src*="assets/anp/"]')) == 1, path
