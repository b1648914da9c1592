"""The events of MkDocs, each handed on to the one place that does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import BasePlugin, event_priority

from mkdocs_anp import theme
from mkdocs_anp.adapter import Site
from mkdocs_anp.config import AnpConfig, refuse_second

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class AnpPlugin(BasePlugin[AnpConfig]):
    """Shows the post meta of each post."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Start a build with a fresh state: `mkdocs serve` uses one plugin for many builds."""
        self._site: Site | None = None
        if not self.config.enabled:
            return
        refuse_second(self, config)
        self._site = Site(self.config)
        theme.install(config)
        theme.warn_of_wrong_plugins(config)

    # Run last, after i18n (-100): other plugins add files, give each language its own, and set
    # which of them stand in the navigation.
    @event_priority(-200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Take posts out of the navigation, before MkDocs makes it."""
        if self._site:
            self._site.find_files(files, config)

    # Run last, after i18n (-100): other plugins replace the navigation.
    @event_priority(-200)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Link the index of posts."""
        if self._site:
            self._site.nav.link_index(nav, config)

    # Run last: the plugins `meta`, `blog` and `macros` change the front matter before.
    @event_priority(-100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Read the post meta."""
        if self._site:
            self._site.read(page, markdown)

    # Run last: hooks and other plugins add the filters that a site's own partials may use, and
    # a template is compiled only when all its filters are there.
    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Report on all pages, now that all are read, and prepare the templates."""
        if self._site:
            self._site.report()
            self._site.prepare_templates(env, config)

    # Run last: search plugins have indexed the page's content by then, without our parts.
    @event_priority(-100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Lend the theme's template the page's content with our parts in it."""
        if not self._site:
            return
        anp = self._site.context(page)
        if anp:
            context["anp"] = anp  # type: ignore[typeddict-unknown-key]
            self._site.lend_content(page, anp)
        else:
            self._site.lend_index(page)

    # Run first: nobody after the template should find our parts in the page's content, where
    # feeds would publish them, and where they would stay in memory until the build ends.
    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Take the lent content back."""
        if self._site:
            self._site.return_content(page)
