"""The command `mkdocs-anp check`: the report of a build, without the build."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from mkdocs_anp.core.frontmatter import front_matter_block
from mkdocs_anp.core.levels import Baseline
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.report import Format, as_github, as_json, problem_text, summary
from mkdocs_anp.pages import Defaults, check_file, reader_of
from mkdocs_anp.project import Project, ProjectError, open_project, pages
from mkdocs_anp.terminal import FINE, PROBLEMS, WRONG_USE, painted, progress, say
from mkdocs_anp.validation import baseline_path, read_baseline

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.core.page import PageReader

BASELINE = "anp-baseline.json"
"""The baseline that is written where mkdocs.yml names none."""

_REFERENCE = re.compile(r"^[ \t]*(?:reference|Reference)[ \t]*:[ \t]*([^#\n]*)", re.MULTILINE)


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
    try:
        project = open_project(options.config_file)
        if options.write_baseline:
            return _write_baseline(project, options)
        return _check(project, options)
    except (ProjectError, PluginError) as error:
        say(f"Error: {error}", err=True)
        return WRONG_USE


def _check(project: Project, options: Options) -> int:
    baseline = read_baseline(project.options.validation, project.config)
    files = project.files()
    chosen = pages(project, files, options.paths)
    everything = problems_of(project, files, chosen)
    found = baseline.new(everything)
    _print(project, options.format, found, len(chosen))
    if options.format == "text" and len(baseline):
        _say_known(baseline, everything, found, restricted=bool(options.paths))
    wrong = found if options.strict else [p for p in found if p.level != "info"]
    return PROBLEMS if wrong else FINE


def problems_of(project: Project, files: Files, chosen: Sequence[File]) -> list[Problem]:
    """Return the problems of some pages that matter, sorted by file and position."""
    defaults = Defaults(files, project.config)
    reader = reader_of(files, project.config, project.options.rules(), defaults)
    _take_references(reader, files, chosen)
    found: list[Problem] = []
    with progress(len(chosen), "pages") as bar:
        for file in chosen:
            found += check_file(file, reader, defaults)
            if bar is not None:
                bar.update(1)
    levels = project.options.validation.levels()
    unique = {problem.order: problem for problem in levels.apply(found)}
    return [unique[order] for order in sorted(unique)]


def _take_references(reader: PageReader, files: Files, chosen: Sequence[File]) -> None:
    """Let the reader know the references of the pages that are not checked."""
    checked = {file.src_uri for file in chosen}
    for file in files.documentation_pages():
        if file.src_uri in checked or not file.inclusion.is_included():
            continue
        try:
            block = front_matter_block(file.content_string).text
        except (OSError, ValueError):
            continue
        for match in _REFERENCE.finditer(block):
            reader.take_reference(match.group(1).strip().strip("\"'"), file.src_uri)


def _print(project: Project, form: Format, found: Sequence[Problem], count: int) -> None:
    if form == "json":
        say(as_json(found, project.folder, count))
    elif form == "github":
        for problem in found:
            say(as_github(problem, project.folder))
    else:
        for problem in found:
            say(f"{problem_text(problem, project.folder, painted)}\n")
        say(summary(found, count))


def _say_known(
    baseline: Baseline, everything: Iterable[Problem], found: Sequence[Problem], restricted: bool
) -> None:
    known = len(baseline)
    mended = 0 if restricted else baseline.mended(everything)
    say(f"{known - mended:,} known in the baseline are not shown")
    if mended:
        say(f"{mended:,} of the baseline are mended: run mkdocs-anp check --write-baseline")


def _write_baseline(project: Project, options: Options) -> int:
    if options.paths:
        raise ProjectError("a baseline is of the whole site; leave out the paths")
    files = project.files()
    found = problems_of(project, files, pages(project, files, ()))
    path = baseline_path(project.options.validation, project.config)
    is_named = path is not None
    path = path or Path(str(project.config.config_file_path)).parent / BASELINE
    try:
        path.write_text(Baseline.of(found).text, "utf-8")
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror or error}") from error
    say(f"{summary(found)}, now known in {path}")
    if not is_named:
        say(f"To use it, write under the plugin: validation: {{baseline: {BASELINE}}}")
    return FINE
