"""Templates and their words: nodes of the core in, HTML out."""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound
from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.inlinepatterns import HtmlInlineProcessor, SimpleTagInlineProcessor
from markdown.util import Registry
from markupsafe import Markup
from mkdocs.plugins import get_plugin_logger

from mkdocs_anp.core.formats import formats_of
from mkdocs_anp.core.links import SAFE_SCHEMES, is_safe_url
from mkdocs_anp.core.meta_box import ENTRIES, VALUE, Group, Row
from mkdocs_anp.core.pattern import Pattern, gap
from mkdocs_anp.core.text import escape
from mkdocs_anp.core.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment, Template

    from mkdocs_anp.core.image_credits.credit import Credit
    from mkdocs_anp.similar_posts_section import Entry, SimilarPostsHtml

log = get_plugin_logger(__name__)

_FALLBACK = "en"
_LANGUAGE = "partials/anp/languages/{}.html"
# `zh` is written in simplified characters; who reads traditional ones wants no mixture.
_TRADITIONAL = frozenset({"hant", "hk", "mo", "tw"})

# What inline Markdown may become. The tags that Markdown has no signs for can be written.
_WRITTEN = ("del", "kbd", "mark", "sub", "sup")
_ELEMENTS = {"a", "code", "em", "strong", *_WRITTEN}
# Longer texts, or ones with more brackets, stay as written: these cost the square of their size.
_MAX_INLINE = 2000
_MAX_BRACKETS = 20
_INLINE = re.compile(r"[*_`\[<~\\&]|  \n")  # a text without any of it is no Markdown
_DELETED = r"(~~)(?![\s~])(.+?)(?<![\s~])~~(?!~)"
_IMAGE = re.compile(r'<img\b[^<>]*? alt="([^"<>]*)"[^<>]*>')
_ANCHOR = re.compile(r'<a((?: [a-z]+="[^"]*")*)>(.*?)</a>', re.DOTALL)
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


class Renderer:
    """Renders our partials in one language. Each is compiled once per build, if a page needs it."""

    def __init__(
        self, env: Environment, theme_dir: Path, language: str, labels: Mapping[str, str]
    ) -> None:
        """Prepare the templates.

        Args:
            env: MkDocs' template environment, which finds the user's partials before ours.
            theme_dir: The folder of ours.
            language: Code of the site's language.
            labels: The site's own labels, which win.
        """
        # MkDocs' environment does not escape. Nor need it here: all that the partials get,
        # the core has escaped. So a site's own partial is as safe as ours.
        self._env = env
        self._theme_dir = theme_dir
        self.wording = Wording({**self._language(language), **labels}, formats_of(language))
        self._around_credits = lru_cache(maxsize=64)(self._split_figcaption)

    def meta_box(self, title: str, groups: Sequence[Group]) -> str:
        """Return the HTML of a meta box; its rows may have marks in place of values."""
        template = self._env.get_template("partials/anp/meta_box.html")
        return template.render(title=title, groups=groups)

    def glance(self, items: str) -> Markup:
        """Return the HTML of a glance line with these items."""
        return markup(items.join(self._around_glance))

    @cached_property
    def _around_glance(self) -> list[str]:
        title = escape(self.wording.labels["glance.title"])
        template = self._env.get_template("partials/anp/glance.html")
        return template.render(title=title, items=VALUE).split(VALUE)

    def figcaption(self, credits_of: Sequence[Credit], has_own_caption: bool) -> str:
        """Return the HTML of the caption of a figure.

        Args:
            credits_of: Caption and credit of each of its images.
            has_own_caption: Whether the author's own caption stands before it.
        """
        texts: Sequence[str] = credits_of[0]
        if len(credits_of) > 1 or credits_of[0].copy:
            # Of the four texts of a credit, only the last one is no HTML yet.
            texts = [text for credit in credits_of for text in (*credit[:3], escape(credit.copy))]
        return self._around_credits(tuple(map(bool, texts)), has_own_caption).filled(texts)

    def _split_figcaption(self, has: Sequence[bool], has_own_caption: bool) -> Pattern:
        """Return the HTML around the texts of credits, of which these are not empty."""
        marks = [gap(number) if is_there else "" for number, is_there in enumerate(has)]
        shown = [tuple(marks[at : at + 4]) for at in range(0, len(marks), 4)]
        template = self._env.get_template("partials/anp/figcaption.html")
        return Pattern(
            template.render(
                credits=shown, is_element=not has_own_caption, copy_label=self._copy_label
            )
        )

    def image_credits(self, title: str, listed: Sequence[Any]) -> Markup:
        """Return the HTML of a list of image credits."""
        template = self._env.get_template("partials/anp/image_credits.html")
        return markup(template.render(title=title, credits=listed, copy_label=self._copy_label))

    def similar_posts(self, title: str, look: str, entries: Sequence[Entry]) -> SimilarPostsHtml:
        """Return the HTML of a section of similar posts, "" where it names none."""
        from mkdocs_anp.similar_posts_section import SimilarPostsHtml  # of one feature alone

        html = SimilarPostsHtml(self._similar_posts(title, look, entries) if entries else "")
        html.entries = entries
        return html

    def _similar_posts(self, title: str, look: str, entries: Sequence[Entry]) -> str:
        template = self._env.get_template("partials/anp/similar_posts.html")
        return template.render(title=title, look=look, entries=entries)

    def credits_page(self, context: Mapping[str, Any]) -> Markup:
        """Return the HTML of a page of the list of all images."""
        template = self._env.get_template("partials/anp/credits_page.html")
        return markup(template.render(context, copy_label=self._copy_label))

    @cached_property
    def _copy_label(self) -> tuple[str, str]:
        labels = self.wording.labels
        return escape(labels["image_credits.copy"]), escape(labels["image_credits.copied"])

    def post_index(self, context: Mapping[str, Any]) -> Markup:
        """Return the HTML of a page of the index of posts."""
        return markup(self._env.get_template("partials/anp/post_index.html").render(context))

    def validation(self, problems: Sequence[tuple[str, str]]) -> str:
        """Return the HTML of the problems of a page, each its level and its text as HTML."""
        title = escape(self.wording.labels["validation.title"])
        template = self._env.get_template("partials/anp/validation.html")
        return template.render(title=title, problems=problems)

    def inline_markdown(self, text: str) -> str:
        """Return the HTML of inline Markdown that anybody may have written; it is safe to print.

        Blocks (lists, headings) stay as they are written, and so does HTML, but for the tags
        of `_WRITTEN`. An image is its alternative text.
        """
        if _INLINE.search(text) is None:
            return escape(text)
        if len(text) > _MAX_INLINE or text.count("[") > _MAX_BRACKETS:
            return escape(text)
        return self._converted(text)

    @cached_property
    def _converted(self) -> Callable[[str], str]:
        """What converts inline Markdown; only a site that has some makes it."""
        from nh3 import clean

        markdown = _inline_parser()

        @lru_cache(maxsize=4096)
        def converted(text: str) -> str:
            found = _IMAGE.sub(r"\1", markdown.reset().convert(text))
            found = clean(
                found,
                tags=_ELEMENTS,
                attributes={"a": {"href", "title"}},
                url_schemes=set(SAFE_SCHEMES),
                link_rel=None,
            )
            return _ANCHOR.sub(_anchor, found).strip()

        return converted

    def row(self, row: Row) -> str:
        """Return the HTML of a row, with marks where its value and their number belong."""
        template = self._env.get_template(f"partials/anp/{row.part}_row.html")
        return template.render(
            field=row.field,
            label=row.label,
            value=VALUE,
            is_text=row.is_text,
            entries=ENTRIES if row.is_folded else "",
        )

    def _language(self, language: str) -> dict[str, str]:
        """Return the labels of a language; what it lacks is taken from its base, then English.

        `pt-BR` falls back to `pt`, then to `en`.
        """
        labels: dict[str, str] = {}
        for code in _fallbacks(language):
            name = _LANGUAGE.format(code)
            ours = self._theme_dir / name
            try:
                is_ours = self._found(name) == str(ours)
            except TemplateNotFound:
                continue
            if is_ours or code == _FALLBACK:  # English stands behind that of the site
                labels.update(_own_labels(ours.read_text("utf-8")))
            if not is_ours:
                labels.update(_labels(self._env.get_template(name)))
        return labels

    def _found(self, name: str) -> str | None:
        """Return the file in which the environment finds a template."""
        if self._env.loader is None:
            raise TemplateNotFound(name)
        return self._env.loader.get_source(self._env, name)[1]


def _fallbacks(language: str) -> Iterable[str]:
    """Return the codes of languages whose labels are used, the one that wins last."""
    base, *parts = language.replace("_", "-").lower().split("-")
    if base == "zh" and "hans" not in parts and not _TRADITIONAL.isdisjoint(parts):
        return _FALLBACK, language
    return dict.fromkeys((_FALLBACK, base, language))


def _own_labels(text: str) -> dict[str, str]:
    """Return the labels of a language file of ours: nothing but a mapping of texts to texts.

    That is a literal in Python, too, and to read it takes a tenth of what a template takes.
    """
    start, end = text.index("= {") + 2, text.rindex("%}")
    labels: dict[str, str] = ast.literal_eval(text[start:end].strip())
    return labels


def _labels(template: Template) -> dict[str, str]:
    """Return the labels that a language file sets."""
    labels = getattr(template.module, "labels", None)
    if isinstance(labels, dict):
        return _texts(labels, template.filename)
    log.warning("%s sets no mapping 'labels'; it is not used", template.filename)
    return {}


def _texts(labels: Mapping[Any, Any], filename: str | None) -> dict[str, str]:
    """Return the labels that are texts, and warn of the others."""
    texts: dict[str, str] = {}
    for key, label in labels.items():
        if isinstance(key, str) and isinstance(label, str):
            texts[key] = label
        else:
            log.warning("%s: the label %r is no text; it is not used", filename, key)
    return texts


def _inline_parser() -> Markdown:
    """Return a parser of Markdown that knows no blocks, and of HTML only a few tags."""
    markdown = Markdown()
    markdown.preprocessors.deregister("html_block")
    markdown.parser.blockprocessors = Registry()
    markdown.parser.blockprocessors.register(ParagraphProcessor(markdown.parser), "paragraph", 10)
    inline = markdown.inlinePatterns
    for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
        inline.deregister(name)  # the definitions would be blocks
    written = HtmlInlineProcessor(f"(</?(?:{'|'.join(_WRITTEN)})>)", markdown)
    inline.register(written, "html", 90)  # in place of Markdown's own
    inline.register(SimpleTagInlineProcessor(_DELETED, "del"), "del", 50)
    markdown.ESCAPED_CHARS = [*markdown.ESCAPED_CHARS, "~"]
    return markdown


def _anchor(found: re.Match[str]) -> str:
    """Return a link in our form, or just its text where its address is none to follow."""
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    href = attributes.get("href", "")
    if not is_safe_url(html.unescape(href)):
        return found[2]
    title = f' title="{attributes["title"]}"' if "title" in attributes else ""
    return f'<a class="anp-link" href="{href}"{title}>{found[2]}</a>'


def markup(rendered: str) -> Markup:
    """Return HTML in the form that templates print as it is: all texts in it are escaped."""
    return Markup(rendered)  # noqa: S704 (the core has escaped all texts in it)
