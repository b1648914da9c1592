"""The JSON Schema of front matter: it takes what is read without a problem, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from mergedeep import Strategy, merge

from mkdocs_anp.core.fields import BUILT_IN, Field
from mkdocs_anp.core.keys import canonical_key
from mkdocs_anp.core.page_keys import KNOWN
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.schema import DESCRIPTIONS, PAGE_KEYS, front_matter_schema
from mkdocs_anp.core.settings import FEATURES
from mkdocs_anp.core.site_fields import TYPES, FieldError, site_fields
from mkdocs_anp.synth import post_text
from tests.checkout import ROOT
from tests.core.strategies import nearly
from tests.core.test_cases import CASES, load, read_case
from tests.support import read, read_meta

POSTS = sorted((ROOT / "docs" / "posts").glob("*.md"))
TOP = Field("mapping", fields=BUILT_IN)
CONFIG = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
SITE = site_fields(CONFIG["plugins"][1]["anp"]["fields"])
"""The fields of the documentation."""

# Cases that an editor underlines though the page has no problem, and why.
STRICTER = {
    "binary": "no schema knows the tag",
    "empty-values-hint": "[] and {} in a list of texts are nothing to the reader alone",
    "list-of-names": "1.10 is a number, since an editor does not see how it is written",
    "ordered-mapping-of-yaml": "no schema knows the tag",
    "page-settings-without-post": "a schema cannot tell that the page is no post",
    "set": "no schema knows the tag",
    "validation-switched-off": "no value switches a schema off",
}
# Cases with a problem that an editor does not see, and why.
LOOSER = {
    "as-written-dates-hint": "a day is a text in YAML 1.2",
    "comment-as-value-hint": "a comment is nothing",
    "field-misspelt-at-the-top-nope": "on the top level, any key may be another tool's",
    "field-required-of-a-page-without-meta-nope": "a schema does not know which pages are posts",
    "list-with-swallowed-items-nope": "a text of several lines is a text",
    "meta-key-misspelt-nope": "on the top level, any key may be another tool's",
}
# What the page has a problem with and no schema sees, by the code of the problem.
UNSEEN = {
    "duplicate-key",
    "two-spellings",
    "unknown-language",
    "empty-list",
    "empty-item",
    "number-as-flag",
    "too-deep",
    "too-long",
    "too-many-values",
    "not-indented",
    "unescaped-markup",
    "duplicate-item",
    "markup-as-text",
    "long-checklist",
    "checklist-drift",
}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2, as editors do: no dates, no yes and no, no octal, no base 60."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (as in the base class)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping with keys of text, which is all that a schema knows."""
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:merge" and isinstance(key, yaml.ScalarNode):
                key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


_CORE = {
    "null": (r"~|null|Null|NULL|", "~nN\0"),
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?(?:[1-9][0-9]*|0)|0x[0-9a-fA-F]+", "-+0123456789"),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+.0123456789",
    ),
    "merge": (r"<<", "<"),
}
for name, (pattern, first) in _CORE.items():
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{name}",
        re.compile(f"^(?:{pattern})$"),
        ["" if char == "\0" else char for char in first],
    )
EditorLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(_python(loader.construct_scalar(node)))
)


def _python(number: str) -> str:
    return re.sub(r"\.(?=inf|nan)", "", number.lower())


def as_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)


@cache
def validator(top: Field = TOP, meta_key: str = "post_meta") -> Draft7Validator:
    return Draft7Validator(front_matter_schema(top, meta_key))


def errors(meta: Any, top: Field = TOP, meta_key: str = "post_meta") -> list[str]:
    """Return the places of a front matter that the schema does not take."""
    found = validator(top, meta_key).iter_errors(meta)
    return sorted({".".join(map(str, error.absolute_path)) for error in found})


def valid_values(option: dict[str, Any], *values: Any) -> list[bool]:
    """Return whether the own field `own` may have these values."""
    top = site_fields({"own": option})
    return [not errors({"post_meta": {"own": value}}, top) for value in values]


def codes_of(case: dict[str, Any]) -> set[str]:
    return {problem.code for problem in read_case(case)[1]}


def test_the_schema_is_one_of_draft_7() -> None:
    for meta_key in ("post_meta", "", "About Me"):
        schema = front_matter_schema(TOP, meta_key, "Notes")
        assert schema["$schema"] == Draft7Validator.META_SCHEMA["$id"]
        assert schema["title"] == "Front matter of Notes"
        Draft7Validator.check_schema(schema)


def test_the_schema_is_always_the_same() -> None:
    option = {"own": {"type": "choice", "choices": ["b", "a"]}, "topic": {"label": "Subject"}}
    first, second = (json.dumps(front_matter_schema(site_fields(option), "")) for _ in range(2))
    assert first == second
    json.loads(first, parse_constant=pytest.fail)  # no NaN, no Infinity


def test_references_lead_somewhere_and_definitions_are_used() -> None:
    schema = front_matter_schema(TOP, "post_meta")
    used = {value for key, value in leaves(schema) if key == "$ref"}
    assert used == {f"#/definitions/{name}" for name in schema["definitions"]}


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each scalar of a schema with the key above it."""
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from leaves(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, key)
    else:
        yield key, value


def test_every_built_in_field_is_described_and_nothing_else() -> None:
    def paths(fields: Mapping[str, Field], above: str = "") -> Iterator[str]:
        for key, field in fields.items():
            yield above + key
            yield from paths(field.fields, f"{above}{key}.")
            if field.of is not None and field.type == "list":
                yield from paths(field.of.fields, f"{above}{key}.")

    assert set(DESCRIPTIONS) == set(paths(BUILT_IN))
    for text in DESCRIPTIONS.values():
        assert text.endswith(".")
        assert text[0].isupper()


def test_keys_of_the_page_are_known_ones() -> None:
    assert set(PAGE_KEYS) <= KNOWN
    assert errors({"title": "A", "any": {"thing": [1]}, "tags": ["a"], "icon": None}) == []
    assert errors({"tags": "a, b", "search": False}) == ["search", "tags"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = load(path)
    own, defaults = (as_editor(case.get(key, "")) or {} for key in ("meta", "defaults"))
    meta = merge(defaults, own, strategy=Strategy.TYPESAFE_ADDITIVE)
    rules = case.get("rules", {})
    found = errors(meta, site_fields(rules.get("fields", {})), rules.get("meta_key", "post_meta"))
    is_seen = not codes_of(case) <= UNSEEN
    if path.stem in (STRICTER if found else LOOSER):
        is_seen = not is_seen
    assert bool(found) is is_seen


def test_what_is_stricter_or_looser_is_so() -> None:
    cases = {path.stem: load(path) for path in CASES}
    assert all(codes_of(cases[name]) <= UNSEEN for name in STRICTER)
    assert not any(codes_of(cases[name]) <= UNSEEN for name in LOOSER)


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_posts_of_the_documentation(path: Path) -> None:
    front = path.read_text(encoding="utf-8").split("---\n")[1]
    _, problems = read(front, PostRules(top=SITE))
    hints = {problem.field for problem in problems if problem.code == "unquoted-text"}
    assert errors(as_editor(front), SITE) == sorted(hints)


def test_synthesized_posts() -> None:
    for index in range(50):
        front = as_editor(post_text(7, index).split("---\n")[1])
        assert set(front["post_meta"]) == set(BUILT_IN)
        assert errors(front) == []


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [
        ("text", ["a", "", None], [1, 1.1, True, ["a"], {"a": "b"}]),
        ("markdown", ["*a*"], [1]),
        ("integer", [3, "3", " -3 ", 6.0, "", None], [3.5, "3.5", True, "x", [3], 10**18]),
        ({"type": "integer", "min": 2, "max": 4}, [2, 4, None], [1, 5]),
        ("number", [3, 3.5, "3.5", None], ["1e3", True, {"a": 1}, float("inf")]),
        ({"type": "number", "max": 0.5}, [0.5, -3], [0.6]),
        ("boolean", [True, 0, 1, "yes", "NO", "On", "0", None], [2, "maybe", [True], 0.5]),
        (
            "date",
            ["2018-06-23", " 2018-6-3 ", "2018-06-23 10:02:00", "2018-06-23T23:30:00-08:00", ""],
            ["2018-02-30", "0000-00-00", "23 June 2018", "2018", 2018, {"created": "2018-06-23"}],
        ),
        (
            "url",
            [
                "https://a.org/b?c=d#e",
                "../a.md",
                "MailTo:a@b.org",
                "//a.org",
                "#top",
                "a b".strip("b "),
            ],
            ["javascript:alert(1)", "a b", "data:text/html,x", "a:b", "https://a\\b", 3, ["a"]],
        ),
        (
            {"choices": ["beginner", "Do it", "3.10"]},
            ["beginner", "BEGINNER", " Beginner ", "do-it", "doIt", "3.10", 3.1, None, ""],
            ["begin", "beGinner", 3.2, ["beginner"], True],
        ),
        ("list", [["a", 1, None], "a", 3, True, None, []], [{"a": "b"}]),
        ({"of": "text"}, [["a", None], "a", None], [[1], 1, [["a"]], [{"a": "b"}], {"a": "b"}]),
        ({"of": {"choices": ["a", "b"]}}, [["a", "B"], "b", None], ["c", ["c"], [["a"]]]),
        (
            {"of": {"fields": {"name": "text"}}},
            [[{"name": "a"}], {"name": "a"}, {"Name": "a"}, None],
            ["a", [{"nam": "a"}], {"nam": "a"}, [{"name": 1}]],
        ),
        ({"of": {"of": "integer"}}, [[[1], 2], 3, [["4"]]], [{"a": 1}, ["x"], [[[1]]]]),
        (
            "mapping",
            [{"a": {"b": [1]}}, [{"a": 1}, {"b": 2}], {}, None],
            ["a", 1, [{"a": 1, "b": 2}]],
        ),
        ({"type": "mapping", "of": "integer"}, [{"a": 1}, [{"a": 1}]], [{"a": "x"}, [{"a": "x"}]]),
        (
            {"fields": {"a_b": "text"}},
            [
                {
                    "a_b": "x",
                },
                {"aB": "x"},
                [{"A B": "x"}],
            ],
            [{"c": "x"}, {"aB": 1}],
        ),
        ("any", ["a", 1, [1, {"a": None}], {"a": 1}, None], []),
    ],
    ids=str,
)
def test_own_field(option: Any, good: list[Any], bad: list[Any]) -> None:
    assert valid_values(option, *good) == [True] * len(good)
    assert valid_values(option, *bad) == [False] * len(bad)


def test_every_type_of_a_site_is_tried_above() -> None:
    [mark] = [mark for mark in test_own_field.pytestmark if mark.name == "parametrize"]
    tried = {site_fields({"own": option}).fields["own"].type for option, *_ in mark.args[1]}
    assert tried == set(TYPES)


def test_words_of_own_fields() -> None:
    top = site_fields(
        {"p95": {"type": "integer", "min": 0, "unit": "ms", "label": "95 % of requests"}}
    )
    own = front_matter_schema(top, "")["definitions"]["p95"]
    assert own["title"] == "95 % of requests"
    assert own["description"] == "A whole number, at least 0. Unit: ms."


def test_required_fields() -> None:
    top = site_fields({"topic": {"required": True}, "own_er": {"required": True}})
    assert errors({"post_meta": {"topic": "a", "own_er": "b"}}, top) == []
    assert errors({"post_meta": {"Topic": "a", "ownEr": "b"}}, top) == []
    assert errors({"title": "no post"}, top) == []
    messages = [e.message for e in validator(top).iter_errors({"post_meta": {"topic": "a"}})]
    assert messages == ["'own_er' is a required property"]
    for nothing in (None, ""):
        assert errors({"post_meta": {"topic": nothing, "own_er": "b"}}, top) == ["post_meta.topic"]


def test_required_fields_on_the_top_level() -> None:
    top = site_fields({"owner": {"required": True}})
    assert errors({"title": "no post", "tags": ["a"]}, top, "") == []
    assert errors({"topic": "a", "Owner": "b"}, top, "") == []
    assert errors({"title": "a post", "Topic": "a"}, top, "") == [""]
    assert errors({"topic": 3, "owner": "b", "nobody knows": 1}, top, "") == ["topic"]


def test_required_entries_of_mappings() -> None:
    option = {"of": {"fields": {"name": {"required": True}, "role": "text"}}}
    good = [[{"name": "a"}], {"NAME": "a"}]
    bad = [[{"role": "a"}], {"role": "a"}, [{"name": None}]]
    assert valid_values(option, *good, *bad) == [True, True, False, False, False]
    pairs = [{"role": "a"}, {"name": "b"}]
    assert valid_values(option["of"], pairs, {"role": "a"}) == [True, False]
    assert valid_values({"of": "text", "required": True}, ["a"], "a", []) == [True, True, False]


def test_settings_of_the_page() -> None:
    assert errors({"anp": dict.fromkeys(FEATURES, False)}) == []
    assert errors({"anp": {"Meta Box": {"readingTime": "auto", "position": "start"}}}) == []
    for wrong in ("x", {"meta_bocks": False}, {"meta_box": {"position": "left"}}):
        assert errors({"anp": wrong}) != []


_words = st.text("abz019+#.", min_size=1, max_size=4)
_keys = st.lists(_words, min_size=1, max_size=3).map("_".join)
_raw_keys = st.text("abAB0_- +.(", min_size=1, max_size=7) | st.builds(
    lambda key, gap, change: getattr(key.replace("_", gap), change)(),
    st.sampled_from(["ab", "a_b", "ai_outline", "a_b_c", "a1_b2", "c++", "c#_x"]),
    st.sampled_from(["_", " ", "-", " - ", ""]),
    st.sampled_from(["lower", "upper", "title", "swapcase", "capitalize"]),
)


@given(
    st.sampled_from(["ab", "a_b", "ai_outline", "a1_b2", "a_b_c", "c++", "a.b"]) | _keys, _raw_keys
)
@example("ai_outline", "AIOutline")
@example("ai_outline", "aIoutline")
@example("a_b", "planB")
def test_a_key_in_any_spelling(key: str, raw: str) -> None:
    key = canonical_key(key)
    assume(re.search("[a-z]", key))  # a number is spelled in one way
    top = Field("mapping", fields={key: Field("text")})
    assert (errors({"m": {raw: "x"}}, top, "m") == []) is (canonical_key(raw) == key)


def _json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and _json(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(_json, value))
    return value is None or isinstance(value, (bool, int, float, str))


def _has_float(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(map(_has_float, items))


def _is_blank(value: Any) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


@settings(
    max_examples=400, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(
    st.sampled_from([key for key in BUILT_IN if key != "payload"]).flatmap(
        lambda key: st.tuples(st.just(key), nearly(BUILT_IN[key]))
    )
)
def test_the_schema_says_what_the_reader_says(entry: tuple[str, Any]) -> None:
    key, value = entry
    assume(_json(value))
    _, problems = read_meta({key: value})
    codes = {problem.code for problem in problems}
    assume("two-spellings" not in codes)  # then the reader looks at the first alone
    assume(key != "flags" or not _has_float(value))  # 1.0 is no flag, but to JSON it is 1
    seen = codes - UNSEEN
    found = errors({"post_meta": {key: value}})
    if not found:
        assert seen <= {"out-of-range"}  # of numbers in quotes
    elif not seen:
        # The reader knows how a value is written, and nothing from the form it has.
        for error in validator().iter_errors({"post_meta": {key: value}}):
            assert _is_blank(error.instance) or isinstance(error.instance, (bool, int, float))


_names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8) | st.sampled_from(
    ["topic", "a/b", "a~b", "a%b", "a b", "$ref", "post_meta", "image_sources", "^$", "c++"]
)
_words_of = st.lists(_names, min_size=1, max_size=3)
_declared = st.deferred(
    lambda: (
        st.sampled_from(TYPES)
        | st.fixed_dictionaries(
            {},
            optional={
                "label": st.text(max_size=5),
                "required": st.booleans(),
            },
        )
        | st.builds(lambda words: {"choices": words}, _words_of)
        | st.builds(
            lambda low, more, unit: {"type": "number", "min": low, "max": low + more, "unit": unit},
            st.integers(-(10**6), 10**6),
            st.integers(0, 100),
            st.text(max_size=4),
        )
        | st.builds(lambda inner: {"of": inner}, _declared)
        | st.builds(lambda inner: {"type": "mapping", "of": inner}, _declared)
        | st.builds(lambda fields: {"fields": fields}, options)
    )
)
options = st.dictionaries(_names, _declared, max_size=4)
"""Values of the option `fields`, most of them valid."""


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(options, st.sampled_from(["", "post_meta", "über uns"]))
def test_the_schema_of_any_fields(option: dict[str, Any], meta_key: str) -> None:
    try:
        top = site_fields(option)
    except FieldError:
        assume(False)
    schema = front_matter_schema(top, meta_key)
    Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    names = set(schema["definitions"])
    for key, value in leaves({k: v for k, v in schema.items() if k != "title"}):
        if key == "$ref" and str(value).startswith("#/definitions/"):
            assert value.removeprefix("#/definitions/") in names
    front = dict.fromkeys(k for k, f in top.fields.items() if not f.required)
    required = [key for key, field in top.fields.items() if field.required]
    meta = front if not meta_key else {meta_key: front}
    found = list(Draft7Validator(schema).iter_errors(meta))
    assert len(found) == len(required)
