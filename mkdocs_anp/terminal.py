"""What the commands print: text in colour, errors, a progress bar; all only on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click
from click.termui import progressbar

FINE, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses."""

_COLOURS: Mapping[str, dict[str, Any]] = {
    "file": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warn": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "mark": {"fg": "red", "bold": True},
    "help": {"fg": "green", "bold": True},
    "margin": {"fg": "blue"},
    "+": {"fg": "green"},
    "-": {"fg": "red"},
}
_LONG = 100  # pages; fewer are done before a bar would be seen


def say(text: str, err: bool = False) -> None:
    """Print a line, also one that names a path or a seed that is not UTF-8."""
    click.echo(text.encode("utf-8", "replace").decode(), err=err)


def painted(role: str, text: str) -> str:
    """Return a text in the colour of its role; what is no terminal gets none."""
    style = _COLOURS.get(role)
    return text if style is None or os.environ.get("NO_COLOR") else click.style(text, **style)


def progress(count: int, label: str) -> AbstractContextManager[Any]:
    """Return a progress bar on a terminal for long work, and nothing elsewhere."""
    if count < _LONG or not sys.stderr.isatty():
        return nullcontext()
    bar: AbstractContextManager[Any] = progressbar(length=count, label=label, file=sys.stderr)
    return bar
