"""The pages of a MkDocs site as the core reads them, in a build or without one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import yaml
from mergedeep import Strategy, merge
from mkdocs.utils import meta

from mkdocs_anp import theme
from mkdocs_anp.core.blocks import Block
from mkdocs_anp.core.loading import Loaded, load
from mkdocs_anp.core.page import PageReader, is_too_large
from mkdocs_anp.core.post_files import PostFiles
from mkdocs_anp.core.problems import WHOLE, Problem
from mkdocs_anp.core.settings import SETTINGS_KEY, is_enabled
from mkdocs_anp.core.yaml_text import YamlText

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

    from mkdocs_anp.core.post import Post, PostRules


class Defaults:
    """The files in which Material's `meta` plugin keeps defaults of front matter."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        """Find them among the files of a site."""
        self._found: list[tuple[str, YamlText]] = []
        plugin = config.plugins.get("material/meta")
        if plugin is None:
            return
        name = plugin.config.get("meta_file")
        found = [file for file in files if PurePosixPath(file.src_uri).name == name]
        # The nearest folder first; it is the one that counts.
        for file in sorted(found, key=lambda file: -file.src_uri.count("/")):
            folder = file.src_uri.rpartition("/")[0]
            self._found.append((folder, YamlText(partial(_content, file), file.src_uri)))

    def __call__(self, source: str) -> list[YamlText]:
        """Return those of a page, the nearest first."""
        # The rule of Material's plugin: the start of the path, not whole names of folders.
        return [text for folder, text in self._found if source.startswith(folder)]

    def merged(self, source: str, own: MutableMapping[Any, Any]) -> MutableMapping[Any, Any]:
        """Return a page's front matter over its defaults, as the plugin merges them."""
        merged: MutableMapping[Any, Any] = own
        for text in self(source):
            try:
                values = yaml.safe_load(text.text)
            except (yaml.YAMLError, ValueError):  # the plugin stops the build, and says why
                continue
            if isinstance(values, dict):
                merged = merge(values, merged, strategy=Strategy.TYPESAFE_ADDITIVE)
        return merged


def reader_of(
    files: Files,
    config: MkDocsConfig,
    rules: PostRules,
    defaults: Defaults,
    is_checked: bool = True,
) -> PageReader:
    """Return what reads the pages of a site."""
    posts = PostFiles(
        lambda path: files.get_file_from_path(path) is not None,
        lambda: [file.src_uri for file in files.documentation_pages()],
    )
    return PageReader(
        rules, icons=theme.icons(config), posts=posts, defaults=defaults, is_checked=is_checked
    )


def blog_folders(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders with posts of Material's blogs, as source paths begin with them."""
    return tuple(
        posixpath.normpath(str(blog["post_dir"]).format(blog=blog["blog_dir"]))
        for name, plugin in config.plugins.items()
        if name.startswith("material/blog") and (blog := plugin.config).get("enabled")
    )


class Further(Protocol):
    """Finds what else is wrong with a post than its front matter."""

    def __call__(
        self, file: File, text: str, body: str, post: Post, meta: Mapping[Any, Any]
    ) -> Iterable[Problem]:
        """Return the problems of a post: its source, text, Markdown, fields and front matter."""


def _nothing_further(
    file: File, text: str, body: str, post: Post, meta: Mapping[Any, Any]
) -> Iterable[Problem]:
    return ()


def check_file(
    file: File,
    reader: PageReader,
    defaults: Defaults | None = None,
    further: Further = _nothing_further,
) -> list[Problem]:
    """Return what is wrong with a page, without a build."""
    source = file.src_uri
    try:
        text = file.content_string
    except ValueError as error:
        message = f"MkDocs cannot read this file: {error}"
        return [Problem(source, WHOLE, "not-utf-8", message, "save it in the encoding UTF-8")]
    except OSError as error:
        message = f"this file cannot be read: {error.strerror or error}"
        return [Problem(source, WHOLE, "not-utf-8", message)]
    body, values, post, problems = read_text(source, text, reader, defaults)
    is_checked = post is not None and is_enabled("validation", values.get(SETTINGS_KEY))
    return [*problems, *(further(file, text, body, post, values) if post and is_checked else ())]


class ReadText(NamedTuple):
    """What stands in the source of a page.

    Attributes:
        body: The Markdown without the front matter.
        meta: The front matter.
        post: The post that the page is, None for none.
        problems: What is wrong with the front matter.
    """

    body: str
    meta: Mapping[Any, Any]
    post: Post | None
    problems: list[Problem]


def check_text(
    source: str, text: str, reader: PageReader, defaults: Defaults | None = None
) -> list[Problem]:
    """Return what is wrong with the front matter of a text that stands in a file."""
    return read_text(source, text, reader, defaults).problems


def read_text(
    source: str, text: str, reader: PageReader, defaults: Defaults | None = None
) -> ReadText:
    """Return what stands in a text, as a build would read it."""
    markdown, own, repeats_a_key = load_text(text)
    saved = reader.begin(source, text, markdown, own, repeats_a_key)
    values = defaults.merged(source, own) if defaults else own
    post, problems = reader.read(source, values)
    return ReadText(markdown if saved is None else saved, values, post, problems)


def load_text(text: str) -> Loaded:
    """Return what MkDocs would make of the source of a page, unless that is too large."""
    if is_too_large(text):
        return Loaded("", {}, None)
    return load(text) or Loaded(*meta.get_data(text), None)


def lost_front_matter(file: File) -> Sequence[Problem]:
    """Return what makes the front matter of a page unreadable."""
    from mkdocs_anp.core.recovery import recover  # only where there is a blog: it takes 30 ms

    try:
        recovered = recover(file.src_uri, file.content_string)
    except (OSError, ValueError):
        return ()
    return recovered.problems if recovered else ()


def _content(file: File) -> Block:
    return Block(file.content_string)
