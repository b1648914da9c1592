"""Helpers of the core tests: from the text of a front matter to a post, and to HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader

from mkdocs_anp.core.blocks import Block
from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.meta_box import MetaBoxBuilder
from mkdocs_anp.core.post import Post, PostRules, read_post
from mkdocs_anp.core.problems import Problem
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.site_fields import field_labels
from mkdocs_anp.core.yaml_text import YamlText
from mkdocs_anp.render import Renderer
from mkdocs_anp.theme import THEME_DIR

SOURCE = "posts/page.md"
HOSTILE = Path(__file__).parent / "hostile"
RULES = PostRules()

# MkDocs' own choice of a loader.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def front_matter(*texts: str) -> FrontMatter:
    """Return the front matter with these YAML texts behind it, the page's own first."""
    return FrontMatter([YamlText(lambda text=text: Block(text)) for text in texts])


def read_values(
    meta: Any, matter: FrontMatter, rules: PostRules = RULES
) -> tuple[Post | None, list[Problem]]:
    """Read a page with this front matter, parsed and as text."""
    reader = Reader(SOURCE, matter)
    return read_post(reader, SOURCE, meta, rules), reader.problems


def read(yaml_text: str, rules: PostRules = RULES) -> tuple[Post | None, list[Problem]]:
    """Read a page whose front matter is this YAML text."""
    meta = yaml.load(yaml_text, Loader)
    return read_values(meta, front_matter(yaml_text), rules)


def read_meta(post_meta: Any, **front: Any) -> tuple[Post | None, list[Problem]]:
    """Read a page whose post meta is this value, as another plugin may have made it."""
    return read_values({"post_meta": post_meta, **front}, front_matter(), RULES)


def codes(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Return the field and the code of each problem."""
    return [(problem.field, problem.code) for problem in problems]


@cache
def environment() -> Environment:
    """Return a template environment like MkDocs', which does not escape."""
    return Environment(loader=FileSystemLoader(THEME_DIR), auto_reload=False)


class Printer:
    """Prints posts as HTML, in one language and with the fields of one site."""

    def __init__(
        self,
        language: str = "en",
        labels: Mapping[str, str] | None = None,
        top: Field = RULES.top,
    ) -> None:
        merged = {**dict(field_labels(top)), **(labels or {})}
        self._renderer = Renderer(environment(), THEME_DIR, language, merged)
        self.wording = self._renderer.wording
        self.top = top
        self.builder = MetaBoxBuilder(
            self._renderer.wording,
            top,
            self._renderer.row,
            self._renderer.meta_box,
            self._renderer.inline_markdown,
        )

    def meta_box(self, post: Post) -> str:
        """Return the HTML of a post's meta box, or ""."""
        return self.builder.meta_box(post, str)

    def glance(self, post: Post) -> str:
        """Return the HTML of a post's glance line, or ""."""
        items = self.builder.glance(post, str)
        return str(self._renderer.glance(items)) if items else ""

    def all(self, post: Post) -> str:
        """Return the HTML of all parts of a post."""
        return self.glance(post) + self.meta_box(post)


def parse(html: str) -> BeautifulSoup:
    """Return parsed HTML."""
    return BeautifulSoup(html, "html.parser")


def box_of(yaml_text: str, **options: Any) -> BeautifulSoup:
    """Return the parsed meta box of a page whose front matter is this YAML text."""
    post, _ = read(yaml_text)
    assert post is not None
    return parse(Printer(**options).meta_box(post))


def field(soup: BeautifulSoup | Tag, path: str) -> Tag:
    """Return the one element that holds a field."""
    found = soup.find_all(attrs={"data-anp-field": path})
    assert len(found) == 1, f"{len(found)} elements hold {path}"
    return found[0]


def text_of(element: Tag) -> str:
    """Return the text of an element, with single spaces."""
    return squeeze(element.get_text(" "))


def squeeze(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return an untrusted text as a reader should see it: no controls, single spaces."""
    cleaned = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]",
        "\ufffd",
        text.strip(),
    )
    return squeeze(cleaned)


@cache
def hostile_strings() -> tuple[str, ...]:
    """Return every string of the vendored lists that is more than space."""
    naughty = json.loads((HOSTILE / "blns.json").read_text(encoding="utf-8"))
    markup = (HOSTILE / "markup-open.txt").read_text(encoding="utf-8").split("\n")
    return tuple(dict.fromkeys(text for text in (*naughty, *markup) if text.strip()))
