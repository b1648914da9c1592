"""How much each problem matters on a site, and which ones are known already."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mkdocs_anp.core.codes import CODES, CONSEQUENCES
from mkdocs_anp.core.problems import Level, Problem

ALL = "*"
"""Stands for all codes in the rules of a site."""


class Rule(NamedTuple):
    """A level for the problems of some files.

    Attributes:
        level: The level.
        matches: Tells from the path of a source whether the rule is for it; None means all.
    """

    level: Level
    matches: Callable[[str], bool] | None = None


class Levels(NamedTuple):
    """The levels of a site.

    Attributes:
        level: What a problem has of which nothing else is said; hints stay hints.
        rules: By code, or `*` for all codes. The last rule that is for a file counts, and one
            of its code more than one of all codes.
    """

    level: Level = "warn"
    rules: Mapping[str, Sequence[Rule]] = {}

    def of(self, code: str, source: str) -> Level:
        """Return the level of a problem with this code in this file."""
        for key in (code, ALL):
            for rule in reversed(self.rules.get(key, ())):
                if rule.matches is None or rule.matches(source):
                    return rule.level
        if CODES.get(code) == "info" and self.level != "off":
            return "info"
        return self.level

    def apply(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems with their levels, without those that are off.

        Of a value of which something else is told, nothing is told that follows from it.
        """
        leveled = (
            problem.with_level(self.of(problem.code, problem.source)) for problem in problems
        )
        found = [problem for problem in leveled if problem.level != "off"]
        causes = {(p.source, p.field) for p in found if p.code not in CONSEQUENCES}
        return [p for p in found if p.code not in CONSEQUENCES or (p.source, p.field) not in causes]


class Baseline:
    """The problems that a site knows and does not want to hear of again.

    Lines move when a page is edited, so a problem is known by file, field and code.
    """

    def __init__(self, known: Mapping[tuple[str, str, str], int] | None = None) -> None:
        """Take how many problems each file, field and code has."""
        self._known = Counter(known or {})

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Baseline:
        """Return the baseline that knows these problems."""
        return cls(Counter(map(_key, problems)))

    @classmethod
    def read(cls, text: str) -> Baseline:
        """Return the baseline of a file that `text` was written to.

        Raises:
            ValueError: It is no such file.
        """
        data = json.loads(text)
        try:
            entries: list[dict[str, Any]] = data["known"]
            return cls(
                {(str(e["file"]), str(e["field"]), str(e["code"])): int(e["count"])
                 for e in entries}
            )  # fmt: skip
        except (TypeError, KeyError) as error:
            raise ValueError("it is not one that mkdocs-anp has written") from error

    @property
    def text(self) -> str:
        """The baseline as JSON, sorted, a line for each entry."""
        lines = [
            json.dumps({"file": source, "field": name, "code": code, "count": count})
            for (source, name, code), count in sorted(self._known.items())
        ]
        return '{"known": [\n' + ",\n".join(lines) + "\n]}\n"

    def new(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return the problems that are not known."""
        left = Counter(self._known)
        found = []
        for problem in problems:
            key = _key(problem)
            left[key] -= 1
            if left[key] < 0:
                found.append(problem)
        return found

    def mended(self, problems: Iterable[Problem]) -> int:
        """Return how many known problems are there no more."""
        return sum((self._known - Counter(map(_key, problems))).values())

    def __len__(self) -> int:
        return sum(self._known.values())


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.source, problem.field, problem.code
