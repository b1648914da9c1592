"""Checklists of real sites: which list becomes one to tick, and where."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from mkdocs_anp.cli import main
from tests.build.conftest import Build, Site
from tests.support import text_of

LINTING = "03dc6802d7"


def post(checklist: str, body: str = "", more: str = "") -> str:
    return f"---\npost_meta:\n  checklist: {checklist}\n{more}---\n# Post\n\nText.\n\n{body}"


def lists(site: Site, path: str = "a/index.html") -> list[Tag]:
    return site.page(path).find_all(attrs={"data-anp": "checklist"})


def boxes(part: Tag | BeautifulSoup) -> dict[str, str]:
    """Return the texts of boxes by their ids, as a reader of the screen hears them."""
    found = {}
    for box in part.select("input[type=checkbox][data-anp-item]"):
        label = box.find_parent("label")
        assert label is not None
        if name := box.get("aria-labelledby"):
            assert not text_of(label)
            label = part.find(id=name)
        found[str(box["data-anp-item"])] = text_of(label)
    assert len(found) == len(part.select("[data-anp-item]"))
    return found


# Where it stands


def test_a_list_of_texts(build_site: Build) -> None:
    site = build_site({"docs/a.md": post("[run linting, 'tag `v1`']")})
    [part] = lists(site)
    assert list(boxes(part).values()) == ["run linting", "tag v1"]
    assert LINTING in boxes(part)
    assert part.find("h2").get_text() == "Checklist"
    assert part["aria-labelledby"] == part.find("h2")["id"]
    assert part.find("ul") and not part.find("ol")
    assert part.select_one("fieldset > legend")
    assert part.find("code").get_text() == "v1"
    # Below the text, above the meta box, and in no table of contents.
    html = site.raw("a/index.html")
    assert html.index("Text.") < html.index('data-anp="checklist"') < html.index("meta_box")
    assert "anp-checklist" not in str(site.page("a/index.html").select(".md-sidebar--secondary"))
    assert site.warnings == []


def test_the_long_form(build_site: Build) -> None:
    checklist = """
    title: Before the release
    mode: read-do
    when: before *any* tag
    items:
      - {text: run linting, id: lint, note: "see [docs](b.md)"}
      - {text: "read [this](b.md#x) first", items: [one, two]}
"""
    site = build_site({"docs/a.md": post(checklist), "docs/b.md": "# B\n\n## X\n"})
    [part] = lists(site)
    assert part.find("h2").get_text() == "Before the release"
    assert text_of(part.select_one(".anp-checklist__when")) == "When: before any tag"
    assert part.select_one(".anp-checklist__when em")
    assert list(boxes(part).values()) == ["run linting", "read this first", "one", "two"]
    assert part.select_one("fieldset > ol > li ol > li")
    first, second = part.select("fieldset > ol > li")
    note = part.find(id=first.find("input")["aria-describedby"])
    assert text_of(note) == "see docs"
    # Links lead to pages, and no link stands in a label.
    assert [a["href"] for a in part.find_all("a")] == ["../b/", "../b/#x"]
    assert not part.select("label a")
    assert second.find("input")["aria-labelledby"]


@pytest.mark.parametrize("position", ["start", "end", "marker", "template"])
def test_position(build_site: Build, position: str) -> None:
    body = "Before.\n\n<!-- anp:checklist -->\n\nAfter.\n"
    site = build_site(
        {"docs/a.md": post("[one]"), "docs/b.md": post("[one]", body)},
        {"checklist": {"position": position}},
    )
    found = lists(site)
    assert len(found) == (position in ("start", "end"))
    if position == "start":
        assert site.raw("a/index.html").index("anp-checklist") < site.raw("a/index.html").index(
            "Text."
        )
    html = site.raw("b/index.html")
    assert html.index("Before.") < html.index('data-anp="checklist"') < html.index("After.")
    assert html.count('data-anp="checklist"') == 1


def test_a_template_of_the_site_places_it(build_site: Build) -> None:
    theme = {"name": "material", "custom_dir": "overrides"}
    main = (
        '{% extends "base.html" %}{% block content %}{{ super() }}'
        "<hr class=own>{{ anp.checklist }}{% endblock %}"
    )
    files = {
        "docs/a.md": post("[one]"),
        "docs/b.md": post("[one]", "## Checklist\n\n- one\n"),
        "overrides/main.html": main,
    }
    mkdocs_yml = build_site(
        {**files},
        {"checklist": {"position": "template"}},
        theme={**theme},
    )
    html = mkdocs_yml.raw("a/index.html")
    assert html.index("class=own") < html.index('data-anp="checklist"')
    html = mkdocs_yml.raw("b/index.html")
    assert html.index('data-anp="checklist"') < html.index("class=own")
    assert html.count('data-anp="checklist"') == 1
    assert "class=own" in mkdocs_yml.raw("index.html")


@pytest.mark.parametrize("where", ["site", "page", "page-all"])
def test_switched_off(build_site: Build, where: str) -> None:
    more = {"site": "", "page": "anp: {checklist: false}\n", "page-all": "anp: false\n"}[where]
    body = "## Checklist\n\n- [ ] one\n"
    options = {"checklist": False} if where == "site" else {"checklist": {"task_lists": True}}
    site = build_site({"docs/a.md": post("[one]", body, more)}, options)
    assert lists(site) == []
    assert "[ ] one" in site.page("a/index.html").get_text()


def test_a_field_that_the_site_hides_is_not_shown(build_site: Build) -> None:
    files = {"docs/a.md": post("[one]", "## Checklist\n\n- one\n"), "docs/b.md": post("[one]")}
    all_of_them = {"docs/all.md": "# All\n\n<!-- anp:checklists -->\n"}
    site = build_site({**files, **all_of_them}, {"fields": {"checklist": {"show": "hidden"}}})
    assert lists(site) == lists(site, "b/index.html") == []
    assert "data-anp-items" not in site.raw("all/index.html")


# No second copy

BODY = """## Implementation checklist

Do this before each release, see [b](b.md).

- run **linting**
- read [the docs](b.md)

    They are short.

- tag
    - now

After the list.

- another list
"""


def test_the_list_of_the_page_is_the_one_to_tick(build_site: Build) -> None:
    field = "[run linting, 'read [the docs](b.md)', {text: tag, id: x, note: n, items: [now]}]"
    files = {"docs/a.md": post(field, BODY), "docs/b.md": "# B\n", "docs/c.md": f"# C\n\n{BODY}"}
    site = build_site(files)
    [part] = lists(site)
    assert list(boxes(part).values()) == ["run linting", "read the docs", "tag", "now"]
    assert next(iter(boxes(part))) == LINTING
    assert "x" in boxes(part)
    assert part.find_previous("p").get_text().startswith("Do this before")
    assert part.find_next("p", string="After the list.")
    assert "They are short." in part.get_text()
    assert part.find("strong").get_text() == "linting"
    assert not part.find("h2")
    assert part.find("legend").get_text() == "Implementation checklist"
    assert site.warnings == []
    assert lists(site, "c/index.html") == []
    # All else is what it would be without the feature.
    off = build_site(files, {"checklist": False})
    ours, plain = (content_of(one.raw("a/index.html")) for one in (site, off))
    start, end = ours.index("<section"), ours.index("</section>") + len("</section>")
    assert plain.startswith(ours[:start])
    assert plain.endswith(ours[end:])
    assert plain[start : len(plain) - len(ours) + end].startswith("<ul>\n<li>run <strong>")


def content_of(html: str) -> str:
    return html[html.index("<h1") : html.index("</article>")]


def test_the_list_of_the_page_stays_as_it_is_for_search_and_feeds(build_site: Build) -> None:
    field = post("[run linting]", "## Checklist\n\n- run linting\n")
    site = build_site({"docs/a.md": field}, plugins=["search", {"anp": {}}])
    [entry] = [
        entry for entry in json.loads(site.raw("search/search_index.json"))["docs"]
        if entry["location"] == "a/#checklist"
    ]  # fmt: skip
    assert "run linting" in entry["text"]
    assert "Reset" not in site.raw("search/search_index.json")


@pytest.mark.parametrize(
    ("field", "count", "texts"),
    [
        ("[a]", 1, ["a"]),  # drifted: both are shown, and the field is the one to tick
        ("[x, y]", 1, ["x", "y"]),
        ("[b, a]", 1, ["a", "b"]),  # the order of the page
        ("{mode: read-do, items: [a, b]}", 1, ["a", "b"]),
    ],
)
def test_other_lists(build_site: Build, field: str, count: int, texts: list[str]) -> None:
    site = build_site({"docs/a.md": post(field, "## Checklist\n\n- a\n- b\n")})
    found = lists(site)
    assert len(found) == count
    assert list(boxes(found[0]).values()) == texts
    assert (found[0].find("ol") is not None) is ("read-do" in field)
    drifted = field in ("[a]", "[b, a]")
    assert [("checklist-drift" in warning) for warning in site.warnings] == [True] * drifted


def test_headings_of_the_site(build_site: Build) -> None:
    body = "## Zu  tun\n\n1. a\n\n## Checklist\n\n- a\n"
    site = build_site(
        {"docs/a.md": post("[a]", body)}, {"checklist": {"section_headings": ["Zu tun"]}}
    )
    [part] = lists(site)
    assert part.find("ol")
    assert part.find("legend").get_text() == "Zu tun"
    assert part.find_next("h2").get_text().startswith("Checklist")
    off = build_site({"docs/a.md": post("[a]", body)}, {"checklist": {"section_headings": []}})
    assert lists(off)[0].find("h2")


def test_a_marker_beside_the_list_of_the_page(build_site: Build) -> None:
    body = "<!-- anp:checklist -->\n\n## Checklist\n\n- a\n"
    site = build_site({"docs/a.md": post("[a]", body)})
    [part] = lists(site)
    assert part.find_previous("h2").get_text().startswith("Checklist")


def test_a_list_in_a_comment_is_none(build_site: Build) -> None:
    body = "<!--\n<h2>Checklist</h2><ul><li>a</li></ul>\n-->\n"
    [part] = lists(build_site({"docs/a.md": post("[a]", body)}))
    assert part.find("h2")


# Lists of tasks

TASKS = (
    "## First\n\n- [ ] run linting\n- [x] see [b](b.md)\n- plain\n\nText.\n\n1. [ ] run linting\n"
)


@pytest.mark.parametrize("extension", ["", "simple", "custom"])
def test_lists_of_tasks(build_site: Build, extension: str) -> None:
    extensions: list[Any] = []
    if extension:
        extensions = [{"pymdownx.tasklist": {"custom_checkbox": extension == "custom"}}]
    files = {"docs/a.md": post("[run linting]", TASKS), "docs/b.md": "# B\n\n- [ ] b\n"}
    site = build_site(files, {"checklist": {"task_lists": True}}, markdown_extensions=extensions)
    first, second, field = lists(site)
    assert list(boxes(first).values()) == ["run linting", "see b"]
    assert list(boxes(second)) == [f"{LINTING}-3"]
    assert list(boxes(field)) == [LINTING]
    assert second.find("ol")
    assert first.find("legend").get_text() == "First"
    assert [box.has_attr("checked") for box in first.find_all("input")] == [False, True]
    assert "plain" in first.get_text()
    assert "[ ]" not in first.get_text()
    assert not first.find("input").has_attr("disabled")
    ids = [element["id"] for element in site.page("a/index.html").find_all(id=True)]
    assert len(ids) == len(set(ids))
    # A page that is no post is left alone, and so are all pages unless the site opts in.
    assert lists(site, "b/index.html") == []
    assert len(lists(build_site(files, markdown_extensions=extensions))) == 1


def test_a_page_opts_in_to_lists_of_tasks(build_site: Build) -> None:
    more = "anp: {checklist: {task_lists: true, share: true}}\n"
    page = f"---\npost_meta: {{topic: t}}\n{more}---\n# A\n\n- [ ] one\n"
    [part] = lists(build_site({"docs/a.md": page}))
    assert part["id"] == "anp-checklist"
    assert part.select_one("[data-anp-tool=share]")


# All checklists of the site


def test_the_list_of_all_checklists(build_site: Build) -> None:
    files = {
        "docs/a.md": post("[run linting, two]", "", "title: A <b>\n"),
        "docs/b/c.md": post("[x, y]", "## Checklist\n\n- x\n- y\n"),
        "docs/d.md": post("[d]", "", "anp: {checklist: false}\n"),
        "docs/e.md": "# E\n",
        "docs/f.md": "---\npost_meta: {topic: t}\n---\n# F\n\n- [ ] task\n",
        "docs/g.md": post("[g]", "", "anp: {checklist: {position: marker}}\n"),
        "docs/b/all.md": "# All\n\n<!-- anp:checklists -->\n\nEnd.\n",
    }
    site = build_site(files, {"checklist": {"task_lists": True}})
    [part] = site.page("b/all/index.html").find_all(attrs={"data-anp": "checklists"})
    found = [(a["href"], a.get_text()) for a in part.find_all("a")]
    assert sorted(found) == [
        ("../../a/#anp-checklist", "A <b>"),
        ("../../f/#anp-checklist", "F"),
        ("../c/#anp-checklist", "Post"),
    ]
    ids = {a["href"]: a.parent["data-anp-items"].split() for a in part.find_all("a")}
    assert ids["../../a/#anp-checklist"] == list(boxes(lists(site)[0]))
    for path in ("a", "b/c", "f"):
        assert site.page(f"{path}/index.html").find(id="anp-checklist"), path
    assert "End." in site.page("b/all/index.html").get_text()
    assert part.find_previous("h1").get_text().startswith("All")


def test_a_site_without_checklists_has_an_empty_list(build_site: Build) -> None:
    site = build_site({"docs/all.md": "# All\n\n<!-- anp:checklists -->\n"})
    assert "checklists" not in content_of(site.raw("all/index.html"))


# Bad input


@pytest.mark.parametrize(
    ("checklist", "texts", "warnings"),
    [
        ("done", ["done"], 1),
        ("[run: now, yes, 1.10, null, '']", ["run: now", "yes", "1.10"], 1),
        ("[same, same, Same, same, same, same, same, same, same, same]", ["same"] * 10, 0),
        ("[]", [], 0),
        ("{title: T}", [], 0),
        ("[{note: n}]", [], 0),
        (str([f"item {number}" for number in range(500)]), None, 0),
    ],
    ids=["text", "yaml", "same", "empty", "no-items", "no-text", "500"],
)  # fmt: skip
def test_bad_input(
    build_site: Build, checklist: str, texts: list[str] | None, warnings: int
) -> None:
    site = build_site({"docs/a.md": post(checklist)})
    found = lists(site)
    assert len(found) == bool(texts or texts is None)
    if texts is None:
        assert len(boxes(found[0])) == 500
    elif texts:
        assert [text.casefold() for text in boxes(found[0]).values()] == texts
    assert len(site.warnings) == warnings
    assert site.page("a/index.html").find("h1")


def test_items_with_html_and_scripts(build_site: Build) -> None:
    hostile = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><b>',
        "[a](javascript:alert(1))",
        "</label></li></ul>",
        "\\x02anp:items\\x03",
    ]
    fields = json.dumps(
        {"title": "<i>t</i>", "when": "<b>w</b>", "items": [
            *hostile, {"text": "t", "id": '"><script>', "note": "<script>n</script>"}]}
    )  # fmt: skip
    [part] = lists(build_site({"docs/a.md": post(fields)}))
    assert not part.find_all(["script", "img", "b", "i"])
    assert len(boxes(part)) == 7
    assert next(iter(boxes(part).values())) == hostile[0]
    assert not part.select('a[href^="javascript"]')
    assert all(re.fullmatch("[A-Za-z0-9_-]+", name) for name in boxes(part))


def test_another_language(build_site: Build) -> None:
    theme = {"name": "material", "language": "de"}
    [part] = lists(build_site({"docs/a.md": post("[eins]")}, theme=theme))
    assert part.find("h2").get_text() == "Checkliste"
    assert part["data-anp-done"] == "{done} von {total} erledigt"
    assert "Zurücksetzen" in part.get_text()


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_other_themes(build_site: Build, theme: str) -> None:
    site = build_site({"docs/a.md": post("[a]", "## Checklist\n\n- a\n")}, theme=theme)
    [part] = lists(site)
    assert part.find_previous("h2")["id"] == "checklist"


def test_strict_markup(build_site: Build) -> None:
    """A strict Content-Security-Policy holds, and nothing works only with the script."""
    site = build_site(
        {"docs/a.md": post("[a, {text: b, note: c}]")}, {"checklist": {"share": True}}
    )
    [part] = lists(site)
    for element in part.find_all(True):
        assert not any(name == "style" or name.startswith("on") for name in element.attrs)
    assert part.select("button")
    assert all(button.find_parent(hidden=True) for button in part.select("button, progress"))
    assert all(button["type"] == "button" for button in part.select("button"))
    assert all(box["autocomplete"] == "off" for box in part.select("input"))
    assert part.select_one("[role=status]").get_text() == ""


def test_content_that_another_plugin_changes_at_last(build_site: Build) -> None:
    hook = (
        "def on_page_context(context, page, **kwargs):\n"
        "    page.content += '<h2>Checklist</h2><ul><li>late</li></ul><!-- anp:meta_box -->'\n"
    )
    site = build_site({"docs/a.md": post("[late]"), "hooks.py": hook}, hooks=["hooks.py"])
    [part] = lists(site)
    assert part.find("legend").get_text() == "Checklist"
    html = site.raw("a/index.html")
    assert html.index("late") < html.index('data-anp="meta_box"')
    assert "anp:meta_box" not in html


def test_a_check_tells_the_same_as_a_build(build_site: Build) -> None:
    files = {
        "docs/a.md": post("[a, b]", "## Checklist\n\n- a\n- c\n"),
        "docs/b.md": post(str(list("abcdefghij"))),
    }
    site = build_site(files)
    [warning] = site.warnings
    arguments = ["check", "-f", str(site.directory / "mkdocs.yml"), "--format", "json"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    found = json.loads(result.stdout)["problems"]
    assert [problem["code"] for problem in found] == ["checklist-drift", "long-checklist"]
    assert found[0]["message"] in warning
    assert "'b'" in warning
    assert "'c'" in warning
    assert result.exit_code == 1
