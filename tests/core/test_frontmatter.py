"""The front matter's text: MkDocs' own idea of a block, and values as they were written."""

from __future__ import annotations

import time
from datetime import date, datetime, timezone
from typing import Any, Literal

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import YAML_RE, get_data

from mkdocs_anp.core.blocks import Block, front_matter_block
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.problems import Edit, Place, Span
from mkdocs_anp.core.repeated_keys import may_repeat_a_key
from mkdocs_anp.core.yaml_text import YamlText
from mkdocs_anp.synth import post_text
from tests.support import Loader, front_matter, read_values

SOURCES = [
    "---\na: 1\n---\nText\n",
    "---\na: 1\n...\nText\n",
    "--- \t\na: 1\n---  \nText\n",
    "---\na: 1\n---",
    "---\na: 1\n---\n",
    "---\n---\n",
    "---\n---\na: 1\n---\n",
    "---\n\n---\n",
    "---\n...\na: 1\n---\n",
    "---\na: 1\n----\nb: 2\n---\nText",
    "---\na: 1\n--- b\nc: 2\n---\n",
    "---\na: |\n  ---\n  x\n---\n",
    "---\na: 1\n",
    "--\na: 1\n--\n",
    "----\na: 1\n---\n",
    "\n---\na: 1\n---\n",
    " ---\na: 1\n---\n",
    "+++\na = 1\n+++\n",
    "---\n- a\n- b\n---\n",
    "---\njust text\n---\n",
    "---\na: b: c\n---\n",
    "---\na: 1\r\n---\r\n",
    "# Title\n\n---\n\na: 1\n---\n",
    "a: 1\nb: 2\n\nText\n",
    "---\u00a0\na: 1\n---\n",
    "",
]


def expected_meta(source: str) -> dict[str, Any]:
    """Return what MkDocs takes for meta, where it stands between fences."""
    return get_data(source)[1] if YAML_RE.match(source) else {}


def assert_block_is_what_mkdocs_parses(source: str) -> None:
    try:
        meta = yaml.load(front_matter_block(source).text, Loader)
    except yaml.YAMLError:
        meta = None
    assert (meta if isinstance(meta, dict) else {}) == expected_meta(source)


@pytest.mark.parametrize("source", SOURCES)
def test_block_is_what_mkdocs_parses(source: str) -> None:
    assert_block_is_what_mkdocs_parses(source)


pieces = st.sampled_from(
    ["---", "...", "--", "\n", "\n", "\n\n", " ", "\t", "a: 1", "b: x", "- c", "# T", "\r\n", "\f"]
)


@given(st.lists(pieces, max_size=14).map("".join))
@example("---\n---\nb: x\n...\n---\n")
def test_block_of_any_text_is_what_mkdocs_parses(source: str) -> None:
    assert_block_is_what_mkdocs_parses(source)


def test_the_text_is_not_read_without_need() -> None:
    def read() -> Block:
        raise AssertionError("read for nothing")

    meta = {"post_meta": {"topic": " caches ", "reading_time": "6", "flags": {"has_images": "no"}}}
    post, problems = read_values(meta, FrontMatter([YamlText(read)]))
    assert post is not None
    assert not problems


@pytest.mark.parametrize("error", [OSError, UnicodeDecodeError("utf-8", b"", 0, 1, "no")])
def test_a_text_that_cannot_be_read_any_more_is_no_text(error: Exception) -> None:
    def read() -> Block:
        raise error

    assert FrontMatter([YamlText(read)]).as_written(("topic",), 1.1) == "1.1"


def test_a_text_is_read_once() -> None:
    reads = []
    text = YamlText(lambda: Block("a: 1.10\nb: 1.20", len(reads.append(1) or "x")))  # type: ignore[func-returns-value]
    matter = FrontMatter([text])
    assert [matter.as_written((key,), value) for key, value in (("a", 1.1), ("b", 1.2))] == [
        "1.10",
        "1.20",
    ]
    assert len(reads) == 1


@pytest.mark.parametrize(
    "written",
    [
        "0123",
        "1_000",
        "12:30",
        "1.10",
        "1.",
        ".5",
        "+1",
        "-1",
        "0x1F",
        "0b11",
        "1.5e+3",
        "00",
        "0",
        "-0.0",
        "+.5",
        "1e3",
        "20180623",
        "2018-06-23",
        "1.0",
        "10",
        "0.1",
        "100000.0",
        "3.14159",
        "0.00001",
        "1.5_0",
        "-12:30:45",
        ".inf",
        "-.Inf",
        ".NaN",
        "yes",
        "No",
        "ON",
        "off",
        "true",
        "2018-06-23T10:02:00Z",
        "123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
    ],
)
@pytest.mark.parametrize(
    "layout",
    ["v: {}", "v: {}\n", "v:   {} # why", "{{v: {}}}", "{{a: 1, v: {}, b: 2}}", '"v" : {}'],
)
def test_a_scalar_is_given_back_as_written(written: str, layout: str) -> None:
    text = layout.format(written)
    value = yaml.load(text, Loader)["v"]
    if not isinstance(value, str):
        assert front_matter(text).as_written(("v",), value) == written


@given(st.from_regex(r"[-+]?[0-9_.:xbeE+-]{1,10}", fullmatch=True))
@example("12:30")
@example("1.10")
def test_any_number_is_given_back_as_written(written: str) -> None:
    text = f"v: {written}"
    try:
        value = yaml.load(text, Loader)["v"]
    except (yaml.YAMLError, ValueError, TypeError):
        assume(False)
    assume(not isinstance(value, str))
    assume(written != "-0")  # a known bug, see cases/as-written-minus-zero.yml
    assert front_matter(text).as_written(("v",), value) == written


def test_the_page_wins_over_its_defaults_and_equal_values_tell_where_to_look() -> None:
    matter = front_matter("v: 0x10", "v: 1_6\nw: 0x0A")
    assert matter.as_written(("v",), 16) == "0x10"
    assert matter.as_written(("w",), 10) == "0x0A"


def test_a_list_whose_items_were_moved_by_a_merge() -> None:
    assert front_matter("v: [1.10, 1.20]").as_written(("v", 5), 1.2) == "1.20"


def test_a_value_of_another_plugin_is_written_plainly() -> None:
    matter = front_matter("v: 0x10")
    assert matter.as_written(("v",), 17) == "17"
    assert matter.as_written(("w",), False) == "false"
    moment = datetime(2018, 6, 23, 10, 2, tzinfo=timezone.utc)
    assert matter.as_written(("w",), moment) == "2018-06-23 10:02:00+00:00"
    assert matter.as_written(("w",), date(2018, 6, 23)) == "2018-06-23"


@pytest.mark.parametrize(
    "text", ["a: b: c", "\tv: 0x10", "[" * 500, "v: 0x10\n---\nv: 0x10", "\x07"]
)
def test_broken_yaml_gives_the_plain_form(text: str) -> None:
    assert front_matter(text).as_written(("v",), 16) == "16"


def test_aliases_do_not_multiply_the_work() -> None:
    # A set is no scalar node: nothing is at the path, and all 9**6 others are looked at.
    levels = ["l0: &l0 [!!set {a}]"]
    levels += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 7)]
    text = "\n".join(levels)
    value = yaml.load(text, Loader)
    path: tuple[Any, ...] = ("l6", *[0] * 7)
    for key in path:
        value = value[key]
    start = time.process_time()
    assert front_matter(text).as_written(path, value) == "a"
    assert time.process_time() - start < 0.2


def repeated(text: str) -> list[tuple[Any, ...]]:
    """Return the paths of keys that stand twice."""
    return [path for path, _, _ in YamlText(lambda: Block(text)).repeated_keys()]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("a: 1\nb: 2\na: 3\n", [("a",)]),
        ("m:\n  a: 1\n  a: 2\na: 3\n", [("m", "a")]),
        ("m: {a: 1, b: {a: 1}, 'a': 2}\n", [("m", "a")]),
        ("m: [{a: 1}, {a: 1}, {a: 1, a: 2}]\n", [("m", 2, "a")]),
        ('{"a":1,"a":2}\n', [("a",)]),
        ("ai outline: x\nai outline: y\n", [("ai outline",)]),
        ('"\\u0061": 1\na: 2\n', [("a",)]),
        ("a: &x {b: 1, b: 2}\nc: *x\n", [("a", "b")]),
        ("a: &x {b: 1}\nc: {<<: *x, b: 2, b: 3}\n", [("c", "b")]),
        ("1: a\n1: b\n", [("1",)]),
        ("a: 1\nb: [{a: 1}, {a: 2}]\n", []),
        ('a: "b: c"\nb: x\n', []),
        ("# a: 1\na: 1\n", []),
        ("a: &x {b: 1}\nc: {<<: *x, b: 2}\n", []),
        ("a: [*x]\n", []),
        ("- a\n- b\n", []),
        ("", []),
    ],
)
def test_repeated_keys(text: str, paths: list[tuple[Any, ...]]) -> None:
    assert repeated(text) == paths
    if paths:
        assert may_repeat_a_key(text, yaml.load(text, Loader))


def test_a_post_without_repeated_keys_is_nearly_never_parsed_again() -> None:
    blocks = [front_matter_block(post_text(3, index)).text for index in range(100)]
    assert sum(may_repeat_a_key(text, yaml.load(text, Loader)) for text in blocks) < 5


_names = st.sampled_from(["a", "b", "a b", "ab", "b-a", "'a'", '"b"', "é", "1"])
_inner = st.recursive(
    st.sampled_from(["x", "null", '"a: b"', "'b: c'", "1", "a"]),
    lambda inner: (
        st.lists(st.tuples(_names, inner), max_size=4).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"
        )
        | st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    ),
    max_leaves=12,
)


@given(st.lists(st.tuples(_names, _inner), max_size=6))
def test_no_repeated_key_is_missed(entries: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in entries)
    meta = yaml.load(text, Loader) or {}
    assert may_repeat_a_key(text, meta) or not repeated(text)


def test_where_a_field_stands() -> None:
    text = "title: a\nscore: {quality: 900, depth: 1}\nnotes:\n  - one\n  - two: x\nempty:\n"
    document = YamlText(lambda: Block(text, 2, 4), "a.md")

    def marked(path: tuple[Any, ...], target: Literal["key", "value"] = "value") -> str:
        _, span = document.find(path, target)
        assert span is not None
        return text[span.start : span.end]

    assert marked(("title",)) == "a"
    assert marked(("title",), "key") == "title"
    assert marked(("score", "quality")) == "900"
    assert marked(("score", "depth"), "key") == "depth"
    assert marked(("score",)) == "{quality: 900, depth: 1}"
    assert marked(("score", "missing")) == "score"
    assert marked(("notes",)) == "notes"
    assert marked(("notes", 0)) == "one"
    assert marked(("notes", 1, "two")) == "x"
    assert marked(("empty",)) == "empty"
    assert marked(("missing",)) == ""
    assert marked(("notes", 1)) == "two: x"
    found = document.locate(Span(25, 28), "100")
    assert found.place == Place(3, 17, 20, "score: {quality: 900, depth: 1}")
    assert found.edit == Edit(Span(29, 32), "100")


def test_the_end_of_a_value_that_holds_itself() -> None:
    document = YamlText(lambda: Block("- &x\n  - *x\n"))
    depth, span = document.find((0,), "value")
    assert depth == 1
    assert span is not None
