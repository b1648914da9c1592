"""The command `mkdocs-anp check`: the report of a build, without the build."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.levels import Baseline
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.report import Format, as_github, as_json, problem_text, summary
from mkdocs_anp.core.text import counted
from mkdocs_anp.image_check import ImageCheck
from mkdocs_anp.pages import Defaults, check_file, reader_of
from mkdocs_anp.project import Project, ProjectError, carried_out, open_project, pages
from mkdocs_anp.terminal import FINE, PROBLEMS, painted, progress, say
from mkdocs_anp.validation import baseline_path, read_baseline

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.core.page import PageReader

BASELINE = "anp-baseline.json"
"""The baseline that is written where mkdocs.yml names none."""

OFF = "validation is switched off in mkdocs.yml, so nothing is checked"
"""What is said where a build would tell of no problem either."""

# What may be a reference, in a block or in braces; whoever has the same one is read in full.
_REFERENCE = re.compile(
    r"""reference["']?[ \t]*:[ \t]*["']?([^\s"',{}\[\]#][^"',{}\[\]#\n]*)""", re.IGNORECASE
)
_TOP = 20_000  # characters in which the front matter is sought that MkDocs does not find


@dataclass(frozen=True, slots=True)
class Options:
    """The options as given."""

    config_file: Path | None
    format: Format
    strict: bool
    write_baseline: bool
    paths: tuple[Path, ...]


def run(options: Options) -> int:
    """Carry out the command, and return its exit status."""
    return carried_out(partial(_run, options))


def _run(options: Options) -> int:
    project = open_project(options.config_file)
    return _write_baseline(project, options) if options.write_baseline else _check(project, options)


def _check(project: Project, options: Options) -> int:
    baseline = read_baseline(project.options.validation, project.config)
    files = project.files()
    chosen = pages(project, files, options.paths)
    everything, images = _found(project, files, chosen)
    found = baseline.new(everything)
    if project.is_checked or options.format != "text":
        _print(project, options.format, found, len(chosen), images)
    if options.format == "text" and len(baseline):
        _say_known(baseline, everything, found, restricted=bool(options.paths))
    wrong = found if options.strict else [p for p in found if p.level != "info"]
    return PROBLEMS if wrong else FINE


class _Found(NamedTuple):
    """What was found on some pages.

    Attributes:
        problems: The problems that matter, sorted by file and position.
        images: What their images come to, in one line; "" where they have none.
    """

    problems: list[Problem]
    images: str = ""


def _found(project: Project, files: Files, chosen: Sequence[File]) -> _Found:
    """Return what is found on some pages."""
    if not project.is_checked:
        say(OFF, err=True)
        return _Found([])
    defaults = Defaults(files, project.config)
    reader = reader_of(files, project.config, project.options.rules(), defaults)
    _read_same_references(reader, files, chosen, defaults)
    check = ImageCheck(project.options, project.config, files)
    found: list[Problem] = []
    with progress(len(chosen), "pages") as bar:
        for file in chosen:
            found += check_file(file, reader, defaults, check.problems)
            if bar is not None:
                bar.update(1)
    unique = {problem.order: problem for problem in project.levels.apply(found)}
    images = check.tally.text if check.tally.images else ""
    return _Found([unique[order] for order in sorted(unique)], images)


def _read_same_references(
    reader: PageReader, files: Files, chosen: Sequence[File], defaults: Defaults
) -> None:
    """Let the reader know the pages that are not checked but have a reference of those that are."""
    checked = {file.src_uri for file in chosen}
    others = [file for file in files.documentation_pages() if file.src_uri not in checked]
    wanted = {reference for file in chosen for reference in _references(file)} if others else set()
    for file in others:
        if wanted and not wanted.isdisjoint(_references(file)):
            check_file(file, reader, defaults)


def _references(file: File) -> set[str]:
    """Return what may be references of a page; it is not parsed, so that thousands can be asked."""
    try:
        text = file.content_string
    except (OSError, ValueError):
        return set()
    block = front_matter_block(text).text or text[:_TOP]
    return {match.group(1).strip() for match in _REFERENCE.finditer(block)}


def _print(
    project: Project, form: Format, found: Sequence[Problem], count: int, images: str
) -> None:
    if form == "json":
        say(as_json(found, project.folder, count))
    elif form == "github":
        folder = _folder_in_repository(project)
        for problem in found:
            say(as_github(problem, folder))
    else:
        for problem in found:
            say(f"{problem_text(problem, project.folder, painted)}\n")
        if images:
            say(images)
        say(summary(found, count))


def _folder_in_repository(project: Project) -> str:
    """Return the path of the docs directory as GitHub knows it: from the top of the repository."""
    docs = project.docs.resolve()
    named = os.environ.get("GITHUB_WORKSPACE")
    tops = [Path(named).resolve()] if named else []
    tops += [parent for parent in docs.parents if (parent / ".git").exists()]
    top = next((top for top in tops if top in docs.parents), None)
    return f"{docs.relative_to(top).as_posix()}/" if top else project.folder


def _say_known(
    baseline: Baseline, everything: Sequence[Problem], found: Sequence[Problem], restricted: bool
) -> None:
    hidden = len(everything) - len(found)
    mended = 0 if restricted else baseline.mended(everything)
    if hidden:
        are = "is" if hidden == 1 else "are"
        say(f"{counted(hidden, 'problem')} of the baseline {are} not shown")
    if mended:
        are = "is" if mended == 1 else "are"
        advice = "write it again with: mkdocs-anp check --write-baseline"
        say(f"{counted(mended, 'problem')} of the baseline {are} mended; {advice}")


def _write_baseline(project: Project, options: Options) -> int:
    if options.paths:
        raise ProjectError("a baseline is of the whole site; leave out the paths")
    if not project.is_checked:
        raise ProjectError(OFF)
    path = baseline_path(project.options.validation, project.config)
    is_named = path is not None
    path = path or Path(str(project.config.config_file_path)).parent / BASELINE
    if not _may_be_baseline(path):
        raise ProjectError(f"{path} is no baseline; it stays as it is, so name another file")
    files = project.files()
    found = _found(project, files, pages(project, files, ())).problems
    try:
        path.write_text(Baseline.of(found).text, "utf-8")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror or error}") from error
    say(f"{summary(found)}, now known in {path}")
    if not is_named:
        say(f"To use it, write under the plugin: validation: {{baseline: {BASELINE}}}")
    return FINE


def _may_be_baseline(path: Path) -> bool:
    """Return whether a file may be overwritten: also a baseline that a merge has broken."""
    if not path.is_file():
        return True  # a folder says so itself
    data = path.read_bytes()
    return not data.strip() or b'"known"' in data
