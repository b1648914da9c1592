"""The two lists beside the posts: which share a theme, and which mistakes are where."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from mkdocs_anp.synth.messy import Mistake
from mkdocs_anp.synth.posts import heading_of
from mkdocs_anp.synth.themes import posts_of, theme_numbers, theme_of

THEME_KEYS = ("theme", "problem", "stack", "domain", "posts")
"""The keys of a line in the list of themes."""
MISTAKE_KEYS = ("file", "line", "kind")
"""The keys of a line in the list of mistakes."""

_ENOUGH = 10_000_000


class LineFile:
    """A file of JSON lines that appears under its name only when it is complete."""

    def __init__(self, path: Path) -> None:
        """Take the path."""
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        self._file: IO[str] | None = None

    @staticmethod
    def may_replace(path: Path, keys: tuple[str, ...]) -> bool:
        """Return whether a path is free, or holds a file of lines with just these keys."""
        if not path.exists():
            return True
        if not path.is_file():
            return False
        try:
            with path.open(encoding="utf-8") as file:
                first = file.readline(_ENOUGH)
            return not first or tuple(json.loads(first)) == keys
        except (ValueError, TypeError):
            return False

    def add(self, lines: list[str]) -> None:
        """Add lines."""
        assert self._file is not None, "use it in a with statement"  # noqa: S101
        self._file.writelines(f"{line}\n" for line in lines)

    def __enter__(self) -> LineFile:
        """Start the file."""
        # Never a file or a link that somebody put there.
        self._unfinished.unlink(missing_ok=True)
        self._file = self._unfinished.open("x", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the file its name, or remove it where an error stopped the work."""
        assert self._file is not None, "use it in a with statement"  # noqa: S101
        try:
            self._file.close()
            if kind is None:
                os.replace(self._unfinished, self._path)  # noqa: PTH105
        finally:
            self._unfinished.unlink(missing_ok=True)


def mistake_line(path: str, mistake: Mistake) -> str:
    """Return the line for a mistake in a post at this path."""
    return json.dumps(dict(zip(MISTAKE_KEYS, (path, mistake.line, mistake.kind), strict=True)))


def theme_lines(site: int, count: int, prefix: str) -> Iterator[str]:
    """Yield a line for each theme that a site of that many posts has."""
    for number in theme_numbers(count):
        theme = theme_of(site, number)
        posts = [f"{prefix}{heading_of(site, post).path}" for post in posts_of(site, number, count)]
        if posts:
            values = (number, theme.problem.name, theme.stack.name, theme.domain.name, posts)
            yield json.dumps(dict(zip(THEME_KEYS, values, strict=True)))
