"""The options of structured data."""

from __future__ import annotations

from mkdocs.config import config_options as c

from mkdocs_anp.core.settings import StructuredDataSettings
from mkdocs_anp.options.kinds import StrictConfig


class StructuredDataOptions(StrictConfig):
    """What pages tell search engines."""

    enabled = c.Type(bool, default=True)
    """Whether pages have data for search engines."""

    def settings(self) -> StructuredDataSettings:
        """Return the options as the core's settings."""
        return StructuredDataSettings(enabled=self.enabled)
