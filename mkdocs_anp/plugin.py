"""The events of MkDocs, each handed on to the one place that does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from mkdocs_anp import theme
from mkdocs_anp.adapter import Site, register_alone
from mkdocs_anp.config import AnpConfig, refuse_second
from mkdocs_anp.validation import Builds

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class AnpPlugin(BasePlugin[AnpConfig]):
    """Reads the post meta of each post, says what is wrong with it, and shows it."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember, in `mkdocs serve`, from one build to the next."""
        self._builds = Builds(is_serving=command == "serve")

    def on_config(self, config: MkDocsConfig) -> None:
        """Start a build with a fresh state: `mkdocs serve` uses one plugin for many builds."""
        self.site: Site | None = None
        if not self.config.enabled:
            return
        refuse_second(self, config)
        # MkDocs gives the event above only to commands of its own.
        self._builds = getattr(self, "_builds", None) or Builds()
        self._builds.begin()
        self.site = Site(self.config, config, self._builds.memory, self._builds.told)
        register_alone(config, "page_read_source", self._on_page_read_source)
        theme.install(config)
        theme.warn_of_wrong_plugins(config)

    # Run before Material's blog plugin (-50), which stops the build at the first post whose front
    # matter it cannot read.
    @event_priority(50)
    def _on_files_begin(self, files: Files, *, config: MkDocsConfig) -> None:
        """Say what is wrong with the posts of the blog."""
        if self.site:
            self.site.check_blog(files, config)

    # Run last, after i18n (-100): other plugins add files, give each language its own, and set
    # which of them stand in the navigation.
    @event_priority(-200)
    def _on_files_find(self, files: Files, *, config: MkDocsConfig) -> None:
        """Take posts out of the navigation, before MkDocs makes it."""
        if self.site:
            self.site.find_files(files, config)

    on_files = CombinedEvent(_on_files_begin, _on_files_find)

    # Run last, after i18n (-100): other plugins replace the navigation.
    @event_priority(-200)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Link the pages of ours."""
        if self.site:
            self.site.link_pages(nav, config)

    # Not by its own name: MkDocs warns where two plugins have this event. See `register_alone`.
    def _on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Read a page's file and load its front matter, in place of MkDocs."""
        return self.site.source(page) if self.site else None

    # Run first: all other plugins are to find the front matter that MkDocs has lost.
    @event_priority(100)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Save front matter that MkDocs cannot read."""
        return self.site.begin(page, markdown) if self.site else None

    # Run before other plugins wrap images (glightbox, 0) or look at their addresses (privacy,
    # -100). The plugins `meta`, `blog` and `macros` have changed the front matter by then.
    @event_priority(50)
    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str | None:
        """Find the images of a page, and read its post meta."""
        return self.site.read(page, html) if self.site else None

    # Run last: hooks and other plugins add the filters that a site's own partials may use, and
    # a template is compiled only when all its filters are there.
    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Report on all pages, now that all are read, and prepare the templates."""
        if self.site:
            self.site.report()
            self.site.prepare_templates(env, config)

    # Run last: search plugins have indexed the page's content by then, without our parts.
    @event_priority(-100)
    def _on_page_context_lend(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Lend the theme's template the page's content with our parts in it."""
        if not self.site:
            return
        anp = self.site.context(page)
        if anp:
            context["anp"] = anp  # type: ignore[typeddict-unknown-key]
            self.site.lend_content(page, anp)
        else:
            self.site.lend_index(page)
        self.site.lend_overview(page)
        self.site.lend_problems(page)

    # Run after Material's blog plugin (-100), which converts the excerpts that a page lists.
    @event_priority(-150)
    def _on_page_context_excerpts(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> None:
        """Put captions and credits into the excerpts of other posts."""
        if self.site:
            self.site.lend_excerpts(context, page)

    on_page_context = CombinedEvent(_on_page_context_lend, _on_page_context_excerpts)

    # Run first: nobody after the template should find our parts in the page's content, where
    # feeds would publish them, and where they would stay in memory until the build ends.
    @event_priority(100)
    def _on_post_page_return(self, output: str, *, page: Page, config: MkDocsConfig) -> None:
        """Take the lent content back."""
        if self.site:
            self.site.return_content(page)

    # Run after `privacy` (-50) has changed the addresses of images for the last time.
    @event_priority(-75)
    def _on_post_page_describe(
        self, output: str, *, page: Page, config: MkDocsConfig
    ) -> str | None:
        """Tell search engines of the page's images."""
        if self.site:
            return self.site.with_structured_data(output, page)
        return None

    on_post_page = CombinedEvent(_on_post_page_return, _on_post_page_describe)

    # Run before i18n (-100), which builds the other languages in this event: from then on the
    # state is that of another language.
    def _on_post_build_write(self, *, config: MkDocsConfig) -> None:
        """Write files about the whole site."""
        if self.site:
            self.site.write_site_files(config, self._builds.sections)

    # Run after i18n.
    @event_priority(-200)
    def _on_post_build_end(self, *, config: MkDocsConfig) -> None:
        """End the build, and let go of it: MkDocs keeps the plugin, which would keep all pages."""
        if self.config.enabled:
            self._builds.end()
        self.site = None

    on_post_build = CombinedEvent(_on_post_build_write, _on_post_build_end)

    def on_build_error(self, *, error: Exception) -> None:
        """Begin anew with the next build."""
        if hasattr(self, "_builds"):
            self._builds.fail()
