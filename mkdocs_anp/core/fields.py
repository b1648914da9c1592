"""The fields of post meta: their types and rules, as declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

FieldType: TypeAlias = Literal[
    "text",
    "markdown",  # text with inline Markdown
    "code",  # text that is an identifier: a reference
    "hexadecimal",  # text of the digits 0 to 9 and a to f: a hash
    "language",  # text that names a programming language
    "duration",  # text such as `6 months`
    "integer",
    "minutes",  # a whole number of minutes
    "number",
    "boolean",
    "date",
    "url",
    "choice",
    "list",
    "mapping",
    "checklist",  # a list of items, or a mapping that holds one
    "any",
]
"""How a field's value is read and shown."""
Show: TypeAlias = Literal["", "glance", "details", "hidden"]
"""Where a field is shown: in the glance line too, in the box only, or nowhere."""

TEXT_TYPES = frozenset({"text", "markdown", "code", "hexadecimal", "language", "duration"})
"""The types of which a value stays as it is written."""
NUMBER_TYPES = frozenset({"integer", "minutes", "number"})


@dataclass(frozen=True, eq=False)  # compared and remembered by identity
class Field:
    """The declaration of one field.

    Attributes:
        type: How the value is read and shown.
        min, max: Bounds of a number, both included; None means unbounded.
        choices: The words a choice may take.
        of: What each item of a list is, or None for items of any kind.
        fields: The known keys of a mapping, in the order of their rows.
        extra: What any further key of a mapping holds; None means that there should be none.
        short: In a list of mappings, the key that an item written as plain text stands for.
        required: Whether a post has to have it.
        unit: What a number counts, such as `ms`.
        label: How it is called; "" for the words of the site's language.
        show: Where it is shown; "" for the place of built-in fields, or the box.
    """

    type: FieldType
    min: float | None = None
    max: float | None = None
    choices: tuple[str, ...] = ()
    of: Field | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    extra: Field | None = None
    short: str = ""
    required: bool = False
    unit: str = ""
    label: str = ""
    show: Show = ""

    @cached_property
    def required_keys(self) -> tuple[str, ...]:
        """The keys that a mapping has to have."""
        return tuple(key for key, inner in self.fields.items() if inner.required)


ANY = Field("any")
TEXT = Field("text")
CODE = Field("code")
LANGUAGE = Field("language")
DATE = Field("date")
URL = Field("url")
FLAG = Field("boolean")
PERCENTAGE = Field("number", min=0, max=100)
PIXELS = Field("integer", min=1)
TEXTS = Field("list", of=TEXT)


def mapping(extra: Field | None = None, short: str = "", **fields: Field) -> Field:
    """Declare a mapping with these known keys."""
    return Field("mapping", fields=fields, extra=extra, short=short)


CHECKLIST_SUBITEM = mapping(short="text", text=TEXT, id=TEXT, note=TEXT)
CHECKLIST_ITEM = mapping(
    short="text", text=TEXT, id=TEXT, note=TEXT, items=Field("list", of=CHECKLIST_SUBITEM)
)

IMAGE_SOURCE = mapping(
    source=TEXT,
    url=URL,
    caption=TEXT,
    alt=TEXT,
    author=TEXT,
    author_url=URL,
    author_type=Field("choice", choices=("person", "organization")),
    page=URL,
    license=TEXT,
    modified=ANY,
    width=PIXELS,
    height=PIXELS,
    archive=URL,
)

BUILT_IN: Mapping[str, Field] = {
    "topic": TEXT,
    "summary": TEXT,
    "ai_outline": mapping(extra=TEXT),
    "ai_brief": TEXT,
    "stack": TEXTS,
    "tools": TEXTS,
    "code_language": LANGUAGE,
    "difficulty": Field("choice", choices=("beginner", "intermediate", "advanced", "expert")),
    "reading_time": Field("minutes", min=1),
    "view_count": Field("integer", min=0),
    "score": mapping(
        extra=PERCENTAGE,
        quality=PERCENTAGE,
        freshness=PERCENTAGE,
        depth=PERCENTAGE,
        clarity=PERCENTAGE,
    ),
    "revision": mapping(
        status=Field("choice", choices=("draft", "reviewed", "published", "deprecated")),
        version=TEXT,
        last_reviewed=DATE,
        review_in=Field("duration"),
    ),
    "reference": CODE,
    "hash": Field("hexadecimal"),
    "flags": mapping(
        extra=FLAG,
        ai_generated_style=FLAG,
        has_images=FLAG,
        image_heavy=FLAG,
        needs_human_review=FLAG,
    ),
    "checklist": Field(
        "checklist",
        of=CHECKLIST_ITEM,
        fields={
            "title": TEXT,
            "mode": Field("choice", choices=("do-confirm", "read-do")),
            "when": TEXT,
            "items": Field("list", of=CHECKLIST_ITEM),
        },
    ),
    "entities": Field("list", of=mapping(short="name", name=TEXT, type=TEXT)),
    "image_sources": Field("list", of=IMAGE_SOURCE),
    "payload": mapping(extra=ANY),
    "notes": TEXTS,
}
"""The 20 built-in fields of post meta, by canonical key."""

FieldValue = Any
"""A value as read: text, int, float, bool, date, list, mapping of these, or None."""


def entry_field(field: Field, key: str) -> Field | None:
    """Return the declaration of a mapping's entry, or None where there should be none."""
    return field.fields.get(key) or field.extra
