"""A MkDocs project as the commands see it: its configuration and its pages, without a build."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import get_files, set_exclusions

from mkdocs_anp.config import AnpConfig, refuse_second
from mkdocs_anp.core.levels import Levels
from mkdocs_anp.terminal import INTERRUPTED, WRONG_USE, say
from mkdocs_anp.validation import folder_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

NAMES = ("mkdocs.yml", "mkdocs.yaml")
"""The configuration files that MkDocs looks for."""


class ProjectError(Exception):
    """What was asked for cannot be done; the message says why, and what to do."""


@dataclass(frozen=True)
class Project:
    """A project.

    Attributes:
        config: The configuration of MkDocs.
        options: The options of the plugin.
    """

    config: MkDocsConfig
    options: AnpConfig

    @property
    def docs(self) -> Path:
        """The docs directory."""
        return Path(self.config.docs_dir)

    @property
    def folder(self) -> str:
        """The path of the docs directory as a terminal can open it, with a `/` behind it."""
        return folder_of(self.config)

    @property
    def is_checked(self) -> bool:
        """Whether a build would tell of problems at all."""
        return self.options.enabled and self.options.validation.enabled

    @property
    def levels(self) -> Levels:
        """The levels of problems."""
        return self.options.levels() if self.is_checked else Levels("off")

    def files(self) -> Files:
        """Return the files of the site, without those that MkDocs would not build."""
        files = get_files(self.config)
        set_exclusions(files, self.config)
        return files


def carried_out(command: Callable[[], int]) -> int:
    """Carry out a command, and return its exit status; what stops it is told in one line."""
    try:
        return command()
    except KeyboardInterrupt:
        say("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        raise  # nobody reads on: click ends it without a word
    except (ProjectError, MkDocsException) as error:
        reason = str(error)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        reason = f"{where}{error.strerror or error}"
    say(f"Error: {reason}", err=True)
    return WRONG_USE


def open_project(config_file: Path | None) -> Project:
    """Load a project.

    Args:
        config_file: Its mkdocs.yml; None means the one in the working directory.

    Raises:
        ProjectError: There is none, it is wrong, or the plugin is not in it.
    """
    if config_file is None:
        config_file = next((Path(name) for name in NAMES if Path(name).is_file()), None)
        if config_file is None:
            raise ProjectError("there is no mkdocs.yml here; name it with -f")
    if not config_file.is_file():
        raise ProjectError(f"there is no file {config_file}")
    config = _loaded(config_file)
    for plugin in config.plugins.values():
        if isinstance(plugin.config, AnpConfig):
            refuse_second(plugin, config)
            return Project(config, plugin.config)
    raise ProjectError(f"the plugin anp is not in the plugins of {config_file}")


def _loaded(config_file: Path) -> MkDocsConfig:
    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        return load_config(str(config_file))
    except (MkDocsException, SystemExit) as error:
        reasons = "; ".join(messages.texts) or str(error)
        raise ProjectError(f"{config_file} cannot be used: {reasons}") from error
    finally:
        logger.removeHandler(messages)


class _Messages(logging.Handler):
    """Takes what MkDocs says about a configuration."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(" ".join(record.getMessage().split()))


def pages(project: Project, files: Files, paths: Sequence[Path]) -> list[File]:
    """Return the pages that are built, all or those at or below some paths.

    Raises:
        ProjectError: A path leads to no page.
    """
    all_pages = [file for file in files.documentation_pages() if file.inclusion.is_included()]
    if not paths:
        return all_pages
    chosen = set(_chosen(project, all_pages, paths))
    return [file for file in all_pages if file.src_uri in chosen]


def _chosen(project: Project, all_pages: Sequence[File], paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        if not path.exists():
            raise ProjectError(f"there is no file or folder {path}")
        below = _below(project.docs, path)
        if below is None:
            raise ProjectError(f"{path} is not in the docs directory {project.docs}")
        found = [
            file.src_uri
            for file in all_pages
            if not below or file.src_uri == below or file.src_uri.startswith(f"{below}/")
        ]
        if not found:
            raise ProjectError(f"{path} is no page of this site")
        yield from found


def _below(docs: Path, path: Path) -> str | None:
    """Return a path as seen from the docs directory; "" for this and all above it."""
    # As it is written comes first: a page may be a link to somewhere else.
    for start, place in ((absolute(docs), absolute(path)), (docs.resolve(), path.resolve())):
        if place == start or place in start.parents:
            return ""
        if start in place.parents:
            return place.relative_to(start).as_posix()
    return None


def absolute(path: Path) -> Path:
    """Return a whole path without `..`, links not followed."""
    return Path(os.path.normpath(path.absolute()))
