"""What the engine knows of a page, and what it says of two pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

SETS = ("topic", "stack", "tools", "entities", "tags")
"""The fields of a document that are sets of values, in the order of the reasons."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as the engine reads it. Only `id` is needed; texts are plain, without markup.

    Attributes:
        id: Its name, unique; links and pins use it. For MkDocs the path of the source file.
        path: Its path with `/`, for ties and for what is near; "" means the id.
        language: Its language; pages are compared within a language only.
        date: The day of the post, None for none.
        title, summary: As shown.
        headings: The headings of the body.
        body: The text without code.
        code: The text of code blocks.
        topic, stack, tools, entities, tags: Sets of values; case does not matter.
        section: What it is filed under, for the fallback; "" means its folder.
        links: Ids of the pages its body links to, as often as it does.
        translation: What all translations of one page share, "" for none.
        may_appear: Whether other pages may name it: false for drafts, posts of the future and
            pages that are excluded. Its own section and its part in the statistics stay.
    """

    id: str
    path: str = ""
    language: str = ""
    date: date | None = None
    title: str = ""
    summary: str = ""
    headings: tuple[str, ...] = ()
    body: str = ""
    code: str = ""
    topic: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""
    links: tuple[str, ...] = ()
    translation: str = ""
    may_appear: bool = True

    @property
    def place(self) -> str:
        """Its path, or its id where it has none."""
        return self.path or self.id

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of one of the sets in `SETS`, folded, each once, in order."""
        folded = map(folded_value, getattr(self, name))
        return tuple(dict.fromkeys(value for value in folded if value))

    def without(self, ignored: Collection[tuple[str, str]]) -> Document:
        """Return the document without some values of its sets: `(set, value)`, folded."""
        if not ignored:
            return self

        def kept(name: str) -> tuple[str, ...]:
            values: tuple[str, ...] = getattr(self, name)
            return tuple(value for value in values if (name, folded_value(value)) not in ignored)

        return replace(
            self,
            topic=kept("topic"),
            stack=kept("stack"),
            tools=kept("tools"),
            entities=kept("entities"),
            tags=kept("tags"),
        )


def folded_value(value: str) -> str:
    """Return a value as it is compared: without regard to case and spaces."""
    return " ".join(value.casefold().split())


@dataclass(frozen=True, slots=True)
class Similar:
    """A page that another page may name.

    Attributes:
        id: Its id.
        score: How similar it is: 0 for nothing in common, about 1 for a copy.
        parts: What each channel adds to the score; they sum up to it, but for rounding.
    """

    id: str
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InCommon:
    """What two pages have in common, strongest first: only what really added to the score.

    Attributes:
        terms, values, links_to, linked_from, co_cited: As of `Evidence`.
    """

    terms: tuple[tuple[str, float], ...] = ()
    values: tuple[tuple[str, str, float], ...] = ()
    links_to: bool = False
    linked_from: bool = False
    co_cited: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two pages are similar, strongest first: only what really added to the score.

    Attributes:
        score: The score of the second page in the list of the first.
        parts: What each channel adds to it.
        terms: Shared words, each with its share of the score.
        values: Shared values of sets, as (set, value, share of the score).
        links_to, linked_from: Whether the first page links to the second, and the other way.
        co_cited: Whether pages link to both of them.
    """

    score: float
    parts: Mapping[str, float]
    terms: tuple[tuple[str, float], ...] = ()
    values: tuple[tuple[str, str, float], ...] = ()
    links_to: bool = False
    linked_from: bool = False
    co_cited: bool = False
