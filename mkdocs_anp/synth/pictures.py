"""The pictures of a post: addresses at services for placeholders, with captions."""

from __future__ import annotations

from typing import NamedTuple

from mkdocs_anp.synth import grammar
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.prose import Gaps, templates

_CAPTIONS = templates(grammar.CAPTIONS)
_SIZES = ("1200/630", "1280/720", "960/640", "1600/900")
_SUBJECTS = ("code,developer", "server,rack", "office,desk", "network,cable", "laptop,keyboard")
# What can be seen in each, for those who do not see it.
_PHOTOS = {
    "1515879218367-8466d910aaa4": "lines of code on a dark screen",
    "1518770660439-4636190af475": "a circuit board from close by",
    "1461749280684-dccba630e2f6": "a monitor full of code above a keyboard",
    "1498050108023-c5249f4df085": "a laptop with an editor open, on a desk",
    "1526374965328-7f61d4dc18c5": "columns of green signs that fall down a screen",
    "1451187580459-43490279c0fa": "the earth at night, seen from space",
    "1517694712202-14dd9538aa97": "a laptop on a table, with code in its window",
    "1555066931-4365d14bab8c": "source code in several colours",
}


class Picture(NamedTuple):
    """A picture of a post.

    Attributes:
        source: Who has it.
        url: Its address.
        caption: What it is there for.
        alt: What can be seen in it.
        size: Its width and height in pixels, `1200/630`, or "" where it is not told.
        license: Its licence, or "".
    """

    source: str
    url: str
    caption: str
    alt: str
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
        photo = photos.pop(draws.below(len(photos)))
        url = f"https://images.unsplash.com/photo-{photo}?auto=format&fit=crop&w=1200&q=80"
        return Picture("unsplash", url, caption, _PHOTOS[photo])
    if host == 1:
        subject = draws.pick(_SUBJECTS)
        url = f"https://loremflickr.com/{size}/{subject}?lock={index + number}"
        alt = f"a photo of {' and '.join(subject.split(','))}"
        return Picture("loremflickr.com", url, caption, alt)
    if host == 2:
        url = f"https://placehold.co/{size.replace('/', 'x')}.png?text={index:06d}-{number}"
        alt = f"a plain rectangle of {' by '.join(size.split('/'))} pixels"
        return Picture("placehold.co", url, caption, alt, size)
    url = f"https://picsum.photos/seed/anp-{index:06d}-{number}/{size}"
    alt = f"a photo that was picked at random, number {number}"
    return Picture("picsum.photos", url, caption, alt, size, "Unsplash License")
