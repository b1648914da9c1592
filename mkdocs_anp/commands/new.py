"""The command `mkdocs-anp new`: a post with the fields of this site, to be filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mkdocs_anp.core.new_post import new_post
from mkdocs_anp.project import Project, ProjectError, open_project
from mkdocs_anp.terminal import FINE, WRONG_USE, say


def run(config_file: Path | None, path: Path, title: str) -> int:
    """Write the post, and return the exit status."""
    try:
        project = open_project(config_file)
        target = _target(project, path)
        rules = project.options.rules()
        text = new_post(str(target), rules.top, rules.meta_key, date.today(), title)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except ProjectError as error:
        say(f"Error: {error}", err=True)
        return WRONG_USE
    except FileExistsError as error:
        say(f"Error: {error.filename} is there already; name another file", err=True)
        return WRONG_USE
    except OSError as error:
        say(f"Error: {error.filename}: {error.strerror or error}", err=True)
        return WRONG_USE
    say(str(target))
    return FINE


def _target(project: Project, path: Path) -> Path:
    """Return where the post is to stand: below the docs directory, in whatever way it is named."""
    if path.suffix != ".md":
        raise ProjectError(f"{path} is not the name of a Markdown file; end it with .md")
    docs = project.docs.resolve()
    here = path.resolve()
    target = here if docs in here.parents else (docs / path).resolve()
    if docs not in target.parents:
        raise ProjectError(f"{path} is not in the docs directory {project.docs}")
    try:
        return target.relative_to(Path.cwd())
    except ValueError:
        return target
