"""The command `mkdocs-anp fix`: repairs what has one certain cure."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from mkdocs_anp.core.fixes import diff, fixed, with_endings_of
from mkdocs_anp.core.levels import Levels
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.pages import Defaults, check_text, reader_of
from mkdocs_anp.project import Project, ProjectError, open_project, pages
from mkdocs_anp.terminal import FINE, PROBLEMS, WRONG_USE, painted, progress, say

if TYPE_CHECKING:
    from mkdocs.structure.files import File

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Options:
    """The options as given."""

    config_file: Path | None
    write: bool
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Fix:
    """What is to be written into a file: `before` and `after` with the file's line endings."""

    path: Path
    shown: str
    before: str
    after: str
    mended: int


def run(options: Options) -> int:
    """Carry out the command, and return its exit status."""
    try:
        project = open_project(options.config_file)
        fixes = _fixes(project, options.paths)
        for fix in fixes:
            _show(fix)
            if options.write:
                _write(fix)
    except (ProjectError, PluginError) as error:
        say(f"Error: {error}", err=True)
        return WRONG_USE
    except OSError as error:
        say(f"Error: {error.filename}: {error.strerror or error}", err=True)
        return WRONG_USE
    mended = sum(fix.mended for fix in fixes)
    if not fixes:
        say("nothing to fix: no problem has one certain cure")
        return FINE
    count = f"{mended:,} problem{'' if mended == 1 else 's'} in {_files(len(fixes))}"
    say(f"{count} mended" if options.write else f"{count} can be mended: run it with --write")
    return FINE if options.write else PROBLEMS


def _fixes(project: Project, paths: Sequence[Path]) -> list[_Fix]:
    files = project.files()
    chosen = pages(project, files, paths)
    defaults = Defaults(files, project.config)
    rules, levels = project.options.rules(), project.options.validation.levels()
    reader = reader_of(files, project.config, rules, defaults)
    found = []
    with progress(len(chosen), "pages") as bar:
        for file in chosen:
            fix = _fix(project, file, reader, levels)
            if fix is not None:
                found.append(fix)
            if bar is not None:
                bar.update(1)
    return found


def _fix(project: Project, file: File, reader: PageReader, levels: Levels) -> _Fix | None:
    try:
        text = file.content_string
    except (OSError, ValueError):
        return None  # `check` tells
    check = partial(_problems, file.src_uri, reader, levels)
    changed, mended = fixed(text, check)
    if not mended or file.abs_src_path is None:
        return None
    path = Path(file.abs_src_path)
    with path.open(encoding="utf-8", newline="") as opened:
        before = opened.read()
    bom = _BOM if before.startswith(_BOM) else ""
    after = bom + with_endings_of(changed, before.removeprefix(_BOM))
    return _Fix(path, f"{project.folder}{file.src_uri}", before, after, len(mended))


def _problems(source: str, reader: PageReader, levels: Levels, text: str) -> list[Problem]:
    """Return the problems that matter and stand in this file itself."""
    return [p for p in levels.apply(check_text(source, text, reader)) if p.source == source]


def _show(fix: _Fix) -> None:
    for line in diff(fix.shown, fix.before.replace("\r\n", "\n"), fix.after.replace("\r\n", "\n")):
        role = line[:1] if not line.startswith(("+++", "---")) else "file"
        say(painted(role, line))


def _write(fix: _Fix) -> None:
    """Write a file in one step, with the rights that it had."""
    target = fix.path.resolve()
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".anp-fix.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(fix.after)
        shutil.copymode(target, unfinished)
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
