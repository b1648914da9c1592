"""Tiny real sites, built in this process."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig


@dataclass
class Site:
    """A built site."""

    directory: Path
    config: MkDocsConfig
    warnings: list[str] = field(default_factory=list)

    def raw(self, path: str) -> str:
        """Return a file of the site as text."""
        return (self.directory / "site" / path).read_text(encoding="utf-8")

    def page(self, path: str) -> BeautifulSoup:
        """Return a parsed page."""
        return BeautifulSoup(self.raw(path), "html.parser")

    def box(self, path: str) -> Tag | None:
        """Return the meta box of a page, of which there is at most one."""
        boxes = self.page(path).find_all(attrs={"data-anp": "meta_box"})
        assert len(boxes) <= 1
        return boxes[0] if boxes else None


class _Warnings(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


Build = Callable[..., Site]


def _builder(parent: Path) -> Build:
    """Return a function that builds sites in folders of one directory."""
    numbers = itertools.count(1)

    def make(
        files: Mapping[str, str], options: Mapping[str, Any] | None = None, **settings: Any
    ) -> Site:
        directory = parent / str(next(numbers))
        config = {"site_name": "Site", "theme": "material", "plugins": [{"anp": options or {}}]}
        config.update(settings)
        files = {"mkdocs.yml": yaml.safe_dump(config), "docs/index.md": "# Home\n", **files}
        for path, text in files.items():
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
            (directory / path).write_text(text, encoding="utf-8")
        site = Site(directory, load_config(str(directory / "mkdocs.yml")))
        handler = _Warnings(site.warnings)
        logging.getLogger("mkdocs").addHandler(handler)
        try:
            build(site.config)
        finally:
            logging.getLogger("mkdocs").removeHandler(handler)
        return site

    return make


@pytest.fixture
def build_site(tmp_path: Path) -> Build:
    """Return a function that builds a site from files, options of ours and settings."""
    return _builder(tmp_path)


@pytest.fixture(scope="module")
def build_shared_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Return the same, for sites that all tests of a module look at."""
    return _builder(tmp_path_factory.mktemp("sites"))
