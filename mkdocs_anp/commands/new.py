"""The command `mkdocs-anp new`: a post with the fields of this site, to be filled in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from mkdocs_anp.core.new_post import new_post
from mkdocs_anp.project import Project, ProjectError, absolute, carried_out, open_project
from mkdocs_anp.terminal import FINE, say


def run(config_file: Path | None, path: Path, title: str) -> int:
    """Write the post, and return the exit status."""
    return carried_out(partial(_run, config_file, path, title))


def _run(config_file: Path | None, path: Path, title: str) -> int:
    project = open_project(config_file)
    target = _target(project, path)
    rules = project.options.rules()
    text = new_post(str(target), rules.top, rules.meta_key, date.today(), title)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ProjectError(f"{error.filename} is a file, not a folder") from error
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise ProjectError(f"{target} is there already; name another file") from error
    say(str(target))
    return FINE


def _target(project: Project, path: Path) -> Path:
    """Return where the post is to stand: below the docs directory, in whatever way it is named."""
    if path.suffix != ".md":
        raise ProjectError(f"{path} is not the name of a Markdown file; end it with .md")
    docs = project.docs.resolve()
    is_below = absolute(project.docs) in absolute(path).parents or docs in path.resolve().parents
    target = (path if is_below else docs / path).resolve()
    if docs not in target.parents:
        raise ProjectError(f"{path} is not in the docs directory {project.docs}")
    try:
        return target.relative_to(Path.cwd())
    except ValueError:
        return target
