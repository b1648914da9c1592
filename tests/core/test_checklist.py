"""Checklists: the names of items, the lists of a page, and where the two differ."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_anp.core.checklist.body import (
    finder,
    headings,
    is_interactive,
    lists_in,
    lists_under,
)
from mkdocs_anp.core.checklist.items import Entry, Ids, flat, item_ids, plain_text, written
from mkdocs_anp.core.checklist.section import differences, is_there, section_of, unmarked
from mkdocs_anp.core.checklist.shown import (
    boxes,
    has_boxes,
    items_in_place,
    items_of,
    matched,
    task_items,
)
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.text import escape
from tests.support import SOURCE, read, read_meta

WANTED = {"checklist", "implementation checklist"}
FINDER = finder(WANTED)
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(str.strip)
NAMES = st.lists(TEXTS, max_size=12)


def names(texts: list[str]) -> list[str]:
    return item_ids([Entry(text) for text in texts], str)


# Ids


def test_an_id_comes_from_the_text() -> None:
    assert names(["run linting"]) == ["03dc6802d7"]  # ticks of readers depend on it
    assert names(["  Run \n LINTING "]) == ["03dc6802d7"]


@given(NAMES)
def test_ids_are_unique_and_safe(texts: list[str]) -> None:
    given = [Entry(text, id=text) for text in texts] + [Entry(text) for text in texts]
    found = item_ids(given, str)
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) for name in found)


@given(NAMES, st.randoms())
def test_the_order_of_items_changes_no_id(texts: list[str], random: Any) -> None:
    shuffled = random.sample(texts, len(texts))
    assert Counter(names(shuffled)) == Counter(names(texts))
    unique = list({" ".join(text.casefold().split()): text for text in texts}.values())
    mixed = random.sample(unique, len(unique))
    assert dict(zip(unique, names(unique), strict=True)) == dict(
        zip(mixed, names(mixed), strict=True)
    )


@given(NAMES, TEXTS)
def test_an_edit_changes_one_id(texts: list[str], other: str) -> None:
    before = Counter(names(texts))
    after = Counter(names([*texts, other]))
    assert len(list((after - before).elements())) == 1
    assert not before - after


def test_equal_texts_are_told_apart() -> None:
    assert names(["a", "b", "a", "A"])[2:] == [f"{names(['a'])[0]}-2", f"{names(['a'])[0]}-3"]


def test_an_id_that_is_given_wins() -> None:
    stem = names(["a"])[0]
    entries = [Entry("a"), Entry("b", id=stem), Entry("c", id="x y"), Entry("d", id="x y")]
    assert item_ids(entries, str) == [f"{stem}-2", stem, "x-y", "x-y-2"]
    assert re.fullmatch("[0-9a-f]{10}", item_ids([Entry("a", id="日本")], str)[0])


def test_ids_of_one_page_are_those_of_all_its_lists() -> None:
    ids = Ids()
    assert [ids.of("a"), ids.of("a")] == [names(["a"])[0], f"{names(['a'])[0]}-2"]


# The field


def entries_of(yaml_text: str) -> tuple[Entry, ...]:
    post, _ = read(f"post_meta:\n  checklist: {yaml_text}\n")
    assert post is not None
    return written(post.fields.get("checklist")).entries


@pytest.mark.parametrize(
    ("yaml_text", "texts"),
    [
        ("[run linting, tag]", ["run linting", "tag"]),
        ("[{text: a, id: b, note: c}, {note: alone}, {}]", ["a"]),
        ("{title: T, mode: read-do, items: [a, {text: b}]}", ["a", "b"]),
        ("{items: a}", ["a"]),
        ("[{text: a, items: [b, {text: c}]}]", ["a", "b", "c"]),
        # What YAML made of it
        ("[yes, 1.10, 2026-01-02, null, '', [a]]", ["yes", "1.10", "2026-01-02"]),
        ("[run: now, 'a: b': c]", ["run: now", "a: b: c"]),
        ("[{deploy: [a, b]}, {deploy: {a: b}}]", ["deploy", "a", "b", "deploy"]),
        ("done", ["done"]),
        ("{a: b}", []),
        ("[]", []),
        ("5", ["5"]),
    ],
)
def test_items_of_a_field(yaml_text: str, texts: list[str]) -> None:
    assert [entry.text for entry in flat(entries_of(yaml_text))] == texts


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["text", "id", "note", "items", "mode", "x", 1]), inner,
                        max_size=4), max_leaves=12))  # fmt: skip
def test_no_value_breaks_a_checklist(value: Any) -> None:
    post, problems = read_meta({"checklist": value})
    assert post is not None
    items = items_of(written(post.fields.get("checklist")).entries, escape, is_ordered=False)
    assert len(boxes(items)) == len(set(boxes(items)))
    reader = PageReader(PostRules())
    reader.read(SOURCE, {"post_meta": {"checklist": value}})
    assert all(problem.message for problem in problems)


# Lists in HTML


def html_of(markdown: str, *extensions: Any, **configs: Any) -> str:
    configs = {"toc": {"permalink": True}} | configs
    return Markdown(extensions=["toc", *extensions], extension_configs=configs).convert(markdown)


def test_headings() -> None:
    html = html_of("# A `b`\n\n## Checklist\n\n### C &amp; d\n")
    assert [(h.text, html[h.end : h.end + 5]) for h in headings(html)] == [
        ("A b", "</h1>"), ("Checklist", "</h2>"), ("C & d", "</h3>")
    ]  # fmt: skip


def body_texts(markdown: str, *extensions: str) -> list[list[str]]:
    html = html_of(markdown, *extensions)
    return [[item.plain for item in found.flat] for _, found in lists_under(html, FINDER)]


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("## Checklist\n\n- a\n- b\n", [["a", "b"]]),
        ("## Checklist\n\nProse.\n\n1. a\n2. b\n\nMore.\n\n- c\n", [["a", "b"], ["c"]]),
        ("## Checklist\n\n- a\n\n    more\n\n- b\n", [["a", "b"]]),
        ("## Checklist\n\n- a\n    - b\n        - c\n- d\n", [["a", "b", "d"]]),
        ("## Checklist\n\n### Part\n\n- a\n\n## Next\n\n- b\n", [["a"]]),
        ("## CHECKLIST\n\n- `a` **b** [c](d.md)\n", [["a b c"]]),
        ("## Other\n\n- a\n", []),
        ("## Checklist\n\n- a <!-- x -->\n", []),
        ("## Checklist\n\n<ul><li>a<li>b</ul>\n", []),
        ("## Checklist\n\n<ul><li>a</ul></li>\n", []),
        ("## Checklist\n\n<ul><li><b>a</li></ul>\n", []),
        ("## Checklist\n\n- ![](a.png)\n", []),
        ("## Checklist\n\n    - code\n", []),
    ],
)
def test_lists_under_a_heading(markdown: str, texts: list[list[str]]) -> None:
    assert body_texts(markdown) == texts


def test_the_rest_of_an_item_stays() -> None:
    html = html_of("## Checklist\n\n- a\n\n    more `b`\n\n    - c\n\n- d\n    - e\n")
    [(_, found)] = lists_under(html, FINDER)
    first, second = found.items
    assert first.html == "a"
    assert first.rest.startswith("<p>more <code>b</code></p>\n<ul>")
    assert (second.html, second.rest, [item.html for item in second.items]) == ("d", "", ["e"])


@given(st.text("<>/ulioap \n\"'=!-&;[x]h2", max_size=80))
def test_no_html_breaks_the_scanner(html: str) -> None:
    for found in lists_in(html, 0, len(html)):
        assert 0 <= found.start < found.end <= len(html)
        assert found.items
    list(lists_under(html, finder(["a", "h2"])))


_ITEM = st.text("ab <&*`_[]", min_size=1, max_size=10)


@given(st.lists(_ITEM, min_size=1, max_size=5), st.booleans())
def test_a_list_is_found_where_it_stands(texts: list[str], is_ordered: bool) -> None:
    tag = "ol" if is_ordered else "ul"
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    html = f"<h2>Checklist</h2><p>a</p><{tag}>{items}</{tag}><p>z</p>"
    found = [body for _, body in lists_under(html, FINDER)]
    if any(not text.strip() or re.match(r"\s*\[ \]\s+$", text) for text in texts):
        return
    [body] = found
    assert html[body.start : body.end] == f"<{tag}>{items}</{tag}>"
    assert [item.html for item in body.items] == [escape(text).strip() for text in texts]


@pytest.mark.parametrize(
    "extension", [[], ["pymdownx.tasklist"], ["pymdownx.tasklist", "custom"]], ids=len
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_lists_of_tasks(extension: list[str], gap: str) -> None:
    markdown = f"- [ ] a\n{gap}- [x] b [c](d)\n{gap}- e\n"
    configs = {"pymdownx.tasklist": {"custom_checkbox": True}} if "custom" in extension else {}
    html = html_of(markdown, *extension[:1], **configs)
    [found] = lists_in(html, 0, len(html))
    assert has_boxes(found)
    items = task_items(found, Ids())
    assert [item.text for item in items] == ["a", 'b <a href="d">c</a>', "e"]
    assert [item.is_ticked for item in items] == [False, True, False]
    assert [bool(item.id) for item in items] == [True, True, False]


def test_what_must_not_stand_in_a_label() -> None:
    assert is_interactive('see <a href="x">y</a>')
    assert not is_interactive("<code>a</code> &lt;a")


# The list of the page and that of the field


def shown_in_place(markdown: str, entries: list[Entry]) -> list[tuple[str, str, str]]:
    html = html_of(markdown)
    [(_, found)] = lists_under(html, FINDER)
    names = matched(found, entries, escape)
    assert names is not None
    items = items_in_place(found, names, escape, is_ordered=False)
    return [(item.id, item.text, item.note) for item in items]


def test_the_list_of_the_page_gets_ids_and_notes() -> None:
    entries = [Entry("b", note="n"), Entry("a", id="first"), Entry("b")]
    stem = names(["b"])[0]
    assert shown_in_place("## Checklist\n\n- A.\n- b\n- b\n", entries) == [
        ("first", "A.", ""), (stem, "b", "n"), (f"{stem}-2", "b", "")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "is_equal"),
    [
        (["a", 'it\'s - "so"...'], True),
        (['it\'s -- "so"', "a"], True),
        (["a"], False),
        (["a", "b"], False),
        (["a", "a"], False),
    ],
)
def test_the_same_list(texts: list[str], is_equal: bool) -> None:
    html = "<h2>Checklist</h2><ul><li>A.</li><li>it’s – “so”…</li></ul>"
    [(_, found)] = lists_under(html, FINDER)
    names = matched(found, [Entry(text) for text in texts], escape)
    assert (names is not None) is is_equal


@pytest.mark.parametrize(
    ("markdown", "items"),
    [
        ("# T\n\n## Checklist\n\n- a\n- b\n", ("a", "b")),
        ("## Checklist ##\n\nText.\n\n1. a\n   more\n2. b\n\nEnd.\n", ("a more", "b")),
        ("## Implementation checklist {#x .y}\n* [x] a `b`\n* [ ] [c](d.md)\n", ("a b", "c")),
        ("## Checklist\n\n- a\n    - b\n        - c\n- d\n", ("a", "b", "d")),
        ("## Checklist\n\n- a\n\n    more\n\n- b\n", ("a", "b")),
        ("## Checklist\n\n- a\n\n    ```\n    - no\n    ```\n- b\n## Next\n- c\n", ("a", "b")),
        ("## Checklist\n\n- a{: .x }\n", ("a",)),
        ("#Checklist\n\n- a\n", ("a",)),
        # None, or not a sure one
        ("## Checklist\n\nText.\n\n## Next\n\n- a\n", None),
        ("## Checklist\n\n- {{ macro }}\n", None),
        ("```\n## Checklist\n```\n\n- a\n", None),
        ("## Other\n\n- a\n", None),
        ("", None),
    ],
)
def test_the_list_of_a_section(markdown: str, items: tuple[str, ...] | None) -> None:
    found = section_of(markdown, WANTED)
    assert (tuple(map(unmarked, found.items)) if found else None) == items


@pytest.mark.parametrize(
    ("markdown", "is_found"),
    [
        ("# C\n\n## Checklist\n\n- a\n- b\n", True),
        ("## Checklist\n\n- a\n- b\n## Next\n", True),
        ("# No list\n", True),
        ("## Checklist\n\n- x\n\n## Next\n\n- a\n- b\n", False),
        ("## Checklist\n\n- a\n- b\n- c\n", False),
        ("## Checklist\n\n- a\n- b\n\n    - c\n", False),
        ("## Checklist\n\n- b\n- a\n", False),
    ],
)
def test_a_list_that_is_just_the_same_is_found_fast(markdown: str, is_found: bool) -> None:
    assert is_there(markdown, WANTED, ["a", "b"]) is is_found


_LINES = st.sampled_from(["- a", "- b", "    - a", "", "Text", "## Next", "* b", "1. a", "```"])


@given(st.lists(_LINES, max_size=8))
def test_what_is_found_fast_is_what_the_other_look_finds(lines: list[str]) -> None:
    markdown = "\n".join(["## Checklist", "", *lines, ""])
    for texts in (["a"], ["a", "b"], ["b"]):
        found = section_of(markdown, WANTED)
        if found and is_there(markdown, WANTED, texts):
            assert found.items == tuple(texts)


@given(st.text("#- checklist\n`~*[]()0.", max_size=80))
def test_no_markdown_breaks_the_look_at_a_section(markdown: str) -> None:
    section_of(markdown, WANTED)


def test_the_same_text_in_markdown_and_html() -> None:
    markdown = "run `a_b` and **see** [the *docs*](x.md), <kbd>C</kbd> ![p](q.png)"
    assert plain_text(html_of(markdown))[:-2] == unmarked(markdown).replace("ab", "a_b")[:-4]


def test_differences() -> None:
    assert differences(["a", "B.", "b"], ["b", "c"]) == (["a", "b"], ["c"])


# Problems


def problems_of(checklist: str, body: str = "", more: str = "") -> list[Problem]:
    own = yaml.safe_load(f"post_meta:\n  checklist: {checklist}\n{more}")
    text = f"---\npost_meta:\n  checklist: {checklist}\n{more}---\n{body}"
    reader = PageReader(PostRules())
    reader.begin(SOURCE, text, body, own)
    return reader.read(SOURCE, own)[1]


def told(checklist: str, body: str = "", more: str = "") -> list[tuple[str, str]]:
    problems = problems_of(checklist, body, more)
    return [(problem.code, problem.field.removeprefix("post_meta.")) for problem in problems]


LIST = "## Checklist\n\n- a\n- b\n"


@pytest.mark.parametrize(
    ("checklist", "codes"),
    [
        ("[a, b]", []),
        ("[a, a, A]", [("duplicate-item", "checklist.1"), ("duplicate-item", "checklist.2")]),
        ("[{text: a, id: x}, {text: a, id: y}]", []),
        ("[{text: a, id: x}, {text: b, id: x}]", [("duplicate-item", "checklist.1.text")]),
        ("{items: [<b>a</b>, '`<b>`', press <kbd>A</kbd>, 1 < 2]}",
         [("markup-as-text", "checklist.items.0")]),
        ("[<script>alert(1)</script>]", [("markup-as-text", "checklist.0")]),
        ("[{note: a}]", [("empty-item", "checklist.0")]),
        ("['', a]", [("empty-item", "checklist.0")]),
        ("[a, b, c, d, e, f, g, h, i]", []),
        ("[a, b, c, d, e, f, g, h, i, j]", [("long-checklist", "checklist")]),
        ("done", [("wrong-type", "checklist")]),
        ("true", [("wrong-type", "checklist"), ("unquoted-text", "checklist.0")]),
        ("[run: now]", [("wrong-type", "checklist.0")]),
        ("[deploy: [a, b]]", [("wrong-type", "checklist.0")]),
        ("[{text: a, items: [b, b]}]", [("duplicate-item", "checklist.0.items.1")]),
    ],
)  # fmt: skip
def test_problems_of_a_checklist(checklist: str, codes: list[tuple[str, str]]) -> None:
    assert told(checklist) == codes


def test_five_hundred_items() -> None:
    [problem] = problems_of(str([f"item {number}" for number in range(500)]))
    assert problem.code == "long-checklist"
    assert "500 items" in problem.message


@pytest.mark.parametrize(
    ("checklist", "said"),
    [
        ("[a, b]", None),
        ("[A., '`b`']", None),
        ("[x, y]", None),  # another list, not the same one that has changed
        ("[a, c]", "only the page has 'b'; only this field has 'c'"),
        ("[a]", "only the page has 'b'"),
        ("[a, b, c, d, e, f]", "only this field has 'c', 'd', 'e' and 1 more"),
        ("[b, a]", "the items stand in another order"),
        ("{mode: read-do, items: [a, {text: b, note: c}]}", None),
    ],
)
def test_drift(checklist: str, said: str | None) -> None:
    found = problems_of(checklist, LIST)
    if said is None:
        assert found == []
        return
    [problem] = found
    assert (problem.code, problem.field) == ("checklist-drift", "post_meta.checklist")
    assert problem.message == f"the list under 'Checklist' is another one: {said}"
    assert problem.place is not None
    assert problem.place.line == 3


def test_no_problems_where_the_checklist_is_off() -> None:
    assert told("[a, a]", LIST, "anp: {checklist: false}\n") == []
