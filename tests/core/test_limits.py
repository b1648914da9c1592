"""Limits: no front matter, however large, deep or tangled, takes long or fills the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.reading import MAX_PAGE_TEXT, MAX_TEXT, MAX_VALUES
from mkdocs_anp.core.report import problem_text
from tests.allowed import Parts
from tests.support import Printer, codes, parse, read, read_meta, text_of

MEGABYTE = 1_000_000
PRINTER = Printer()
CALLS_PER_VALUE = 60


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Hold every test to a number of calls of our functions: the same on every machine."""
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_globals.get("__name__", "").startswith("mkdocs_anp")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
    assert calls < CALLS_PER_VALUE * MAX_VALUES, calls


def show(yaml_text: str) -> tuple[str, list[Problem]]:
    """Return the visible text of a page's parts, and its problems."""
    post, problems = read(yaml_text)
    assert post is not None
    parts = Parts(PRINTER.all(post))
    assert parts.errors == []
    assert all(len(problem_text(problem)) < 1500 for problem in problems)
    return parts.text, problems


def bomb(field: str, leaf: str = "lol", *, levels: int = 9, mapping: bool = False) -> str:
    """Return a billion laughs: each level holds the one before nine times."""
    lines = [f"l0: &l0 [{leaf}]"]
    for level in range(1, levels + 1):
        inner = [f"*l{level - 1} "] * 9
        if mapping:
            inner = [f"k{n}: {item}" for n, item in enumerate(inner)]
        body = ", ".join(inner)
        lines.append(f"l{level}: &l{level} " + (f"{{{body}}}" if mapping else f"[{body}]"))
    return "\n".join([*lines, f"post_meta: {{topic: kept, {field}: *l{levels} }}"])


FIELDS = ["payload", "stack", "summary", "score", "checklist", "entities", "image_sources", "own"]


@pytest.mark.parametrize("mapping", [False, True], ids=["lists", "mappings"])
@pytest.mark.parametrize("field", FIELDS)
def test_alias_bomb(field: str, mapping: bool) -> None:
    text, problems = show(bomb(field, mapping=mapping))
    assert "kept" in text
    assert text.count("lol") <= MAX_VALUES
    assert [code for _, code in codes(problems)].count("too-many-values") == 1


def test_alias_bomb_of_values_that_are_looked_up() -> None:
    show(bomb("payload", leaf="!!set {a}", levels=6))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("payload", "&a {deeper: *a }"),
        ("payload", "&a [*a ]"),
        ("notes", "&a [*a , x]"),
        ("checklist", "&a {items: [*a ]}"),
        ("checklist", "&a {title: *a , items: *a }"),
        ("entities", "&a [*a ]"),
        ("image_sources", "&a [{modified: *a }]"),
        ("ai_outline", "&a [x: *a ]"),
        ("topic", "&a [*a ]"),
        ("flags", "&a {f: *a }"),
    ],
)
def test_a_value_that_holds_itself(field: str, value: str) -> None:
    text, problems = show(f"post_meta: {{summary: kept, {field}: {value}}}")
    assert "kept" in text
    assert "too-deep" in [code for _, code in codes(problems)]


def test_the_whole_meta_holds_itself() -> None:
    text, problems = show("post_meta: &a {topic: kept, payload: *a }")
    assert "kept" in text
    assert "too-deep" in [code for _, code in codes(problems)]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{k: ", "}")])
def test_nested_fifty_deep(opening: str, closing: str) -> None:
    text, problems = show(
        f"post_meta: {{payload: {{a: {opening * 50}x{closing * 50}}}, topic: kept}}"
    )
    assert "kept" in text
    assert "x" not in text.replace("Show", "").split()
    assert [code for _, code in codes(problems)] == ["too-deep"]


def test_what_is_deep_is_folded_once() -> None:
    post, _ = read("post_meta: {payload: {a: {b: {c: {d: {e: deep}}}}}}")
    assert post is not None
    box = parse(PRINTER.meta_box(post))
    inner = box.find(attrs={"data-anp-field": "payload.a.b.c.d.e"})
    assert inner is not None
    assert text_of(inner) == "deep"
    assert len(inner.find_parents("details")) == 2  # the payload itself, and its third level


@pytest.mark.parametrize(
    "field", ["topic", "hash", "difficulty", "reading_time", "notes", "own", "checklist"]
)
def test_a_megabyte_of_text(field: str) -> None:
    text, problems = show(f"post_meta: {{{field}: {'x' * MEGABYTE}}}")
    assert MAX_TEXT <= text.count("x") <= 2 * MAX_TEXT + 200  # once more in the glance line
    assert (f"post_meta.{field}", "too-long") in [
        (path.removesuffix(".0"), code) for path, code in codes(problems)
    ]


@pytest.mark.parametrize(
    "note", [f"a: {'x' * MEGABYTE}", f"? {'x' * MEGABYTE}\n    : a"], ids=["value", "key"]
)
def test_a_megabyte_of_text_behind_a_colon(note: str) -> None:
    text, _ = show(f"post_meta:\n  notes:\n  - {note}\n")
    assert text.count("x") <= MAX_TEXT + 200


def test_a_megabyte_as_a_key() -> None:
    text, _ = show(f"post_meta: {{payload: {{? {'k' * MEGABYTE} : v}}, ? {'k' * MEGABYTE} : w}}")
    assert text.count("k") < 1000


def test_many_long_texts_together() -> None:
    items = ", ".join(f"{n}{'x' * 19_000}" for n in range(100))
    text, problems = show(f"post_meta: {{notes: [{items}], topic: kept}}")
    assert "kept" in text
    assert text.count("x") <= MAX_PAGE_TEXT
    assert {code for _, code in codes(problems)} == {"too-long"}


@pytest.mark.parametrize("field", ["payload", "score", "notes", "entities", "own"])
def test_many_values(field: str) -> None:
    count = 3 * MAX_VALUES
    values = ", ".join(f"k{n}: 1" for n in range(count))
    post, problems = read(f"post_meta: {{{field}: {{{values}}}, topic: kept}}")
    assert post is not None
    assert post.fields["topic"] == "kept"
    assert [code for _, code in codes(problems)].count("too-many-values") == 1
    shown = post.fields[field]
    assert len(shown[0] if isinstance(shown, list) else shown) <= MAX_VALUES


@pytest.mark.parametrize("field", ["payload", "own", "notes"])
def test_many_numbers_to_look_up(field: str) -> None:
    values = ", ".join(f"{n}.10" for n in range(5_000))
    post, _ = read(f"post_meta: {{{field}: {{a: [{values}]}}}}")
    assert post is not None
    assert post.fields[field]["a"] == [f"{n}.10" for n in range(5_000)]


@pytest.mark.parametrize(
    "number", ["0x" + "1" * 4000, "-0b" + "1" * 15_000, "9" * 4000], ids=["hex", "binary", "digits"]
)
@pytest.mark.parametrize(
    "field",
    ["topic", "view_count", "reading_time", "score", "flags", "difficulty", "payload", "own"],
)
def test_a_number_that_python_will_not_print(field: str, number: str) -> None:
    text, _ = show(f"post_meta: {{topic: kept, {field}: {{a: {number}}}}}")
    assert text.count(number) > 0
    text, _ = show(f"post_meta: {{summary: kept, {field}: {number}}}")
    assert text.count(number) > 0
    assert "kept" in text


def test_a_number_as_long_as_a_book_is_cut() -> None:
    text, _ = show(f"post_meta: {{topic: 0x{'1' * 100_000}}}")
    assert text.count("1") <= 2 * MAX_TEXT + 200


def test_many_numbers_by_key_to_look_up() -> None:
    values = ", ".join(f"k{n}: 0{n}1" for n in range(9_000))
    post, _ = read(f"post_meta: {{payload: {{{values}}}, revision: {{version: 1.10}}}}")
    assert post is not None
    assert post.fields["revision"]["version"] == "1.10"
    assert post.fields["payload"]["k8888"] == "088881"


@pytest.mark.parametrize("tag", ["!!omap", "!!pairs"])
def test_alias_bomb_of_pairs(tag: str) -> None:
    lines = ["l0: &l0 [lol]"]
    for level in range(1, 9):
        inner = ", ".join([f"*l{level - 1} "] * 10)
        lines.append(f"l{level}: &l{level} [{inner}]")
    text, _ = show(
        "\n".join([*lines, f"post_meta: {{topic: kept, payload: {{a: {tag} [k: *l8 ]}}}}"])
    )
    assert "kept" in text
    assert text.count("lol") <= MAX_VALUES


def test_a_value_that_holds_itself_twice_is_named_for_each_place() -> None:
    _, problems = show("post_meta: {payload: &x {a: *x, b: *x}}")
    assert len(problems) <= 4


def test_what_another_plugin_made_is_shown_as_far_as_it_goes() -> None:
    class Odd:
        def __str__(self) -> str:
            return "<odd>"

    values: list[Any] = [Odd(), (1, 2), frozenset({3}), 1 + 2j, range(3)]
    post, _ = read_meta({"payload": {"a": values}, "topic": Odd(), "flags": {"f": Odd()}})
    assert post is not None
    assert Parts(PRINTER.all(post)).errors == []
