"""Bad front matter on real sites: every page is built, and every problem is named once.

All cases stand on one site, since what one page does must not touch another.
"""

from __future__ import annotations

import re

import pytest

from tests.build.conftest import Build, Site

BOMB = "\n".join(
    ["a0: &a0 [lol]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    + ["post_meta: {topic: kept, payload: {a: *a9 }}"]
)
# Front matter, and the field that the one warning names; None where nothing is wrong.
CASES = {
    "alias-bomb": (BOMB, "post_meta.payload"),
    "holds-itself": ("post_meta: {topic: kept, payload: &a {b: *a }}", "post_meta.payload"),
    "control-characters": (r'post_meta: {topic: "a\x07\x1b[31m\0b"}', None),
    "control-character-key": (r'post_meta: {"a\x07": b}', "post_meta.a"),
    "script-key": ("post_meta: {<script>alert(1)</script>: b}", "post_meta.<script>"),
    "script-choice": ("post_meta: {difficulty: <script>alert(1)</script>}", "post_meta.difficulty"),
    "script-settings": ("post_meta: {topic: a}\nanp: {<script>x</script>: 1}", "anp.<script>"),
    "number-key-in-payload": ("post_meta: {payload: {1: a, true: b}}", None),
    "null-key": ("post_meta: {null: b}", "post_meta.null"),
    "date-with-zone": ("post_meta: {revision: {last_reviewed: 2018-06-23T10:02:00Z}}", None),
    "date-with-zone-text": (
        "post_meta: {revision: {last_reviewed: 2018-12-20 10:02:00 -0500}}",
        None,
    ),
    "not-a-number": ("post_meta: {view_count: .nan}", "post_meta.view_count"),
    "infinity": ("post_meta: {reading_time: -.inf}", "post_meta.reading_time"),
    "huge-number": (f"post_meta: {{view_count: 0x{'f' * 4000}}}", "post_meta.view_count"),
    "empty-meta": ("post_meta: {}", None),
    "null": ("post_meta: null", None),
    "nulls": ("post_meta: {topic: null, stack: [null], score: {quality: null}}", None),
    "false": ("post_meta: false", "post_meta"),
    "settings-list": ("post_meta: {topic: a}\nanp: [a]", "anp"),
}
LOST = {  # MkDocs itself loses these, silently
    "impossible-date": "post_meta: {topic: a, revision: {last_reviewed: 2018-02-30}}",
    "no-yaml": "post_meta: {topic: a: b",
    "long-integer": f"post_meta: {{view_count: {'9' * 5000}}}",
    "control-in-the-text": "post_meta: {topic: a\x07b}",
}


@pytest.fixture(scope="module")
def site(build_shared_site: Build) -> Site:
    files = {
        f"docs/{name}.md": f"---\n{meta}\n---\n# Title\n\nKept {name}.\n"
        for name, (meta, _) in CASES.items()
    }
    files |= {
        f"docs/{name}.md": f"---\n{meta}\n---\n# Title\n\nKept {name}.\n"
        for name, meta in LOST.items()
    }
    return build_shared_site(files)


@pytest.mark.parametrize("name", [*CASES, *LOST])
def test_the_page_is_there_and_nothing_of_the_author_is_markup(site: Site, name: str) -> None:
    page = site.page(f"{name}/index.html")
    assert f"Kept {name}." in page.get_text()
    article = page.find("article")
    assert article.find_all(["script", "iframe", "img"]) == []
    for element in article.select("[data-anp] *"):
        assert not [attribute for attribute in element.attrs if attribute.startswith("on")]
    assert not re.search("None|datetime\\.|\\{'|\\['", article.get_text())


@pytest.mark.parametrize("name", CASES)
def test_each_problem_is_named_once_with_page_and_field(site: Site, name: str) -> None:
    field = CASES[name][1]
    about = [message for message in site.warnings if f"{name}.md" in message]
    if field is None:
        assert about == []
    else:
        assert len(about) == 1
        start = rf"docs/{name}\.md:\d+:\d+: warning\[[\w-]+\] {re.escape(field)}"
        assert re.search(start, about[0])
        assert len(about[0]) < 1000
        assert about[0].replace("\n", "").isprintable()


@pytest.mark.parametrize("name", LOST)
def test_what_makes_all_the_front_matter_unreadable_is_said(site: Site, name: str) -> None:
    about = [message for message in site.warnings if f"/{name}.md:" in message]
    assert [message for message in set(about) if "[unreadable]" in message]
    assert all(message.replace("\n", "").isprintable() for message in about)
