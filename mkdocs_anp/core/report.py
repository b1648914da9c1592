"""Problems as text: for people, for programs, and for the annotations of GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from mkdocs_anp.core.problems import Level, Place, Problem, printable
from mkdocs_anp.core.text import counted

Format: TypeAlias = Literal["text", "json", "github"]
Paint: TypeAlias = Callable[[str, str], str]
"""Takes a role (`file`, a level, `mark`, `help`, `margin`) and a text; returns it in colour."""

WORDS: Mapping[Level, str] = {"info": "info", "warn": "warning", "error": "error"}
"""How levels are called in reports."""

_COMMANDS: Mapping[Level, str] = {"info": "notice", "warn": "warning", "error": "error"}
_WIDTH = 110
_BEFORE = 60  # characters of a long line that are shown before what is wrong
_TAB = 4


def plain(role: str, text: str) -> str:
    """Return a text without colour."""
    return text


def problem_text(problem: Problem, folder: str = "", paint: Paint = plain) -> str:
    """Return a problem as several lines: where, what, the source line, and what to type.

    Args:
        problem: The problem.
        folder: What to put before the path of the file, such as `docs/`.
        paint: Gives texts their colour.
    """
    level = paint(problem.level, f"{WORDS.get(problem.level, problem.level)}[{problem.code}]")
    where = paint("file", _where(problem, folder))
    lines = [f"{where}: {level} {problem.field}: {printable(problem.message)}"]
    margin = ""
    if problem.place:
        number = str(problem.place.line)
        margin = " " * len(number)
        shown, before, width = _shown(problem.place)
        bar = paint("margin", "|")
        lines.append(f"  {paint('margin', number)} {bar} {shown}".rstrip())
        lines.append(f"  {margin} {bar} {' ' * before}{paint('mark', '^' * width)}")
    if problem.help:
        sign = paint("help", "= help:")
        lines.append(f"  {margin}{' ' if margin else ''}{sign} {printable(problem.help)}")
    return "\n".join(lines)


def summary(problems: Sequence[Problem], files: int | None = None) -> str:
    """Return one line that counts problems by level: `2 errors, 1 warning in 2 files`."""
    counts = Counter(problem.level for problem in problems)
    names: tuple[tuple[Level, str, str], ...] = (
        ("error", "error", "errors"),
        ("warn", "warning", "warnings"),
        ("info", "hint", "hints"),
    )
    parts = [f"{counts[k]:,} {one if counts[k] == 1 else many}" for k, one, many in names]
    shown = [part for part, (level, _, _) in zip(parts, names, strict=True) if counts[level]]
    wrong = len({problem.source for problem in problems})
    of = "" if files is None else f" of {files:,}"
    if not shown:
        return "no problems" if files is None else f"no problems in {counted(files, 'file')}"
    return f"{', '.join(shown)} in {wrong:,}{of} {'file' if (files or wrong) == 1 else 'files'}"


def as_json(problems: Iterable[Problem], folder: str, files: int) -> str:
    """Return a JSON document: `{"files": …, "problems": [{"file": …, "line": …}, …]}`."""
    return json.dumps(
        {"files": files, "problems": [as_mapping(problem, folder) for problem in problems]},
        indent=1,
        ensure_ascii=True,
    )


def as_mapping(problem: Problem, folder: str) -> dict[str, Any]:
    """Return a problem as JSON knows it; what is not known is null."""
    place = problem.place
    return {
        "file": f"{folder}{problem.source}",
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_column": place.end if place else None,
        "level": WORDS.get(problem.level, problem.level),
        "code": problem.code,
        "field": problem.field,
        "message": problem.message,
        "help": problem.help or None,
        "source": place.text if place else None,
    }


def as_github(problem: Problem, folder: str) -> str:
    """Return a workflow command, which GitHub shows beside the line of the file."""
    place = problem.place
    properties = {"file": f"{folder}{problem.source}"}
    if place:
        properties |= {
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.end),
        }
    properties["title"] = problem.code
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = f"{problem.field}: {problem.message}"
    if problem.help:
        text = f"{text}\n{problem.help}"
    return f"::{_COMMANDS.get(problem.level, 'notice')} {listed}::{_data(text)}"


def _where(problem: Problem, folder: str) -> str:
    path = printable(f"{folder}{problem.source}")
    return f"{path}:{problem.place.line}:{problem.place.column}" if problem.place else path


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _shown(place: Place) -> tuple[str, int, int]:
    """Return a source line fit to show, and how far from its start, and how wide, the mark is."""
    start, end = place.column - 1 - place.cut, place.end - 1 - place.cut
    first = max(0, start - _BEFORE) if len(place.text) > _WIDTH else 0
    cells = [_cell(char) for char in place.text[first : first + _WIDTH]]
    lead = "…" if first or place.cut else ""
    trail = "…" if first + _WIDTH < len(place.text) else ""
    inside = end - first
    before = sum(width for _, width in cells[: start - first]) + len(lead)
    width = sum(width for _, width in cells[start - first : inside])
    return f"{lead}{''.join(text for text, _ in cells)}{trail}", before, max(1, width)


def _cell(char: str) -> tuple[str, int]:
    """Return what to show for a character, and the columns of a terminal that it takes."""
    if char == "\t":
        return " " * _TAB, _TAB
    if unicodedata.combining(char):
        return char, 0
    text = printable(char)
    if len(text) > 1:
        return text, len(text)
    return text, 2 if unicodedata.east_asian_width(char) in "WF" else 1
