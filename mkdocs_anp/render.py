"""Templates and their words: nodes of the core in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound
from markupsafe import Markup
from mkdocs.plugins import get_plugin_logger

from mkdocs_anp.core.formats import Formats
from mkdocs_anp.core.meta_box import ENTRIES, VALUE, MetaBox, Row
from mkdocs_anp.core.text import escape
from mkdocs_anp.core.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment, Template

log = get_plugin_logger(__name__)

_FALLBACK = "en"
_LANGUAGE = "partials/anp/languages/{}.html"
# `zh` is written in simplified characters; who reads traditional ones wants no mixture.
_TRADITIONAL = frozenset({"hant", "hk", "mo", "tw"})


class Renderer:
    """Renders our partials in one language. Templates are compiled once per build."""

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
        self._english = theme_dir / _LANGUAGE.format(_FALLBACK)
        self.wording = Wording({**self._language(language), **labels}, Formats(language))
        self._meta_box = self._env.get_template("partials/anp/meta_box.html")
        title = escape(self.wording.labels["glance.title"])
        glance = self._env.get_template("partials/anp/glance.html")
        self._around_glance = glance.render(title=title, items=VALUE).split(VALUE)

    def meta_box(self, box: MetaBox) -> Markup:
        """Return the HTML of a meta box."""
        return _markup(self._meta_box.render(title=box.title, groups=box.groups))

    def glance(self, items: str) -> Markup:
        """Return the HTML of a glance line with these items."""
        return _markup(items.join(self._around_glance))

    def post_index(self, context: Mapping[str, Any]) -> Markup:
        """Return the HTML of a page of the index of posts."""
        return _markup(self._env.get_template("partials/anp/post_index.html").render(context))

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
            try:
                template = self._env.get_template(_LANGUAGE.format(code))
            except TemplateNotFound:
                continue
            if code == _FALLBACK and template.filename != str(self._english):
                ours = self._env.from_string(self._english.read_text("utf-8"))  # behind the site's
                labels.update(_labels(ours))
            labels.update(_labels(template))
        return labels


def _fallbacks(language: str) -> Iterable[str]:
    """Return the codes of languages whose labels are used, the one that wins last."""
    base, *parts = language.replace("_", "-").lower().split("-")
    if base == "zh" and "hans" not in parts and not _TRADITIONAL.isdisjoint(parts):
        return _FALLBACK, language
    return dict.fromkeys((_FALLBACK, base, language))


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


def _markup(rendered: str) -> Markup:
    return Markup(rendered)  # noqa: S704 (the core has escaped all texts in it)
