"""Levels of problems, and the baseline of those that are known."""

from __future__ import annotations

import pytest

from mkdocs_anp.core.levels import Baseline, Levels, Rule
from mkdocs_anp.core.problems import Level, Problem


def problem(code: str = "wrong-type", source: str = "a.md", field: str = "topic") -> Problem:
    return Problem(source, field, code, "a message")


@pytest.mark.parametrize(
    ("level", "code", "expected"),
    [
        ("warn", "wrong-type", "warn"),
        ("warn", "unquoted-text", "info"),
        ("error", "wrong-type", "error"),
        ("error", "unquoted-text", "info"),
        ("info", "wrong-type", "info"),
        ("off", "wrong-type", "off"),
        ("off", "unquoted-text", "off"),
    ],
)
def test_hints_stay_hints(level: Level, code: str, expected: Level) -> None:
    assert Levels(level).of(code, "a.md") == expected


def test_rules_of_a_code_win_over_those_of_all_and_the_last_wins() -> None:
    in_old = Rule("off", lambda path: path.startswith("old/"))
    levels = Levels(
        "warn",
        {"*": [Rule("error"), in_old], "wrong-type": [Rule("info", lambda p: p == "old/a.md")]},
    )
    assert levels.of("wrong-type", "old/a.md") == "info"
    assert levels.of("wrong-type", "old/b.md") == "off"
    assert levels.of("wrong-type", "new.md") == "error"
    assert levels.of("unquoted-text", "new.md") == "error"


def test_what_is_off_is_gone() -> None:
    levels = Levels("warn", {"wrong-type": [Rule("off", lambda path: path == "a.md")]})
    found = levels.apply([problem(), problem(source="b.md"), problem("unquoted-text")])
    assert [(p.source, p.code, p.level) for p in found] == [
        ("b.md", "wrong-type", "warn"),
        ("a.md", "unquoted-text", "info"),
    ]


def test_what_follows_from_another_problem_is_not_told() -> None:
    unused = problem("unused", field="image_sources.0.url")
    cause = problem("unsafe-url", field="image_sources.0.url")
    elsewhere = problem("unsafe-url", "b.md", "image_sources.0.url")
    other = problem("unsafe-url", field="image_sources.1.url")

    def told(levels: Levels, *problems: Problem) -> list[tuple[str, str]]:
        return [(one.source, one.code) for one in levels.apply(problems)]

    assert (
        told(Levels(), unused, cause) == told(Levels(), cause, unused) == [("a.md", "unsafe-url")]
    )
    assert len(told(Levels(), unused, elsewhere, other)) == 3
    off = Levels(rules={"unsafe-url": [Rule("off")]})
    assert told(off, unused, cause) == [("a.md", "unused")]


def test_a_baseline_knows_problems_by_file_field_and_code() -> None:
    baseline = Baseline.of([problem(), problem(), problem(field="stack")])
    again = Baseline.read(baseline.text)
    assert len(again) == 3
    now = [problem(), problem(), problem(), problem(code="out-of-range"), problem(source="b.md")]
    assert again.new(now) == now[2:]
    assert again.mended(now) == 1
    assert again.text == baseline.text


def test_an_empty_baseline() -> None:
    assert Baseline.read(Baseline().text).new([problem()]) == [problem()]


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", '{"known": [{}]}', '{"known": {"a": 1}}'])
def test_what_is_no_baseline(text: str) -> None:
    with pytest.raises(ValueError):
        Baseline.read(text)
