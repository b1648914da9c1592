"""The loading of front matter: the values that MkDocs makes of it, and the same text below."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from yaml.constructor import SafeConstructor

from mkdocs_anp.core.loading import load
from mkdocs_anp.synth import post_text
from tests.checkout import ROOT
from tests.core.test_frontmatter import SOURCES
from tests.support import Loader, hostile_strings

INTEGER = "tag:yaml.org,2002:int"
POSTS = sorted((ROOT / "docs").rglob("*.md"))

# One look at each node is enough for these.
PLAIN = [
    "a: 1\nb: [x, {c: y}]\n",
    "a: yes\nb: no\nc: ~\nd:\ne: ''\nf: 'no'\n",
    "a: 0123\nb: 0x1f\nc: 1_000\nd: 12:30\ne: +1\nf: 1.10\ng: .5\nh: 1e3\ni: 1.0e+3\n",
    "a: .inf\nb: -.INF\nc: .nan\nd: -0\ne: -0.0\nf: 99999999999999999999\n",
    "a: 2018-06-23\nb: 2018-06-23 10:00:00\nc: 2018-06-23T10:00:00+02:00\nd: '2018-06-23'\n",
    "a: !!str 5\nb: !!int '5'\nc: !!float 1\nd: !!binary aGVsbG8=\ne: !!null ''\n",
    "a: !!map {b: c}\nd: !!seq [e]\n",
    "a: |\n  b\n   c\n\nd: >-\n  e\n  f\n",
    "a: {}\nb: []\nc: [[], [{}]]\n",
    "a: &x b\nc: *x\n",
    "&x a: *x\n",
    "a: true\nb: 1\nc: 1.0\nd: '1'\n",
    "é: ü\n日本: 語\n'a b': \"\\u00e9\\x07\"\n",
]
# These are left to PyYAML.
UNUSUAL = [
    "a: &x [b]\nc: *x\n",
    "a: &x 2018-06-23\nb: *x\n",
    "a: &x {b: c}\nd: {<<: *x, e: f}\n",
    "a: &x {b: c}\nd: [*x, *x]\n",
    "a: &x [*x]\n",
    "&x {a: *x}\n",
    "1: a\n1.0: b\ntrue: c\n~: d\n2018-06-23: e\n",
    "? [a, b]\n: c\n",
    "a: !!set {b, c}\n",
    "a: !!omap [b: c]\n",
    "a: !!pairs [b: c, b: d]\n",
    "!!omap [a: b]\n",
    "=: a\n",
    "a: =\n",
    "a: {=: b}\n",
    "'<<': a\n<<: {b: c}\n",
    "<<: a\n",
]
# MkDocs takes nothing from these.
UNREADABLE = [
    "a: 2018-13-45\n",
    "a: !x b\n",
    "a: !!python/object:os.system {}\n",
    "a: !!int x\n",
    "a: !!float x\n",
    "a: !!binary é\n",
    "a: !!str {b: c}\n",
    "a: !!map [b]\n",
    "a: !!seq {b: c}\n",
    "a: *x\n",
    "a: b: c\n",
    "? [a]\n: b\n? {c: d}\n: e\n",
    "a: [\n",
    "--- a\n",
    "\tb: c\n",
    "- a\n",
    "!!set {a, b}\n",
    "a\n",
    "# a\n",
    "~\n",
    "%YAML 9.9\n",
    "a: \x07\n",
]
BOMB = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]\n" for i in range(30))


def source_of(text: str) -> str:
    return f"---\n{text}---\n\n\n# Title\n"


def exactly(values: Any) -> str:
    """Return a text that tells values, types, order, and which lists, say, are one object."""
    return yaml.dump(values, sort_keys=False)


def assert_it_is_what_mkdocs_makes(source: str) -> None:
    body, meta = get_data(source)
    loaded = load(source)
    if loaded is None:  # then MkDocs is asked
        return
    assert loaded.body == body
    assert exactly(loaded.meta) == exactly(meta)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_values(text: str) -> None:
    source = source_of(text)
    assert_it_is_what_mkdocs_makes(source)
    loaded = load(source)
    assert loaded
    assert loaded.meta
    assert loaded.body == "# Title\n"
    assert loaded.repeats_a_key is False  # so that it was not left to PyYAML


@pytest.mark.parametrize("text", UNUSUAL)
def test_unusual_values(text: str) -> None:
    source = source_of(text)
    assert_it_is_what_mkdocs_makes(source)
    loaded = load(source)
    assert loaded is None or loaded.repeats_a_key is None
    assert bool(loaded) is bool(get_data(source)[1])


@pytest.mark.parametrize("text", UNREADABLE)
def test_unreadable_front_matter_is_left_to_mkdocs(text: str) -> None:
    source = source_of(text)
    assert load(source) is None
    assert get_data(source)[1] == {}


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_front_matter(source: str) -> None:
    assert_it_is_what_mkdocs_makes(source)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_pages_of_the_documentation(path: Path) -> None:
    assert_it_is_what_mkdocs_makes(path.read_text(encoding="utf-8"))


def test_posts_are_not_left_to_pyyaml() -> None:

    for number in range(50):
        source = post_text(3, number)
        loaded = load(source)
        assert loaded
        assert loaded.repeats_a_key is False
        assert (loaded.body, exactly(loaded.meta)) == (
            get_data(source)[0],
            exactly(get_data(source)[1]),
        )


def test_hostile_strings() -> None:
    for text in hostile_strings():
        values = {"title": text, text: [text, {"a": text}]}
        assert_it_is_what_mkdocs_makes(source_of(yaml.dump(values, allow_unicode=True)))
        assert_it_is_what_mkdocs_makes(source_of(f"a: {text}\n"))


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "m: {a: 1, 'a': 2}\n", "m: [{a: [{b: x, b: x}]}]\n", '"\\u0061": 1\na: 2\n'],
)
def test_a_key_that_stands_twice_is_noticed(text: str) -> None:
    loaded = load(source_of(text))
    assert loaded
    assert loaded.repeats_a_key is True
    assert_it_is_what_mkdocs_makes(source_of(text))


def test_aliases_of_aliases_are_made_once() -> None:
    loaded = load(source_of(BOMB))
    assert loaded
    assert loaded.meta["a2"][0] is loaded.meta["a1"]


def test_long_front_matter_is_left_to_mkdocs() -> None:
    assert load(source_of(f"a: {'b' * 100_000}\n"))
    assert load(source_of(f"a: {'b' * 300_000}\n")) is None


def test_deep_nesting() -> None:
    for depth in (50, 500):
        source = source_of(f"a: {'[' * depth}{']' * depth}\n")
        loaded = load(source)
        assert loaded
        own, other = loaded.meta["a"], get_data(source)[1]["a"]
        while own and other:
            own, other = own[0], other[0]
        assert own == other == []


def test_values_of_pages_are_not_shared_but_for_scalars() -> None:

    source = source_of("a: [b]\nc: {d: 1}\n")
    first, second = load(source), load(source)
    assert first
    assert second
    assert first.meta == second.meta
    first.meta["a"].append("e")
    first.meta["c"]["f"] = "g"
    assert second.meta == {"a": ["b"], "c": {"d": 1}}


def test_a_site_may_change_how_yaml_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other plugins and hooks add to PyYAML's loader; what they say counts."""
    source = source_of("a: b\nc: !env d\n")
    assert load(source) is None
    constructors = {**Loader.yaml_constructors, "!env": lambda loader, node: node.value.upper()}
    monkeypatch.setattr(Loader, "yaml_constructors", constructors)
    loaded = load(source)
    assert loaded
    assert loaded.meta == get_data(source)[1] == {"a": "b", "c": "D"}
    constructors = {**constructors, "tag:yaml.org,2002:str": lambda loader, node: "x"}
    monkeypatch.setattr(Loader, "yaml_constructors", constructors)
    assert load(source) is None


def test_a_site_may_change_what_yaml_takes_for_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of("a: \u00a71\nb: [+5, x]\n")
    resolvers = {**Loader.yaml_implicit_resolvers, "\u00a7": [(INTEGER, re.compile("\u00a7"))]}
    monkeypatch.setattr(Loader, "yaml_implicit_resolvers", resolvers)
    assert load(source) is None  # no number, to Python
    resolvers = {None: [("tag:yaml.org,2002:null", re.compile("x"))]}
    monkeypatch.setattr(Loader, "yaml_implicit_resolvers", resolvers)
    assert load(source) is None
    assert get_data(source)[1] == {"a": "\u00a71", "b": ["+5", None]}


def test_tags_that_depend_on_a_path_are_left_to_mkdocs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Loader, "yaml_path_resolvers", {(("a", None),): INTEGER})
    assert load(source_of("a: b\n")) is None


def test_what_a_plugin_changes_in_place_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        SafeConstructor.yaml_constructors, INTEGER, lambda loader, node: f"{node.value}!"
    )
    assert load(source_of("a: 1\n")) is None
    assert get_data(source_of("a: 1\n"))[1] == {"a": "1!"}


_pieces = st.sampled_from(
    [
        *[
            "a: ",
            "b: ",
            "'c': ",
            "? ",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\n",
            "\n  ",
            "\n    ",
        ],
        *["x", "1", "0x1", "1.0", "true", "~", "2020-01-01", "'y'", '"z"', "=", "|\n  ", "# "],
        *["&x ", "*x", "&y ", "*y", "<<: ", "!!str ", "!!set ", "!t ", "---\n", "...\n"],
        *["\t", "é", "\u2028", "\r"],
    ]
)
_inner = st.recursive(
    st.sampled_from(["x", "1", "true", "'y'", "2020-01-01", "*x", "*y", "~", "!!str 1"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(st.sampled_from("abc1") | st.just("<<"), inner), max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"
        )
    ),
    max_leaves=8,
)


@given(st.lists(_pieces, max_size=20).map("".join))
@example("a: &x b\n*x : c")
def test_any_text(text: str) -> None:
    assert_it_is_what_mkdocs_makes(source_of(f"{text}\n"))


@given(st.lists(_inner, min_size=1, max_size=4))
def test_any_nesting(values: list[str]) -> None:
    head = "s: &x {p: 1}\nt: &y [q]\n"
    lines = "".join(f"k{number}: {value}\n" for number, value in enumerate(values))
    assert_it_is_what_mkdocs_makes(source_of(head + lines))
