"""Recovery of front matter that MkDocs cannot read.

Each file in `recovery/` tells one rule, and its first line says which; a name that ends in `-nope`
tells what is no front matter of ours. Keys:

source: the page.
meta, body: what is saved.
report: all problems, as an author sees them.
edited: the page after all edits; left out where there is none.
recovered: false where nothing is to be saved.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path
from pprint import pformat
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import YAML_RE, get_data

from mkdocs_anp.core.problems import Edit, Problem
from mkdocs_anp.core.recovery import Recovered, recover, tolerant
from mkdocs_anp.core.recovery.cures import cures
from mkdocs_anp.core.recovery.mending import MAX_CURED, MAX_PROBLEMS
from mkdocs_anp.core.recovery.sheet import Sheet
from mkdocs_anp.core.recovery.tolerant import Fault, Reader
from mkdocs_anp.core.report import problem_text
from mkdocs_anp.synth import KINDS, post_text
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.messy import spoilt
from tests.core.strategies import CHARACTERS
from tests.support import HOSTILE, SOURCE, Loader, codes

CASES = sorted(Path(__file__).parent.glob("recovery/*.yml"))
LOADERS = {"libyaml": Loader, "pure": yaml.SafeLoader}

KEYS = {"source", "meta", "body", "report", "edited", "recovered"}

loaders = pytest.mark.parametrize("loader", LOADERS.values(), ids=LOADERS)


def applied(source: str, *edits: Edit) -> str:
    """Return a text after edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        source = f"{source[: edit.span.start]}{edit.text}{source[edit.span.end :]}"
    return source


def edits_of(problems: list[Problem]) -> list[Edit]:
    return [problem.edit for problem in problems if problem.edit]


def saved(source: str) -> Recovered:
    recovered = recover(SOURCE, source)
    assert recovered is not None, source
    check(source, recovered)
    return recovered


def check(source: str, recovered: Recovered) -> None:
    """Check what holds for all that is recovered."""
    lines = source.split("\n")
    assert 1 <= len(recovered.problems) <= MAX_PROBLEMS
    assert 1 <= recovered.first_line <= len(lines)
    if recovered.offset is not None:
        assert source.startswith(recovered.block, recovered.offset)
        assert source.count("\n", 0, recovered.offset) + 1 == recovered.first_line
    for problem in recovered.problems:
        assert problem.source == SOURCE
        assert problem.message.isprintable()
        assert problem.place is not None
        line, column, end = problem.place[:3]
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert column < end <= max(column + 1, len(lines[line - 1]) + 1)
        assert problem.help
        problem_text(problem)
    before = source.split("\n")[recovered.first_line - 1 :]
    after = recovered.block.removesuffix("\n").split("\n") if recovered.block else []
    differing = [n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two]
    assert recovered.changed == {number + recovered.first_line for number in differing}
    for edit in edits_of(recovered.problems):
        assert 0 <= edit.span.start <= edit.span.end <= len(source)


# Cases


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@loaders
def test_case(path: Path, loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tolerant, "LOADER", loader)
    case = yaml.load(path.read_text(encoding="utf-8"), Loader)
    assert case.keys() <= KEYS
    source = case["source"]
    if "recovered" in case:
        assert recover(SOURCE, source) is None
        return

    recovered = saved(source)

    assert pformat(recovered.meta, sort_dicts=False) == pformat(case["meta"], sort_dicts=False)
    assert recovered.body == case["body"]
    report = [problem_text(problem, "docs/") for problem in recovered.problems]
    assert "\n".join([*report, ""]) == case["report"]
    edited = applied(source, *edits_of(recovered.problems))
    assert edited == case.get("edited", source)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_with_an_edit_for_each_problem_is_mended_by_them(path: Path) -> None:
    case = yaml.load(path.read_text(encoding="utf-8"), Loader)
    if "recovered" in case:
        assert path.stem.endswith("-nope")
        return
    recovered = saved(case["source"])
    if all(problem.edit for problem in recovered.problems) and path.stem != "empty":
        body, meta = get_data(case["edited"])
        assert body == recovered.body
        assert meta == recovered.meta or "\ufffd" in str(recovered.meta)


def test_a_case_says_what_it_is_about() -> None:
    for path in CASES:
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


# What is given back


def test_the_block_is_that_of_the_source_where_nothing_was_mended() -> None:
    source = "\n---\ntitle: A\ndate: 2018-02-30\n---\nText\n"
    recovered = saved(source)
    assert recovered.block == "title: A\ndate: 2018-02-30\n"
    assert (recovered.first_line, recovered.offset) == (3, 5)


def test_a_mended_block_has_the_lines_of_the_source_and_no_offset() -> None:
    recovered = saved("---\ntitle: a: b\npost_meta:\n\ttopic: c\n---\nText\n")
    assert recovered.block == 'title: "a: b"\npost_meta:\n  topic: c\n'
    assert (recovered.first_line, recovered.offset) == (2, None)


def test_a_block_that_is_cut_off_is_one_of_the_source() -> None:
    recovered = saved("---\ntitle: A\nno field\ndate: 2020-01-02\ntags: [a]\n---\nText\n")
    assert recovered.meta == {}  # `no field` may belong to the title
    recovered = saved("---\ntitle: A\n--- b\ntags: [a]\n---\nText\n")
    assert recovered.meta == {"title": "A"}
    assert (recovered.block, recovered.offset) == ("title: A\n", 4)


@pytest.mark.skipif(Loader is yaml.SafeLoader, reason="it takes a byte order mark for a letter")
def test_a_byte_order_mark_in_the_middle() -> None:
    source = "---\ntitle: A\n\ufeffdate: 2020-01-02\n---\nText\n"
    recovered = saved(source)
    assert list(recovered.meta) == ["title", "date"]
    assert recovered.problems[0].field == "date"
    assert get_data(applied(source, *edits_of(recovered.problems)))[1] == recovered.meta


def test_what_is_no_tag_stays_in_the_text() -> None:
    recovered = saved("---\na: !important\nb: !wow, that is it\nc: !ENV HOME\n---\n")
    assert recovered.meta == {"a": "!important", "b": "!wow, that is it", "c": "HOME"}


def test_a_second_mistake_on_a_line_is_found_where_it_is() -> None:
    source = "---\ntags: [a: b: c, @d, e: f: g]\n---\n"
    recovered = saved(source)
    columns = [source.split("\n")[1].index(text) + 1 for text in ("b: c", "@d", "f: g")]
    assert [problem.place.column for problem in recovered.problems if problem.place] == columns
    assert get_data(applied(source, *edits_of(recovered.problems)))[1] == recovered.meta


def test_problems_are_bounded() -> None:
    block = "".join(f"a{number}: x: y\n" for number in range(100))
    recovered = saved(f"---\n{block}---\n")
    assert len(recovered.problems) == MAX_PROBLEMS
    assert "a10" in recovered.meta


def test_two_mistakes_leave_the_rest() -> None:
    recovered = saved("---\na: b: c\nd: 2018-02-30\ne: {f: g}\n---\n")
    assert recovered.meta == {"a": "b: c", "d": "2018-02-30", "e": {"f": "g"}}
    assert [problem.place.line for problem in recovered.problems if problem.place] == [2, 3]


# Nothing runs, nothing takes long


@loaders
def test_no_tag_is_obeyed(loader: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tolerant, "LOADER", loader)
    file = tmp_path / "made"
    value = f'!!python/object/apply:os.system ["touch {file}"]'
    recovered = saved(f"---\na: {value}\nb: x: y\n---\n")
    assert recovered.meta == {"a": [f"touch {file}"], "b": "x: y"}
    assert not file.exists()


def bomb(levels: int, merge: bool) -> str:
    lines = ["l0: &l0 {k0: v}" if merge else "l0: &l0 [lol]"]
    for level in range(1, levels):
        inner = ", ".join([f"*l{level - 1}"] * 9)
        value = f"{{<<: [{inner}], k{level}: v}}" if merge else f"[{inner}]"
        lines.append(f"l{level}: &l{level} {value}")
    return "\n".join([*lines, "title: a: b", ""])


HUGE = {
    "brackets": f"a: {'[' * 100_000}\n",
    "braces": f"a: {'{' * 100_000}\n",
    "dashes": f"a:\n  {'- ' * 50_000}\n",
    "closed-brackets": f"title: a: b\na: {'[' * 100_000}{']' * 100_000}\n",
    "nested-brackets": f"title: a: b\na: {'[' * 400}{']' * 400}\n",
    "alias-bomb": bomb(9, merge=False),
    "merge-bomb": bomb(9, merge=True),
    "recursive-alias": "a: &a [*a, b]\nc: &c {d: *c}\ntitle: x: y\n",
    "quotes": "a: " + "\"'" * 50_000 + "\n",
    "spaces": f"a:{' ' * 150_000}b: c\n",
    "many-faults": "".join(f"a{number}: x: y\n" for number in range(10_000)),
    "many-tabs": "".join(f"\ta{number}: x\n" for number in range(10_000)),
    "many-controls": "a: \x00b\n" * 10_000,
    "deep-indentation": "".join(f"{' ' * number}a:\n" for number in range(400)) + "b: c: d\n",
    "long-key": f"{'a' * 100_000}: x: y\n",
}


@loaders
@pytest.mark.parametrize("kind", HUGE)
def test_huge_blocks(kind: str, loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tolerant, "LOADER", loader)
    counted = Counter[str]()
    compose = Reader.compose

    def count(reader: Reader, text: str) -> Any:
        counted["parses"] += 1
        counted["characters"] += len(text)
        return compose(reader, text)

    monkeypatch.setattr(Reader, "compose", count)
    # MkDocs itself takes 9^9 steps to merge, so that no page comes as far as this.
    monkeypatch.setattr("mkdocs_anp.core.recovery.fences.reads_as_mapping", lambda block: False)
    saved(f"---\n{HUGE[kind]}---\nText\n")
    assert counted["parses"] <= 70
    assert counted["characters"] < 2_500_000


def test_a_block_that_is_too_long_is_not_mended() -> None:
    source = f"---\n{'a: x: y' + chr(10)}b: {'c' * MAX_CURED}\n---\nText\n"
    recovered = saved(source)
    assert (recovered.meta, recovered.body) == ({}, "Text\n")
    (problem,) = recovered.problems
    assert "too long to be mended" in problem.message
    assert problem.place is not None
    assert problem.place.line == 2


@pytest.mark.parametrize("end", ["", "\n# The page\n", "\n# The page\n\nText.\n\n---\n\nMore.\n"])
def test_a_long_block_without_closing_fence_stays_on_the_page(end: str) -> None:
    source = f"---\ntitle: A\ndate: 2020-01-02\nsummary: {'c ' * MAX_CURED}\n{end}"
    recovered = saved(source)
    assert (recovered.meta, recovered.body, recovered.block) == ({}, source, "")
    (problem,) = recovered.problems
    assert (problem.code, problem.edit) == ("no-closing-fence", None)
    assert "too long to be mended" in problem.message


def test_a_long_text_below_a_thematic_break_is_no_front_matter() -> None:
    assert recover(SOURCE, f"---\n{'some words of text ' * 20_000}\n\nMore.\n") is None


# Lines that differ


def test_lines_that_differ_from_the_file_are_told() -> None:
    recovered = saved("\n---\ntitle: a: b\ndate: 2020-01-02\npost_meta:\n\ttopic: c\n---\n")
    assert recovered.changed == {3, 6}
    assert saved("---\ntitle: A\ndate: 2018-02-30\n---\n").changed == frozenset()


def test_lines_that_are_cut_off_do_not_differ() -> None:
    assert saved("---\ntitle: a: b\n--- b\ntags: [a]\n---\nText\n").changed == {2}


def test_a_page_without_front_matter_is_left_at_once() -> None:
    begin = time.perf_counter()
    assert recover(SOURCE, "A text of a page: with a colon.\n\n---\n" * 100_000) is None
    assert time.perf_counter() - begin < 1


# Any text


FRONT = """---
title: A page
date: 2020-01-02
tags: [a, b, 'c d']
post_meta:
  topic: x y
  summary: "Some: text"
  score: {quality: 81, depth: 3}
  checklist:
    - one item
    - two items
  image_sources:
    - source: a
      url: "https://x.y/z"
  brief: >-
    A long text
    of two lines
---

# A page

Some text: more.

---

The end.
"""
MARKS = st.sampled_from("\"'[]{}:,#-&*!|>%@`?\t \n=.~<é：") | CHARACTERS
ENDINGS = st.sampled_from([":", ": x", ' "', "'", "]", "}", ",", " # c", " -", "\t"])
BEGINNINGS = st.sampled_from([" ", "  ", "\t", "- ", "", "---", "@", "'", "#"])


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """Return front matter with a few mistakes anywhere."""
    text = FRONT
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        number = draw(st.integers(0, min(len(lines), 22) - 1))
        column = draw(st.integers(0, len(lines[number])))
        line = lines[number]
        how = draw(st.integers(0, 6))
        if how == 0:
            lines[number] = f"{line[:column]}{draw(MARKS)}{line[column:]}"
        elif how == 1:
            lines[number] = f"{line[:column]}{line[column + 1 :]}"
        elif how == 2:
            lines[number] = f"{line[:column]}{line[column : column + 1] * 2}{line[column + 1 :]}"
        elif how == 3:
            del lines[number]
        elif how == 4:
            lines.insert(number, draw(st.sampled_from([*lines[:18], "", "text"])))
        elif how == 5:
            lines[number] = f"{draw(BEGINNINGS)}{line.lstrip()}"
        else:
            lines[number] = f"{line}{draw(ENDINGS)}"
        text = "\n".join(lines)
    return text


blocks = st.text(MARKS, max_size=40).map(lambda text: f"---\n{text}\n---\nText\n")
texts = st.text(MARKS, max_size=60) | blocks | mutations()

# Two fields, of which one is known, on the first lines of a block are front matter.
FIELD = re.compile(r"---[ \t]*\ntitle: [^\n]+\n(?:[a-z]\w*: )")


# A line that begins nearly as a field does.
FIELD_LINE = re.compile(r"^[\W_]*\w[\w.-]*(?: [\w.-]+)*[^\w\n]*[:：=]", re.MULTILINE)


def is_no_text(line: str) -> bool:
    """Return whether a line is none that a reader would miss."""
    return line.strip() in ("---", "...", "Text") or not any(map(str.isalnum, line))


MARKDOWN = st.sampled_from(
    [
        "[a](b.md)", "- [a](b.md)", "# Heading", "#Heading", "![x](y.png)", "[TOC]", "> quoted",
        '--8<-- "x.md"', "<div>", "!!! note", "    text", "???+ tip", "```", "**Bold:** text",
        "Just a sentence.", "Note: a sentence: with colons.", "Another one: too.", "", "- an item",
        "1. one", "| a | b |", "A [link](x.md): more", "{{ macro }}", "*[HTML]: Hyper", "* * *",
    ]
)  # fmt: skip


@given(st.lists(MARKDOWN, min_size=1, max_size=6), st.sampled_from(["", "\n"]))
@settings(max_examples=300, deadline=None)
@example(["Note: a sentence: with colons.", "", "Another one: too."], "")
@example(["> quoted"], "\n")
def test_markdown_between_thematic_breaks_is_never_taken_away(lines: list[str], above: str) -> None:
    text = "\n".join(lines)
    if text.strip():
        assert recover(SOURCE, f"{above}---\n{text}\n---\n\nThe page.\n") is None
        assert recover(SOURCE, f"{above}---\n{text}\n\nThe page.\n") is None


@given(st.lists(MARKDOWN, max_size=6))
@settings(max_examples=200, deadline=None)
def test_markdown_below_front_matter_is_never_lost(lines: list[str]) -> None:
    body = "\n".join(["# The page", "", "Text.", "", *lines, "", "---", "", "The end.", ""])
    assert saved(f"---\ntitle: a: b\n---\n\n{body}").body == body
    assert saved(f"---\ntitle: A\ntags: [a]\n\n{body}").body == body


@given(texts)
@settings(max_examples=600, deadline=None)
@example("---\n\ttitle: x\n  text: y\n")
@example("---\n---\ntitle: a: b\n---\n")
@example("---\n---\n---\n")
@example("+++\na=1\n+++")
@example("\ufeff\n---\nb: 1\n---")
@example('---\n"\n---\n')
def test_any_text(source: str) -> None:
    recovered = recover(SOURCE, source)
    match = YAML_RE.match(source)
    meta = get_data(source)[1] if match else {}
    if recovered is None:
        assert not match or meta or match[1] == "{}\n" or not FIELD.match(match[0])
        return
    assert recovered.meta or FIELD_LINE.search(source) or all(map(is_no_text, source.split("\n")))
    assert not meta
    check(source, recovered)


@given(mutations())
@settings(max_examples=600, deadline=None)
def test_an_edit_makes_things_better(source: str) -> None:
    recovered = recover(SOURCE, source)
    problems = recovered.problems if recovered else []
    if len(problems) == MAX_PROBLEMS:
        return
    for problem in problems:
        if problem.edit:
            after = recover(SOURCE, applied(source, problem.edit))
            assert count(problem, after.problems if after else []) < count(problem, problems)


def count(problem: Problem, problems: list[Problem]) -> int:
    """Return how many problems are of this kind."""
    return sum((one.code, one.message) == (problem.code, problem.message) for one in problems)


@given(mutations())
@settings(max_examples=300, deadline=None)
def test_both_parsers_give_the_same(source: str) -> None:
    """Where the cure is certain; but for tabs, odd tags, and byte order marks they read alike."""
    if not {"\t", "!", "\ufeff"}.isdisjoint(source):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tolerant, "LOADER", yaml.SafeLoader)
        pure = recover(SOURCE, source)
    fast = recover(SOURCE, source)
    assert (pure is None) == (fast is None)
    if pure and fast:
        assert pure.body == fast.body
        if all(problem.edit for problem in (*pure.problems, *fast.problems)):
            assert pformat(pure.meta) == pformat(fast.meta)
            assert codes(pure.problems) == codes(fast.problems)


# Known mistakes

SITE = 7
LOST = {
    "impossible-date", "tab-indent", "unquoted-colon", "unclosed-quote", "reserved-character",
    "no-space-after-colon", "wrong-indent", "no-closing-fence", "blank-line-first", "text-first",
    "byte-order-mark", "toml", "no-newline-after-fence",
}  # fmt: skip
CODES = {
    "no-closing-fence": "no-closing-fence",
    "blank-line-first": "text-before-fence",
    "text-first": "text-before-fence",
    "byte-order-mark": "text-before-fence",
    "toml": "toml",
    "no-newline-after-fence": "no-newline-after-fence",
}
# The mistake is in the value itself, which is kept as it is written.
OF_A_VALUE = {
    "impossible-date": r"\d{4}-(?:02-30|13-05|00-00)",
    "reserved-character": "[@`%].+",
    "unquoted-colon": ".+: .+",
}
# What was meant is not certain: the right date, and where the text above is to go.
NO_EDIT = {"impossible-date", "text-first"}


@pytest.mark.parametrize("kind", KINDS)
@loaders
def test_known_mistakes(kind: str, loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tolerant, "LOADER", loader)
    for index in range(0, 36, 3 if loader is Loader else 12):
        right = post_text(SITE, index)
        source, mistake = spoilt(right, kind, SITE, index, Draws(f"{kind}{index}"))
        if kind not in LOST:
            assert recover(SOURCE, source) is None
            continue
        recovered = saved(source)
        body, meta = get_data(right)
        (problem,) = recovered.problems
        assert problem.code == CODES.get(kind, "unreadable")
        assert problem.place is not None
        assert problem.place.line == mistake.line
        assert problem.help
        changed = differences(meta, recovered.meta)
        assert len(changed) <= (kind in OF_A_VALUE)
        assert all(re.fullmatch(OF_A_VALUE[kind], value) for value in changed)
        text = source.split("\n")[0] if kind == "text-first" else ""
        rest = "" if kind == "no-newline-after-fence" else body
        assert recovered.body == (f"{text}\n\n{rest}" if text else rest)
        assert (problem.edit is None) is (kind in NO_EDIT)
        if problem.edit:
            assert get_data(applied(source, problem.edit)) == (rest, recovered.meta)


def differences(old: Any, new: Any) -> list[Any]:
    """Return the new values that differ; nothing else may."""
    if isinstance(old, dict) and isinstance(new, dict):
        assert list(old) == list(new)
        return [one for key in old for one in differences(old[key], new[key])]
    return [] if old == new else [new]


# Hostile strings

NAUGHTY = [
    text
    for text in json.loads((HOSTILE / "blns.json").read_text(encoding="utf-8"))
    if "\n" not in text
]
FORMS = {
    "value": "title: {}\n",
    "item": "tags:\n  - x\n  - {}\n  - y\n",
    "inner": "post_meta:\n  topic: {}\n  difficulty: beginner\n",
    "in-brackets": "tags: [x, {}, y]\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_hostile_strings(form: str) -> None:
    """The fields around one survive; in brackets only where what was meant is certain."""
    kept = 0
    for text in NAUGHTY:
        source = f"---\nfirst: 1\n{FORMS[form].format(text)}last: 2\n---\nText\n"
        recovered = recover(SOURCE, source)
        if recovered is None:
            meta = get_data(source)[1]
        else:
            check(source, recovered)
            meta = recovered.meta
        assert meta["first"] == 1
        kept += meta.get("last") == 2
    assert kept >= len(NAUGHTY) * (0.85 if form == "in-brackets" else 1)


# Cures


def test_no_cure_changes_the_number_of_lines() -> None:
    for path in CASES:
        source = yaml.load(path.read_text(encoding="utf-8"), Loader)["source"]
        node = Reader().compose(source)
        if isinstance(node, Fault):
            for cure in cures(Sheet(source), node):
                assert cure.change.apply(source).count("\n") == source.count("\n")
