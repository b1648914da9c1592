"""A post: one page's post meta, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from mkdocs_anp.core.fields import BUILT_IN, Field, FieldValue
from mkdocs_anp.core.fits import fits
from mkdocs_anp.core.keys import Path, canonical_items, canonical_key, key_text
from mkdocs_anp.core.page_keys import KNOWN
from mkdocs_anp.core.problems import excerpt
from mkdocs_anp.core.reading import SURE, Reader
from mkdocs_anp.core.settings import SETTINGS_KEY, Settings, read_settings
from mkdocs_anp.core.suggest import suggestion


class Post(NamedTuple):
    """A page with post meta.

    Attributes:
        source: Path of the source file relative to the docs directory, with `/`.
        fields: The values by canonical key; what has no value is absent. Texts are as the
            author wrote them: escape them wherever they are printed.
        settings: This page's settings of the features.
    """

    source: str
    fields: Mapping[str, FieldValue]
    settings: Settings

    def with_field(self, key: str, value: FieldValue) -> Post:
        """Return the post with one more field."""
        return self._replace(fields={**self.fields, key: value})


class PostRules(NamedTuple):
    """What a site says about its posts.

    Attributes:
        meta_key: The key of the mapping that holds the fields; "" means the top level.
        is_post: Tells from a source path whether the page is a post; None means that the
            meta tells.
        settings: The site's settings of the features.
        top: The declared fields, as one mapping.
        section_headings: The headings below which a page may have its checklist itself, in
            small letters.
    """

    meta_key: str = "post_meta"
    is_post: Callable[[str], bool] | None = None
    settings: Settings = Settings()
    top: Field = Field("mapping", fields=BUILT_IN)
    section_headings: tuple[str, ...] = ("implementation checklist", "checklist")


def read_post(
    reader: Reader, source: str, meta: Mapping[str, Any], rules: PostRules
) -> Post | None:
    """Return the post that a page is, or None if it is none.

    Args:
        reader: Reads the values, and takes what is wrong with them.
        source: Path of the page's source file relative to the docs directory.
        meta: The page's front matter as parsed, defaults of other plugins merged in.
        rules: The site's rules.
    """
    if rules.is_post is not None and not rules.is_post(source):
        return None
    fields = _read_fields(meta, rules, reader)
    settings = meta.get(SETTINGS_KEY)
    if fields is None:
        if rules.is_post is None:
            return None
        reader.report_missing(rules.top, (), (rules.meta_key,) if rules.meta_key else ())
    return Post(source, fields or {}, read_settings(rules.settings, settings, reader))


def _read_fields(
    meta: Mapping[str, Any], rules: PostRules, reader: Reader
) -> Mapping[str, FieldValue] | None:
    """Return the fields of a page, or None where it has no post meta."""
    if not rules.meta_key:
        known = {
            raw: value
            for key, raw, value in canonical_items(meta)
            if key in rules.top.fields  # the rest of the top level is for others
        }
        _report_misspelt(meta, rules, reader)
        return reader.read_fields(rules.top, known, ()) if known else None
    key = _key_as_written(meta, rules.meta_key, reader)
    value = meta.get(key)
    if value is None:
        _report_fields_elsewhere(meta, key, rules, reader)
        return None
    path: Path = (key,)
    if not isinstance(value, dict):
        reader.report(
            "wrong-type",
            path,
            f"{excerpt(value)} is not a mapping of fields",
            "write the fields on the lines below it, indented by two spaces",
        )
        return None
    return reader.read_fields(rules.top, value, path)


def _report_misspelt(meta: Mapping[str, Any], rules: PostRules, reader: Reader) -> None:
    """Report keys at the top that are nearly those of fields; the others are not our concern."""
    present = {name for name, _, _ in canonical_items(meta)}
    for name, raw, value in canonical_items(meta):
        if name in rules.top.fields or name in KNOWN or len(name) < SURE:
            continue
        others = (k for k in rules.top.fields if k not in present)
        meant = suggestion(name, others)
        if meant and fits(rules.top.fields[meant], value):
            reader.report_misspelt(rules.top, name, meant, value, (raw,))


def _report_fields_elsewhere(
    meta: Mapping[str, Any], key: str, rules: PostRules, reader: Reader
) -> None:
    """Report fields that stand where nobody looks: not indented, or below a misspelt key."""
    if key in meta:
        fields = [
            raw
            for name, raw, _ in canonical_items(meta)
            if name in rules.top.fields and name not in KNOWN
        ]
        if fields:
            reader.report(
                "not-indented",
                (fields[0],),
                f"the fields of {excerpt(key)} are not set in, so that it has none",
                f"put two spaces before each of them: {', '.join(map(key_text, fields))}",
                target="key",
            )
        return
    for name, raw, value in canonical_items(meta):
        known = isinstance(value, dict) and any(
            inner in rules.top.fields for inner, _, _ in canonical_items(value)
        )
        if known and suggestion(name, [canonical_key(rules.meta_key)]):
            message = f"{excerpt(raw)} is no mapping of fields that is looked at"
            help_text = f"rename it to {rules.meta_key}"
            reader.report("unknown-field", (raw,), message, help_text, target="key")


def _key_as_written(meta: Mapping[str, Any], key: str, reader: Reader) -> str:
    """Return the spelling of the meta key on this page."""
    wanted = canonical_key(key)
    spellings = [raw for name, raw, _ in canonical_items(meta) if name == wanted]
    if len(spellings) > 1:
        reader.report_two_spellings(spellings[0], (spellings[1],))
    return spellings[0] if spellings else key
