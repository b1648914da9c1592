"""Repairs of front matter: the cures that are certain, one after the other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence

from mkdocs_anp.core.problems import Problem

OF_THE_BLOCK = frozenset(
    {
        "unreadable",
        "not-a-mapping",
        "no-closing-fence",
        "no-newline-after-fence",
        "text-before-fence",
        "eaten-text",
    }
)
"""Codes of what hides other problems: when it is mended, those come to light."""
_MOST = 500
_ENDING = re.compile(r"\r\n|\r|\n")


def fixed(text: str, check: Callable[[str], Sequence[Problem]]) -> tuple[str, list[Problem]]:
    """Return a text with all certain cures, and the problems that they mended.

    Each cure is tried, and stays only if the problem is gone and no other has come.

    Args:
        text: The source of a page, its lines ending with a newline.
        check: Returns the problems of such a text.
    """
    mended: list[Problem] = []
    refused: set[tuple[str, str, str]] = set()
    problems = list(check(text))
    for _ in range(_MOST):
        problem = next((p for p in problems if p.edit and _name(p) not in refused), None)
        if problem is None or problem.edit is None:
            break
        span, cure = problem.edit
        changed = f"{text[: span.start]}{cure}{text[span.end :]}"
        after = list(check(changed))
        if _is_better(problem, problems, after):
            text, problems = changed, after
            mended.append(problem)
        else:
            refused.add(_name(problem))
    return text, mended


def _is_better(problem: Problem, before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    of_this = sum(_name(other) == _name(problem) for other in after)
    if of_this >= sum(_name(other) == _name(problem) for other in before):
        return False
    return problem.code in OF_THE_BLOCK or len(after) < len(before)


def _name(problem: Problem) -> tuple[str, str, str]:
    return problem.field, problem.code, problem.message


def with_endings_of(text: str, original: str) -> str:
    """Return a text with the line endings that an original has.

    Args:
        text: The changed text, its lines ending with a newline.
        original: What stood there before, with whatever line endings.
    """
    endings = _ENDING.findall(original)
    usual = max(set(endings), key=endings.count) if endings else "\n"
    if len(set(endings)) <= 1:
        return text.replace("\n", usual)
    before = _ENDING.split(original)
    after = text.split("\n")
    kept = [usual] * len(after)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for start, start_after, length in matcher.get_matching_blocks():
        for step in range(length):
            if start + step < len(endings):
                kept[start_after + step] = endings[start + step]
    kept[len(after) - 1] = ""
    return "".join(line + end for line, end in zip(after, kept, strict=True))


def diff(path: str, before: str, after: str) -> list[str]:
    """Return the lines of a unified diff."""
    lines = difflib.unified_diff(
        before.split("\n"), after.split("\n"), path, path, lineterm="", n=2
    )
    return list(lines)
