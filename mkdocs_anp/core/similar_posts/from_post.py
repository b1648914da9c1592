"""A post as a document: what of its front matter and of its page tells what it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mkdocs_anp.core.fields import FieldValue
from mkdocs_anp.core.keys import canonical_items
from mkdocs_anp.core.post import Post
from mkdocs_anp.core.similar_posts.document import SETS, Document, folded_value
from mkdocs_anp.core.similar_posts.page_text import PageText
from mkdocs_anp.core.text import clean

SIGNALS = (*SETS, "summary", "headings", "code", "links", "date", "path")
"""What a site may tell the engine not to look at, besides single values of `SETS`."""

_PARTS_OF_TOPIC = re.compile(r"\s+/\s+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a post besides its post meta and its text.

    Attributes:
        title: Its title.
        description: Its description in the front matter, "" for none.
        language: Its language.
        day: Its day, None for none.
        tags: Its tags.
        links: Source paths of the pages that it links to, as often as it does.
        may_appear: Whether other pages may name it.
    """

    title: str
    description: str = ""
    language: str = ""
    day: date | None = None
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    may_appear: bool = True


def document_of(
    post: Post, facts: PageFacts, text: PageText, ignored: Collection[str] = ()
) -> Document:
    """Return a post as the engine reads it.

    Args:
        post: The post.
        facts: What else is known of it.
        text: What its page says.
        ignored: Those of `SIGNALS` that are not to be looked at; dates and paths are a matter
            of weights.
    """
    fields = post.fields
    summary = fields.get("summary")
    reference = fields.get("reference")

    def unless_ignored(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
        return () if name in ignored else values

    if not isinstance(summary, str):
        summary = facts.description
    return Document(
        id=post.source,
        language=facts.language,
        date=facts.day,
        title=facts.title,
        summary="" if "summary" in ignored else clean(summary),
        headings=unless_ignored("headings", text.headings),
        body=text.body,
        code="" if "code" in ignored else text.code,
        topic=unless_ignored("topic", parts_of_topic(fields.get("topic"))),
        stack=unless_ignored("stack", _texts(fields.get("stack"))),
        tools=unless_ignored("tools", _texts(fields.get("tools"))),
        entities=unless_ignored("entities", _names(fields.get("entities"))),
        tags=unless_ignored("tags", facts.tags),
        links=unless_ignored("links", facts.links),
        translation=reference if isinstance(reference, str) else "",
        may_appear=facts.may_appear,
    )


def needs_review(fields: Mapping[str, FieldValue]) -> bool:
    """Return whether a post says of itself that a human has yet to read it."""
    flags = fields.get("flags")
    return isinstance(flags, dict) and flags.get("needs_human_review") is True


def is_draft(fields: Mapping[str, FieldValue], meta: Mapping[Any, Any]) -> bool:
    """Return whether a post is not finished: by its revision, or by Material's `draft: true`."""
    revision = fields.get("revision")
    status = revision.get("status") if isinstance(revision, dict) else None
    return status == "draft" or meta.get("draft") is True


def texts_of(meta: Mapping[Any, Any], key: str) -> tuple[str, ...]:
    """Return the texts of a list of the front matter, such as `tags`; one text is a list of one."""
    value = next((value for name, _, value in canonical_items(meta) if name == key), None)
    return _texts(value)


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return _each_once(clean(text) for text in values if isinstance(text, str))


def _names(entities: Any) -> tuple[str, ...]:
    if not isinstance(entities, list):
        return ()
    names = (entity.get("name") for entity in entities if isinstance(entity, dict))
    return _each_once(clean(name) for name in names if isinstance(name, str))


def parts_of_topic(topic: Any) -> tuple[str, ...]:
    """Return the topics of a text such as `background jobs / next.js`."""
    return _each_once(_PARTS_OF_TOPIC.split(clean(topic))) if isinstance(topic, str) else ()


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    once: dict[str, str] = {}
    for text in texts:
        if folded := folded_value(text):
            once.setdefault(folded, text)
    return tuple(once.values())
