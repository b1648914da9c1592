"""The options of the meta box and the glance line."""

from __future__ import annotations

from typing import cast

from mkdocs.config import config_options as c

from mkdocs_anp.core.settings import MetaBoxSettings, Position, ReadingTime
from mkdocs_anp.options.kinds import StrictConfig


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
