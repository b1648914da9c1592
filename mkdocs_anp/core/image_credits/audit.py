"""What is wrong with the images of a page and with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mkdocs_anp.core.image_credits.addresses import (
    Key,
    host_of,
    is_remote,
    meeting,
    parse_address,
    start_of,
)
from mkdocs_anp.core.image_credits.entities import unescaped
from mkdocs_anp.core.image_credits.entries import FIELD, ImageSource
from mkdocs_anp.core.image_credits.images import PageImage, is_badge
from mkdocs_anp.core.image_credits.licenses import license_of
from mkdocs_anp.core.image_credits.matching import Conflict, Matcher, are_different, closest
from mkdocs_anp.core.image_credits.providers import DEAD_HOSTS, Providers
from mkdocs_anp.core.problems import excerpt
from mkdocs_anp.core.quoting import quoted, scalar

RULES = (
    "missing",
    "unused",
    "conflict",
    "alt-missing",
    "alt-duplicate",
    "hotlink",
    "license",
    "dead-host",
)
"""The codes of what is told."""

# To compare two addresses takes a millisecond, and a page may have hundreds of both.
_CANDIDATES = 20
_COMPARED = 10
_SIZING = frozenset({"width", "height", "style", "class"})


class Credited(NamedTuple):
    """An image, and what is known of it.

    Attributes:
        image: The image.
        source: What is known; None for nothing.
        width, height: Its size in pixels; 0 for unknown.
    """

    image: PageImage
    source: ImageSource | None
    width: int = 0
    height: int = 0

    @property
    def sizes(self) -> Mapping[str, str]:
        """Its size as attributes; none where it is not known, or where the author has said one.

        A style or a class may give the image one of the two, and the other one would distort it.
        Where the author gives the width, the height that belongs to it keeps its place free.
        """
        image, width, height = self.image, self.width, self.height
        if not (width and height):
            return {}
        said = image.has & _SIZING
        if said == {"width"} and image.width:
            return {"height": str(max(1, round(image.width * height / width)))}
        return {} if said else {"width": str(width), "height": str(height)}


class Finding(NamedTuple):
    """One thing that is wrong.

    Attributes:
        code: One of `RULES`.
        message, help: As those of a problem.
        keys: Where it stands in the front matter, from the field's name on; () for an image.
        src: The address of the image as it stands in the Markdown, "" for an entry.
        nth: How many images before it, of its kind, have the same address.
        is_raw: Whether the image stands in hand-written HTML.
    """

    code: str
    message: str
    help: str
    keys: tuple[str | int, ...] = ()
    src: str = ""
    nth: int = 0
    is_raw: bool = False

    def of_image(self, nth: int, *, is_raw: bool) -> Finding:
        """Return the finding as one of an image behind others with its address."""
        return self._replace(nth=nth, is_raw=is_raw)


class Policy(NamedTuple):
    """What a site demands.

    Attributes:
        providers: The providers that it knows.
        own_hosts: Its own hosts, whose images need no credit.
        requires_local: Whether images of the site itself need one, too.
        stores_copies: Whether the site keeps copies of remote images (the privacy plugin).
        has_attributes: Whether Markdown may give images attributes (the extension attr_list).
    """

    providers: Providers
    own_hosts: frozenset[str] = frozenset()
    requires_local: bool = False
    stores_copies: bool = False
    has_attributes: bool = True

    def tells_of(self, host: str) -> bool:
        """Return whether something is to be told of all images of a host."""
        if not host:
            return False
        provider = self.providers.of(host)
        is_forbidden = provider is not None and provider.hotlink == "forbidden"
        return (is_forbidden and not self.stores_copies) or host in DEAD_HOSTS

    def needs_credit(self, image: PageImage) -> bool:
        """Return whether an image without an entry is one too few."""
        if not is_remote(image.src):
            return self.requires_local and not image.src.startswith("#")
        return host_of(image.src) not in self.own_hosts and not is_badge(image.src)


def rightly_credited(
    images: Sequence[PageImage], entries: Sequence[ImageSource], policy: Policy
) -> list[Credited] | None:
    """Return images with their entries, where one look tells that nothing is wrong with them.

    So it is on most pages: the images are all of hosts, each has an entry of its own, and the
    entries are in their order. `audit_page` finds out the same in three times as long.

    Returns:
        The images; None where they are to be looked at closely.
    """
    if len(images) != len(entries):
        return None
    by_owner: dict[str, list[str]] = {}
    found: list[Credited] = []
    for image, entry in zip(images, entries, strict=True):
        src, width, height = image.src, entry.width, entry.height
        if src != entry.url or image.override or (width and not height):
            return None
        owner = _owner_at(start_of(src), policy)
        if not owner or not _has_good_words(image.alt, entry):
            return None
        by_owner.setdefault(owner, []).append(src)
        found.append(Credited(image, entry, width, height if width else 0))
    if len(by_owner) < len(found) and not all(
        len(urls) == 1 or are_different(urls, policy.providers) for urls in by_owner.values()
    ):
        return None
    return found


def _has_good_words(alt: str | None, entry: ImageSource) -> bool:
    """Return whether nothing is to be told of the words for an image and of its licence."""
    alt = alt.strip() if alt else ""
    if not alt or alt.casefold() == entry.caption.casefold():
        return False
    return not (entry.license and license_of(entry.license).advice)


@lru_cache(maxsize=256)
def _owner_at(start: str, policy: Policy) -> str:
    """Return who has the image at an address that begins so: the name of a provider, or a host.

    "" is nobody: there is no host, or something is to be told of all its images.
    """
    host = host_of(start)
    return "" if policy.tells_of(host) else policy.providers.owner_of(host)


def audit_page(
    images: Sequence[Credited], matcher: Matcher, policy: Policy, also_used: Iterable[str] = ()
) -> Iterator[Finding]:
    """Yield what is wrong on one page.

    Args:
        images: Its images.
        matcher: The entries of the page.
        policy: What the site demands.
        also_used: Addresses of images that the page uses elsewhere, such as in a template.
    """
    before: list[int] = []
    for place, (image, source, *_) in enumerate(images):
        for finding in _audit_image(image, source, policy):
            before = before or _before_each(images)
            yield finding.of_image(before[place], is_raw=image.is_raw)
    if not matcher.entries:
        return
    conflicts = _conflicts(images, matcher)
    used = {source.index for _, source, *_ in images if source is not None}
    used.discard(-1)  # of images that say themselves whose they are
    if len(used) < len(matcher.entries):
        told = {conflict.second.index for conflict in conflicts}
        unused = _unused(images, matcher, used, also_used)
        yield from (finding for finding in unused if finding.keys[1] not in told)
    yield from (_conflict(conflict, images, policy) for conflict in conflicts)
    for entry in matcher.entries:
        if entry.license:
            yield from _audit_entry(entry)


def _before_each(images: Sequence[Credited]) -> list[int]:
    """Return how many images of its kind and with its address stand before each image."""
    seen: dict[tuple[str, bool], int] = {}
    before: list[int] = []
    for image, *_ in images:
        kind = image.src, image.is_raw
        count = seen.get(kind, 0)
        before.append(count + image.skipped)
        seen[kind] = count + 1
    return before


def _audit_image(image: PageImage, source: ImageSource | None, policy: Policy) -> Sequence[Finding]:
    """Return what is wrong with an image: nearly always nothing, and that is fast to see."""
    found: list[Finding] = []
    if (source is None or source.index < 0) and (one := _missing(image, source, policy)):
        found.append(one)
    if source is not None and source.caption and (one := _alt(image, source)):
        found.append(one)
    host = host_of(image.src)
    if policy.tells_of(host):
        found += _of_host(image, host, policy)
    return found


def _missing(image: PageImage, source: ImageSource | None, policy: Policy) -> Finding | None:
    if image.override:
        return Finding(
            "missing",
            f"data-credit names no entry: {excerpt(image.override)}",
            f"write the number of an entry of {FIELD}, from 1, or its url",
            src=image.src,
        )
    if source is None and not image.twin and policy.needs_credit(image):
        return Finding(
            "missing",
            f"the image {excerpt(image.src)} has no entry in {FIELD}",
            f"add to {FIELD}: {_entry_of(image, policy)}, or write "
            + _attribute(".no-credit", 'class="no-credit"', policy, is_raw=image.is_raw),
            src=image.src,
        )
    return None


def _entry_of(image: PageImage, policy: Policy) -> str:
    """Return the entry that an image lacks, with what is known of it."""
    provider = policy.providers.of(host_of(image.src))
    source = scalar(provider.name) if provider else "…"
    return f"- {{url: {quoted(unescaped(image.src))}, source: {source}, caption: …}}"


def _attribute(in_markdown: str, in_html: str, policy: Policy, *, is_raw: bool) -> str:
    """Return what to write at an image, and where, that it has an attribute."""
    if is_raw:
        return f"{in_html} into the tag of the image"
    needs = "" if policy.has_attributes else ", which takes the Markdown extension attr_list"
    return f"{{ {in_markdown} }} behind the image{needs}"


def _alt(image: PageImage, source: ImageSource) -> Finding | None:
    alt = (image.alt or "").strip() or source.alt
    if not alt:
        where = "as alt into the tag" if image.is_raw else "between the brackets"
        return Finding(
            "alt-missing",
            f"the image {excerpt(image.src)} has a caption but no alternative text",
            f"write {where} what the image shows, for those who do not see it",
            src=image.src,
        )
    if alt.casefold() == source.caption.casefold():
        return Finding(
            "alt-duplicate",
            "the alternative text is the caption, so that screen readers say it twice",
            "say in it what can be seen, which the caption need not say",
            src=image.src,
        )
    return None


def _of_host(image: PageImage, host: str, policy: Policy) -> Iterator[Finding]:
    provider = policy.providers.of(host)
    if provider and provider.hotlink == "forbidden" and not policy.stores_copies:
        yield Finding(
            "hotlink",
            f"{provider.name} does not allow pages to show images from its own address",
            "store the file with the page, or use Material's privacy plugin",
            src=image.src,
        )
    if host in DEAD_HOSTS:
        yield Finding(
            "dead-host", f"{host} does not answer any more", DEAD_HOSTS[host], src=image.src
        )


def _unused(
    images: Sequence[Credited], matcher: Matcher, used: set[int], also_used: Iterable[str]
) -> Iterator[Finding]:
    for url in also_used:
        found = matcher.find(PageImage(0, url, None, "inline"))
        if found is not None:
            used.add(found.index)
    # The images of the page that no entry was found for come to mind first.
    free = [credited.image.src for credited in images if credited.source is None]
    addresses = (free or [credited.image.src for credited in images])[:_CANDIDATES]
    compared = 0
    # Of two entries of one image the first counts; that they differ is told elsewhere.
    of_used: set[Key] | None = None
    for entry in matcher.entries:
        if entry.index in used:
            continue
        if not entry.url:
            message = "this entry has no url, so that it is for no image"
            help_text = "write the address of the image behind it, as url"
            yield Finding("unused", message, help_text, (FIELD, entry.index))
            continue
        if of_used is None:
            urls = [other.url for other in matcher.entries if other.index in used and other.url]
            of_used = {meeting(key) for url in urls for key in matcher.keys(url)}
        if not of_used.isdisjoint(matcher.keys(entry.url)):
            continue
        compared += 1
        near = closest(entry.url, addresses) if compared <= _COMPARED else ""
        yield Finding(
            "unused",
            f"the page has no image {excerpt(entry.url)}",
            f"the closest one is {near}" if near else "remove the entry, or add the image",
            (FIELD, entry.index, "url"),
        )


def _conflicts(images: Sequence[Credited], matcher: Matcher) -> Sequence[Conflict]:
    """Return the conflicts that leave open what is said of an image.

    None do where each image with one of the two entries has it by its own address, or by name
    (`data-credit`). Of two entries with one address, both have to be named.
    """
    conflicts = matcher.conflicts()
    if not conflicts:
        return ()
    by_name: set[int] = set()
    by_address: set[int] = set()
    by_likeness: set[int] = set()
    for image, *_ in images:
        found = matcher.find(image)
        if found is None:
            continue
        if image.override:
            by_name.add(found.index)
        elif parse_address(image.src).text == parse_address(found.url).text:
            by_address.add(found.index)
        else:
            by_likeness.add(found.index)
    settled = (by_name | by_address) - by_likeness
    named = settled - by_address
    return [
        conflict
        for conflict in conflicts
        if not {entry.index for entry in conflict}
        <= (named if conflict.is_of_one_address else settled)
    ]


def _conflict(conflict: Conflict, images: Sequence[Credited], policy: Policy) -> Finding:
    first, second = conflict
    shown = {item.image.is_raw for item in images if item.source in conflict}
    name = f'data-credit="{second.index + 1}"'
    counts = "the first one counts"
    if not conflict.is_of_one_address:
        counts = "each counts for its own address, the first one for any other"
    return Finding(
        "conflict",
        f"entries {first.index + 1} and {second.index + 1} are one image, "
        f"but say different things of it; {counts}",
        "remove one of them, or name the one you mean: write "
        + _attribute(name, name, policy, is_raw=shown == {True}),
        (FIELD, second.index),
    )


def _audit_entry(entry: ImageSource) -> Iterator[Finding]:
    if advice := license_of(entry.license).advice:
        message = f"{excerpt(entry.license)} names no licence for sure"
        yield Finding("license", message, advice, (FIELD, entry.index, "license"))
