"""Captions at images that stand alone in their paragraphs as Markdown prints them: most do.

This is what `figures` does, where an image is known as it is printed, or can be taken apart at its
quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mkdocs_anp.core.image_credits.audit import Credited
from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.images import FIGURE_STAMP, STAMP, PageImage, Printed

LAZY: Mapping[str, str] = {"loading": "lazy", "decoding": "async"}
"""Attributes of an image that is not seen at once."""
_LAZY_WRITTEN = "".join(f' {name}="{text}"' for name, text in LAZY.items())
_START = f'<p {FIGURE_STAMP}="'
_END = "</p>"
_USUAL_END = " />"
_QUOTE = '"'
_FORMS = [
    [end, *title, " src=", f" {STAMP}=", "><img alt="]
    for end in (" />", "/>", ">")
    for title in ([], [" title="])
]
"""What stands between the quotes of a numbered paragraph as Markdown prints it, from its end: the
values are the number of the paragraph, the image's text, number and address, and its title."""


def with_plain_figures(
    content: str,
    images: Sequence[Credited],
    caption: Callable[[ImageSource], str],
    *,
    is_excerpt: bool = False,
    lazy_from: int | None = None,
) -> tuple[str, Printed] | None:
    """Do what `with_figures` does where each image stands alone in its paragraph, as most do.

    Args:
        content: HTML with numbered images.
        images: What is known of each of them, from the first.
        caption: Returns the HTML of the caption of an entry, "" for none.
        is_excerpt: Whether the HTML stands on another page, beside other posts: there figures get
            no ids, and images that nothing is known of get no sizes.
        lazy_from: As that of `with_figures`.

    Returns:
        The HTML and its images; None where one of them is not as Markdown prints it.
    """
    if is_excerpt and content.count(_START) != len(images):
        return None
    parts: list[str] = []
    printed = Printed([], [])
    at = 0
    for image, source, width, height in images:
        found = _found(content, at, image)
        if found is None or (source and source.alt and not (image.alt or "").strip()):
            return None
        start, end, alt, src, rest = found
        # As `Credited.sizes` has it of an image whose author says nothing of its size.
        has_size = width and height and not (is_excerpt and source is None)
        size = f' width="{width}" height="{height}"' if has_size else ""
        told = caption(source) if source else ""
        is_numbered = source is not None or size != ""
        stamp = f' {STAMP}="{image.number}"' if is_numbered else ""
        lazy = _LAZY_WRITTEN if lazy_from and image.number >= lazy_from else ""
        tag = f'<img alt="{alt}"{stamp}{lazy}{size} src="{src}"{rest}'
        if is_numbered:
            printed.images.append((image.number, unescaped(src)))
            printed.tags.append(tag)
        if told:
            identity = "" if is_excerpt else f' id="{anchor(image.number)}"'
            figure = f'<figure data-anp="figure"{identity}>{tag}{told}</figure>'
        else:
            figure = f"<p>{tag}</p>"
        parts += content[at:start], figure
        at = end
    parts.append(content[at:])
    return None if _START in parts[-1] else ("".join(parts), printed)


def _found(content: str, at: int, image: PageImage) -> tuple[int, int, str, str, str] | None:
    """Return where the next numbered paragraph stands, and what its image has.

    Returns:
        Its start and end; text and address of the image, and what stands behind that, as they are
        written. None where it is not that of the image, or not as Markdown prints it.
    """
    # Where nothing had to be escaped, text and address are printed as the image has them.
    number, src, alt, *_ = image
    start = content.find(_START, at)
    usual = f'{_START}{number}"><img alt="{alt}" {STAMP}="{number}" src="{src}"{_USUAL_END}{_END}'
    if alt and content.startswith(usual, start):
        return start, start + len(usual), alt, src, _USUAL_END
    end = content.find(_END, start)
    if start < 0 or end < 0:
        return None
    paragraph = content[start + len(_START) : end]
    texts = paragraph.split(_QUOTE)
    if texts[::-2] not in _FORMS or paragraph.count("<") > 1 or not texts[6]:
        return None
    if not texts[0] == texts[4] == str(number):
        return None
    return start, end + len(_END), texts[2], texts[6], _QUOTE.join(texts[7:])


def anchor(number: int) -> str:
    """Return the id of the figure of an image."""
    return f"anp-image-{number}"
