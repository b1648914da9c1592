"""What a section shows in the end: pins first, then what is similar, and never nothing.

Pure rules on ids; the scores come from the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Literal, TypeAlias

from mkdocs_anp.core.similar_posts.document import Document, Similar, folded_value

Origin: TypeAlias = Literal["pin", "similar", "topic", "section", "newest"]


@dataclass(frozen=True, slots=True)
class Page:
    """What the rules need to know of a page.

    Attributes:
        id: Its id.
        place: Its path.
        language: Its language.
        date: Its day.
        topics: Its topics, folded.
        section: What it is filed under.
        translation: What all translations of one page share, "" for none.
        may_appear: Whether other pages may name it.
        needs_review: Whether a human has yet to read it.
        is_post: Whether it is named without a pin, too; pages that are no posts are not.
    """

    id: str
    place: str = ""
    language: str = ""
    date: date | None = None
    topics: tuple[str, ...] = ()
    section: str = ""
    translation: str = ""
    may_appear: bool = True
    needs_review: bool = False
    is_post: bool = True

    @classmethod
    def of(cls, document: Document, *, needs_review: bool = False) -> Page:
        """Return what the rules need to know of a document."""
        return cls(
            document.id,
            document.place,
            document.language,
            document.date,
            tuple(map(folded_value, document.topic)),
            document.section or document.place.rpartition("/")[0],
            document.translation,
            document.may_appear,
            needs_review,
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site or a page says about its section.

    Attributes:
        limit: How many posts the section has at most, pins included.
        min_score: What score a similar post needs; pins need none.
        newer: Whether posts newer than the page may be named; pins may.
        unreviewed: Whether posts that need human review may be named.
        pin: Ids that come first, in this order.
        exclude: Ids that this page never names.
    """

    limit: int = 5
    min_score: float = 0.0
    newer: bool = True
    unreviewed: bool = True
    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A post that a section names.

    Attributes:
        id: Its id.
        origin: Why it is there: pinned, similar, or only of the same topic or section, or new.
        score: Its score; 0 unless it is similar as well.
    """

    id: str
    origin: Origin
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class UselessPin:
    """A pin that cannot be followed.

    Attributes:
        page: The page that has it.
        pin: The id it names.
        reason: `missing`: there is no such page; `itself`; `hidden`: it may not appear;
            `excluded`: the page excludes it, too; `translation`: it is the page in another
            language; `beyond`: the section is full before.
    """

    page: str
    pin: str
    reason: Literal["missing", "itself", "hidden", "excluded", "translation", "beyond"]


class Chooser:
    """Applies the rules to all pages of a site."""

    def __init__(self, pages: Iterable[Page]) -> None:
        """Put the pages in order for the fallback: by topic, by section, newest first."""
        self._pages = {page.id: page for page in pages}
        newest = sorted(self._pages.values(), key=_newest_first)
        self._newest: defaultdict[str, list[Page]] = defaultdict(list)
        self._topics: defaultdict[tuple[str, str], list[Page]] = defaultdict(list)
        self._sections: defaultdict[tuple[str, str], list[Page]] = defaultdict(list)
        for page in newest:
            if page.may_appear and page.is_post:
                self._newest[page.language].append(page)
                self._sections[page.language, page.section].append(page)
                for topic in dict.fromkeys(page.topics):
                    self._topics[page.language, topic].append(page)

    def page(self, id_: str) -> Page:
        """Return what is known of a page.

        Raises:
            KeyError: There is no such page.
        """
        return self._pages[id_]

    def choose(self, id_: str, similar: Sequence[Similar], rules: Rules) -> tuple[Choice, ...]:
        """Return what the section of a page names: empty only if no other page may appear.

        Args:
            id_: The page.
            similar: The pages similar to it, the best first.
            rules: The rules for this page.

        Raises:
            KeyError: There is no such page.
        """
        page = self._pages[id_]
        scores = {found.id: found.score for found in reversed(similar)}
        pins = [
            pin for pin in dict.fromkeys(rules.pin) if self._pin_problem(page, pin, rules) is None
        ]
        chosen = [Choice(pin, "pin", scores.get(pin, 0.0)) for pin in pins]
        taken = set(pins)
        allowed = (
            Choice(id_, "similar", score)
            for id_, score in _each_once(similar)
            if id_ not in taken and score >= rules.min_score and self._may_name(page, id_, rules)
        )
        chosen += islice(allowed, max(0, rules.limit - len(chosen)))
        return tuple(chosen[: rules.limit]) or tuple(self._fallback(page, rules))

    def useless_pins(self, id_: str, rules: Rules) -> tuple[UselessPin, ...]:
        """Return the pins of a page that cannot be followed, each once, with the reason."""
        page = self._pages[id_]
        found = []
        followed = 0
        for pin in dict.fromkeys(rules.pin):
            problem = self._pin_problem(page, pin, rules)
            followed += problem is None
            if problem is None and followed > rules.limit:
                problem = UselessPin(id_, pin, "beyond")
            if problem is not None:
                found.append(problem)
        return tuple(found)

    def _pin_problem(self, page: Page, pin: str, rules: Rules) -> UselessPin | None:
        other = self._pages.get(pin)
        if other is None:
            return UselessPin(page.id, pin, "missing")
        if pin == page.id:
            return UselessPin(page.id, pin, "itself")
        if not other.may_appear:
            return UselessPin(page.id, pin, "hidden")
        if pin in rules.exclude:
            return UselessPin(page.id, pin, "excluded")
        if _are_translations(page, other):
            return UselessPin(page.id, pin, "translation")
        return None

    def _may_name(self, page: Page, id_: str, rules: Rules) -> bool:
        """Return whether a page may name another without a pin."""
        other = self._pages.get(id_)
        return (
            other is not None
            and other.id != page.id
            and other.may_appear
            and other.is_post
            and other.language == page.language
            and other.id not in rules.exclude
            and not _are_translations(page, other)
            and (rules.unreviewed or not other.needs_review)
            and (rules.newer or not _is_newer(other, page))
        )

    def _fallback(self, page: Page, rules: Rules) -> Iterator[Choice]:
        """Yield posts of the same topic, then of the same section, then the newest ones."""
        groups: list[tuple[Origin, list[Page]]] = [
            ("topic", self._topics.get((page.language, topic), [])) for topic in page.topics
        ]
        groups.append(("section", self._sections.get((page.language, page.section), [])))
        groups.append(("newest", self._newest.get(page.language, [])))
        found: Mapping[str, Origin] = {}
        everything = chain.from_iterable(
            ((other.id, origin) for other in group) for origin, group in groups
        )
        allowed = ((i, origin) for i, origin in everything if self._may_name(page, i, rules))
        found = _first_different(allowed, rules.limit)
        return (Choice(i, origin) for i, origin in found.items())


def _each_once(similar: Sequence[Similar]) -> Iterable[tuple[str, float]]:
    """Return each id once, where it stands first, with its score."""
    once: dict[str, float] = {}
    for found in similar:
        once.setdefault(found.id, found.score)
    return once.items()


def _first_different(pairs: Iterable[tuple[str, Origin]], limit: int) -> dict[str, Origin]:
    """Return the first ids, each with its first origin."""
    found: dict[str, Origin] = {}

    def new() -> Iterator[tuple[str, Origin]]:
        for id_, origin in pairs:
            if id_ not in found:
                yield id_, origin

    for id_, origin in islice(new(), limit):
        found[id_] = origin
    return found


def _newest_first(page: Page) -> tuple[int, str, str]:
    return (-page.date.toordinal() if page.date else 0, page.place, page.id)


def _are_translations(page: Page, other: Page) -> bool:
    return bool(page.translation) and page.translation == other.translation


def _is_newer(page: Page, other: Page) -> bool:
    return page.date is not None and other.date is not None and page.date > other.date
