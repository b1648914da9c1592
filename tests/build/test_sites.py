"""The promises of the contract, on real sites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.exceptions import Abort, ConfigurationError

from tests.build.conftest import Build

POST = """---
post_meta: {topic: caches, difficulty: expert, reading_time: 6, score: {quality: 97},
  revision: {status: reviewed, version: 1.10, last_reviewed: 2018-06-23}}
---
# A post

Text.
"""
SEED = Path(__file__).parents[2] / "docs" / "posts" / "background-jobs-nextjs.md"


def test_every_value_of_the_seed_page_stands_under_its_name(build_site: Build) -> None:
    source = SEED.read_text(encoding="utf-8")
    box = build_site({"docs/a.md": source.replace("](img/", "](x")}).box("a/index.html")
    assert box is not None
    meta = yaml.safe_load(source.split("---\n")[1])["post_meta"]
    assert len(meta) == 20

    def text(path: str) -> str:
        return box.find(attrs={"data-anp-field": path}).get_text(" ", strip=True)

    for key in ("topic", "summary", "ai_brief", "code_language", "difficulty", "reference", "hash"):
        assert text(key) == meta[key]
    for key in ("stack", "tools", "checklist", "notes"):
        items = box.find(attrs={"data-anp-field": key}).find_all("li")
        assert [item.get_text() for item in items] == meta[key]
    for key in ("ai_outline", "payload"):
        for name, value in meta[key].items():
            assert text(f"{key}.{name}") == str(value)
    for key in ("entities", "image_sources"):
        for index, item in enumerate(meta[key]):
            for name, value in item.items():
                assert text(f"{key}.{index}.{name}") == value
    for name, value in meta["flags"].items():
        assert text(f"flags.{name}") == ("yes" if value else "no")
    for name, value in meta["score"].items():
        assert box.find(attrs={"data-anp-field": f"score.{name}"}).meter["value"] == str(value)
        assert text(f"score.{name}").startswith(str(value))
    assert text("reading_time") == "6 min"
    assert text("view_count") == "323,070"
    assert text("revision.status") == "reviewed"
    assert text("revision.version") == "1.9.8"
    reviewed = box.find(attrs={"data-anp-field": "revision.last_reviewed"}).time
    assert reviewed["datetime"] == "2018-06-23"


@pytest.mark.parametrize("theme", ["material", "anp", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("use_directory_urls", [True, False])
@pytest.mark.parametrize("custom", [False, True])
def test_themes(build_site: Build, theme: str, use_directory_urls: bool, custom: bool) -> None:
    files = {"docs/sub/a.md": POST, "docs/b.md": "# No post\n"}
    settings: dict[str, object] = {"name": theme}
    if custom:
        files["overrides/partials/anp/glance.html"] = "<p>MINE {{ items }}</p>"
        files["overrides/assets/anp/anp.css"] = "/* mine */"
        settings["custom_dir"] = "overrides"
    site = build_site(files, theme=settings, use_directory_urls=use_directory_urls)
    path = "sub/a/index.html" if use_directory_urls else "sub/a.html"
    assert site.box(path) is not None
    assert site.box("b/index.html" if use_directory_urls else "b.html") is None
    assert ("MINE" in site.raw(path)) is custom
    assert (site.raw("assets/anp/anp.css") == "/* mine */") is custom
    links = [link["href"] for link in site.page(path).find_all("link", href=True)]
    assert ("../../" if use_directory_urls else "../") + "assets/anp/anp.css" in links
    scripts = site.page(path).find_all("script", src=lambda src: src and "anp.js" in src)
    assert [script.has_attr("defer") for script in scripts] == [True]


def test_pages_without_meta_stay_as_they_are(build_site: Build) -> None:
    files = {"docs/a.md": "---\ntags: [x]\n---\n# A\n\n<!-- anp:meta_box -->\n\n    code\n"}
    ours = build_site(files).raw("a/index.html")
    plain = build_site(files, plugins=[]).raw("a/index.html")
    lines = [line for line in ours.splitlines() if "assets/anp/anp." not in line]
    assert [line for line in lines if line.strip()] == [
        line for line in plain.splitlines() if line.strip()
    ]


def test_the_wrong_search_is_named(build_site: Build) -> None:
    theme = {"name": "anp"}
    wrong = build_site({}, theme=theme, plugins=["search", "anp"]).warnings
    assert [message for message in wrong if "material/search" in message]
    assert not build_site({}, theme=theme, plugins=["material/search", "anp"]).warnings
    assert not build_site({}, theme="material", plugins=["search", "anp"]).warnings


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"meta_bx": {}}, "meta_bx"),
        ({"meta_box": {"positon": "end"}}, "positon"),
        ({"meta_box": {"position": "top"}}, "position"),
        ({"posts": "posts/**"}, "posts"),
        ({"posts": ["posts/**", "!"]}, "'posts': '!' is no pattern"),
        ({"posts": ["[z-a].md"]}, "'posts': '[z-a].md' is no pattern"),
        ({"enabled": "yes"}, "enabled"),
        ({"meta_box": "end"}, "'meta_box'"),
        ({"meta_box": 0}, "'meta_box'"),
        ({"labels": "topic"}, "'labels'"),
        ({"labels": {True: "Ja"}}, "'labels'"),
    ],
)
def test_a_wrong_option_stops_the_build(
    build_site: Build, caplog: pytest.LogCaptureFixture, options: dict[str, object], name: str
) -> None:
    with pytest.raises((Abort, ConfigurationError)):
        build_site({}, options)
    assert name in caplog.text


@pytest.mark.parametrize("position", ["start", "end", "marker"])
def test_position(build_site: Build, position: str) -> None:
    body = POST + "\nLast.\n"
    page = build_site({"docs/a.md": body}, {"meta_box": {"position": position}}).page(
        "a/index.html"
    )
    article = page.find("article")
    order = [
        tag.get("data-anp") or tag.get_text()
        for tag in article.find_all(["h1", "p", "aside", "ul"], recursive=False)
    ]
    order = [name for name in order if name in ("glance", "meta_box", "Last.")]
    expected = {
        "start": ["glance", "meta_box", "Last."],
        "end": ["glance", "Last.", "meta_box"],
        "marker": ["glance", "Last."],
    }
    assert order == expected[position]


def test_a_marker_wins_and_code_does_not_count(build_site: Build) -> None:
    text = POST + "\n```\n<!-- anp:meta_box -->\n```\n\n<!-- anp:meta_box -->\n\nLast.\n"
    page = build_site({"docs/a.md": text}).page("a/index.html")
    aside = page.find("aside", attrs={"data-anp": "meta_box"})
    assert aside.find_next_sibling("p").get_text() == "Last."
    assert "<!-- anp:meta_box -->" in page.find("pre").get_text()


def test_a_template_places_the_box_and_errors_pages_build(build_site: Build) -> None:
    main = '{% extends "base.html" %}{% block content %}{{ super() }}<div id="mine">'
    main += "{{ anp.meta_box }}{% if anp.post %}{{ anp.post.fields.topic | e }}{% endif %}"
    main += "</div>{% endblock %}"
    site = build_site(
        {"docs/a.md": POST, "overrides/main.html": main},
        {"meta_box": {"position": "template"}},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    box = site.box("a/index.html")
    assert box is not None
    assert box.parent["id"] == "mine"
    assert "caches" in box.parent.get_text()
    assert (site.directory / "site" / "404.html").is_file()


def test_posts_patterns_and_meta_key(build_site: Build) -> None:
    files = {"docs/posts/a.md": POST, "docs/posts/index.md": POST, "docs/other.md": POST}
    site = build_site(files, {"posts": ["posts/**", "!posts/index.md"]})
    assert site.box("posts/a/index.html") is not None
    assert site.box("posts/index.html") is None
    assert site.box("other/index.html") is None
    top = "---\ntopic: caches\ntags: [x]\n---\n# A\n"
    box = build_site({"docs/a.md": top}, {"meta_key": ""}).box("a/index.html")
    assert [row["data-anp-field"] for row in box.find_all("dd")] == ["topic"]


@pytest.mark.parametrize("setting", ["false", "{meta_box: false}", "{meta_box: {enabled: false}}"])
def test_a_page_switches_its_box_off(build_site: Build, setting: str) -> None:
    text = POST.replace("---\n# A", f"anp: {setting}\n---\n# A")
    site = build_site({"docs/a.md": text})
    assert "data-anp=" not in site.raw("a/index.html")
    assert not site.warnings


@pytest.mark.parametrize(
    ("language", "title", "day"),
    [
        ("en", "Post meta", "Jun 23, 2018"),
        ("de", "Metadaten des Beitrags", "23.06.2018"),
        ("fr", "Métadonnées de l’article", "23 juin 2018"),
        ("es", "Metadatos de la publicación", "23 jun 2018"),
        ("pt-BR", "Metadados do artigo", "23 de jun. de 2018"),
        ("ja", "記事のメタ情報", "2018/06/23"),
        ("zh", "文章元数据", "2018年6月23日"),
        ("ar", "بيانات المقال", None),
        ("zh-TW", "Post meta", "2018年6月23日"),
        ("zh-Hant", "Post meta", "2018年6月23日"),
        ("it", "Post meta", "23 giu 2018"),
    ],
)
def test_languages(build_site: Build, language: str, title: str, day: str | None) -> None:
    theme = {"name": "material", "language": language}
    site = build_site({"docs/a.md": POST}, theme=theme)
    box = site.box("a/index.html")
    assert box is not None
    assert box.h2.get_text() == title
    reviewed = box.find(attrs={"data-anp-field": "revision.last_reviewed"})
    assert day is None or reviewed.get_text() == day
    assert (site.page("a/index.html").body.get("dir") == "rtl") is (language == "ar")


def test_labels_of_the_site_win(build_site: Build) -> None:
    labels = {"topic": "Subject <b>", "difficulty.expert": "for experts"}
    box = build_site({"docs/a.md": POST}, {"labels": labels}).box("a/index.html")
    assert box.dt.get_text() == "Subject <b>"
    assert box.find(attrs={"data-anp-field": "difficulty"}).get_text() == "for experts"


@pytest.mark.parametrize(
    ("meta", "field"),
    [
        ("3", "post_meta"),
        ("[a, b]", "post_meta"),
        ("text", "post_meta"),
        ("{1: x}", "post_meta.1"),
        ("{score: {quality: .nan}}", "post_meta.score.quality"),
        ("{score: {quality: .inf}}", "post_meta.score.quality"),
        ("{revision: {last_reviewed: yesterday}}", "post_meta.revision.last_reviewed"),
        ('{revision: {last_reviewed: "2018-13-01"}}', "post_meta.revision.last_reviewed"),
        ('{image_sources: [{url: "javascript:alert(1)"}]}', "post_meta.image_sources.0.url"),
        ("{payload: " + "{a: " * 50 + "x" + "}" * 51, "post_meta.payload"),
        (f"{{summary: {'x' * 900_000}}}", "post_meta.summary"),
    ],
    ids=lambda value: value[:30],
)
def test_bad_input(build_site: Build, meta: str, field: str) -> None:
    site = build_site({"docs/a.md": f"---\npost_meta: {meta}\n---\n# A\n\nKept.\n"})
    assert "Kept." in site.page("a/index.html").get_text()
    assert not site.page("a/index.html").find_all("a", href=lambda href: "javascript" in href)
    assert len(site.warnings) == 1
    start = rf"docs/a\.md(?::2:\d+)?: warning\[[\w-]+\] {re.escape(field)}[.\w]*: "
    assert re.search(start, site.warnings[0])
    assert len(site.warnings[0]) < 700


def test_no_value_is_no_problem(build_site: Build) -> None:
    site = build_site({"docs/a.md": "---\npost_meta: null\n---\n# A\n"})
    assert not site.warnings
    assert site.box("a/index.html") is None


def test_strict_builds_fail_on_our_warnings(build_site: Build) -> None:
    with pytest.raises(Abort):
        build_site({"docs/a.md": "---\npost_meta: 3\n---\n# A\n"}, strict=True)


def test_building_again_links_nothing_twice(build_site: Build) -> None:
    site = build_site({"docs/a.md": POST})
    build(site.config)
    assert site.raw("a/index.html").count("assets/anp/anp.css") == 1
    assert site.box("a/index.html") is not None


@pytest.mark.parametrize(
    "options", [{"meta_box": None}, {"labels": None}, {"meta_box": True}, {"posts": None}]
)
def test_a_group_with_nothing_behind_it_is_the_default(
    build_site: Build, options: dict[str, object]
) -> None:
    site = build_site({"docs/a.md": POST}, options)
    assert site.raw("a/index.html") == build_site({"docs/a.md": POST}).raw("a/index.html")
    assert not site.warnings


def test_a_group_that_is_false_is_switched_off(build_site: Build) -> None:
    site = build_site({"docs/a.md": POST}, {"meta_box": False})
    assert "data-anp=" not in site.raw("a/index.html")
    assert not site.warnings


def test_the_plugin_listed_twice_stops_the_build(
    build_site: Build, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Abort):
        build_site({"docs/a.md": POST}, plugins=["anp", {"anp": {"labels": {"topic": "x"}}}])
    assert "'anp' is listed twice" in caplog.text


def test_a_second_plugin_that_is_switched_off_does_no_harm(build_site: Build) -> None:
    site = build_site({"docs/a.md": POST}, plugins=["anp", {"anp": {"enabled": False}}])
    assert site.box("a/index.html") is not None


MARKER = "<!-- anp:meta-box -->"
EXTENSIONS = [
    "admonition",
    "md_in_html",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"Before.\n{MARKER}\nAfter.", "article"),
        (f"- Item\n\n    {MARKER}\n\n- Item", "li"),
        (f"- {MARKER}\n- Item", "li"),
        (f"!!! note\n\n    {MARKER}\n", ".admonition"),
        (f'=== "One"\n\n    {MARKER}\n\n=== "Two"\n\n    Text.', ".tabbed-block"),
        (f'<div markdown="1" class="mine">\n\nText.\n\n{MARKER}\n\n</div>', ".mine"),
        (f'<div class="mine">{MARKER}</div>', ".mine"),
        (f"Write {MARKER} there.", None),
        (f"<!-- Not now:\n{MARKER}\n", None),
        (f"# Title {MARKER}", None),
    ],
)
def test_where_a_marker_of_the_markdown_counts(
    build_site: Build, text: str, place: str | None
) -> None:
    site = build_site(
        {"docs/a.md": f"{POST}\n{text}\n"},
        {"meta_box": {"position": "marker"}},
        markdown_extensions=EXTENSIONS,
    )
    box = site.box("a/index.html")
    assert (MARKER in site.raw("a/index.html")) is (place is None)
    if place is None:
        assert box is None
    else:
        assert box is not None
        assert box.parent in site.page("a/index.html").select(place)
