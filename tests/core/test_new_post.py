"""New posts: valid YAML whatever the site and the title, and read without a problem."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from mkdocs_anp.core.fields import BUILT_IN, Field
from mkdocs_anp.core.new_post import FIRST_LINE, new_post, title_of
from mkdocs_anp.core.page_keys import check_page_keys
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.site_fields import FieldError, site_fields
from tests.checkout import ROOT
from tests.core.test_schema import as_editor, errors, options
from tests.support import SOURCE, Loader, codes, front_matter, hostile_strings, read

DAY = date(2018, 6, 23)
TOP = Field("mapping", fields=BUILT_IN)


def front_of(text: str) -> str:
    """Return the YAML of a new post, which has a front matter and a heading."""
    before, front, body = text.split("---\n", 2)
    assert before == ""
    assert body.startswith("\n# ")
    assert body.endswith(f"\n\n{FIRST_LINE}\n")
    assert body.count("\n") == 4
    return front


def parsed(text: str) -> Any:
    return yaml.load(front_of(text), Loader)


def keys_of(fields: Mapping[str, Field]) -> Any:
    """Return the keys of fields, those below them too, without values."""
    return {key: _empty(field) for key, field in fields.items()}


def _empty(field: Field) -> Any:
    if field.type == "mapping":
        return keys_of(field.fields) or None
    if field.type == "list" and field.of is not None and field.of.type == "mapping":
        inner = keys_of(field.of.fields)
        return [inner] if inner else None
    return None


def test_the_front_matter_of_a_new_post() -> None:
    option = {
        "owner": {"required": True},
        "p95": {"type": "integer", "min": 0, "unit": "ms", "label": "95 % of requests"},
        "costs": {"fields": {"year": {"type": "number"}}, "required": True},
    }
    text = new_post("posts/my-note.md", site_fields(option), "post_meta", DAY)
    lines = text.split("\n")
    assert lines[:4] == ["---", "title: My note", "date: 2018-06-23", "post_meta:"]
    assert lines[-11:] == [
        "  notes:                 # a list, such as [one, two]",
        "  owner:                 # required: a text",
        "  p95:                   # 95 % of requests, a whole number, at least 0, in ms",
        "  costs:                 # required: at least one of these",
        "    year:                # a number",
        "---",
        "",
        "# My note",
        "",
        "What this post is about, in one or two sentences.",
        "",
    ]
    assert "    - name:              # a text" in lines
    assert "  difficulty:            # one of: beginner, intermediate, advanced, expert" in lines


def test_the_example_of_the_documentation() -> None:
    page = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
    [example] = re.findall(r'title="docs/posts/my-note.md"\n(.*?)```', page, re.DOTALL)
    assert example.count("\n") > 10
    assert new_post("posts/my-note.md", TOP, "post_meta", DAY).startswith(example)


def test_a_new_post_has_all_fields_and_no_problem() -> None:
    text = new_post("a.md", TOP, "post_meta", DAY)
    meta = parsed(text)
    assert list(meta) == ["title", "date", "post_meta"]
    assert meta["date"] == DAY
    assert meta["post_meta"] == keys_of(BUILT_IN)
    post, problems = read(front_of(text))
    assert post is not None
    assert post.fields == {}
    assert problems == []
    assert errors(as_editor(front_of(text))) == []


def test_fields_on_the_top_level() -> None:
    rules = PostRules(meta_key="")
    text = new_post("a.md", TOP, "", DAY)
    assert parsed(text) == {"title": "A", "date": DAY, **keys_of(BUILT_IN)}
    post, problems = read(front_of(text), rules)
    assert post is not None
    assert problems == []


def test_own_title_and_date_on_the_top_level_stand_once() -> None:
    for kind, titled in (("text", True), ("list", False)):
        top = site_fields({"title": {"type": kind}, "date": {"type": "date"}})
        text = new_post("a.md", top, "", DAY)
        assert [text.count(f"\n{key}:") for key in ("title", "date")] == [1, 1]
        assert parsed(text)["title"] == ("A" if titled else None)
        assert read(front_of(text), PostRules(meta_key="", top=top))[1] == []


def test_each_required_field_is_one_problem() -> None:
    option = {
        "topic": {"required": True},
        "score": {"required": True, "fields": {"depth": {"required": True}}},
        "owner": {"fields": {"name": {"required": True}, "team": "text"}},
        "people": {"of": {"fields": {"mail": {"required": True}}}},
    }
    top = site_fields(option)
    _, problems = read(front_of(new_post("a.md", top, "post_meta", DAY)), PostRules(top=top))
    assert sorted(codes(problems)) == [
        ("post_meta.owner.name", "missing-field"),
        ("post_meta.people.0.mail", "missing-field"),
        ("post_meta.score", "missing-field"),
        ("post_meta.score.depth", "missing-field"),
        ("post_meta.topic", "missing-field"),
    ]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("my-note.md", "My note"),
        ("posts/2018/my_other note.markdown", "My other note"),
        ("posts\\my-note.md", "My note"),
        ("posts/jobs/index.md", "Jobs"),
        ("posts/jobs/README.md", "Jobs"),
        ("index.md", "Index"),
        ("Next.js.md", "Next.js"),
        ("", "New post"),
    ],
)
def test_title_of_a_path(path: str, title: str) -> None:
    assert title_of(path) == title


def test_a_title_that_is_given_is_quoted_where_needed() -> None:
    for title in ("1.10", "no", "A: B", "# A", "it's", '"q"', "- a", "2018-06-23", "Next.js"):
        text = new_post("a.md", TOP, "post_meta", DAY, title)
        assert parsed(text)["title"] == title
        assert f"\n\n# {title}\n\n" in text
    assert "\ntitle: Next.js\n" in text


@pytest.mark.parametrize("text", hostile_strings())
def test_hostile_titles_and_paths(text: str) -> None:
    for post in (
        new_post(text, TOP, "post_meta", DAY),
        new_post(f"posts/{text}.md", TOP, "post_meta", DAY),
        new_post("a.md", TOP, "post_meta", DAY, text),
        new_post("a.md", TOP, text[:200], DAY),  # as long as a key may be
    ):
        meta = parsed(post)
        assert meta["date"] == DAY
        assert meta["title"]
        assert post.split("\n# ", 1)[1].split("\n")[0] == meta["title"]
        reader = Reader(SOURCE, front_matter(front_of(post)))
        check_page_keys({"title": meta["title"]}, reader, None)
        assert reader.problems == []
        post.encode("utf-8")


def test_a_tag_in_a_title_would_be_a_problem() -> None:
    reader = Reader(SOURCE, front_matter("title: <b>"))
    check_page_keys({"title": "<b>"}, reader, None)
    assert [problem.code for problem in reader.problems] == ["unescaped-markup"]
    assert parsed(new_post("a.md", TOP, "", DAY, "a <b> < c"))["title"] == "a &lt;b> < c"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(options, st.sampled_from(["", "post_meta", "über: uns", "yes"]), st.text(max_size=20))
@example({"a": {"label": "x\ny", "type": "number", "unit": "\x85m\u2028"}}, "", "")
@example({"a": {"choices": ["b\nc: [", "# d", "\x07"]}}, "post_meta", "---\n---")
@example({"A:0": "text"}, "", "")
@example({"<<": "text", "=": "text", "2018-06-23": "text", "~": "text", "- a": "text"}, "", "")
def test_any_fields(option: dict[str, Any], meta_key: str, title: str) -> None:
    try:
        top = site_fields(option)
    except FieldError:
        assume(False)
    text = new_post("a.md", top, meta_key, DAY, title)
    meta = parsed(text)
    fields = meta if not meta_key else meta[meta_key]
    assert {**keys_of(top.fields), "title": 0, "date": 0} == {**fields, "title": 0, "date": 0}
    _, problems = read(front_of(text), PostRules(meta_key=meta_key, top=top))
    assert {code for _, code in codes(problems)} <= {"missing-field"}
    assert all(line == line.rstrip() for line in text.split("\n"))
