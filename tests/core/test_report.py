"""Reports: problems as text, as JSON, and as annotations."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.problems import Place, Problem, Span, place_of
from mkdocs_anp.core.report import as_github, as_json, problem_text, summary

TEXT = "---\ntitle: a\nscore: {quality: 900}\n---\n"


def at(text: str, part: str, **changes: str) -> Problem:
    """Return a problem of a part of a text."""
    start = text.index(part)
    values = {"message": "900 is out of range", "help": "write a number", **changes}
    place = place_of(text, Span(start, start + len(part)))
    return Problem("a.md", "score.quality", "out-of-range", place=place, **values)


def carets(text: str) -> tuple[str, str]:
    """Return the shown line of a report, and what is marked in it."""
    line, marks = text.splitlines()[1:3]
    start = marks.index("^")
    return line, line[start : start + marks.count("^")]


def test_text() -> None:
    assert problem_text(at(TEXT, "900"), "docs/") == (
        "docs/a.md:3:18: warning[out-of-range] score.quality: 900 is out of range\n"
        "  3 | score: {quality: 900}\n"
        "    |                  ^^^\n"
        "    = help: write a number"
    )


def test_text_without_a_place_or_help() -> None:
    problem = Problem("a.md", "front matter", "not-utf-8", "no text")
    assert problem_text(problem) == "a.md: warning[not-utf-8] front matter: no text"


@pytest.mark.parametrize(
    "line",
    ["\tx: 900", "日本語: 900", "é\u0301x: 900", "\u202ea: 900", "a" * 3000 + " 900 " + "b" * 3000],
    ids=["tab", "wide", "combining", "bidi", "long"],
)
def test_the_mark_stands_under_what_is_wrong(line: str) -> None:
    shown = problem_text(at(line, "900"))
    source, marks = shown.splitlines()[1:3]
    assert len(source) < 130
    before = source[: source.index("900")]
    width = sum(2 if char in "日本語" else 0 if char == "\u0301" else 1 for char in before)
    assert marks.index("^") == width
    assert marks.count("^") == 3
    assert "\u202e" not in shown
    assert "\t" not in shown


def test_a_range_over_lines_is_marked_on_its_first() -> None:
    text = "topic: [a,\n  b]\n"
    assert carets(problem_text(at(text, "[a,\n  b]")))[1] == "[a,"


def test_colours_are_given_to_parts() -> None:
    painted = problem_text(at(TEXT, "900"), paint=lambda role, text: f"<{role}>{text}</{role}>")
    assert "<file>a.md:3:18</file>: <warn>warning[out-of-range]</warn>" in painted
    assert "<mark>^^^</mark>" in painted


def test_json() -> None:
    data = json.loads(as_json([at(TEXT, "900")], "docs/", 7))
    assert data == {
        "files": 7,
        "problems": [
            {
                "file": "docs/a.md",
                "line": 3,
                "column": 18,
                "end_column": 21,
                "level": "warning",
                "code": "out-of-range",
                "field": "score.quality",
                "message": "900 is out of range",
                "help": "write a number",
                "source": "score: {quality: 900}",
            }
        ],
    }


def test_github_escapes_what_would_end_a_command() -> None:
    problem = at(TEXT, "900", message="50% of\nit::x")
    assert as_github(problem, "a,b:c/") == (
        "::warning file=a%2Cb%3Ac/a.md,line=3,col=18,endColumn=21,title=out-of-range::"
        "score.quality: 50%25 of%0Ait::x%0Awrite a number"
    )


def test_summary() -> None:
    problems = [at(TEXT, "900"), Problem("b.md", "x", "unquoted-text", "m", level="info")]
    assert summary(problems, 10) == "1 warning, 1 hint in 2 of 10 files"
    assert summary([], 1) == "no problems in 1 file"
    assert summary(problems[:1]) == "1 warning in 1 file"


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_places_are_inside_the_file(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    place = place_of(text, Span(start, min(start + length, len(text))))
    lines = text.split("\n")
    assert 1 <= place.line <= len(lines)
    assert place.text in lines[place.line - 1]
    assert 1 <= place.column < place.end <= len(lines[place.line - 1]) + 2
    shown = problem_text(Problem("a.md", "x", "wrong-type", "m", "h", place))
    assert all(line.isprintable() for line in shown.split("\n"))


def test_the_end_of_a_line_can_be_marked() -> None:
    assert place_of("a\nb", Span(1, 1)) == Place(1, 2, 3, "a")
