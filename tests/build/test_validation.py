"""Validation in real builds: saved pages, levels, and one report of all problems."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from tests.build.conftest import Build, Site
from tests.neighbours.sites import Built, build

MATERIAL = {"name": "material", "font": False}
FRONT = "title: The title\ntags: [queues]\npost_meta: {topic: keptword}\n"
BODY = "\nBodyword.\n"

# Front matter that MkDocs loses, with the words of it that must stand nowhere on the site.
LOST = {
    "colon": (f"---\n{FRONT}other: rawword: x\n---\n{BODY}", "unreadable"),
    "tab": (f"---\n{FRONT}other:\n\trawword: x\n---\n{BODY}", "unreadable"),
    "impossible": (f"---\n{FRONT}rawword: 2018-02-30\n---\n{BODY}", "unreadable"),
    "quote": (f'---\n{FRONT}other: "rawword\n---\n{BODY}', "unreadable"),
    "fence": (f"---\n{FRONT}other: rawword\n{BODY}", "no-closing-fence"),
    "end": (f"---\n{FRONT}other: rawword\n---", "no-newline-after-fence"),
    "blank": (f"\n---\n{FRONT}other: rawword\n---\n{BODY}", "text-before-fence"),
    "toml": (
        '+++\ntitle = "The title"\ntags = ["queues"]\nother = "rawword"\n'
        f'[post_meta]\ntopic = "keptword"\n+++\n{BODY}',
        "toml",
    ),
    "list": (
        "---\n- title: The title\n- tags: [queues]\n- post_meta: {topic: keptword}\n"
        f"- other: rawword\n---\n{BODY}",
        "not-a-mapping",
    ),
}
MACRO = '\nMacro says {{ title }} and {{ "rawword" if other is defined and other == 0 }}.\n'


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Built:
    docs = {"index.md": "# Home\n", "tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    docs |= {f"team/{name}.md": text for name, (text, _) in LOST.items()}
    docs["team/macro.md"] = LOST["colon"][0] + MACRO
    docs["team/.meta.yml"] = "description: From the team\n"
    plugins = ["search", "meta", "tags", {"macros": {"on_undefined": "strict"}}, "anp"]
    directory = tmp_path_factory.mktemp("lost") / "site"
    return build(directory, plugins, docs=docs, theme=MATERIAL, strict=True)


@pytest.mark.parametrize("name", LOST)
def test_a_lost_page_is_saved(lost: Built, name: str) -> None:
    page = lost.page(f"team/{name}/index.html")
    assert page.title is not None
    assert page.title.get_text() == "The title - Neighbours"
    assert page.select_one("h1").get_text() == "The title"  # type: ignore[union-attr]
    active = page.select_one(".md-nav__item--active .md-nav__link--active .md-ellipsis")
    assert active is not None
    assert active.get_text().strip() == "The title"
    assert lost.fields(f"team/{name}/index.html")["topic"] == "keptword"
    assert [tag.get_text().strip() for tag in page.select("article .md-tag")] == ["queues"]
    description = page.select_one("meta[name=description]")
    assert description is not None
    assert description["content"] == "From the team"
    assert ("Bodyword." in page.get_text()) == (name != "end")


def test_raw_front_matter_stands_nowhere(lost: Built) -> None:
    for path in lost.files:
        if path.endswith((".html", ".json", ".xml")):
            assert "rawword" not in lost.text(path), path
    assert "keptword" not in lost.text("search/search_index.json")
    assert lost.text("search/search_index.json").count("Bodyword.") == len(LOST)  # not "end"


def test_other_plugins_see_what_was_saved(lost: Built) -> None:
    assert "Macro says The title and ." in lost.page("team/macro/index.html").get_text()
    listed = lost.page("tags/index.html").select("article li a")
    assert len(listed) == len(LOST) + 1


def test_a_strict_build_fails_after_one_report_of_all_pages(lost: Built) -> None:
    assert lost.status == 1
    told = re.findall(r"docs/team/(\w+)\.md:\d+:\d+: warning\[([\w-]+)\]", lost.log)
    names = sorted([*((name, code) for name, (_, code) in LOST.items()), ("macro", "unreadable")])
    assert told == names
    assert f"front matter: {len(names)} warnings in {len(names)} files" in lost.log
    assert f"Aborted with {len(names)} warnings in strict mode!" in lost.log


# Material is not stopped

STOPS = {
    "icon": ("icon: material/rocket-lunch", "unknown-icon"),
    "search": ("search: exclude", "wrong-search"),
    "tags": ("tags: queues, caches", "wrong-tags"),
    "tag": ("tags: [queues, null]", "wrong-tags"),
}
STOP_DOCS = {"index.md": "# Home\n"} | {
    f"{name}.md": f"---\ntitle: T\n{line}\n---\n{BODY}" for name, (line, _) in STOPS.items()
}


@pytest.mark.parametrize("plugins", [["search", "tags"], ["search"]], ids=["tags", "no tags"])
def test_material_goes_on(plugins: list[str], tmp_path: Path) -> None:
    site = build(tmp_path / "site", [*plugins, "anp"], docs=STOP_DOCS)
    assert site.status == 0, site.log
    told = re.findall(r"docs/(\w+)\.md:\d+:\d+: warning\[([\w-]+)\]", site.log)
    assert told == sorted((name, code) for name, (_, code) in STOPS.items())
    for name in STOPS:
        assert "Bodyword." in site.page(f"{name}/index.html").get_text()
    index = site.text("search/search_index.json")
    assert '"location":"search/"' not in index
    assert '"location":"icon/"' in index
    tags = [tag.get_text().strip() for tag in site.page("tags/index.html").select(".md-tag")]
    assert sorted(tags) == (["caches", "queues"] if "tags" in plugins else [])


@pytest.mark.parametrize("name", STOPS)
def test_material_stops_without_us(name: str, tmp_path: Path) -> None:
    """Were it not so, the messages of ours would be wrong."""
    docs = {path: text for path, text in STOP_DOCS.items() if path in ("index.md", f"{name}.md")}
    assert build(tmp_path / "site", ["search", "tags"], docs=docs).status != 0


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes_need_none_of_it(theme: str, tmp_path: Path) -> None:
    site = build(tmp_path / "site", ["search", "anp"], docs=STOP_DOCS, theme={"name": theme})
    assert site.status == 0, site.log
    assert site.warnings == []


# Levels

BAD = "---\npost_meta: {view_count: -5, dificulty: beginner}\n---\n# Title\n"
LEVELLED = {"docs/new/a.md": BAD, "docs/old/b.md": BAD}


def levels(site: Site) -> list[str]:
    """Return file, level and code of each warning and error of a build."""
    found = re.findall(r"(\w+)\.md:\d+:\d+: (\w+)\[([\w-]+)\]", "\n".join(site.warnings))
    return [" ".join(parts) for parts in found]


@pytest.mark.parametrize(
    ("validation", "told"),
    [
        (
            {},
            [
                "a warning out-of-range",
                "a warning unknown-field",
                "b warning out-of-range",
                "b warning unknown-field",
            ],
        ),
        (False, []),
        ({"enabled": False}, []),
        ({"level": "off"}, []),
        ({"level": "info"}, []),
        ({"unknown_fields": "off"}, ["a warning out-of-range", "b warning out-of-range"]),
        ({"rules": {"out-of-range": "info", "unknown-field": False}}, []),
        (
            {"rules": {"*": {"paths": ["old/**"], "level": "off"}}},
            ["a warning out-of-range", "a warning unknown-field"],
        ),
        (
            {"level": "off", "rules": {"out-of-range": [{"paths": ["old/"], "level": "warn"}]}},
            ["b warning out-of-range"],
        ),
    ],
)
def test_levels(build_site: Build, validation: Any, told: list[str]) -> None:
    site = build_site(LEVELLED, {"validation": validation}, theme="mkdocs")
    assert levels(site) == told
    assert "-5" in site.raw("new/a/index.html")


@pytest.fixture
def messages() -> Iterator[list[str]]:
    """What is logged as a warning or an error."""
    texts: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            texts.append(record.getMessage())

    handler = Handler(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    yield texts
    logging.getLogger("mkdocs").removeHandler(handler)


@pytest.mark.parametrize(
    "validation",
    [{"level": "error"}, {"rules": {"out-of-range": {"paths": ["old/**"], "level": "error"}}}],
    ids=["all", "one"],
)
def test_an_error_stops_a_build_after_the_report_and_before_any_page(
    build_site: Build, tmp_path: Path, messages: list[str], validation: Mapping[str, Any]
) -> None:
    with pytest.raises(SystemExit):
        build_site(LEVELLED, {"validation": validation}, theme="mkdocs")
    problems = [text for text in messages if re.search(r"\.md:\d+:\d+: ", text)]
    assert len(problems) == 4
    assert any(": error[out-of-range]" in text for text in problems)
    assert "the front matter has problems" in messages[-1]
    assert list(tmp_path.rglob("*.html")) == []


WRONG_FIELD = "---\npost_meta: {view_count: -5}\n---\n# A\n"
WRONG_IMAGE = "---\npost_meta: {topic: x}\n---\n# B\n\n![x](https://a.example/1.png)\n"


@pytest.mark.parametrize(
    ("files", "of", "problems"),
    [
        ({"docs/a.md": WRONG_FIELD}, "front matter", "the front matter has problems"),
        ({"docs/b.md": WRONG_IMAGE}, "images", "the images have problems"),
        (
            {"docs/a.md": WRONG_FIELD, "docs/b.md": WRONG_IMAGE},
            "front matter and images",
            "the front matter and the images have problems",
        ),
    ],
)
def test_the_sum_says_what_is_wrong(
    build_site: Build,
    messages: list[str],
    caplog: pytest.LogCaptureFixture,
    files: dict[str, str],
    of: str,
    problems: str,
) -> None:
    with caplog.at_level(logging.INFO, "mkdocs.plugins"):
        build_site(files, theme="mkdocs")
    counts = f"{len(files)} warning{'s'[: len(files) - 1]} in {len(files)} file"
    assert any(f"mkdocs_anp: {of}: {counts}" in text for text in caplog.messages)
    with pytest.raises(SystemExit):
        build_site(files, {"validation": {"level": "error"}}, theme="mkdocs")
    assert f"mkdocs_anp: {problems}: " in messages[-1]


def test_a_baseline_leaves_only_what_is_new(build_site: Build) -> None:
    known = [
        {"file": "old/b.md", "field": "post_meta.view_count", "code": "out-of-range", "count": 1},
        {"file": "old/b.md", "field": "post_meta.dificulty", "code": "unknown-field", "count": 1},
    ]
    options = {"validation": {"baseline": "known.json", "level": "warn"}}
    files = {**LEVELLED, "known.json": json.dumps({"known": known})}
    assert levels(build_site(files, options, theme="mkdocs")) == [
        "a warning out-of-range", "a warning unknown-field"
    ]  # fmt: skip
    moved = {**files, "docs/old/b.md": BAD.replace("---\npost", "---\ntitle: T\n# comment\npost")}
    assert len(levels(build_site(moved, options, theme="mkdocs"))) == 2
    more = {**files, "docs/old/b.md": BAD.replace("-5", "-5, score: {depth: 900}")}
    assert "b warning out-of-range" in levels(build_site(more, options, theme="mkdocs"))


@pytest.mark.parametrize("text", [None, "no JSON", "[]", '{"known": [{}]}', '{"known": 3}'])
def test_a_baseline_that_cannot_be_used(build_site: Build, text: str | None) -> None:
    files = {} if text is None else {"known.json": text}
    with pytest.raises((PluginError, SystemExit)):
        build_site({**LEVELLED, **files}, {"validation": {"baseline": "known.json"}})


# What concerns the site as a whole

SITE_WIDE = {
    "docs/posts/one.md": "---\npost_meta: {reference: a-1}\n---\n# One\n",
    "docs/posts/two.md": "---\npost_meta: {reference: a-1}\n---\n# Two\n",
    "docs/posts/pins.md": "---\npost_meta: {topic: a}\n"
    "anp: {similar_posts: {pin: [one.md, too.md, ../guides/three.md, two.md#part]}}\n---\n# Pins\n",
    "docs/posts/urls.md": "---\npost_meta:\n  image_sources:\n"
    "    - {url: two.md}\n    - {url: ../none-of-them.md}\n---\n# Urls\n",
    "docs/guides/four.md": "---\ntitle: a <b>bold</b> title\n"
    'description: the "word"\n---\n# Four\n',
    "docs/guides/eaten.md": "Note: read this first\n\nText.\n",
    "docs/guides/off.md": "---\ntitle: a <b>\npost_meta: {view_count: -1}\n"
    "anp: {validation: false}\n---\n# Off\n",
    "docs/posts/three.md": "# Three\n",
}


@pytest.fixture(scope="module")
def whole(build_shared_site: Build) -> Site:
    return build_shared_site(SITE_WIDE)


def about(site: Site, page: str) -> list[str]:
    """Return the warnings of a page, each from its code on."""
    return [
        text.partition("[")[2] for text in site.warnings if f"/{page}.md:" in text.split(" ")[1]
    ]


def test_a_reference_stands_once(whole: Site) -> None:
    assert about(whole, "one") == []
    (told,) = about(whole, "two")
    assert told.startswith("duplicate-reference] post_meta.reference: ")
    assert "posts/one.md" in told


def test_an_address_stands_for_one_post(build_site: Build) -> None:
    text = "---\npost_meta: {topic: a}\n---\n# A\n"
    files = {f"docs/{path}.md": text for path in ("a", "a/index", "b", "b/c/index")}
    (told,) = build_site(files, strict=False).warnings
    assert "a/index.md: warning[duplicate-address]" in told
    assert "'a/' is that of a.md" in told
    assert build_site(files, {"validation": {"rules": {"duplicate-address": "off"}}}).warnings == []


def test_pins_and_addresses_lead_to_files(whole: Site) -> None:
    first, second = about(whole, "pins")
    assert first.startswith("missing-post]")
    assert "too.md" in first
    assert "../guides/three.md" in second
    assert second.endswith("three.md")
    assert "../posts/three.md" not in second
    unused, address = about(whole, "urls")
    assert unused.startswith("unused] post_meta.image_sources.0.url: ")
    assert address.startswith("missing-post] post_meta.image_sources.1.url: ")


def test_markup_in_title_and_description(whole: Site) -> None:
    title, description = about(whole, "four")
    assert title.startswith("unescaped-markup] title: ")
    assert description.startswith("unescaped-markup] description: ")


def test_an_eaten_line_and_a_page_without_checks(whole: Site) -> None:
    (told,) = about(whole, "eaten")
    assert told.startswith("eaten-text]")
    assert about(whole, "off") == []
    assert whole.box("guides/off/index.html") is not None


def test_required_fields_of_all_posts(build_site: Build) -> None:
    files = {
        "docs/posts/none.md": "# None\n",
        "docs/posts/some.md": "---\npost_meta: {topic: a}\n---\n# Some\n",
        "docs/posts/all.md": "---\npost_meta: {owner: me}\n---\n# All\n",
        "docs/guides/other.md": "# No post\n",
    }
    options = {"posts": ["posts/**"], "fields": {"owner": {"type": "text", "required": True}}}
    site = build_site(files, options, theme="mkdocs")
    told = [re.findall(r"docs/([\w/]+)\.md.*\[([\w-]+)\] ([\w.]+)", t)[0] for t in site.warnings]
    assert told == [
        ("posts/none", "missing-field", "post_meta.owner"),
        ("posts/some", "missing-field", "post_meta.owner"),
    ]


def test_another_plugin_may_read_the_sources(build_site: Build) -> None:
    """MkDocs warns of two plugins that do; ours steps back."""
    hook = "def on_page_read_source(page, config):\n    return page.file.content_string + 'More.'\n"
    files = {"docs/a.md": LOST["colon"][0], "hook.py": hook}
    site = build_site(files, theme="mkdocs", hooks=["hook.py"])
    assert [text.partition("[")[2][:10] for text in site.warnings] == ["unreadable"]
    text = site.page("a/index.html").get_text()
    assert "More." in text
    assert "rawword" not in text


TRANSLATED = "---\npost_meta: {view_count: -5, reference: a-1}\n---\n# Title\n"
OTHER = TRANSLATED.replace("a-1", "a-2")


@pytest.mark.parametrize(
    ("structure", "docs"),
    [
        (
            "suffix",
            {"index.md": "# Home\n", "a.md": TRANSLATED, "a.de.md": TRANSLATED, "only.md": OTHER},
        ),
        (
            "folder",
            {
                "en/index.md": "# Home\n", "en/a.md": TRANSLATED, "en/only.md": OTHER,
                "de/index.md": "# Start\n", "de/a.md": TRANSLATED,
            },
        ),
    ],
    ids=["suffix", "folder"],
)  # fmt: skip
def test_translations_are_told_once_and_share_a_reference(
    structure: str, docs: Mapping[str, str], tmp_path: Path
) -> None:
    languages = [
        {"locale": "en", "default": True, "name": "English", "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    i18n = {"i18n": {"docs_structure": structure, "languages": languages}}
    site = build(tmp_path / "site", [i18n, "anp"], docs=docs)
    assert site.status == 0, site.log
    assert site.fields("de/only/index.html")  # it is in both languages
    told = re.findall(r"docs/([\w/.]+)\.md:\d+:\d+: \w+\[([\w-]+)\]", site.log)
    pages = [path.removesuffix(".md") for path in docs if "index" not in path]
    assert sorted(told) == sorted((page, "out-of-range") for page in pages)
