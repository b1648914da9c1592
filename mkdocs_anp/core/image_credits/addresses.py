"""Addresses of images: when two of them are one image.

An address has several keys, from the strictest to the most lenient. Two addresses are one image
where a key of one meets a key of the other (`meeting`); never because of a bare file name, which
many hosts give to many images. To name the wrong author is worse than to name none: what may tell
two images apart is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha1
from posixpath import normpath, splitext
from typing import NamedTuple, TypeAlias
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.providers import Provider, Providers

Key: TypeAlias = tuple[str, ...]
"""What several addresses of one image have in common; its first part tells the kind."""

PROVIDER = "provider"
"""The kind of the key that a provider's own name of an image is."""

# An address at a host, and a copy that the privacy plugin may have made of it.
_ORIGINAL, _COPIED = "original", "copied"
_ACROSS = {_ORIGINAL: _COPIED, _COPIED: _ORIGINAL}

# Patterns that most sites never need are texts, which `re` compiles where it meets them first.

# Sizes, formats and traces: they change how an image is delivered, not which one it is. Some are
# so only where they are numbers.
_NUMBER = r"=[\d.,x-]*"
_SIZING = rf"(?:w|h|dpr|width|height|rect){_NUMBER}|(?:fit|crop|auto|fm|resize)=[^&]*"
_DELIVERY = rf"{_SIZING}|quality{_NUMBER}|(?:cs|format|ix\w*|utm_\w*)=[^&]*"
# These may as well be what is searched for, or the number of an image: `q` is a quality beside a
# size (`?w=600&q=80`), but alone it may be a query.
_AMBIGUOUS = rf"(?:q|s|size){_NUMBER}|dl=[^&]*"
_HAS_SIZE = rf"(?:^|&)(?:{_SIZING})(?:&|$)"
# Where Material's privacy plugin keeps copies of images: below the name of their host.
_COPY = r"(?:^|/)assets/external/([^/]+)/(.+)$"
_DIGITS = r"\.[0-9a-f]{8}$"
_THEMED = r"#(?:only|gh)-(?:light|dark)(?:-mode-only)?$"
# What nearly all addresses are, and need nothing to be decoded for; five times faster.
_COMMON = re.compile(
    r"https?://(?:www\.)?([a-zA-Z0-9.-]+)(/[\w/.,:@!$()*+~-]*)?(?:\?([\w=/.,:@!$()*+~%-]*"
    r"(?:&(?!amp;)[\w=/.,:@!$()*+~%-]*)*))?",
    re.ASCII,
)
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_COMMON_HOST = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)[/?]")

_LOOSE_END = "/)"
_HOST_START = len("https://")


class Address(NamedTuple):
    """An address of an image, taken apart.

    Attributes:
        text: The address itself, without what HTML has escaped, and without its fragment.
        host: Its host in lower case, without `www.`; "" in an address of the site's own.
        path: Its path, as it is read: percent signs decoded, composed Unicode (NFC).
        query: Its query.
        port: Its port with the colon before it, "" for the usual one.
    """

    text: str
    host: str
    path: str
    query: str
    port: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether another host has the image."""
        return bool(self.host)


def parse_address(url: str) -> Address:
    """Return an address as it stands in HTML or front matter, taken apart; it need not be valid."""
    common = _COMMON.fullmatch(url)
    if common is not None:
        return Address(url, common[1].lower(), common[2] or "", common[3] or "")
    text = unescaped(url).strip()
    if "#" in text:
        text = text.partition("#")[0]
    try:
        parts = urlsplit(f"https:{text}" if text.startswith("//") else text)
        host = (parts.hostname or "") if parts.scheme.lower() in ("http", "https") else ""
    except ValueError:  # an IPv6 address without its end
        parts, host = SplitResult("", "", text, "", ""), ""
    path = parts.path
    if "%" in path or not path.isascii():
        path = unicodedata.normalize("NFC", unquote(path))
    return Address(text, _ascii_host(host), path, parts.query, _port(parts) if host else "")


def _port(parts: SplitResult) -> str:
    try:
        return f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # no number
        return ""


def is_remote(url: str) -> bool:
    """Return whether an address leads to a host, by its start alone."""
    return _WEB.match(url) is not None


def host_of(url: str) -> str:
    """Return the host of an address as `parse_address` does, which takes ten times as long."""
    found = _COMMON_HOST.match(url)
    return found[1] if found else parse_address(url).host


def start_of(url: str) -> str:
    """Return an address with a host up to its path, "" where it has none: what many have alike."""
    return url[: url.find("/", _HOST_START) + 1]


def is_themed(url: str) -> bool:
    """Return whether an image is shown in only one of the light and dark schemes of Material."""
    return "#" in url and re.search(_THEMED, url) is not None


def meeting(key: Key) -> Key:
    """Return the key of another address that a key of an address meets: most meet the same one.

    What may have an extension more than its original is a copy of it, but never another original
    or another copy.
    """
    other = _ACROSS.get(key[0])
    return (other, *key[1:]) if other else key


def keys_of(address: Address, file: str | None, providers: Providers) -> Iterator[Key]:
    """Yield the keys of an address, the strictest first.

    Where a provider has a name for the image, that alone says which one it is: the rest of the
    address, with or without sizes, may be the same for two images.

    Args:
        address: The address.
        file: The path of the source file that it leads to, where the site has it.
        providers: The providers that the site knows.
    """
    yield ("exact", address.text)
    if address.host:
        provider = providers.of(address.host)
        place = f"{address.host}{address.port}"
        if provider and (key := provider_key(address, provider)):
            yield (PROVIDER, provider.name, key)
        else:
            yield ("address", place, address.path.rstrip(_LOOSE_END), _lasting(address.query))
        yield (_ORIGINAL, place, _copy_name(address.path, address.query))
        return
    if file is not None:
        yield ("file", file)
    if copied := re.search(_COPY, address.path):
        name_of_host, colon, port = copied[1].partition(":")
        host = _ascii_host(name_of_host)
        place = f"{host}{colon}{port}"
        yield ("stored", place, copied[2])
        name, extension = splitext(copied[2])
        provider = providers.of(host)
        original = f"/{re.sub(_DIGITS, '', name)}{extension}"
        if provider and (key := provider.image_key(original)):
            yield (PROVIDER, provider.name, key)
        yield (_COPIED, place, copied[2])
        if extension:  # the plugin puts one behind a name that has none, or the wrong one
            yield (_COPIED, place, name)


def provider_key(address: Address, provider: Provider) -> str:
    """Return the name that a provider gives to the image of an address, "" where there is none."""
    path = address.path.replace(" ", "_")
    return provider.image_key(f"{path}?{address.query}" if address.query else path)


def compared_path(url: str) -> str:
    """Return the path in the key of an address by which no provider knows its image.

    A parenthesis at its end is one of the text around it.
    """
    common = _COMMON.fullmatch(url)
    path = common[2] or "" if common else parse_address(url).path
    return path.rstrip(_LOOSE_END)


def name_at(url: str, provider: Provider) -> str:
    """Return what `provider_key` does for an address that is not taken apart."""
    common = _COMMON.fullmatch(url)
    if common is None:
        return provider_key(parse_address(url), provider)
    path, query = common[2] or "", common[3]
    return provider.image_key(f"{path}?{query}" if query else path)


def _copy_name(path: str, query: str) -> str:
    """Return how the privacy plugin calls its copy of an image, if the extension is right.

    It puts eight digits of the query's hash behind the name.
    """
    full = re.sub(r"/\.", "/_", normpath(path)).lstrip("/")
    if not query:
        return full
    name, extension = splitext(full)
    return f"{name}.{sha1(query.encode(), usedforsecurity=False).hexdigest()[:8]}{extension}"


def _lasting(query: str) -> str:
    """Return a query without what only changes the delivery, in a fixed order."""
    if not query:
        return ""
    has_size = re.search(_HAS_SIZE, query, re.IGNORECASE) is not None
    volatile = f"{_DELIVERY}|{_AMBIGUOUS}" if has_size else _DELIVERY
    if re.fullmatch(f"(?:{volatile})(?:&(?:{volatile}))*", query, re.IGNORECASE):
        return ""
    pairs = [f"{name}={value}" for name, value in parse_qsl(query, keep_blank_values=True)]
    lasting = [pair for pair in pairs if not re.fullmatch(volatile, pair, re.IGNORECASE)]
    return "&".join(sorted(lasting))


def _ascii_host(host: str) -> str:
    """Return a host as browsers ask for it: `bücher.example` is `xn--bcher-kva.example`."""
    host = host.lower().removeprefix("www.")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
