"""Repairs of front matter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from mkdocs_anp.core.fixes import Checked, diff, edited, fixed, unified
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.page_keys import Icons
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.problems import Edit, Problem, Span, place_of
from mkdocs_anp.synth import KINDS, post_text
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.messy import spoilt
from tests.core.test_recovery import mutations
from tests.support import SOURCE, codes

ICONS = Icons(lambda name: False, list)


def read(text: str) -> tuple[list[Problem], str, dict[str, Any]]:
    """Return what is wrong with a page, its Markdown and its front matter, as a build has them."""
    markdown, meta = get_data(text)
    reader = PageReader(PostRules(), icons=ICONS)
    body = reader.begin(SOURCE, text, markdown, meta)
    _, problems = reader.read(SOURCE, meta)
    return problems, markdown if body is None else body, meta


def check(text: str) -> list[Problem]:
    return read(text)[0]


def checked(text: str) -> Checked:
    return Checked(*read(text)[:2])


def mended(text: str) -> str:
    """Return a text with all cures; what holds for all texts is checked."""
    after, problems = fixed(text, checked)
    body, body_after = checked(unified(text)).body, checked(unified(after)).body
    assert (after != text) == bool(problems)
    assert fixed(after, checked) == (after, [])
    assert body_after.strip("\n") == body.strip("\n")
    return after


def post(*lines: str) -> str:
    """Return a page with these lines in its post meta."""
    inner = "".join(f"  {line}\n" for line in lines)
    return f"---\ntitle: A # kept\npost_meta:\n{inner}---\n# A\n\n--- a text: of it\n"


# Each kind of problem that has a cure

CURES = {
    "unquoted text": (post("hash: 0123 # why"), post('hash: "0123" # why')),
    "unquoted text in braces": (
        post("revision: {version: 1.10, status: draft}"),
        post('revision: {version: "1.10", status: draft}'),
    ),
    "unquoted text in a list": (post("notes: [1.10, a, no]"), post('notes: ["1.10", a, "no"]')),
    "unquoted texts in lines": (
        post("stack:", "  - 1.10 # a", "  - no", "  - b"),
        post("stack:", '  - "1.10" # a', '  - "no"', "  - b"),
    ),
    "number as flag": (
        post("flags: {has_images: 1, image_heavy: 0}"),
        post("flags: {has_images: true, image_heavy: false}"),
    ),
    "unknown field": (post("dificulty: expert # d"), post("difficulty: expert # d")),
    "quoted unknown field": (post('"sumary": "x"'), post('summary: "x"')),
    "colon in an item": (post("notes:", "  - first: a"), post("notes:", '  - "first: a"')),
    "colon in an item with a quote": (
        post("notes:", '  - first: say "a"'),
        post("notes:", '  - "first: say \\"a\\""'),
    ),
    "colon in an item with a comment": (
        post("notes:", "  - first: a # why", "  - b # c", "topic: x"),
        post("notes:", '  - "first: a" # why', "  - b # c", "topic: x"),
    ),
    "colon in the last items": (
        post("notes:", "  - a", "  - b: c", "", "# d", "stack: [a: b, c]"),
        post("notes:", "  - a", '  - "b: c"', "", "# d", 'stack: ["a: b", c]'),
    ),
    "search": ("---\nsearch: exclude # s\n---\n", "---\nsearch: {exclude: true} # s\n---\n"),
    "search off": ("---\nsearch: false\n---\n", "---\nsearch: {exclude: true}\n---\n"),
    "tags": ("---\ntags: a b, c # t\n---\n", "---\ntags: [a b, c] # t\n---\n"),
    "colon": ("---\ntitle: a: b\n---\n", '---\ntitle: "a: b"\n---\n'),
    "two colons": (
        "---\ntitle: a: b\ndescription: c: d\n---\n",
        '---\ntitle: "a: b"\ndescription: "c: d"\n---\n',
    ),
    "tab": (post("topic: x", "\tsummary: y").replace("  \t", "\t"), post("topic: x", "summary: y")),
    "reserved character": (post("topic: @x"), post('topic: "@x"')),
    "no newline": ("---\ntitle: a\n---", "---\ntitle: a\n---\n"),
    "no closing fence": ("---\ntitle: a\n", "---\ntitle: a\n---\n"),
    "blank line first": ("\n\n---\ntitle: a\n---\nText\n", "---\ntitle: a\n---\nText\n"),
    "several layers": (
        "\n---\ntitle: a: b\npost_meta:\n  dificulty: expert\n  hash: 0123\n---\n",
        '---\ntitle: "a: b"\npost_meta:\n  difficulty: expert\n  hash: "0123"\n---\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), CURES.values(), ids=CURES)
def test_cures(before: str, after: str) -> None:
    assert mended(before) == after
    assert check(after) == []


@pytest.mark.parametrize(("before", "after"), CURES.values(), ids=CURES)
@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_are_kept(before: str, after: str, ending: str) -> None:
    assert mended(before.replace("\n", ending)) == after.replace("\n", ending)


NO_CURE = {
    "nothing wrong": post("topic: x"),
    "no front matter": "# A\n\ntitle: a: b\n",
    "a choice": post("difficulty: begginer"),
    "a number": post("reading_time: six"),
    "a new field": post("owner: me"),
    "a name that would bring another problem": post("dificulty: begginer"),
    "a name that is there": post("difficulty: expert", "dificulty: expert"),
    "a colon in an item of two lines": post("notes:", "  - a: b", "      c"),
    "an anchor that is used": post("hash: &a 0123", "reference: *a", "payload: {a: *a}"),
    "text above": "Some text\n---\ntitle: a\ndate: 2020-01-01\n---\n",
    "an impossible date": "---\ntitle: a\ndate: 2018-02-30\n---\n",
}


@pytest.mark.parametrize("text", NO_CURE.values(), ids=NO_CURE)
def test_what_is_not_certain_stays(text: str) -> None:
    assert mended(text) == text


def test_what_was_mended_is_told() -> None:
    _, problems = fixed(CURES["several layers"][0], checked)
    assert sorted(problem.code for problem in problems) == [
        "text-before-fence", "unknown-field", "unquoted-text", "unreadable",
    ]  # fmt: skip


def test_more_problems_than_are_told_at_once() -> None:
    notes = [f"  - @note {number}" for number in range(70)]
    versions = [f"  - {number}.10" for number in range(150)]
    text = mended(post("notes:", *notes, "stack:", *versions))
    assert text.count('- "@note') == 70
    assert text.count('.10"') == 150
    assert check(text) == []


# With checks of its own


def letters(text: str) -> Checked:
    """Find each b, to be made a c; each d, to be made two of them; and each e, which has gone."""
    cures = {"b": "c", "d": "dd", "e": "" if "b" not in text else "b"}
    found = [
        Problem(SOURCE, "x", letter, "m", "", place_of(text, span), Edit(span, cures[letter]))
        for place, letter in enumerate(text)
        if letter in cures
        for span in [Span(place, place + 1)]
    ]
    return Checked(found, text.partition("|")[2])


def test_a_cure_that_does_not_help_is_left_out() -> None:
    assert fixed("adb\nbd\n", letters)[0] == "adc\ncd\n"


def test_a_cure_that_changes_the_page_is_left_out() -> None:
    assert fixed("ab|b\n", letters)[0] == "ac|b\n"


def test_a_cure_that_helps_only_after_another_is_tried_again() -> None:
    after, problems = fixed("ab e\n", letters)
    assert (after, codes(problems)) == ("ac \n", [("x", "b"), ("x", "e")])
    after, problems = fixed("e ab\n", letters)
    assert (after, codes(problems)) == (" ac\n", [("x", "b"), ("x", "e")])


# Line endings


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\r\ntitle: a: b\n---\r\nA\rB\nC", '---\r\ntitle: "a: b"\n---\r\nA\rB\nC'),
        ("---\r\ntitle: a: b\r\n---\nA\n\r\nB\r", '---\r\ntitle: "a: b"\r\n---\nA\n\r\nB\r'),
        ("---\rtitle: a\r\ntags: b\n---\r\n", "---\rtitle: a\r\ntags: [b]\n---\r\n"),
        ("\r\n\n---\r\ntitle: a\n---\r\nA\n", "---\r\ntitle: a\n---\r\nA\n"),
        ("---\r\ntitle: a\n---", "---\r\ntitle: a\n---\r\n"),
    ],
)
def test_mixed_line_endings_are_kept_outside_the_cure(before: str, after: str) -> None:
    assert mended(before) == after


@given(st.text("ab\r\n", max_size=20), st.data())
def test_an_edit_touches_nothing_else(source: str, data: st.DataObject) -> None:
    text = unified(source)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = edited(source, Edit(Span(start, end), "c\nd"))
    assert unified(after) == f"{text[:start]}c\nd{text[end:]}"
    above, below = re.split("c(?:\r\n|\r|\n)d", after)
    assert source.startswith(above)
    assert source.endswith(below)
    assert unified(source[: len(above)]) == text[:start]


# Diffs


def test_a_diff_is_a_unified_one() -> None:
    assert diff("docs/a.md", "a\r\nb\r\nc\r\nd\r\ne", "a\r\nB\r\nc\r\nd\r\ne") == [
        "--- docs/a.md", "+++ docs/a.md", "@@ -1,4 +1,4 @@", " a", "-b", "+B", " c", " d",
    ]  # fmt: skip


def test_a_diff_tells_a_missing_newline_and_shows_what_is_unseen() -> None:
    assert diff("a", "x\n---", "x\n---\n")[3:] == [
        " x", "----", "\\ No newline at end of file", "+---",
    ]  # fmt: skip
    assert diff("a", "\tx\x1b[31m\u202e\n", "\ty\n")[3:] == ["-\tx\\u001b[31m\\u202e", "+\ty"]
    assert diff("a", "x\r\n", "x\n") == []


# Any text

# What is certain to be what the author meant.
CERTAIN = {
    "tab-indent", "unquoted-colon", "reserved-character", "no-closing-fence", "misspelt-field",
    "blank-line-first", "no-newline-after-fence", "toml",
}  # fmt: skip
SAME = CERTAIN - {"unquoted-colon", "reserved-character"}


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_posts(kind: str) -> None:
    is_changed = 0
    for index in (0, 7, 23):
        whole = post_text(3, index)
        text, _ = spoilt(whole, kind, 3, index, Draws(f"fix/{index}"))
        assert check(whole) == []
        after = mended(text)
        is_changed += after != text
        if kind in CERTAIN:
            assert check(after) == []
        if kind in SAME:
            assert get_data(after)[1] == get_data(whole)[1]
    assert is_changed or kind not in CERTAIN


@given(mutations() | st.text())
@example("---\n- a: 1\n- b: 2\n---\n")
@example("---\n---\n")
@example("\r---\r\na: b: c\r---")
def test_any_text(text: str) -> None:
    mended(text)
