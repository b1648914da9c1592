"""The words of a credit: what a reader sees at an image, and what can be copied.

The full form names title, author, source and licence, and what was changed: the practice that
Creative Commons recommends (https://wiki.creativecommons.org/wiki/Recommended_practices_for_attribution).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from string import Formatter
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.image_credits.addresses import host_of
from mkdocs_anp.core.image_credits.entries import ImageSource
from mkdocs_anp.core.image_credits.licenses import license_of
from mkdocs_anp.core.image_credits.providers import Providers
from mkdocs_anp.core.links import is_plain_web_address, is_safe_url
from mkdocs_anp.core.text import escape

CAPTION, SOURCE = "{caption}", "{source}"

_SENTENCE_END = (".", "!", "?", "…", ":", "。", "！", "？", "؟")
_CLOSING = " \t\n\"'”’»)]}」』）"
"""What may stand behind the end of a sentence and belong to it."""
_FULL_STOPS = (".", "。")
_SEPARATORS = frozenset(".,;:·|/–—。，；：-")


_Part: TypeAlias = "tuple[str, str | None, str | None, str | None]"
"""A literal of a format, and the field behind it: name, specification, conversion."""


class FormatError(ValueError):
    """A format that cannot be used; the message says why."""


class CreditFormat(NamedTuple):
    """A format of captions with credits, taken apart.

    Attributes:
        separator: What stands between caption and credit.
        before, after: The words of the credit before and behind the source.
    """

    separator: str
    before: str
    after: str

    @classmethod
    def parse(cls, text: str) -> CreditFormat:
        """Return a format such as `{caption}. image source: {source}`, taken apart.

        Raises:
            FormatError: A name is unknown, `{source}` is missing, or `{caption}` is not first.
        """
        try:
            parts = list(Formatter().parse(text))
        except ValueError as error:
            raise FormatError(f"it is no format: {error}") from error
        names = [name for _, name, _, _ in parts if name is not None]
        unknown = [name for name in names if name not in ("caption", "source")]
        if unknown:
            raise FormatError(f"there is no {{{unknown[0]}}}; known are {CAPTION} and {SOURCE}")
        if any(spec or conversion for _, _, spec, conversion in parts):
            raise FormatError(f"write {CAPTION} and {SOURCE} with nothing else in the braces")
        if names.count("source") != 1:
            raise FormatError(f"{SOURCE} has to stand in it once")
        has_caption = "caption" in names
        if names.count("caption") > 1 or (has_caption and parts[0][:2] != ("", "caption")):
            raise FormatError(f"{CAPTION} has to stand at its start")
        return cls._of_literals(parts, has_caption)

    @classmethod
    def _of_literals(cls, parts: Sequence[_Part], has_caption: bool) -> CreditFormat:
        # A literal that ends in a doubled brace is a part of its own, without a name.
        at = next(index for index, part in enumerate(parts) if part[1] == "source")
        before = "".join(literal for literal, *_ in parts[: at + 1])
        after = "".join(literal for literal, *_ in parts[at + 1 :])
        if not has_caption:  # the caption stands there all the same
            return cls(" ", before, after)
        separator = "".join(takewhile(lambda c: c.isspace() or c in _SEPARATORS, before))
        return cls(separator, before.removeprefix(separator), after)


class Credit(NamedTuple):
    """The caption and the credit of an image; all but `copy` is HTML.

    Attributes:
        caption: What the image shows, "" for nothing.
        separator: What stands between the two; "" where one of them is missing.
        credit: Where it comes from, "" where nobody says.
        copy: The full form as plain text with addresses, "" where it says no more than is seen.
    """

    caption: str
    separator: str
    credit: str
    copy: str

    def behind(self, separator: str) -> Credit:
        """Return the credit alone, as it stands behind a caption of the author's own."""
        return self._replace(caption="", separator=separator)


class CreditWriter:
    """Words the credits of a site in one language."""

    def __init__(self, labels: Mapping[str, str], form: CreditFormat, providers: Providers) -> None:
        """Take the words of the language, the form of a caption, and the known providers."""
        self._labels = labels
        self._form = form
        self._around = escape(form.before), escape(form.after)
        self._separators = _separators(form.separator)
        self._license = lru_cache(maxsize=256)(_license_link)
        self._providers = providers

    def credit(self, entry: ImageSource, resolve: Callable[[str], str]) -> Credit:
        """Return the caption and the credit of an entry.

        Args:
            entry: What is known of the image.
            resolve: Makes relative links work on the page.
        """
        source = self.source(entry)
        is_full = entry.has_full_form
        if is_full or entry.archive:
            credit = self._full_form(entry, source, resolve)
        else:
            credit = self.short_form(source)
        separator = self.separator(entry.caption) if entry.caption else ""
        copy = ""
        if is_full and credit:
            copy = f"{entry.caption}{separator}{self._plain(entry, source, has_addresses=True)}"
        return Credit(escape(entry.caption), escape(separator) if credit else "", credit, copy)

    def separator(self, caption: str) -> str:
        """Return what stands behind a caption: no full stop behind the end of a sentence."""
        common, behind_sentence = self._separators
        if common != behind_sentence and caption.rstrip(_CLOSING).endswith(_SENTENCE_END):
            return behind_sentence
        return common

    def source(self, entry: ImageSource) -> str:
        """Return the name of where an image comes from, for readers.

        Where nobody names it, that is who made the image, else the host that delivers it.
        """
        return self.named_source(entry) or entry.author or host_of(entry.url)

    def named_source(self, entry: ImageSource) -> str:
        """Return where an image comes from, as written or by its provider's name; "" for unknown.

        The bare host may only deliver the image: a machine is not told that it is the source.
        """
        if entry.source:
            return entry.source
        provider = self._providers.of(host_of(entry.url))
        return provider.name if provider else ""

    def plain(self, entry: ImageSource) -> str:
        """Return the full form as plain text, without caption and addresses."""
        return self._plain(entry, self.source(entry), has_addresses=False)

    def _plain(self, entry: ImageSource, source: str, *, has_addresses: bool) -> str:
        told = _with_address if has_addresses else _without_address
        parts = []
        if source:
            where = entry.page or (entry.url if host_of(entry.url) else "")
            parts.append(told(f"{self._form.before}{source}{self._form.after}", where))
        if entry.author and entry.author != source:
            by = self._labels["image_credits.by"].replace("{author}", entry.author)
            parts.append(told(by, entry.author_url))
        if entry.license:
            name, url, _ = license_of(entry.license)
            parts.append(told(name, url))
        if entry.modified:
            parts.append(self._modified(entry.modified))
        if entry.archive and has_addresses:
            parts.append(told(self._labels["image_credits.archive"], entry.archive))
        return ", ".join(parts)

    def short_form(self, source: str) -> str:
        """Return the credit of an image of which no more is known than its source."""
        before, after = self._around
        return f"{before}{_link(source, '', str)}{after}" if source else ""

    def _full_form(self, entry: ImageSource, source: str, resolve: Callable[[str], str]) -> str:
        if not (source or entry.license):
            return ""
        is_author = source == entry.author
        address = entry.page or (entry.author_url if is_author else "")
        before, after = self._around
        parts = [f"{before}{_link(source, address, resolve)}{after}"] if source else []
        if entry.author and not is_author:
            by = escape(self._labels["image_credits.by"])
            author = _link(entry.author, entry.author_url, resolve)
            parts.append(by.replace("{author}", author))
        if entry.license:
            parts.append(self._license(entry.license))
        if entry.modified:
            parts.append(escape(self._modified(entry.modified)))
        if entry.archive:
            parts.append(_link(self._labels["image_credits.archive"], entry.archive, resolve))
        return ", ".join(parts)

    def _modified(self, what: str) -> str:
        if what == "yes":
            return self._labels["image_credits.modified"]
        return self._labels["image_credits.modified_how"].replace("{how}", what)


def _separators(separator: str) -> tuple[str, str]:
    """Return what stands behind a caption, and the same behind the end of a sentence."""
    return separator, separator[1:] if separator.startswith(_FULL_STOPS) else separator


def _with_address(text: str, address: str) -> str:
    return f"{text} ({address})" if address and is_safe_url(address) else text


def _without_address(text: str, address: str) -> str:
    return text


def _license_link(text: str) -> str:
    name, url, _ = license_of(text)
    return _link(name, url, str)  # to another site, if anywhere


def _link(text: str, address: str, resolve: Callable[[str], str]) -> str:
    if is_plain_web_address(address):  # as nearly all are: safe, and nothing to resolve
        return f'<a class="anp-link" href="{escape(address)}" rel="noopener">{escape(text)}</a>'
    if not address or not is_safe_url(address):
        runs_left_to_right = text.isascii() and text[:1].isalnum() and text[-1:].isalnum()
        return escape(text) if runs_left_to_right else f"<bdi>{escape(text)}</bdi>"
    href = escape(resolve(address))
    return f'<a class="anp-link" href="{href}" rel="noopener">{escape(text)}</a>'
