"""The parts that the plugin puts into a page: what templates see of them, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache, partial

from markupsafe import Markup

from mkdocs_anp.core.placement import Part, place
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.settings import Settings

PARTS = ("checklist", "image_credits", "meta_box", "similar_posts")
"""The parts of a page that have a position, in their order at its end."""

_NOTHING = Markup()


class PageContext:
    """What templates see as `anp`: on every page, empty where the page is no post."""

    def __init__(
        self, post: Post | None = None, parts: Mapping[str, Callable[[str], Markup]] | None = None
    ) -> None:
        """Take the post, and the functions that give the parts of a page by its source path."""
        self.post = post
        self._parts = parts or {}

    def _made(self, part: str) -> Markup:
        make = self._parts.get(part)
        return make(self.post.source) if make and self.post else _NOTHING

    def leave_out(self, part: str) -> None:
        """Say that there is nothing of a part, so that nobody tries; one made already stays."""
        vars(self).setdefault(part, _NOTHING)

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
    box = settings.meta_box
    has_glance = box.enabled and box.glance and box.position != "template"
    below = [context.glance] if has_glance else []
    content, marked = place(
        content,
        _parts(settings),
        partial(getattr, context),
        below,
        may_have_markers=has_comments,
    )
    for name in marked:
        if getattr(settings, name).position == "template":  # which must not print it again
            setattr(context, name, _NOTHING)
    return content


@lru_cache(maxsize=64)
def _parts(settings: Settings) -> tuple[Part, ...]:
    """Return the parts that are on, in their order on the page."""
    parts = [(part, getattr(settings, part)) for part in PARTS]
    return tuple(Part(part, placed.position) for part, placed in parts if placed.enabled)
