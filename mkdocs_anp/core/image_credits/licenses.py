"""Licences: what front matter calls them, what they are called, and where their text is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mkdocs_anp.core.links import is_web_address


class License(NamedTuple):
    """A licence.

    Attributes:
        name: What a reader sees.
        url: Where its text is, "" where nobody knows.
        advice: What is wrong with how it was written, "" where nothing is.
    """

    name: str
    url: str = ""
    advice: str = ""


_CC = "https://creativecommons.org/"
_KNOWN = {
    # Dedications to the public, and licences that are not Creative Commons'.
    "cc0": License("CC0 1.0", f"{_CC}publicdomain/zero/1.0/"),
    "publicdomain": License("Public domain", f"{_CC}publicdomain/mark/1.0/"),
    "pdm": License("Public Domain Mark 1.0", f"{_CC}publicdomain/mark/1.0/"),
    "unsplash": License("Unsplash License", "https://unsplash.com/license"),
    "pexels": License("Pexels License", "https://www.pexels.com/license/"),
    "pixabay": License("Pixabay Content License", "https://pixabay.com/service/license-summary/"),
    "gfdl": License("GFDL 1.3", "https://www.gnu.org/licenses/fdl-1.3.html"),
    "gfdl12": License("GFDL 1.2", "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html"),
    "gfdl13": License("GFDL 1.3", "https://www.gnu.org/licenses/fdl-1.3.html"),
    "fal": License("Free Art License 1.3", "https://artlibre.org/licence/lal/en/"),
    "fal13": License("Free Art License 1.3", "https://artlibre.org/licence/lal/en/"),
    "mit": License("MIT License", "https://spdx.org/licenses/MIT.html"),
    "apache20": License("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    "odbl10": License("ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "ogl3": License(
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "allrightsreserved": License("All rights reserved"),
}
_ALIASES = {
    "cc0": ("cc010", "cczero", "cczero10", "publicdomaincc0", "cc01"),
    "publicdomain": ("pd", "ccpddc", "publicdomainmark", "nocopyright", "pdmark"),
    "pdm": ("pdm10", "publicdomainmark10"),
    "unsplash": ("unsplashlicense", "unsplashlicence"),
    "pexels": ("pexelslicense", "pexelslicence"),
    "pixabay": ("pixabaylicense", "pixabaylicence", "pixabaycontentlicense"),
    "gfdl13": ("gfdl13only", "gfdl13orlater"),
    "gfdl12": ("gfdl12only", "gfdl12orlater"),
    "mit": ("mitlicense", "mitlicence"),
    "apache20": ("apache2", "apachelicense20"),
    "fal13": ("lal13", "freeartlicense", "freeartlicense13"),
    "ogl3": ("oglv3", "ogl30", "ogluk30", "opengovernmentlicencev30"),
    "allrightsreserved": ("copyright", "©"),
}
_BY_NAME = {
    **_KNOWN,
    **{alias: _KNOWN[name] for name, aliases in _ALIASES.items() for alias in aliases},
}
_NOT_NAME = re.compile(r"[^\w©]|_")
# The rest is compiled where it is needed first; few sites need it.
_PARTS = r"by(?:[\s_-]+(?:nc|nd|sa))*"
_CC_NAME = (
    rf"(?:cc|creative\s+commons)[\s_-]+({_PARTS})(?:[\s_-]+v?(\d(?:\.\d)?))?"
    r"(?:[\s_-]+([a-z]{2,3}|igo|international|unported|generic))?(?:\s+licen[cs]e)?"
)
_CC_ADDRESS = r"https?://(?:www\.)?creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3}|igo))?(?:/.*)?"
_CC_VERSIONS = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0", "4.0"})
_PORTED = frozenset({"1.0", "2.0", "2.1", "2.5", "3.0"})  # 4.0 has no versions for countries
_COUNTRY = (
    "ar|at|au|az|be|bg|br|ca|ch|cl|cn|co|cr|cz|de|dk|ec|ee|eg|es|fi|fr|ge|gr|gt|hk|hr|hu|ie|igo|il"
    "|in|it|jp|kr|lu|mk|mt|mx|my|nl|no|nz|pe|ph|pl|pr|pt|ro|rs|se|sg|si|th|tw|ug|uk|us|ve|vn|za"
)
_WORDS = frozenset({"international", "unported", "generic"})
_ORDER = ("by", "nc", "nd", "sa")
_CC_ELEMENTS = (
    ["by"],
    ["by", "nc"],
    ["by", "nd"],
    ["by", "sa"],
    ["by", "nc", "nd"],
    ["by", "nc", "sa"],
)


@lru_cache(maxsize=256)
def license_of(text: str) -> License:
    """Return the licence that a text names: a known name, as SPDX or else, or an address.

    An unknown one keeps its name and gets no address: nothing is made up.
    """
    text = text.strip()
    if is_web_address(text):
        return License(_name_at(text), text)
    known = _BY_NAME.get(_NOT_NAME.sub("", text.casefold()))
    if known:
        return known
    if found := re.fullmatch(_CC_NAME, text, re.IGNORECASE):
        return _creative_commons(found[1], found[2] or "", found[3] or "")
    advice = "write a known licence such as 'CC BY 4.0', or the address of its text"
    return License(text, "", advice)


def _name_at(url: str) -> str:
    """Return the name of the licence whose text is at an address, else the name of its host."""
    if found := re.fullmatch(_CC_ADDRESS, url, re.IGNORECASE):
        named = _creative_commons(found[1], found[2], found[3] or "")
        if named.url:
            return named.name
    known = next((known for known in _KNOWN.values() if _same(known.url, url)), None)
    return known.name if known else re.split("[/?#]", url)[2].lower().removeprefix("www.")


def _creative_commons(parts: str, version: str, place: str) -> License:
    elements = [part for part in _ORDER if part in re.split(r"[\s_-]+", parts.lower())]
    name = f"CC {'-'.join(elements).upper()}"
    if not version:
        return License(name, "", f"it has no version; write '{name} 4.0' if it is that one")
    version = version if "." in version else f"{version}.0"
    place = "" if place.lower() in _WORDS or version not in _PORTED else place.lower()
    name = f"{name} {version}{f' {place.upper()}' if place else ''}"
    if version not in _CC_VERSIONS or elements not in _CC_ELEMENTS:
        return License(name, "", "Creative Commons has no such licence")
    if place and not re.fullmatch(_COUNTRY, place):
        return License(name, "", f"Creative Commons has no licence for {place.upper()}")
    country = f"{place}/" if place else ""
    return License(name, f"{_CC}licenses/{'-'.join(elements)}/{version}/{country}")


def _same(one: str, other: str) -> bool:
    def short(url: str) -> str:
        return url.partition("://")[2].removeprefix("www.").rstrip("/").lower()

    return bool(one) and short(one) == short(other)
