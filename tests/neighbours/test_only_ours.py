"""Beside every neighbour: nothing differs but our parts, and the post has its box."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.neighbours.sites import (
    BOX_ONLY,
    DOCS,
    PLAIN,
    POST,
    PRIVACY,
    assert_only_our_parts_differ,
    build_both,
)

FEATURES = ["navigation.instant", "navigation.instant.prefetch", "navigation.tabs", "toc.integrate"]
FEED = {
    "use_git": False,
    "date_from_meta": {"as_creation": "date", "as_update": "date"},
    "abstract_chars_count": -1,
}

# Each: the plugins, and further settings of the site.
NEIGHBOURS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    # MkDocs itself and its themes.
    "nothing": ([], {}),
    "search of mkdocs": (["search"], {"theme": "mkdocs"}),
    "search in readthedocs": (["search"], {"theme": "readthedocs"}),
    "no directory urls": (["search"], {"use_directory_urls": False}),
    # Material's own.
    "material search": (["search"], {}),
    "material tags": (
        ["tags"],
        {"docs": {**DOCS, "tags.md": "# Tags\n\n<!-- material/tags -->\n"}},
    ),
    "material meta": (
        ["meta"],
        {"docs": {**DOCS, ".meta.yml": "tags: [x]\n", "more.md": PLAIN}},
    ),
    "material offline": (["search", "offline"], {}),
    "material group": ([{"group": {"enabled": True, "plugins": ["search", "tags"]}}], {}),
    "material typeset": (["typeset"], {}),
    "material privacy": (
        [{"privacy": PRIVACY}],
        {"docs": {**DOCS, "post.md": POST + "<https://a.example>\n"}},
    ),
    "instant navigation": (
        ["search"],
        {"theme": {"name": "material", "font": False, "features": FEATURES}},
    ),
    # Others'.
    "rss": ([{"rss": FEED}], {}),
    "glightbox": (["glightbox"], {}),
    "macros": (["macros"], {}),
    "minify": ([{"minify": {"minify_html": True}}], {}),
    "awesome-nav": (
        ["awesome-nav"],
        {"docs": {**DOCS, ".nav.yml": "nav:\n  - post.md\n  - Start: index.md\n"}},
    ),
    "several": (
        ["search", "tags", "meta", "macros", "glightbox", {"rss": FEED}, "awesome-nav"],
        {"theme": {"name": "material", "font": False, "features": FEATURES}},
    ),
    "several, theme anp": (
        ["material/search", "material/tags", "material/meta", "macros", "glightbox"],
        {"theme": {"name": "anp", "font": False, "features": FEATURES}},
    ),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_only_our_parts_differ(name: str, tmp_path: Path) -> None:
    plugins, config = NEIGHBOURS[name]

    site, without = build_both(tmp_path, plugins, **config)

    assert_only_our_parts_differ(site, without)
    post = "post/index.html" if "post/index.html" in site.files else "post.html"
    assert site.pages_with_our_parts() == {post}
    assert site.fields(post)["topic"] == f"{BOX_ONLY} topic"
    assert site.fields(post)["revision.version"] == "1.10"
