"""What a site's own `custom_dir` and templates may change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.build.conftest import Build

POST = "---\npost_meta: {topic: caches, difficulty: expert}\n---\n# A post\n\nText.\n"
OWN_DIR = {"name": "material", "custom_dir": "overrides"}


OWN_BOX = """
<aside data-anp="meta_box"><b>{{ title }}</b>
{% for key, heading, rows in groups %}{{ rows }}{% endfor %}</aside>
"""
OWN_ROW = (
    "<section>{{ field }}={{ value }}"
    "{% if entries %} ({{ entries }}, once more {{ value }}){% endif %}</section>"
)


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_own_meta_box_needs_no_escaping(build_site: Build, theme: str) -> None:
    site = build_site(
        {
            "docs/a.md": POST.replace("caches", "<b>&amp;"),
            "overrides/partials/anp/meta_box.html": OWN_BOX,
            "overrides/partials/anp/meta_box_row.html": OWN_ROW,
        },
        theme={"name": theme, "custom_dir": "overrides"},
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [bold.get_text() for bold in box.find_all("b")] == ["Post meta"]
    rows = [row.get_text() for row in box.find_all("section")]
    assert rows == ["topic=<b>&amp;", "difficulty=expert"]


def test_own_row_of_a_folded_value_has_its_number(build_site: Build) -> None:
    site = build_site(
        {
            "docs/a.md": "---\npost_meta: {notes: [one, two]}\n---\n# A post\n",
            "overrides/partials/anp/meta_box_row.html": OWN_ROW,
        },
        theme=OWN_DIR,
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [" ".join(row.get_text(" ").split()) for row in box.find_all("section")] == [
        "notes= one two (2, once more one two )"
    ]


def test_own_item_of_the_glance_line(build_site: Build) -> None:
    site = build_site(
        {
            "docs/a.md": POST,
            "overrides/partials/anp/glance_row.html": "<li>{{ label }}: {{ value }}</li>",
        },
        theme=OWN_DIR,
    )
    glance = site.page("a/index.html").find(attrs={"data-anp": "glance"})
    assert glance is not None
    assert [item.get_text() for item in glance.find_all("li")] == [
        "Difficulty: expert",
        "Topic: caches",
    ]


def test_own_language_file_needs_only_what_it_changes(build_site: Build) -> None:
    labels = '{% set labels = {"topic": "Sujet", "meta_box.title": "Fiche"} %}'
    site = build_site(
        {"docs/a.md": POST, "overrides/partials/anp/languages/de.html": labels},
        theme={**OWN_DIR, "language": "de"},
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [term.get_text() for term in box.select("h2, dt")] == ["Fiche", "Sujet", "Difficulty"]
    assert not site.warnings


def test_own_english_file_needs_only_what_it_changes(build_site: Build) -> None:
    labels = '{% set labels = {"topic": "Subject"} %}'
    site = build_site(
        {"docs/a.md": POST, "overrides/partials/anp/languages/en.html": labels}, theme=OWN_DIR
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [term.get_text() for term in box.select("h2, dt")] == [
        "Post meta",
        "Subject",
        "Difficulty",
    ]


def test_own_language(build_site: Build) -> None:
    labels = '{% set labels = {"topic": "Argomento"} %}'
    site = build_site(
        {"docs/a.md": POST, "overrides/partials/anp/languages/it.html": labels},
        theme={**OWN_DIR, "language": "it"},
    )
    box = site.box("a/index.html")
    assert box is not None
    assert "Argomento" in box.get_text()


def test_a_language_file_without_labels_is_named(build_site: Build) -> None:
    site = build_site(
        {"docs/a.md": POST, "overrides/partials/anp/languages/en.html": "{% set label = {} %}"},
        theme={**OWN_DIR, "language": "de"},
    )
    assert [message for message in site.warnings if "languages/en.html" in message]
    assert site.box("a/index.html") is not None


@pytest.mark.parametrize("asset", ["anp.css", "anp.js"])
def test_own_asset(build_site: Build, asset: str) -> None:
    site = build_site({"docs/a.md": POST, f"overrides/assets/anp/{asset}": "mine"}, theme=OWN_DIR)
    assert site.raw(f"assets/anp/{asset}") == "mine"


def test_an_asset_among_the_docs_wins(build_site: Build) -> None:
    site = build_site({"docs/a.md": POST, "docs/assets/anp/anp.css": "mine"})
    assert site.raw("assets/anp/anp.css") == "mine"


def test_the_stylesheet_comes_before_the_sites_own(build_site: Build) -> None:
    site = build_site({"docs/a.md": POST, "docs/own.css": "x"}, extra_css=["own.css"])
    sheets = [link["href"] for link in site.page("a/index.html").select("link[rel=stylesheet]")]
    ours = sheets.index("../assets/anp/anp.css")
    assert ours < sheets.index("../own.css")


MAIN = (
    '{% extends "base.html" %}{% block content %}<div id="mine">{{ anp.meta_box }}{{ anp.glance }}'
    "</div>{{ super() }}{% endblock %}"
)


def own_template(build_site: Build, text: str, options: dict[str, Any]) -> Any:
    """Return a built site whose template prints the box."""
    files = {"docs/a.md": text, "docs/b.md": "# No post\n", "overrides/main.html": MAIN}
    return build_site(files, {"meta_box": options}, theme=OWN_DIR)


def test_a_template_may_print_everything_on_every_page(build_site: Build) -> None:
    site = own_template(build_site, POST, {"position": "template", "glance": False})
    mine = site.page("a/index.html").find(id="mine")
    assert [part["data-anp"] for part in mine.select("[data-anp]")] == ["meta_box", "glance"]
    assert site.page("b/index.html").find(id="mine").contents == []
    assert site.page("index.html").find(id="mine").contents == []


def test_a_marker_wins_over_the_template(build_site: Build) -> None:
    text = f"{POST}\n<!-- anp:meta_box -->\n"
    site = own_template(build_site, text, {"position": "template"})
    page = site.page("a/index.html")
    assert len(page.select("[data-anp=meta_box]")) == 1
    assert page.find(id="mine").select("[data-anp=meta_box]") == []


def test_a_page_that_is_switched_off_gives_the_template_nothing(build_site: Build) -> None:
    text = POST.replace("---\n# A", "anp: false\n---\n# A")
    site = own_template(build_site, text, {"position": "template"})
    assert site.page("a/index.html").find(id="mine").contents == []
    assert site.box("a/index.html") is None


SHOUTING_HOOK = """
def on_env(env, **kwargs):
    env.filters["shout"] = lambda text: text.upper() + "!"
"""


def test_own_partials_may_use_the_filters_of_a_hook(build_site: Build) -> None:
    site = build_site(
        {
            "docs/a.md": POST,
            "hook.py": SHOUTING_HOOK,
            "overrides/partials/anp/meta_box.html": OWN_BOX.replace("title", "title | shout"),
        },
        theme=OWN_DIR,
        hooks=["hook.py"],
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [bold.get_text() for bold in box.find_all("b")] == ["POST META!"]


@pytest.mark.parametrize("glance", [True, False])
def test_the_template_alone_places_the_glance_line(build_site: Build, glance: bool) -> None:
    site = own_template(build_site, POST, {"position": "template", "glance": glance})
    glances = site.page("a/index.html").select("[data-anp=glance]")
    assert [glance.parent["id"] for glance in glances] == ["mine"]


def test_a_label_that_is_no_text_is_named_and_not_used(build_site: Build) -> None:
    labels = '{% set labels = {"topic": 5, "difficulty": "Niveau", 7: "x"} %}'
    site = build_site(
        {"docs/a.md": POST, "overrides/partials/anp/languages/it.html": labels},
        theme={**OWN_DIR, "language": "it"},
    )
    box = site.box("a/index.html")
    assert box is not None
    assert [term.get_text() for term in box.select("dt")] == ["Topic", "Niveau"]
    assert ["languages/it.html" in message for message in site.warnings] == [True, True]
    assert "'topic'" in site.warnings[0]
    assert "7" in site.warnings[1]
