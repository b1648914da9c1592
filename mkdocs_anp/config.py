"""All options of the plugin in `mkdocs.yml`; those of each feature are in `options/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config import config_options as c
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.settings import Settings
from mkdocs_anp.options.checklist import ChecklistOptions
from mkdocs_anp.options.fields import Fields
from mkdocs_anp.options.image_credits import ImageCreditsOptions
from mkdocs_anp.options.kinds import Feature, Labels, Patterns, StrictConfig, matcher
from mkdocs_anp.options.meta_box import MetaBoxOptions
from mkdocs_anp.options.similar_posts import SimilarPostsOptions
from mkdocs_anp.options.structured_data import StructuredDataOptions
from mkdocs_anp.options.validation import ValidationOptions

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_anp.core.levels import Levels


class AnpConfig(StrictConfig):
    """All options of the plugin."""

    enabled = c.Type(bool, default=True)
    """Whether the plugin does anything."""

    posts = c.Optional(Patterns(c.Type(str)))
    """Patterns, as in `.gitignore`, of the source paths that are posts."""

    meta_key = c.Type(str, default="post_meta")
    """The key of the front matter that holds the fields; empty for its top level."""

    fields = Fields()
    """Fields that the site adds to the built-in ones, or changes."""

    labels = Labels(c.Type(str), default={})
    """Texts of your own for any label of ours."""

    nav = c.Choice(("keep", "hide", "auto"), default="auto")
    """Whether posts stand in the navigation; `auto` hides more than 500 from an automatic one."""

    meta_box = Feature[MetaBoxOptions]()
    """The meta box and the glance line."""

    image_credits = Feature[ImageCreditsOptions]()
    """Captions and credits of images."""

    similar_posts = Feature[SimilarPostsOptions]()
    """The section of similar posts."""

    structured_data = Feature[StructuredDataOptions]()
    """What pages tell search engines."""

    checklist = Feature[ChecklistOptions]()
    """Checklists that readers can tick."""

    validation = Feature[ValidationOptions]()
    """What is done about problems of front matter."""

    def levels(self) -> Levels:
        """Return the levels of all kinds of problems."""
        return self.validation.levels(self.image_credits.rules)

    def rules(self) -> PostRules:
        """Return what the site says about its posts."""
        return PostRules(
            meta_key=self.meta_key,
            is_post=None if self.posts is None else matcher(self.posts),
            settings=Settings(
                meta_box=self.meta_box.settings(),
                image_credits=self.image_credits.settings(),
                structured_data=self.structured_data.settings(),
                checklist=self.checklist.settings(),
                similar_posts=self.similar_posts.settings(),
            ),
            top=self.fields,
            section_headings=self.checklist.headings(),
        )


def refuse_second(plugin: BasePlugin[AnpConfig], config: MkDocsConfig) -> None:
    """Stop the build where the plugin is listed twice: all its parts would stand twice.

    The events of one plugin come again and again (`mkdocs serve`, translation plugins), so
    what counts is the list of plugins, not how often the events came.
    """
    listed = [name for name, other in config.plugins.items() if type(other) is type(plugin)]
    enabled = [name for name in listed if config.plugins[name].config.enabled]
    if len(enabled) > 1:
        raise PluginError(
            f"the plugin {enabled[0]!r} is listed twice in the plugins of mkdocs.yml; "
            "merge the options of both into one"
        )
