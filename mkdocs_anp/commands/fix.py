"""The command `mkdocs-anp fix`: repairs what has one certain cure."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_anp.core.fixes import Checked, diff, fixed
from mkdocs_anp.core.levels import Levels
from mkdocs_anp.core.page import PageReader
from mkdocs_anp.core.text import counted
from mkdocs_anp.pages import Defaults, load_text, reader_of
from mkdocs_anp.project import Project, ProjectError, carried_out, open_project, pages
from mkdocs_anp.terminal import FINE, PROBLEMS, painted, progress, say

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
    return carried_out(partial(_run, options))


def _run(options: Options) -> int:
    fixes = _fixes(open_project(options.config_file), options.paths)
    for fix in fixes:
        _show(fix)
        if options.write:
            _write(fix)
    if not fixes:
        say("nothing to fix: no problem has one certain cure")
        return FINE
    mended = sum(fix.mended for fix in fixes)
    count = f"{counted(mended, 'problem')} in {counted(len(fixes), 'file')}"
    say(f"{count} mended" if options.write else f"{count} can be mended: run it with --write")
    return FINE if options.write else PROBLEMS


def _fixes(project: Project, paths: Sequence[Path]) -> list[_Fix]:
    files = project.files()
    chosen = pages(project, files, paths)
    defaults = Defaults(files, project.config)
    reader = reader_of(files, project.config, project.options.rules(), defaults)
    levels = project.levels
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
    if file.abs_src_path is None:
        return None
    path = Path(file.abs_src_path)
    try:
        with path.open(encoding="utf-8", newline="") as opened:
            before = opened.read()
    except (OSError, ValueError):
        return None  # `check` tells
    # MkDocs does not see a byte order mark at the beginning of a file.
    text = before.removeprefix(_BOM)
    changed, mended = fixed(text, partial(_checked, file.src_uri, reader, levels))
    if not mended:
        return None
    after = before[: len(before) - len(text)] + changed
    return _Fix(path, f"{project.folder}{file.src_uri}", before, after, len(mended))


def _checked(source: str, reader: PageReader, levels: Levels, text: str) -> Checked:
    """Return the problems that matter and stand in this file itself, and the page below."""
    markdown, own, repeats_a_key = load_text(text)
    body = reader.begin(source, text, markdown, own, repeats_a_key)
    found = levels.apply(reader.read(source, own)[1])
    return Checked([p for p in found if p.source == source], markdown if body is None else body)


def _show(fix: _Fix) -> None:
    for number, line in enumerate(diff(fix.shown, fix.before, fix.after)):
        say(painted("file" if number < 2 else line[:1], line))


def _write(fix: _Fix) -> None:
    """Write a file in one step, with the rights and the owner that it had."""
    target = fix.path.resolve()
    unfinished = None
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError("it may not be changed")
        descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".anp-fix.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(fix.after)
        with suppress(OSError, AttributeError):  # only the superuser may; Windows has no such thing
            os.chown(unfinished, target.stat().st_uid, target.stat().st_gid)
        shutil.copymode(target, unfinished)
        Path(unfinished).replace(target)
    except BaseException as error:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = error.strerror or error
            raise ProjectError(f"{fix.shown} cannot be written: {reason}") from error
        raise
