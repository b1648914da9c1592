"""A MkDocs project as the commands see it: its configuration and its pages, without a build."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import get_files, set_exclusions

from mkdocs_anp.config import AnpConfig
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

    def files(self) -> Files:
        """Return the files of the site, without those that MkDocs would not build."""
        files = get_files(self.config)
        set_exclusions(files, self.config)
        return files


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
    found = [plugin.config for plugin in config.plugins.values()]
    options = next((options for options in found if isinstance(options, AnpConfig)), None)
    if options is None:
        raise ProjectError(f"the plugin anp is not in the plugins of {config_file}")
    return Project(config, options)


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
    docs = project.docs.resolve()
    for path in paths:
        if not path.exists():
            raise ProjectError(f"there is no file or folder {path}")
        place = path.resolve()
        if docs != place and docs not in place.parents and place not in docs.parents:
            raise ProjectError(f"{path} is not in the docs directory {project.docs}")
        below = "" if place in (docs, *docs.parents) else place.relative_to(docs).as_posix()
        found = [
            file.src_uri
            for file in all_pages
            if not below or file.src_uri == below or file.src_uri.startswith(f"{below}/")
        ]
        if not found:
            raise ProjectError(f"{path} is no page of this site")
        yield from found
