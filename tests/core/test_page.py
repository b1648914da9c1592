"""The reading of pages as MkDocs hands them over, with its own reader of front matter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import meta as engine

from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.page_keys import Icons
from mkdocs_anp.core.post import Post, PostRules
from mkdocs_anp.core.post_files import PostFiles
from mkdocs_anp.core.problems import Problem
from tests.support import SOURCE, codes

ICONS = Icons(lambda name: name == "material/star", lambda: ["material/star"])
FILES = ("posts/page.md", "posts/other.md")


def reader(**options: Any) -> PageReader:
    posts = PostFiles(set(FILES).__contains__, lambda: FILES)
    return PageReader(PostRules(), icons=ICONS, posts=posts, **options)


def read(
    text: str, pages: PageReader | None = None, source: str = SOURCE
) -> tuple[str, dict[str, Any], Post | None, list[Problem]]:
    """Return the Markdown, the front matter, the post and the problems of a page."""
    pages = pages or reader()
    markdown, meta = engine.get_data(text)
    saved = pages.begin(source, text, markdown, meta)
    post, problems = pages.read(source, meta)
    return markdown if saved is None else saved, meta, post, problems


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\npost_meta: {topic: a}\n---\n# A\n",
        "---\ntitle: A\n---\n",
        "---\ntitle: A\n...\nText\n",
        "# A\n\n---\n\nfoo: bar\n\n---\n",
        "---\n\nText below a rule, and no front matter.\n",
        "Title: A page\nAuthor: me\n\nText\n",
        "",
        "\n\n",
    ],
)
def test_what_the_engine_reads_stays_as_it_is(text: str) -> None:
    markdown, meta = engine.get_data(text)
    assert read(text)[:2] == (markdown, meta)
    assert read(text)[3] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("---\ntitle: A: b\npost_meta: {topic: kept}\n---\nText\n", "unreadable"),
        ("---\npost_meta: {topic: kept}\ndate: 2018-02-30\n---\nText\n", "unreadable"),
        ("---\npost_meta: {topic: kept}\n\nText\n", "no-closing-fence"),
        ("---\npost_meta: {topic: kept}\n---", "no-newline-after-fence"),
        ("\n---\npost_meta: {topic: kept}\n---\nText\n", "text-before-fence"),
        ('+++\n[post_meta]\ntopic = "kept"\n+++\nText\n', "toml"),
        ("---\n- post_meta: {topic: kept}\n---\nText\n", "not-a-mapping"),
    ],
)
def test_what_the_engine_loses_is_saved(text: str, code: str) -> None:
    assert "post_meta" not in engine.get_data(text)[1]
    markdown, meta, post, problems = read(text)
    assert [problem.code for problem in problems] == [code]
    assert meta["post_meta"] == {"topic": "kept"}
    assert post is not None
    assert "kept" not in markdown
    assert markdown.strip() in ("Text", "")


def test_the_source_that_another_plugin_gives_counts() -> None:
    file = "---\ntitle: A: b\n---\nWORD\n"
    given_source = file.replace("WORD", "many words in place of one")
    markdown, meta = engine.get_data(given_source)
    assert reader().begin(SOURCE, file, markdown, meta) == "many words in place of one\n"
    assert meta == {"title": "A: b"}

    mended = "---\ntitle: 'A: b'\n---\n\nWORD, and more words than there are in the file\n"
    markdown, meta = engine.get_data(mended)
    assert reader().begin(SOURCE, file, markdown, meta) is None
    assert meta == {"title": "A: b"}


def test_other_problems_of_a_mended_page_show_the_line_of_the_file() -> None:
    text = "---\npost_meta: {view_count: -5, topic: [a\n---\n"
    problems = read(text)[3]
    assert len(problems) == 2  # that the topic is a list is known only when it is mended
    for problem in problems:
        assert problem.place is not None
        assert problem.place.text == text.split("\n")[1]
    (count,) = [problem for problem in problems if problem.code == "out-of-range"]
    assert count.place is not None
    assert count.place.text[count.place.column - 1 : count.place.end - 1] == "-5"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Note: read this first\n\nText\n", ["eaten-text"]),
        ("https://example.com/\n\nText\n", ["eaten-text"]),
        ("Note: this\n", ["eaten-text"]),
        ("Title: A page\nNote: this\n\nText\n", []),
        ("Read this: first\n\nText\n", []),
        ("\nNote: read this first\n", []),
    ],
)
def test_a_first_line_that_is_eaten(text: str, told: list[str]) -> None:
    problems = read(text)[3]
    assert [problem.code for problem in problems] == told
    for problem in problems:
        assert problem.place is not None
        assert problem.place.text == text.split("\n")[0]


def test_a_reference_names_one_page() -> None:
    pages = reader()
    text = "---\npost_meta: {reference: a-1}\n---\n"
    assert read(text, pages, "a.md")[3] == []
    assert read(text.replace("a-1", "a-2"), pages, "b.md")[3] == []
    (problem,) = read(text, pages, "c.md")[3]
    assert (problem.source, problem.code) == ("c.md", "duplicate-reference")
    assert "a.md" in problem.message
    assert read(text, pages, "a.md")[3] == []  # the same page again is no other page


@pytest.mark.parametrize("key", ["pin", "exclude", "Pin"])
def test_pins_that_lead_nowhere(key: str) -> None:
    settings = f"{{similar posts: {{{key}: [other.md, othr.md]}}}}"
    text = f"---\npost_meta: {{topic: a}}\nanp: {settings}\n---\n"
    (problem,) = [p for p in read(text)[3] if p.code == "missing-post"]
    assert problem.help.endswith("other.md")
    assert problem.place is not None
    assert problem.place.text[problem.place.column - 1 : problem.place.end - 1] == "othr.md"


def test_a_page_may_switch_the_checks_off() -> None:
    text = "---\npost_meta: {view_count: -5}\nanp: {SETTINGS}\n---\n"
    assert codes(read(text.replace("SETTINGS", "validation: true"))[3]) == [
        ("post_meta.view_count", "out-of-range")
    ]
    post, problems = read(text.replace("SETTINGS", "validation: false"))[2:]
    assert problems == []
    assert post is not None


def test_a_page_that_was_not_begun_is_read_all_the_same() -> None:
    post, problems = reader().read(SOURCE, {"post_meta": {"topic": "a", "view_count": -1}})
    assert post is not None
    assert codes(problems) == [("post_meta.view_count", "out-of-range")]


_LINES = st.sampled_from(
    [
        "---", "+++", "...", "--- ", "-----", "title: A", "title: A: b", "post_meta:", "  topic: a",
        "\ttopic: a", "  - a", "- a: b", "post_meta: {topic: [a", "date: 2018-02-30", "anp: {pin",
        "anp: {similar_posts: {pin: [x.md, [y.md]]}}", "icon: x", "tags: a, b", "search: no", "",
        "Note: a", "    more", "\ufeff", "a: &a [*a]", "b: !!python/object:x {}", "? x", "'a': \"b",
        "<!-- -->", "\x00", "\u2028", "# Title", "= x", "[post_meta]", 'topic = "a"',
    ]
)  # fmt: skip
_FILES = st.lists(_LINES | st.text(max_size=12), max_size=10).map("\n".join) | st.text()


@given(_FILES, st.booleans())
def test_any_text_is_read_and_places_lie_inside_the_file(text: str, is_fenced: bool) -> None:
    text = f"---\n{text}\n---\n" if is_fenced else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as Python opens files
    lines = text.split("\n")
    for problem in read(text)[3]:
        assert problem.source == SOURCE
        assert problem.code
        if problem.place:
            line = lines[problem.place.line - 1]
            assert line.startswith(problem.place.text, problem.place.cut)
            assert 1 <= problem.place.column < problem.place.end <= len(line) + 2
        if problem.edit:
            (start, end), _ = problem.edit
            assert 0 <= start <= end <= len(text)
