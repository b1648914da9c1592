"""The options of checklists."""

from __future__ import annotations

from typing import cast

from mkdocs.config import config_options as c

from mkdocs_anp.core.settings import ChecklistSettings, Position
from mkdocs_anp.options.kinds import StrictConfig


class ChecklistOptions(StrictConfig):
    """Checklists."""

    enabled = c.Type(bool, default=True)
    """Whether posts get a checklist that readers can tick."""

    position = c.Choice(("start", "end", "marker", "template"), default="end")
    """Where the list stands that the page does not have itself."""

    title = c.Type(str, default="")
    """The heading of the list; empty for "Checklist" in the site's language."""

    section_headings = c.ListOfItems(c.Type(str), default=["implementation checklist", "checklist"])
    """The headings below which a page may have the list itself."""

    task_lists = c.Type(bool, default=False)
    """Whether lists of tasks in the Markdown of posts can be ticked, too."""

    share = c.Type(bool, default=False)
    """Whether readers can copy a link with their ticks."""

    def settings(self) -> ChecklistSettings:
        """Return the options as the core's settings."""
        return ChecklistSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            task_lists=self.task_lists,
            share=self.share,
        )

    def headings(self) -> tuple[str, ...]:
        """Return the headings as they are compared."""
        return tuple(
            " ".join(text.lower().split()) for text in self.section_headings if text.strip()
        )
