"""What an image file says of itself: its size, and who made it (IPTC, XMP, Exif).

The numbers and names are those of the IPTC Photo Metadata Standard
(https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata), which gives each
property in both of its forms: By-line, Credit Line, Copyright Notice, Web Statement of Rights.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.nobody import names_nobody
from mkdocs_anp.core.links import is_web_address
from mkdocs_anp.core.text import clean, shortened

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_BY_LINE, _CREDIT, _COPYRIGHT = (2, 80), (2, 110), (2, 116)
_EXIF_ORIENTATION, _EXIF_ARTIST, _EXIF_COPYRIGHT = 0x0112, 0x013B, 0x8298
_RASTER = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp"})
_HEAD = 4096  # characters of a drawing in which its first element begins
_SVG = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_SIZE = re.compile(r"""\s(width|height)=["']\s*(\d{1,5}(?:\.\d{1,6})?)(?:px)?\s*["']""")
_LONGEST = 200  # characters of a credit
_LONGEST_READ = 2000  # characters of a text of a file
_COPYRIGHT_SIGN = re.compile(
    r"^(?:(?:copyright|\(c\)|©)[\s,:]*)+(?:\d{4}(?:\s*[-–]\s*\d{4})?[\s,]*)?(?:by\s+)?",
    re.IGNORECASE,
)


class Embedded(NamedTuple):
    """What a file says.

    Attributes:
        source: Whom it names; None where it names nobody.
        width, height: Its size in pixels, as it is shown; 0 for unknown.
    """

    source: ImageSource | None = None
    width: int = 0
    height: int = 0


NOTHING = Embedded()


def read_embedded(path: Path, *, is_credited: bool = False) -> Embedded:
    """Return what an image file says; nothing where it is none, or is broken.

    Only its head is read: no pixel is decoded, so that neither a broken file nor one that would
    unpack to gigabytes matters.

    Args:
        path: The file.
        is_credited: Whether its author is known already, so that only the size is wanted.
    """
    if path.suffix.lower() == ".svg":
        return _svg(path)
    if path.suffix.lower() not in _RASTER:
        return NOTHING
    try:
        from PIL import Image  # only a site that has such files needs it
    except ImportError:  # pragma: no cover (a dependency; it may lack on odd platforms)
        return NOTHING
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large and odd files
            with Image.open(path) as image:
                return _read(image, is_credited)
    except Exception:  # a decoder fails in many ways, and none of them matters
        return NOTHING


def _svg(path: Path) -> Embedded:
    """Return the size that a drawing gives itself; one without it takes the place there is."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            root = _SVG.search(file.read(_HEAD))
    except OSError:
        return NOTHING
    sizes = dict(_SIZE.findall(root[0])) if root else {}
    if {"width", "height"} <= sizes.keys():
        return Embedded(None, round(float(sizes["width"])), round(float(sizes["height"])))
    return NOTHING


def _read(image: ImageFile, is_credited: bool) -> Embedded:
    width, height = image.size
    if _is_turned(image):
        width, height = height, width
    return Embedded(None if is_credited else _source(image), width, height)


def _is_turned(image: ImageFile) -> bool:
    """Return whether Exif says that the image lies on its side: browsers turn it."""
    try:
        return _exif_of(image).get(_EXIF_ORIENTATION) in (5, 6, 7, 8)
    except Exception:  # a broken block: the image is shown as it lies
        return False


def _exif_of(image: ImageFile) -> Mapping[int, Any]:
    # To look for Exif behind its pixels, Pillow would decode all those of a PNG.
    if image.format == "PNG" and "exif" not in image.info:
        return {}
    return image.getexif()


def _source(image: ImageFile) -> ImageSource | None:
    found: dict[str, str] = {}
    for reader in (_xmp, _iptc, _exif):
        try:
            for name, values in reader(image):
                if name not in found and (text := _named(values, name)):
                    found[name] = text
        except Exception:  # noqa: S112 (as above: one broken block leaves the others)
            continue
    author, credit, owner = (found.get(name, "") for name in ("author", "credit", "copyright"))
    name = credit or owner or author
    if not name:
        return None
    license_url = found.get("license", "")
    return ImageSource(
        -1, source=name, author=author, license=license_url if is_web_address(license_url) else ""
    )


def _named(values: Iterable[Any], name: str) -> str:
    """Return those whom a property of a file names, "" for nobody."""
    # Several may have made an image; of its other properties, the first value is the one.
    texts = (_text(value, name) for value in islice(values, None if name == "author" else 1))
    return shortened(", ".join(dict.fromkeys(filter(None, texts))), _LONGEST)


def _text(value: Any, name: str) -> str:
    """Return a text of a file fit to show, "" where it names nobody."""
    if isinstance(value, bytes):
        try:
            value = value.decode("utf-8")
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    text = " ".join(clean(value[:_LONGEST_READ].replace("\0", " ")).split())
    if name == "copyright":
        text = re.sub(r"[\s.,;]*all rights reserved\.?$", "", text, flags=re.IGNORECASE)
        text = _COPYRIGHT_SIGN.sub("", text)
    return "" if names_nobody(text) else text


def _iptc(image: ImageFile) -> Iterator[tuple[str, Iterable[Any]]]:
    from PIL import IptcImagePlugin

    info = IptcImagePlugin.getiptcinfo(image) or {}
    for name, key in (("author", _BY_LINE), ("credit", _CREDIT), ("copyright", _COPYRIGHT)):
        value = info.get(key)
        yield name, value if isinstance(value, list) else [value]


def _exif(image: ImageFile) -> Iterator[tuple[str, Iterable[Any]]]:
    exif = _exif_of(image)
    yield "author", [exif.get(_EXIF_ARTIST)]
    yield "copyright", [exif.get(_EXIF_COPYRIGHT)]


_XMP_NAMES = {
    "creator": "author",
    "Credit": "credit",
    "rights": "copyright",
    "WebStatement": "license",
}


def _xmp(image: ImageFile) -> Iterator[tuple[str, Iterable[Any]]]:
    yield from _xmp_values(image.getxmp())


def _xmp_values(node: Any, depth: int = 0) -> Iterator[tuple[str, Iterable[Any]]]:
    """Yield what the properties of XMP say; Pillow leaves out their name spaces."""
    if depth > 8:  # as deep as any real packet is
        return
    for key, value in node.items() if isinstance(node, dict) else ():
        if key in _XMP_NAMES:
            yield _XMP_NAMES[key], _texts(value)
        elif isinstance(value, dict):
            yield from _xmp_values(value, depth + 1)
        elif isinstance(value, list):
            for item in value:
                yield from _xmp_values(item, depth + 1)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a property, which may be a list of names or of languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        kinds = ("Seq", "Alt", "Bag", "li", "text")
        yield from _texts(next((value[kind] for kind in kinds if kind in value), ""))
