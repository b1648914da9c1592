"""Front matter that makes Material stop, or prints markup unescaped."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.page_keys import Icons, check_page_keys
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.yaml_text import YamlText
from tests.core.strategies import anything
from tests.support import SOURCE, Loader, front_matter

NAMES = ("material/star", "material/rocket-launch", "octicons/star-16")
ICONS = Icons(lambda name: name in NAMES, lambda: NAMES)


def check(text: str, icons: Icons | None = ICONS) -> tuple[dict[str, Any], list[Problem]]:
    """Return the changes that front matter needs, and its problems."""
    file = f"---\n{text}\n---\n"
    own = YamlText(lambda: front_matter_block(file), SOURCE)
    reader = Reader(SOURCE, FrontMatter([own]))
    return check_page_keys(yaml.load(text, Loader), reader, icons), reader.problems


@pytest.mark.parametrize(
    "text",
    [
        "icon: material/star",
        "icon: null",
        "search: {exclude: true}",
        "search: null",
        "tags: [a, 1, 1.5, true]",
        "tags: []",
        "tags: null",
        "title: A & B, a < b and 3 <4",
        "title: 'with \"quotes\"'",
        "title: 3",
        "description: It's plain, a < b",
        "description: 3",
        "description: </head> does no harm in an attribute",
        "other: <b>",
    ],
)
def test_good_keys_stay(text: str) -> None:
    assert check(text) == ({}, [])


@pytest.mark.parametrize(
    ("text", "changes", "code", "help_text"),
    [
        ("icon: material/rocket-lunch", {"icon": None}, "unknown-icon", "material/rocket-launch"),
        ("icon: 18f-logo.png", {"icon": None}, "unknown-icon", "such as material/star"),
        ("icon: ''", {"icon": None}, "unknown-icon", "such as"),
        ("icon: [material/star]", {"icon": None}, "unknown-icon", "such as"),
        ("search: exclude", {"search": {"exclude": True}}, "wrong-search", "{exclude: true}"),
        ("search: false", {"search": {"exclude": True}}, "wrong-search", "{exclude: true}"),
        ("search: true", {"search": None}, "wrong-search", "{boost: 2}"),
        ("search: [a]", {"search": None}, "wrong-search", "{boost: 2}"),
        ("tags: a, b", {"tags": ["a", "b"]}, "wrong-tags", "[a, b]"),
        ("tags: one", {"tags": ["one"]}, "wrong-tags", "[one]"),
        ("tags: 'a: b, [c, '", {"tags": ["a: b", "[c"]}, "wrong-tags", '["a: b", "[c"]'),
        ("tags: 3", {"tags": ["3"]}, "wrong-tags", "[one, two]"),
        ("tags: {a: b}", {"tags": None}, "wrong-tags", "[one, two]"),
        ("tags: [a, null]", {"tags": ["a"]}, "wrong-tags", "remove the item"),
        ("tags: [2018-01-02, a]", {"tags": ["a"]}, "wrong-tags", "write a text"),
        ("tags: [{a: b}]", {"tags": []}, "wrong-tags", "write a text"),
        ("title: a <b> tag", {}, "unescaped-markup", "write &lt; instead of <"),
        ("title: <!-- x", {}, "unescaped-markup", "write &lt; instead of <"),
        ('description: the "word"', {}, "unescaped-markup", 'write &quot; instead of "'),
        ("tags: one two", {"tags": ["one two"]}, "wrong-tags", "such as [one, two]"),
        ("tags: a - b", {"tags": ["a - b"]}, "wrong-tags", "on a line of its own"),
        ("title: [Draft]", {}, "wrong-type", "in quotes"),
        ("icon: material/star.svg", {"icon": None}, "unknown-icon", "write material/star"),
        ("icon: octicons/rocket-launch", {"icon": None}, "unknown-icon", "material/rocket-launch"),
    ],
)
def test_bad_keys_are_told_and_material_goes_on(
    text: str, changes: dict[str, Any], code: str, help_text: str
) -> None:
    changed, problems = check(text)
    assert changed == changes
    (problem,) = problems
    assert problem.code == code
    assert help_text in problem.help
    assert problem.place is not None
    assert problem.place.line == 2


@pytest.mark.parametrize(
    "text", ["search: exclude", "search: false", "tags: a, b", "tags: 'x: y, z'"]
)
def test_the_cure_mends_what_is_wrong(text: str) -> None:
    _, (problem,) = check(text)
    assert problem.edit is not None
    (start, end), cure = problem.edit
    start, end = start - len("---\n"), end - len("---\n")
    assert check(f"{text[:start]}{cure}{text[end:]}") == ({}, [])


def test_other_themes_have_only_the_title() -> None:
    text = "icon: none\nsearch: exclude\ntags: a, b\ndescription: <b>\ntitle: <b>"
    changes, problems = check(text, icons=None)
    assert changes == {}
    assert [(problem.field, problem.code) for problem in problems] == [
        ("title", "unescaped-markup")
    ]


@given(anything, anything, anything, anything)
def test_any_value_has_an_answer_that_is_good(
    icon: Any, search: Any, tags: Any, title: Any
) -> None:
    meta = {"icon": icon, "search": search, "tags": tags, "title": title, "description": title}
    changes = check_page_keys(meta, Reader(SOURCE, front_matter()), ICONS)
    again = Reader(SOURCE, front_matter())
    kept = {key: value for key, value in {**meta, **changes}.items() if value is not None}
    kept = {key: kept[key] for key in ("icon", "search", "tags") if key in kept}
    assert check_page_keys(kept, again, ICONS) == {}
    assert again.problems == []
