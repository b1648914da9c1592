"""Repairs of front matter: the cures that are certain, one after the other."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

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
_NO_ENDING = "\\ No newline at end of file"

_Name: TypeAlias = tuple[str, str, str]
_Try: TypeAlias = tuple[_Name, int, int]


def fixed(source: str, check: Callable[[str], Sequence[Problem]]) -> tuple[str, list[Problem]]:
    """Return a text with all certain cures, and the problems that they mended.

    Each cure is tried, and stays only if the problem is gone and no other has come. What no
    cure touches stays as it is, line endings too.

    Args:
        source: The source of a page, with whatever line endings.
        check: Returns the problems of such a text whose lines all end with a newline.
    """
    text = unified(source)
    mended: list[Problem] = []
    refused: set[_Try] = set()
    is_retry = True  # nothing was mended since the refused ones were tried
    problems = list(check(text))
    while len(mended) < _MOST:
        problem = next((p for p in problems if p.edit and _try(p) not in refused), None)
        if problem is None or problem.edit is None:
            if is_retry:
                break
            refused, is_retry = set(), True
            continue
        changed, changed_source = _applied(text, problem.edit), edited(source, problem.edit)
        after = list(check(changed)) if unified(changed_source) == changed else problems
        if _is_better(problem, problems, after):
            text, source, problems = changed, changed_source, after
            mended.append(problem)
            is_retry = False
        else:
            refused.add(_try(problem))
    return source, mended


def _is_better(problem: Problem, before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """Return whether a problem is gone and no other has come."""
    if problem.code not in OF_THE_BLOCK:
        left = list(map(_name, before))
        left.remove(_name(problem))
        for other in after:
            if _name(other) not in left:
                return False
            left.remove(_name(other))
        return True
    # A page tells of so many problems only: when one is mended, another may take its place.
    of_this = sum(_name(other) == _name(problem) for other in before)
    if sum(_name(other) == _name(problem) for other in after) < of_this:
        return True
    return _try(problem) not in map(_try, after) and max(map(_try, after)) > max(map(_try, before))


def _name(problem: Problem) -> _Name:
    return problem.field, problem.code, problem.message


def _try(problem: Problem) -> _Try:
    line, column = problem.place[:2] if problem.place else (0, 0)
    return _name(problem), line, column


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
