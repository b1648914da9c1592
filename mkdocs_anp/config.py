"""The options in `mkdocs.yml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar, cast

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from pathspec import GitIgnoreSpec

from mkdocs_anp.core.settings import MetaBoxSettings, Position, ReadingTime

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_Options = TypeVar("_Options", bound=Config)

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


class Feature(c.SubConfig[_Options]):
    """The options of a feature; true or false instead switch it on or off."""

    def run_validation(self, value: object) -> _Options:
        """Return the options; nothing behind the name of the feature means the defaults."""
        if value is None:
            value = {}
        elif isinstance(value, bool):
            value = {"enabled": value}
        return super().run_validation(value)


class Patterns(c.ListOfItems[str]):
    """Patterns as in `.gitignore`."""

    def run_validation(self, value: object) -> list[str]:
        """Return the patterns, of which each one can be used."""
        patterns = super().run_validation(value)
        for pattern in patterns:
            try:
                GitIgnoreSpec.from_lines([pattern])
            except (ValueError, re.error) as error:
                message = f"{pattern!r} is no pattern as in a .gitignore file ({error})"
                raise ValidationError(message) from error
        return patterns


class Labels(c.DictOfItems[str]):
    """Texts by the key of what they label."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return the labels, none where there is nothing behind the option's name."""
        return super().run_validation({} if value is None else value)


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

    posts = c.Optional(Patterns(c.Type(str)))
    """Patterns, as in `.gitignore`, of the source paths that are posts."""

    meta_key = c.Type(str, default="post_meta")
    """The key of the front matter that holds the fields; empty for its top level."""

    labels = Labels(c.Type(str), default={})
    """Texts of your own for any label of ours."""

    nav = c.Choice(("keep", "hide", "auto"), default="auto")
    """Whether posts stand in the navigation; `auto` hides more than 500 from an automatic one."""

    meta_box = Feature[MetaBoxOptions]()
    """The meta box and the glance line."""


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
