"""The JSON Schema of a site's front matter, for editors.

Editors read YAML 1.2, where `yes`, `12:30` and `2018-06-23` are texts, and check with draft-07. The
schema accepts there what `reading` takes without a problem; what no schema can tell (two spellings
of one key, whether a file exists, the range of a number in quotes) it leaves to `reading`.

Keywords for numbers, texts, lists and mappings never disturb each other, so the several forms of a
value mostly stand side by side in one schema: editors explain that better than alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final, TypeAlias, get_args, get_type_hints

from mkdocs_anp.core.expected import expected
from mkdocs_anp.core.fields import ANY, Field, FieldType
from mkdocs_anp.core.fits import MAX_INTEGER
from mkdocs_anp.core.keys import canonical_key, humanize
from mkdocs_anp.core.settings import FEATURES, MAX_TEXT, RANGES, SETTINGS_KEY, Settings
from mkdocs_anp.core.text import clean

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "topic": "What the post is about, in a few words.",
    "summary": "What the post says, in one or two sentences.",
    "ai_outline": "The outline of the post: short texts by heading, in their order.",
    "ai_brief": "What the post says, in one paragraph.",
    "stack": "The technologies that the post is about.",
    "tools": "The tools that a reader needs, or that the post uses.",
    "code_language": "The language of the code in the post, by its name in Pygments.",
    "difficulty": "How much a reader should know already.",
    "reading_time": "How many minutes it takes to read the post.",
    "view_count": "How often the post was viewed.",
    "score": "How good the post is, in numbers from 0 to 100.",
    "score.quality": "How good the post is on the whole.",
    "score.freshness": "How far the post is up to date.",
    "score.depth": "How far the post goes into its topic.",
    "score.clarity": "How easy the post is to follow.",
    "revision": "How far the post is, and when somebody last looked at it.",
    "revision.status": "How far the post is on its way from a draft to being out of date.",
    "revision.version": "The version of the post, or of what it describes.",
    "revision.last_reviewed": "The day when somebody last checked the post.",
    "revision.review_in": "How long a review lasts, such as 6 months.",
    "reference": "A name of the post that no other post of the site has.",
    "hash": "A hash of the text, in hexadecimal digits.",
    "flags": "What is true of the post: true or false by name.",
    "flags.ai_generated_style": "Whether the text reads as if a language model had written it.",
    "flags.has_images": "Whether the post has images.",
    "flags.image_heavy": "Whether the post has many or large images.",
    "flags.needs_human_review": "Whether a person should still check the post.",
    "checklist": "What a reader does or checks, step by step.",
    "checklist.title": "The heading of the checklist.",
    "checklist.mode": "Whether to do the steps and then confirm them, or to read and do them.",
    "checklist.when": "When to go through the checklist.",
    "checklist.items": "The steps of the checklist.",
    "checklist.items.text": "What to do in this step.",
    "checklist.items.id": "A name of the step that stays when its text changes.",
    "checklist.items.note": "A remark on the step.",
    "checklist.items.items": "The steps that it consists of.",
    "checklist.items.items.text": "What to do in this step.",
    "checklist.items.items.id": "A name of the step that stays when its text changes.",
    "checklist.items.items.note": "A remark on the step.",
    "entities": "What the post mentions: products, areas, problems.",
    "entities.name": "What it is called.",
    "entities.type": "What kind of thing it is, such as stack, area or problem.",
    "image_sources": "Where the images of the post come from.",
    "image_sources.source": "Who offers the image, such as unsplash.",
    "image_sources.url": "The address of the image.",
    "image_sources.caption": "The caption of the image.",
    "image_sources.alt": "What can be seen, for those who do not see the image.",
    "image_sources.author": "Who made the image.",
    "image_sources.author_url": "The address of its author's page.",
    "image_sources.author_type": "Whether its author is a person, which is assumed, or not.",
    "image_sources.page": "The address of the page that shows and describes the image.",
    "image_sources.license": "The licence of the image, such as CC BY 4.0.",
    "image_sources.modified": "Whether, or how, the image was changed.",
    "image_sources.width": "The width of the image in pixels.",
    "image_sources.height": "The height of the image in pixels.",
    "image_sources.archive": "The address of an archived copy.",
    "payload": "Anything a program keeps with the post, to any depth.",
    "notes": "Remarks on the post.",
}
"""What each built-in field holds, by its path without list indexes."""

_TEXT: Schema = {"type": ["string", "null"]}
_FLAG: Schema = {"type": ["boolean", "null"]}
_TEXTS: Schema = {"type": ["array", "string", "null"], "items": _TEXT}
_LIST: Schema = {"type": ["array", "null"]}
_TITLE: Schema = {"type": ["string", "number", "boolean", "null"]}
_DAY: Schema = {"type": ["string", "object", "null"]}

PAGE_KEYS: Final[Mapping[str, tuple[str, Schema]]] = {
    "title": ("The title of the page, in the navigation, the browser and search engines.", _TITLE),
    "date": ("The day of the page.", _DAY),
    "description": ("What search engines and link previews show of the page.", _TEXT),
    "tags": ("The tags of the page, as a list.", _LIST),
    "authors": ("Who wrote the page.", {"type": ["array", "string", "object", "null"]}),
    "categories": ("The categories of a post of Material's blog.", _LIST),
    "icon": ("The icon of the page, such as material/star.", _TEXT),
    "status": ("The status that the navigation shows, such as new or deprecated.", _TEXT),
    "template": ("The template of the theme that makes the page.", _TEXT),
    "hide": (
        "What Material hides on the page.",
        {**_TEXTS, "examples": [["navigation"], ["toc"], ["navigation", "toc"]]},
    ),
    "search": (
        "How the search treats the page.",
        {
            "type": ["object", "null"],
            "properties": {
                "exclude": {**_FLAG, "description": "Whether the search leaves the page out."},
                "boost": {
                    "type": ["number", "null"],
                    "description": "How far the page ranks higher (above 1) or lower (below 1).",
                },
            },
        },
    ),
    "subtitle": ("The line below the title in Material's navigation.", _TEXT),
    "comments": ("Whether the page has comments, where the theme has them.", _FLAG),
    "draft": ("Whether the page is a draft of Material's blog.", _FLAG),
    "slug": ("The last part of the address of a post of Material's blog.", _TEXT),
}
"""The keys that MkDocs, Material and its plugins read: what each is, and a loose schema."""

# Between two words of a key: a gap, or where lower case turns into upper case (see `keys`).
_GAP = r"(?:[\s_-]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]))"
_SYNTAX = re.compile(r"[\^$\\.*+?()\[\]{}|/]")

# The same ways as those of `reading`, which a schema cannot call.
_DAY_OF_MONTH = (
    "(?:(?:0?[13578]|1[02])-(?:0?[1-9]|[12][0-9]|3[01])"
    "|(?:0?[469]|11)-(?:0?[1-9]|[12][0-9]|30)|0?2-(?:0?[1-9]|[12][0-9]))"
)
_TIME = (
    r"[Tt ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:[Zz]|UTC|[+-][0-9]{1,2}(?::?[0-9]{2})?)?"
)
_URL_CHARACTERS = r'\x00-\x20\x7f-\xa0\\<>"`{}|^\u2028\u2029\ufffd'


_SCHEMES = "[Hh][Tt][Tt][Pp][Ss]?|[Mm][Aa][Ii][Ll][Tt][Oo]"
_FLAG_WORDS = "|".join(
    f"{word}|{word.capitalize()}|{word.upper()}"
    for word in ("true", "false", "yes", "no", "on", "off")
)


def _or_blank(pattern: str) -> str:
    """Return a pattern of a text as a whole: blank, or this with space around it."""
    return rf"^\s*(?:{pattern})?\s*$"


_NUMBER_BOUNDS: Schema = {"minimum": 1 - MAX_INTEGER, "maximum": MAX_INTEGER - 1}
_INTEGER: Schema = {
    "type": ["integer", "string", "null"],
    **_NUMBER_BOUNDS,
    "pattern": _or_blank("[+-]?[0-9]{1,18}"),
}
_SCALARS: Mapping[FieldType, Schema] = {
    "text": _TEXT,
    "markdown": _TEXT,
    "code": _TEXT,
    "language": _TEXT,
    "hexadecimal": {**_TEXT, "pattern": _or_blank("[0-9a-fA-F]+")},
    "duration": {
        **_TEXT,
        "pattern": _or_blank("[1-9][0-9]{0,4} (?:day|week|month|year)s?"),
        "examples": ["6 months"],
    },
    "integer": _INTEGER,
    "minutes": _INTEGER,
    "number": {
        "type": ["number", "string", "null"],
        **_NUMBER_BOUNDS,
        "pattern": _or_blank(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?"),
    },
    "boolean": {
        "type": ["boolean", "integer", "string", "null"],
        "minimum": 0,
        "maximum": 1,
        "pattern": _or_blank(f"{_FLAG_WORDS}|[01]"),
    },
    "date": {
        **_TEXT,
        "pattern": _or_blank(f"(?!0000)[0-9]{{4}}-{_DAY_OF_MONTH}(?:{_TIME})?"),
    },
    "url": {
        **_TEXT,
        "pattern": _or_blank(
            f"(?:{_SCHEMES}):[^{_URL_CHARACTERS}]*"
            f"|[^:/?#{_URL_CHARACTERS}]*(?:[/?#][^{_URL_CHARACTERS}]*)?"
        ),
    },
}
_ERRORS: Mapping[FieldType, str] = {
    "hexadecimal": "Write only the digits 0 to 9 and the letters a to f.",
    "duration": "Write a number and days, weeks, months or years, such as 6 months.",
    "integer": "Write a whole number.",
    "minutes": "Write a whole number of minutes.",
    "number": "Write a number.",
    "boolean": "Write true or false.",
    "date": "Write a day of the calendar, such as 2018-06-23.",
    "url": "Write an address that begins with https://, http:// or mailto:, or a relative path.",
}
"""What editors say instead of the pattern that a text does not match."""


def front_matter_schema(top: Field, meta_key: str, site_name: str = "") -> Schema:
    """Return the JSON Schema (draft-07) of the front matter of a site.

    Args:
        top: The declared fields, as one mapping.
        meta_key: The key of the mapping that holds the fields; "" means the top level.
        site_name: The name of the site, for the title of the schema.
    """
    builder = _Builder()
    own = {key: {"description": text, **loose} for key, (text, loose) in PAGE_KEYS.items()}
    own[SETTINGS_KEY] = _settings_schema()
    patterns: dict[str, Schema] = {}
    rules: Schema = {}
    if meta_key:
        key = canonical_key(meta_key)
        own[key] = builder.define(key, _post_meta(builder, top))
        patterns = _patterns({key: own[key]})
    else:
        members = builder.members(top, "")
        own.update(members["properties"])
        patterns = members["patternProperties"]
        rules = _only_of_posts(top, members.get("allOf", []))
    return {
        "$schema": DRAFT,
        "title": f"Front matter of {site_name}" if site_name else "Front matter",
        "description": "What may stand between the two --- at the top of a page.",
        "type": ["object", "null"],
        "properties": own,
        "patternProperties": patterns,
        **rules,
        "definitions": dict(sorted(builder.definitions.items())),
    }


def _post_meta(builder: _Builder, top: Field) -> Schema:
    return {
        "title": "Post meta",
        "description": "The fields of this post.",
        "type": ["object", "null"],
        **builder.members(top, ""),
    }


def _only_of_posts(top: Field, required: list[Schema]) -> Schema:
    """Return what a page must have if it has any of the fields, which makes it a post."""
    if not required:
        return {}
    none_of_them = {"not": {"pattern": _one_of_the_keys(top.fields)}}
    return {"if": {"propertyNames": none_of_them}, "else": {"allOf": required}}


class _Builder:
    """Builds the schemas of fields; each stands once, under `definitions`."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def define(self, path: str, schema: Schema) -> Schema:
        """Keep a schema under a name made from a path, and return a reference to it."""
        # Only characters that mean the same in a JSON pointer and in an address.
        name = wanted = re.sub(r"[^A-Za-z0-9_.-]", "-", path) or "-"
        number = 1
        while name in self.definitions:
            number += 1
            name = f"{wanted}-{number}"
        self.definitions[name] = schema
        return {"$ref": f"#/definitions/{name}"}

    def field(self, field: Field, key: str, path: str, *, required: bool = False) -> Schema:
        """Return a reference to the schema of a field."""
        about = {"title": field.label or humanize(key), "description": _description(field, path)}
        schema = self._schema(field, path)
        return self.define(path, {**about, **(_filled(schema) if required else schema)})

    def members(self, mapping: Field, path: str) -> Schema:
        """Return the keywords about the entries of a mapping."""
        prefix = f"{path}." if path else ""
        known = {
            key: self.field(inner, key, prefix + key, required=inner.required)
            for key, inner in mapping.fields.items()
        }
        members: Schema = {"properties": known, "patternProperties": _patterns(known)}
        if mapping.extra is None:
            members["additionalProperties"] = False
        elif mapping.extra.type != "any":
            members["additionalProperties"] = self.define(
                f"{prefix}other", self._schema(mapping.extra, f"{prefix}other")
            )
        if mapping.required_keys:
            members["allOf"] = [_required(key) for key in mapping.required_keys]
        return members

    def _schema(self, field: Field, path: str) -> Schema:
        """Return the schema of a field, without words about it."""
        if field.type == "any":
            return {}
        if field.type == "list":
            return self._list(field.of or ANY, path)
        if field.type == "mapping":
            return _mapping(self.members(field, path))
        if field.type == "checklist":
            return self._checklist(field, path)
        return _scalar(field)

    def _list(self, of: Field, path: str) -> Schema:
        item = self._schema(of, path)
        if of.short:
            item = {**item, "type": [*item["type"], "string"]}
        items = self.define(f"{path}.items", item) if "properties" in item else item
        return _list(items, _single(of, item))

    def _checklist(self, field: Field, path: str) -> Schema:
        # An item is described in the same words wherever it stands.
        listed = self._list(field.of or ANY, f"{path}.items")
        members = self.members(field, path)
        return {"type": ["array", "object", "null"], **members, "items": listed["items"]}


def _mapping(members: Schema) -> Schema:
    """Return the schema of a mapping, which may be written as a list of one-key mappings."""
    entry = {key: value for key, value in members.items() if key != "allOf"}
    pair = {"type": "object", "minProperties": 1, "maxProperties": 1, **entry}
    return {"type": ["object", "array", "null"], **members, "items": pair}


def _list(items: Schema, single: Schema) -> Schema:
    """Return the schema of a list, or of a single value that means a list of one."""
    if "anyOf" in single:
        return {"anyOf": [{"type": "array", "items": items}, *single["anyOf"]]}
    return {**single, "type": ["array", *single["type"]], "items": items}


def _single(of: Field, item: Schema) -> Schema:
    """Return the schema of an item that stands alone in place of the list."""
    if not item:
        return {"type": ["string", "number", "boolean", "null"]}
    if "anyOf" in item:
        return {"anyOf": [form for form in item["anyOf"] if form.get("type") != "array"]}
    lists = {"array"} if of.type == "mapping" else {"array", "object"}
    return {**item, "type": [kind for kind in item["type"] if kind not in lists]}


def _scalar(field: Field) -> Schema:
    if field.type == "choice":
        return _choice(field.choices)
    schema = dict(_SCALARS[field.type])
    if field.type in _ERRORS:
        schema["patternErrorMessage"] = _ERRORS[field.type]
    if field.min is not None:
        schema["minimum"] = field.min
    if field.max is not None:
        schema["maximum"] = field.max
    return schema


def _choice(choices: tuple[str, ...]) -> Schema:
    """Return the schema of a choice: its words for completion, and any spelling of them."""
    spellings = "|".join(_spelling(canonical_key(choice)) for choice in choices)
    words: list[Any] = [*choices, *filter(None, map(_as_number, choices))]
    other: Schema = {**_TEXT, "pattern": _or_blank(spellings)}
    other["patternErrorMessage"] = f"Write one of: {', '.join(choices)}."
    return {"anyOf": [{"enum": words}, other]}


def _as_number(word: str) -> float | None:
    """Return what YAML makes of a choice such as 3.10 without quotes, if it is a number."""
    if re.fullmatch(r"[0-9]{1,15}", word):
        return int(word)
    return float(word) if re.fullmatch(r"[0-9]{1,15}\.[0-9]{1,15}", word) else None


def _filled(schema: Schema) -> Schema:
    """Return a schema that takes no null and nothing empty, for a required field."""
    if "type" not in schema:
        return {**schema, "not": {"enum": [None, ""]}}
    kinds = [kind for kind in schema["type"] if kind != "null"]
    return {**schema, "type": kinds, "minLength": 1, "minItems": 1, "minProperties": 1}


def _required(key: str) -> Schema:
    """Return the rule that a key is there, in whatever spelling.

    Where no other spelling of it is there, the canonical one has to be: so the editor says
    `Missing property` and its name.
    """
    other = _other_spelling(key)
    if not other:
        return {"required": [key]}
    return {"if": {"propertyNames": {"not": {"pattern": other}}}, "then": {"required": [key]}}


def _description(field: Field, path: str) -> str:
    """Return what a field holds, in a sentence."""
    words = expected(field)
    text = DESCRIPTIONS.get(path) or f"{words[:1].upper()}{words[1:]}."
    return f"{text} Unit: {clean(field.unit)}." if field.unit else text


# Spellings of keys


def _patterns(known: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the schemas of known keys by what matches their other spellings."""
    patterns = {_other_spelling(key): schema for key, schema in known.items()}
    patterns.pop("", None)
    return patterns


def _other_spelling(key: str) -> str:
    """Return a pattern of all spellings of a canonical key but itself, "" if there is none."""
    spelling = _spelling(key)
    itself = _literal(key)
    return "" if spelling == itself else rf"^(?!{itself}$)[\s_-]*{spelling}[\s_-]*$"


def _one_of_the_keys(keys: Iterable[str]) -> str:
    return rf"^[\s_-]*(?:{'|'.join(map(_spelling, keys))})[\s_-]*$"


def _spelling(key: str) -> str:
    """Return a pattern of the spellings of a canonical key, gaps around it left out."""
    words = [word for word in key.split("_") if word]
    return _GAP.join(map(_word, words)) if words else _literal(key)


def _word(word: str) -> str:
    """Return a pattern of a word in those cases in which it remains one word."""
    forms = dict.fromkeys((word, word.capitalize(), word.upper()))
    same = [form for form in forms if form == word or canonical_key(form) == word]
    return f"(?:{'|'.join(map(_literal, same))})" if len(same) > 1 else _literal(word)


def _literal(text: str) -> str:
    """Return a pattern of a text; `re.escape` escapes more than JavaScript allows."""
    return _SYNTAX.sub(r"\\\g<0>", text)


# The page's own settings


def _settings_schema() -> Schema:
    known: dict[str, Schema] = {key: {"type": ["boolean", "object", "null"]} for key in FEATURES}
    for feature in fields(Settings):
        known[feature.name] = _feature_schema(feature.name, type(feature.default))
    return {
        "description": "This page's own settings, by feature; false switches all features off.",
        "type": ["object", "boolean", "null"],
        "properties": {
            key: {"title": humanize(key), "description": _SETTINGS_OF.format(key), **schema}
            for key, schema in known.items()
        },
        "patternProperties": _patterns(known),
        "additionalProperties": False,
    }


_SETTINGS_OF = "This page's settings of {}; false switches it off."
_ABOUT = {
    "meta_box.enabled": "Whether the page has a meta box.",
    "meta_box.position": "Where the meta box stands.",
    "meta_box.title": "The heading of the meta box.",
    "meta_box.glance": "Whether the glance line stands under the title.",
    "meta_box.reading_time": "With auto, a missing reading time is computed from the words.",
    "checklist.enabled": "Whether the page has a checklist.",
    "checklist.position": "Where the checklist stands.",
    "checklist.title": "The heading of the checklist.",
    "checklist.task_lists": "Whether lists of tasks in the Markdown can be ticked, too.",
    "checklist.share": "Whether readers can copy a link with their ticks.",
    "image_credits.enabled": "Whether the images of the page get captions and credits.",
    "image_credits.position": "Where the list of credits stands.",
    "image_credits.title": "The heading of the list of credits.",
    "image_credits.figures": "With auto, an image that stands alone becomes a figure.",
    "image_credits.page_list": "Which credits the list has; auto: those that no figure shows.",
    "structured_data.enabled": "Whether the page has data for search engines.",
    "similar_posts.enabled": "Whether the page has a section of similar posts.",
    "similar_posts.position": "Where the section stands.",
    "similar_posts.title": "The heading of the section.",
    "similar_posts.look": "A list, or cards side by side.",
    "similar_posts.limit": "How many posts the section names at most.",
    "similar_posts.min_score": "What score a post needs to be named.",
    "similar_posts.newer": "Whether posts newer than this page may be named.",
    "similar_posts.unreviewed": "Whether posts that need human review may be named.",
    "similar_posts.reasons": "Whether the section says why each post is there.",
    "similar_posts.appear": "Whether other pages may name this page.",
    "similar_posts.pin": "Paths of pages that come first, relative to this page.",
    "similar_posts.exclude": "Paths of pages that this page never names.",
}


def _setting_schema(name: str, default: Any) -> Schema:
    """Return the schema of a setting with this default."""
    if isinstance(default, tuple):
        texts: Schema = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, texts]}
    if name in RANGES:
        least, most = RANGES[name]
        kind = "integer" if isinstance(default, int) else "number"
        return {"type": kind, "minimum": least, "maximum": most}
    if isinstance(default, bool):
        return {"type": "boolean"}
    return {"type": "string", "maxLength": MAX_TEXT}


def _feature_schema(feature: str, settings: type[Any]) -> Schema:
    known: dict[str, Schema] = {}
    hints = get_type_hints(settings)
    for setting in fields(settings):
        default = setting.default
        about: Schema = {"default": list(default) if isinstance(default, tuple) else default}
        if description := _ABOUT.get(f"{feature}.{setting.name}"):
            about["description"] = description
        choices = () if isinstance(default, tuple) else get_args(hints[setting.name])
        if choices:
            # Editors, too, read `off` as false.
            words = [*choices, False] if "off" in choices else [*choices]
            known[setting.name] = {**about, "enum": words}
        else:
            known[setting.name] = {**about, **_setting_schema(setting.name, default)}
    return {
        "type": ["object", "boolean", "null"],
        "properties": known,
        "patternProperties": _patterns(known),
        "additionalProperties": False,
    }
