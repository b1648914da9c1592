"""Captions at images that stand alone in their paragraphs as Markdown prints them: most do.

This is what `figures` does, where an image can be taken apart at its quotes.
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
_BETWEEN = "><img alt=", f" {STAMP}=", " src="
"""What stands between the number of a paragraph, and the text, number and address of its image."""
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
    start, *paragraphs = content.split(_START)
    if len(paragraphs) != len(shown):
        return None
    parts = [start]
    printed = Printed([], [])
    for number, (item, paragraph) in enumerate(zip(shown, paragraphs, strict=True), 1):
        credit, attributes, other_alt, _, is_numbered = item
        image, end, behind = paragraph.partition(_END)
        texts = image.split('"')
        if other_alt or not end or image.count("<") > 1 or not _is_plain(texts, str(number)):
            return None
        alt, src, rest = texts[2], texts[6], '"'.join(texts[7:])
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
        parts += figure, behind
    return "".join(parts), printed


def _is_plain(texts: Sequence[str], number: str) -> bool:
    """Return whether a numbered paragraph holds its image as Markdown prints it, and no more.

    Args:
        texts: What stands before, in and behind its quotes, from its number on; with one tag.
        number: The number it should have.
    """
    if len(texts) < 8 or not texts[0] == texts[4] == number:
        return False
    if (texts[1], texts[3], texts[5]) != _BETWEEN:
        return False
    has_title = len(texts) == 10 and texts[7] == " title="
    return (len(texts) == 8 or has_title) and texts[6] != "" and texts[-1] in _TAG_ENDS


def anchor(number: int) -> str:
    """Return the id of the figure of an image."""
    return f"anp-image-{number}"


def written(attributes: Mapping[str, str]) -> str:
    """Return attributes of an element as HTML."""
    return "".join([f' {name}="{escape(text)}"' for name, text in attributes.items()])
