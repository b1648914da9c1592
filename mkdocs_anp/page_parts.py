"""The parts that the plugin puts into a page: what templates see of them, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from markupsafe import Markup

from mkdocs_anp.core.placement import below_title, place
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.settings import Placed, Settings

PARTS = ("checklist", "image_credits", "meta_box", "similar_posts")
"""The parts of a page that have a position, in their order at its end."""


class PageContext:
    """What templates see as `anp`: on every page, empty where the page is no post."""

    def __init__(
        self, post: Post | None = None, parts: Mapping[str, Callable[[], Markup]] | None = None
    ) -> None:
        """Take the post and the functions that give its parts; a part not used costs little."""
        self.post = post
        self._parts = parts or {}

    def _made(self, part: str) -> Markup:
        return self._parts[part]() if part in self._parts else Markup()

    @cached_property
    def checklist(self) -> Markup:
        """The checklist as HTML, or nothing: also where the page's own list is the one to tick."""
        return self._made("checklist")

    @cached_property
    def image_credits(self) -> Markup:
        """The list of image credits as HTML, or nothing."""
        return self._made("image_credits")

    @cached_property
    def meta_box(self) -> Markup:
        """The meta box as HTML, or nothing."""
        return self._made("meta_box")

    @cached_property
    def similar_posts(self) -> Markup:
        """The similar posts as HTML, or nothing; `similar_posts.entries` are the posts."""
        return self._made("similar_posts")

    @cached_property
    def glance(self) -> Markup:
        """The glance line as HTML, or nothing."""
        return self._made("glance")


def with_parts(content: str, context: PageContext, settings: Settings, has_comments: bool) -> str:
    """Return the content of a page with its parts in it, each where its settings say.

    Args:
        content: The HTML of the page.
        context: Gives the parts; loses those that a marker has placed instead of the template.
        settings: The page's settings.
        has_comments: Whether the content has comments, of which one may be a marker.
    """
    for part, placed in _parts_in_order(settings):
        content = _with_part(content, context, part, placed, has_comments)
    box = settings.meta_box
    if box.enabled and box.glance and box.position != "template" and context.glance:
        content = below_title(content, context.glance)
    return content


@lru_cache(maxsize=64)
def _parts_in_order(settings: Settings) -> tuple[tuple[str, Placed], ...]:
    """Return the parts that are on, with their settings, in the order in which they are placed."""
    parts = [(part, getattr(settings, part)) for part in PARTS]
    parts = [(part, placed) for part, placed in parts if placed.enabled]
    # Each part at the start goes right under the title, so the last one comes first.
    at_start = [(part, placed) for part, placed in parts if placed.position == "start"]
    return (*(pair for pair in parts if pair not in at_start), *reversed(at_start))


def _with_part(
    content: str, context: PageContext, part: str, settings: Placed, has_comments: bool
) -> str:
    """Return a page's content with one of its parts in it."""
    placed = place(
        content,
        lambda: getattr(context, part),
        part,
        settings.position,
        may_have_marker=has_comments,
    )
    if settings.position == "template" and placed is not content:
        setattr(context, part, Markup())  # a marker has placed it; the template must not again
    return placed
