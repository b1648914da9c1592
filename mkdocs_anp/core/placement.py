"""Where injected HTML stands in the HTML of a page."""

from __future__ import annotations

import re
from collections.abc import Callable

from mkdocs_anp.core.settings import Position

_TITLE_END = "</h1>"
# Only a comment that stands in the HTML itself: in code, Markdown has escaped the `<`.
_MARKER = re.compile(r"<!--\s*anp:([a-z_]+)\s*-->")


def place(content: str, render: Callable[[], str], name: str, position: Position) -> str:
    """Return a page's content with a feature's HTML in it.

    A marker (`<!-- anp:meta_box -->`) wins over the position; of several markers the
    first counts. With the positions `marker` (but no marker there) and `template`, the
    content stays as it is, and nothing is rendered.

    Args:
        content: HTML of the page's body.
        render: Returns the HTML of the feature, or "" where it has nothing to show.
        name: The feature's name, as in its marker.
        position: The feature's position.
    """
    if "anp:" in content:
        for match in _MARKER.finditer(content):
            if match.group(1) == name:
                # No `+`: the HTML may be markupsafe's Markup, which escapes what is added to it.
                return f"{content[: match.start()]}{render()}{content[match.end() :]}"
    if position == "start":
        return below_title(content, render())
    if position == "end" and (html := render()):
        return f"{content}\n{html}"
    return content


def below_title(content: str, html: str) -> str:
    """Return the content with HTML right under its title.

    Where the Markdown has no title of its own, the theme prints one above the content.
    """
    if not html:
        return content
    head, title_end, body = content.partition(_TITLE_END)
    if not title_end:
        return f"{html}\n{content}"
    return f"{head}{title_end}\n{html}{body}"
