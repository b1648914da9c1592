"""Repairs of front matter: the cures that are certain, one after the other."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.problems import Edit, Problem, printable

OF_THE_BLOCK = frozenset(
    {
        "unreadable",
        "not-a-mapping",
        "no-closing-fence",
        "no-newline-after-fence",
        "text-before-fence",
        "toml",
    }
)
"""Codes of what hides other problems: when it is mended, those come to light."""

_MOST = 500  # a page tells of so many problems only after some are mended
_ENDING = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_COMMENT = re.compile(r"[ \t]+#")
_NO_ENDING = "\\ No newline at end of file"

_Name: TypeAlias = tuple[str, str, str]
_Try: TypeAlias = tuple[_Name, int, int]


class Checked(NamedTuple):
    """A page as a build reads it.

    Attributes:
        problems: What is wrong with it.
        body: The Markdown below its front matter.
    """

    problems: Sequence[Problem]
    body: str


def fixed(source: str, check: Callable[[str], Checked]) -> tuple[str, list[Problem]]:
    """Return a text with all certain cures, and the problems that they mended.

    Each cure is tried, and stays only if the problem is gone, no other has come, and the page
    below the front matter is the same. What no cure touches stays as it is, line endings too.

    Args:
        source: The source of a page, with whatever line endings.
        check: Checks such a text whose lines all end with a newline.
    """
    text = unified(source)
    mended: list[Problem] = []
    refused: set[_Try] = set()
    is_retry = True  # nothing was mended since the refused ones were tried
    problems, body = check(text)
    while len(mended) < _MOST:
        problem = next((p for p in problems if p.edit and _try(p) not in refused), None)
        if problem is None or problem.edit is None:
            if is_retry:
                break
            refused, is_retry = set(), True
            continue
        edit = problem.edit
        changed, changed_source = _applied(text, edit), edited(source, edit)
        after = check(changed)
        is_same = unified(changed_source) == changed and after.body.strip("\n") == body.strip("\n")
        if is_same and _is_better(problem, problems, after.problems):
            text, source, problems = changed, changed_source, after.problems
            mended.append(problem)
            is_retry = False
        else:
            refused.add(_try(problem))
    return source, mended


def _is_better(problem: Problem, before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Return whether a problem is gone and no other has come."""
    is_gone = _try(problem) not in map(_try, after)
    if problem.code in OF_THE_BLOCK:
        # Only so many are told: when one is mended, one that is further down takes its place.
        is_further = max(map(_place, after), default=(0, 0)) > max(map(_place, before))
        is_fewer = _count(problem, after) < _count(problem, before)
        return is_fewer or (is_gone and is_further)
    left = list(map(_name, before))
    left.remove(_name(problem))
    come = []
    for other in after:
        if _name(other) in left:
            left.remove(_name(other))
        else:
            come.append(other)
    if any(other.code == "too-many-problems" for other in before):
        return is_gone and all(_place(other)[0] != _place(problem)[0] for other in come)
    return not come


def _count(problem: Problem, problems: Sequence[Problem]) -> int:
    return sum(_name(other) == _name(problem) for other in problems)


def _name(problem: Problem) -> _Name:
    return problem.field, problem.code, problem.message


def _try(problem: Problem) -> _Try:
    return _name(problem), *_place(problem)


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)


def unified(source: str) -> str:
    """Return a text whose lines all end with a newline, as Python reads a file."""
    return _ENDING.sub("\n", source)


def _applied(text: str, edit: Edit) -> str:
    return f"{text[: edit.span.start]}{edit.text}{text[edit.span.end :]}"


def edited(source: str, edit: Edit) -> str:
    """Return a text after an edit, with its own line endings.

    Args:
        source: The text, with whatever line endings.
        edit: An edit of the same text, all of its lines ending with a newline. New lines get the
            ending of the line on which it begins.
    """
    pairs = [match.start() for match in re.finditer("\r\n", source)]
    ends = [place - number for number, place in enumerate(pairs)]
    start, end = (place + bisect_left(ends, place) for place in edit.span)
    match = _ENDING.search(source, start) or _ENDING.search(source)
    cure = edit.text.replace("\n", match.group() if match else "\n")
    return f"{source[:start]}{cure}{source[end:]}"


def diff(path: str, before: str, after: str) -> list[str]:
    """Return the lines of a unified diff, fit to be shown; it does not tell line endings."""
    lines = difflib.unified_diff(_lines(before), _lines(after), path, path, n=2)
    return [shown for line in lines for shown in _shown(line)]


def _lines(source: str) -> list[str]:
    return _LINE.findall(unified(source))


def _shown(line: str) -> Iterator[str]:
    """Yield a line of a diff without what would turn it around, or colour a terminal."""
    yield "\t".join(map(printable, line.removesuffix("\n").split("\t")))
    if not line.endswith("\n"):
        yield _NO_ENDING
