"""Small sites, built with the real command, with our plugin and without."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Comment, Tag

from tests.checkout import run

BOX_ONLY = "quokkabox"
"""A word that stands in the post meta of `POST` and nowhere else."""
BODY_ONLY = "wombatbody"
"""A word that stands in the body of `POST` and nowhere else."""

PLAIN = """\
---
title: A plain page
---
# A plain page

Nothing but plain words, and [a link](post.md).

## A heading

More words.
"""

POST = f"""\
---
title: A post
date: 2018-06-23
tags: [queues]
description: What a post says of itself.
post_meta:
  topic: {BOX_ONLY} topic
  summary: 'a summary with {{{{ 7 * 7 }}}} and <b>markup</b>'
  difficulty: beginner
  view_count: 323070
  revision: {{status: reviewed, version: 1.10, last_reviewed: 2018-06-23}}
  payload: {{address: "https://images.example.com/p?w=1200&q=80"}}
  notes: [a first note, a second note]
---
# A post

The body has the word {BODY_ONLY} in it.

<!-- more -->

## A section

![a picture](img/picture.svg)

The end.
"""

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><title>p</title></svg>\n'

DOCS = {"index.md": PLAIN, "post.md": POST, "img/picture.svg": PICTURE}
"""A page that is no post, a post, and the picture in it."""

THEME = {"name": "material", "font": False}
"""Material without the fonts that it would fetch from elsewhere."""

PRIVACY = {"assets_exclude": ["unpkg.com/*"]}
"""Settings of Material's privacy plugin that do not fetch Material's own Mermaid."""


@dataclass(frozen=True)
class Built:
    """A site that was built.

    Attributes:
        status: The exit status of the command.
        log: All that it printed.
        directory: The directory of the project, with `docs` and `site` in it.
    """

    status: int
    log: str
    directory: Path

    @property
    def site(self) -> Path:
        """The directory with the HTML."""
        return self.directory / "site"

    @property
    def warnings(self) -> list[str]:
        """The lines of the log that are warnings or errors."""
        lines = self.log.replace(str(self.directory), "").splitlines()
        return [line for line in lines if re.match(r"WARNING|ERROR|CRITICAL|Traceback", line)]

    @property
    def files(self) -> set[str]:
        """The paths of all files of the site."""
        return {
            path.relative_to(self.site).as_posix()
            for path in self.site.rglob("*")
            if path.is_file()
        }

    def text(self, path: str) -> str:
        """Return the text of a file of the site."""
        return self.site.joinpath(path).read_text(encoding="utf-8")

    def json(self, path: str) -> Any:
        """Return the content of a JSON file of the site."""
        return json.loads(self.text(path))

    def page(self, path: str) -> BeautifulSoup:
        """Return a parsed page."""
        return BeautifulSoup(self.text(path), "html.parser")

    def box(self, path: str) -> Tag:
        """Return the one meta box of a page."""
        boxes = self.page(path).select("[data-anp=meta_box]")
        assert len(boxes) == 1, f"{path} has {len(boxes)} boxes"
        return boxes[0]

    def fields(self, path: str) -> dict[str, str]:
        """Return the text of each field of a page's box."""
        fields = self.box(path).select("[data-anp-field]")
        return {str(f["data-anp-field"]): " ".join(f.get_text(" ").split()) for f in fields}

    def pages_with_our_parts(self) -> set[str]:
        """Return the paths of all pages on which something of ours stands."""
        return {
            path
            for path in self.files
            if path.endswith(".html") and self.page(path).select("[data-anp]")
        }


def build(
    directory: Path,
    plugins: Sequence[str | Mapping[str, Any]],
    *,
    docs: Mapping[str, str] = DOCS,
    engine: str = "mkdocs",
    beside: Mapping[str, str] | None = None,
    **config: Any,
) -> Built:
    """Build a site with `python -m mkdocs build`.

    Args:
        directory: Where the project is written; it must not exist.
        plugins: The plugins, as in `mkdocs.yml`.
        docs: The files in `docs`, by path.
        engine: The module to run: `mkdocs`, or `properdocs`.
        beside: Files beside `mkdocs.yml`, by path.
        config: Further settings of `mkdocs.yml`.
    """
    settings = {
        "site_name": "Neighbours",
        "site_url": "https://example.com/sub/",
        "theme": THEME,
        **config,
        "plugins": list(plugins),
    }
    files = {f"docs/{path}": text for path, text in docs.items()}
    for path, text in {**files, **(beside or {}), "mkdocs.yml": yaml.safe_dump(settings)}.items():
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    # Nothing of these sites is to be fetched: whoever tries fails at once, and says so.
    nowhere = "http://127.0.0.1:9"
    done = run(
        sys.executable, "-m", engine, "build", "-f", "mkdocs.yml", cwd=directory, timeout=120,
        HTTP_PROXY=nowhere, HTTPS_PROXY=nowhere, http_proxy=nowhere, https_proxy=nowhere,
        NO_PROXY="", no_proxy="", SOURCE_DATE_EPOCH="1600000000",
    )  # fmt: skip
    return Built(done.returncode, done.stdout, directory)


def build_both(
    directory: Path, plugins: Sequence[str | Mapping[str, Any]], **options: Any
) -> tuple[Built, Built]:
    """Build the same site with our plugin and without; both have to succeed."""
    without = build(directory / "without", plugins, **options)
    site = build(directory / "with", [*plugins, "anp"], **options)
    assert without.status == 0, without.log
    assert site.status == 0, site.log
    return site, without


def assert_only_our_parts_differ(site: Built, without: Built) -> None:
    """Check that a site is as without our plugin, save for our parts and our assets."""
    assert site.warnings == without.warnings
    ours = {path for path in site.files if path.startswith("assets/anp/")}
    assert ours >= {"assets/anp/anp.css", "assets/anp/anp.js"}
    others = site.files - ours
    assert others == without.files - ours  # the theme `anp` brings them without the plugin
    for path in sorted(others):
        if path.endswith(".html"):
            assert _without_our_parts(site.page(path)) == _without_our_parts(without.page(path))
        elif path.endswith((".json", ".xml", ".txt", ".svg")):
            assert _without_time(site.text(path)) == _without_time(without.text(path)), path


def _without_our_parts(page: BeautifulSoup) -> list[str]:
    """Return a page's tags and texts, line by line, without what our plugin adds."""
    for element in page.select('[data-anp], link[href*="assets/anp/"], script[src*="assets/anp/"]'):
        element.decompose()
    for image in page.select("img[data-anp-image]"):  # of whose size we tell the browser
        for name in ("data-anp-image", "width", "height"):
            image.attrs.pop(name, None)
    for image in page.select("article img"):  # and of all when to load them
        for name in ("loading", "decoding"):
            image.attrs.pop(name, None)
    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()  # a marker is one, and is gone where the box stands
    page.smooth()
    lines = (line.strip() for line in page.prettify().splitlines())
    return [" ".join(line.split()) for line in lines if line]


def _without_time(text: str) -> str:
    """Return a feed without the moment of its build."""
    return re.sub(
        r"(?i)<(pubDate|lastBuildDate)>[^<]*|\"?(date_modified)\"?: *\"[^\"]*\"", "", text
    )
