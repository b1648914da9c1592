"""The options in `mkdocs.yml`."""

from __future__ import annotations

from typing import cast

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError

from mkdocs_anp.core.settings import MetaBoxSettings, Position, ReadingTime

# Public names of mkdocs.config.base are few; these are the shapes its validate() returns.
_Errors = list[tuple[str, Exception]]
_Warnings = list[tuple[str, str]]


class StrictConfig(Config):
    """Options of which an unknown one is an error: a misspelt option does nothing, silently."""

    def validate(self) -> tuple[_Errors, _Warnings]:
        """Return the errors and warnings of all options."""
        errors, warnings = super().validate()
        options = type(self)
        known = {n for n in dir(options) if isinstance(getattr(options, n), BaseConfigOption)}
        unknown = [name for name in self if name not in known]
        message = f"no such option; known are {', '.join(sorted(known))}"
        errors.extend((name, ValidationError(message)) for name in unknown)
        return errors, [warning for warning in warnings if warning[0] not in unknown]


class MetaBoxOptions(StrictConfig):
    """The meta box and the glance line."""

    enabled = c.Type(bool, default=True)
    """Whether posts get a meta box."""

    position = c.Choice(("start", "end", "marker", "template"), default="end")
    """Where the box stands: under the title, at the end, at a marker, or in your template."""

    title = c.Type(str, default="")
    """The heading of the box; empty for "Post meta" in the site's language."""

    glance = c.Type(bool, default=True)
    """Whether the glance line stands under the title."""

    reading_time = c.Choice(("given", "auto"), default="given")
    """Whether a missing reading time is computed from the words."""

    def settings(self) -> MetaBoxSettings:
        """Return the options as the core's settings."""
        return MetaBoxSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            glance=self.glance,
            reading_time=cast("ReadingTime", self.reading_time),
        )


class AnpConfig(StrictConfig):
    """All options of the plugin."""

    enabled = c.Type(bool, default=True)
    """Whether the plugin does anything."""

    posts = c.Optional(c.ListOfItems(c.Type(str)))
    """Patterns, as in `.gitignore`, of the source paths that are posts."""

    meta_key = c.Type(str, default="post_meta")
    """The key of the front matter that holds the fields; empty for its top level."""

    labels = c.DictOfItems(c.Type(str), default={})
    """Texts of your own for any label of ours."""

    nav = c.Choice(("keep", "hide", "auto"), default="auto")
    """Whether posts stand in the navigation; `auto` hides more than 500 from an automatic one."""

    meta_box = c.SubConfig(MetaBoxOptions)
    """The meta box and the glance line."""
