"""The pictures of a post: addresses at services for placeholders, with captions."""

from __future__ import annotations

from typing import NamedTuple

from mkdocs_anp.synth import grammar
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.prose import Gaps, templates

_CAPTIONS = templates(grammar.CAPTIONS)
_SIZES = ("1200/630", "1280/720", "960/640", "1600/900")
_SUBJECTS = ("code,developer", "server,rack", "office,desk", "network,cable", "laptop,keyboard")
_PHOTOS = (
    "1515879218367-8466d910aaa4",
    "1518770660439-4636190af475",
    "1461749280684-dccba630e2f6",
    "1498050108023-c5249f4df085",
    "1526374965328-7f61d4dc18c5",
    "1451187580459-43490279c0fa",
    "1517694712202-14dd9538aa97",
    "1555066931-4365d14bab8c",
)


class Picture(NamedTuple):
    """A picture of a post.

    Attributes:
        source: Who has it.
        url: Its address.
        caption: What it shows.
        size: Its width and height in pixels, `1200/630`, or "" where it is not told.
        license: Its licence, or "".
    """

    source: str
    url: str
    caption: str
    size: str = ""
    license: str = ""


def draw_pictures(index: int, draws: Draws, gaps: Gaps, count: int) -> list[Picture]:
    """Return that many pictures for a post."""
    # Each photo once: one address with two captions would be a mistake that no list names.
    photos = list(_PHOTOS)
    return [_picture(index, number, draws, gaps, photos) for number in range(1, count + 1)]


def _picture(index: int, number: int, draws: Draws, gaps: Gaps, photos: list[str]) -> Picture:
    gaps["nr"] = str(number)
    caption = gaps.sentence(draws.pick(_CAPTIONS))
    size, host = draws.pick(_SIZES), draws.below(4)
    if host == 0:
        photo = f"https://images.unsplash.com/photo-{photos.pop(draws.below(len(photos)))}"
        return Picture("unsplash", f"{photo}?auto=format&fit=crop&w=1200&q=80", caption)
    if host == 1:
        subject = draws.pick(_SUBJECTS)
        url = f"https://loremflickr.com/{size}/{subject}?lock={index + number}"
        return Picture("loremflickr.com", url, caption)
    if host == 2:
        url = f"https://placehold.co/{size.replace('/', 'x')}.png?text={index:06d}-{number}"
        return Picture("placehold.co", url, caption, size)
    url = f"https://picsum.photos/seed/anp-{index:06d}-{number}/{size}"
    return Picture("picsum.photos", url, caption, size, "Unsplash License")
