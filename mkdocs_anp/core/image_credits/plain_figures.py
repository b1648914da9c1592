"""Captions at images that stand alone in their paragraphs as Markdown prints them: most do.

This is what `figures` does, for the pages on which a search for a few texts is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from mkdocs_anp.core.image_credits.credit import Credit
from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.images import FIGURE_STAMP, STAMP, Printed
from mkdocs_anp.core.text import escape

LAZY: Mapping[str, str] = {"loading": "lazy", "decoding": "async"}
"""Attributes of an image that is not seen at once."""
_LAZY_WRITTEN = "".join(f' {name}="{text}"' for name, text in LAZY.items())
_START = f'<p {FIGURE_STAMP}="'
_BEFORE_ALT = '"><img alt="'
_BEFORE_NUMBER = f'" {STAMP}="'
_BEFORE_SRC = '" src="'
_END = "</p>"
_TAG_ENDS = (" />", "/>", ">")


class Shown(NamedTuple):
    """What is shown of an image.

    Attributes:
        credit: Its caption and credit; None where there is neither.
        attributes: Further attributes of the image, by name, as text.
        alt: What takes the place of an empty alternative text, "" for nothing.
        link: Attributes of the link of a lightbox around it, by name, as text.
        is_numbered: Whether it keeps its number, by which it is found on the finished page.
    """

    credit: Credit | None = None
    attributes: Mapping[str, str] = {}
    alt: str = ""
    link: Mapping[str, str] = {}
    is_numbered: bool = False


def with_plain_figures(
    content: str,
    shown: Sequence[Shown],
    figcaption: Callable[[Sequence[Credit], bool], str],
    *,
    has_ids: bool = True,
    is_lazy: bool = False,
) -> tuple[str, Printed] | None:
    """Do what `with_figures` does where each image stands alone in its paragraph, as most do.

    Args:
        content: HTML with numbered images.
        shown: What is shown of each of them, from the first.
        figcaption: Returns the HTML of a caption.
        has_ids: As that of `with_figures`.
        is_lazy: As that of `with_figures`.

    Returns:
        The HTML and its images; None where one of them is not as Markdown prints it.
    """
    parts: list[str] = []
    printed = Printed([], [])
    done = 0
    for number, (credit, attributes, other_alt, _, is_numbered) in enumerate(shown, 1):
        found = None if other_alt else _find(content, done, number)
        if found is None:
            return None
        start, alt, src, rest, end = found
        added = _LAZY_WRITTEN if is_lazy and number > 1 else ""
        if attributes:
            added += written(attributes)
        stamp = f' {STAMP}="{number}"' if is_numbered else ""
        tag = f'<img alt="{alt}"{stamp}{added} src="{src}"{rest}'
        if is_numbered:
            printed.images.append((number, unescaped(src)))
            printed.tags.append(tag)
        if credit:
            identity = f' id="{anchor(number)}"' if has_ids else ""
            caption = figcaption((credit,), False)
            figure = f'<figure data-anp="figure"{identity}>{tag}{caption}</figure>'
        else:
            figure = f"<p>{tag}</p>"
        parts += content[done:start], figure
        done = end
    if content.find(_START, done) >= 0:
        return None
    parts.append(content[done:])
    return "".join(parts), printed


def _find(content: str, begin: int, number: int) -> tuple[int, str, str, str, int] | None:
    """Find a numbered paragraph with its image, as Markdown prints both; None where it is not so.

    Returns:
        Where it starts; the image's alternative text, its address, and the rest of its tag; where
        the paragraph ends.
    """
    start = content.find(_START, begin)
    before_alt = f"{number}{_BEFORE_ALT}"
    if start < 0 or not content.startswith(before_alt, start + len(_START)):
        return None
    at = start + len(_START) + len(before_alt)
    alt_end = content.find('"', at)
    behind_alt = f"{_BEFORE_NUMBER}{number}{_BEFORE_SRC}"
    if not content.startswith(behind_alt, alt_end):
        return None
    src_start = alt_end + len(behind_alt)
    src_end = content.find('"', src_start)
    end = content.find(_END, src_end)
    rest = content[src_end + 1 : end]
    if rest not in _TAG_ENDS and not _is_title(rest):
        return None
    return start, content[at:alt_end], content[src_start:src_end], rest, end + len(_END)


def _is_title(rest: str) -> bool:
    """Return whether the rest of a tag is a title and no more."""
    before, _, behind = rest.partition(' title="')
    title, _, end = behind.partition('"')
    return not before and "<" not in title and end in _TAG_ENDS


def anchor(number: int) -> str:
    """Return the id of the figure of an image."""
    return f"anp-image-{number}"


def written(attributes: Mapping[str, str]) -> str:
    """Return attributes of an element as HTML."""
    return "".join([f' {name}="{escape(text)}"' for name, text in attributes.items()])
