"""Values of front matter read against the declarations of fields.

Nothing is lost: a value that does not fit gives a problem and stays, as text or as the
structure that it is. A value that fits is handed on as the very object that was parsed,
so that 20,000 posts do not keep their meta twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from mkdocs_anp.core.fields import ANY, Field, FieldType, FieldValue
from mkdocs_anp.core.fits import LONG, MAX_INTEGER, fits
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.keys import Path, canonical_items, canonical_key, dotted, key_text
from mkdocs_anp.core.links import is_safe_url
from mkdocs_anp.core.problems import Problem, excerpt, printable
from mkdocs_anp.core.text import clean, scalar_text

MAX_DEPTH = 12
MAX_VALUES = 10_000
"""How many values one page may show; aliases make more from a few lines."""
MAX_TEXT = 20_000
"""How many characters of one value are shown."""
MAX_PAGE_TEXT = 500_000
"""How many characters all long values of a page may have together."""

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_ISO_DATE = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[Tt ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[Zz]|UTC|[+-]\d{1,2}(?::?\d{2})?)?)?$"
)
_INTEGER = re.compile(r"[+-]?\d{1,18}$")
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?$")


class Reader:
    """Reads the fields of one page and collects what is wrong with them."""

    def __init__(self, source: str, front_matter: FrontMatter) -> None:
        """Take the path of the page's source, for the messages, and the text behind its meta."""
        self.problems: list[Problem] = []
        self._source = source
        self._front_matter = front_matter
        self._values_left = MAX_VALUES
        self._text_left = MAX_PAGE_TEXT
        self._said_too_many = False
        self._open: set[int] = set()

    def read(self, field: Field, value: Any, path: Path) -> FieldValue:
        """Return a value as its field's type, or in the nearest form that can be shown.

        Args:
            field: What the value should be.
            value: What YAML made of it.
            path: Where it stands in the front matter.

        Returns:
            The value, or None where there is none (null, empty text, empty list or mapping).
        """
        if fits(field, value):
            if isinstance(value, (dict, list)) and self._spend(len(value), path) < len(value):
                return None
            return value
        if _is_nothing(value):
            return None
        if type(value) is list and type(value[0]) is tuple:
            value = _without_pairs(value)
        return _READERS[field.type](self, field, value, path)

    def read_fields(
        self, fields: Field, value: Mapping[Any, Any], path: Path
    ) -> Mapping[str, FieldValue]:
        """Return the values of a mapping of fields, those that have one, by canonical key."""
        return self._read_mapping(fields, value, path) or {}

    def report(self, code: str, path: Path, message: str) -> None:
        """Add a problem of this page."""
        self.problems.append(Problem(self._source, printable(dotted(path)), code, message))

    # Scalars

    def _read_text(self, field: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is str:
            return self._shown(value, path)
        if isinstance(value, (dict, list)):
            return self._unfit("text", value, path)
        return self._shown(self._front_matter.as_written(path, value), path)

    def _read_integer(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, str) and _INTEGER.match(value.strip()):
            value = int(value)
        if isinstance(value, float) and abs(value) < MAX_INTEGER and value.is_integer():
            value = int(value)
        if type(value) is not int or abs(value) >= MAX_INTEGER:
            return self._unfit("a whole number", value, path)
        return self._in_range(field, value, path)

    def _read_number(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, str) and _NUMBER.match(value.strip()):
            value = float(value) if "." in value else int(value)
        if type(value) not in (int, float) or not abs(value) < MAX_INTEGER:  # nor NaN
            return self._unfit("a number", value, path)
        return self._in_range(field, value, path)

    def _in_range(self, field: Field, value: float, path: Path) -> FieldValue:
        if field.min is not None and value < field.min:
            bound = f"at least {field.min:g}"
        elif field.max is not None and value > field.max:
            bound = f"at most {field.max:g}"
        else:
            return value
        self.report("out-of-range", path, f"{excerpt(value)} is out of range; write {bound}")
        return self._as_text(value, path)

    def _read_boolean(self, field: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is bool:
            return value
        word = scalar_text(value).lower() if isinstance(value, (str, int)) else ""
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        return self._unfit("true or false", value, path)

    def _read_date(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        match = _ISO_DATE.match(value.strip()) if isinstance(value, str) else None
        if match:
            try:
                return date(*(int(part) for part in match.groups()))
            except ValueError:
                pass
        return self._unfit("a date of the calendar (YYYY-MM-DD)", value, path)

    def _read_url(self, field: Field, value: Any, path: Path) -> FieldValue:
        text = self._read_text(field, value, path)
        if isinstance(text, str) and text and not is_safe_url(text):
            allowed = "an address with http, https or mailto, or a relative one"
            self.report("unsafe-url", path, f"{excerpt(text)} is no link; write {allowed}")
        return text

    def _read_choice(self, field: Field, value: Any, path: Path) -> FieldValue:
        text = self._read_text(field, value, path)
        if not isinstance(text, str) or not text or text in field.choices:
            return text
        word = canonical_key(text)
        for choice in field.choices:
            if word == canonical_key(choice):
                return choice
        choices = ", ".join(field.choices)
        self.report("not-a-choice", path, f"{excerpt(text)} is not one of: {choices}")
        return text

    # Containers

    def _read_list(self, field: Field, value: Any, path: Path) -> FieldValue:
        of = field.of or ANY
        if not isinstance(value, list):
            if isinstance(value, dict) and of.type != "mapping":
                return self._unfit("a list", value, path)
            value = [value]  # one text, or one mapping, means a list of one
        result = [
            item
            for index, raw in enumerate(self._affordable(value, path))
            if (item := self._read_item(of, raw, (*path, index))) is not None
        ]
        return _unchanged(value, result) or result or None

    def _read_item(self, of: Field, value: Any, path: Path) -> FieldValue:
        if of.type == "mapping" and of.short and not isinstance(value, (dict, list)):
            return self._read_text(of, value, path) if value is not None else None
        if of.type == "text" and isinstance(value, dict) and len(value) == 1:
            return self._read_colon(value, path)
        return self.read(of, value, path)

    def _read_colon(self, value: Mapping[Any, Any], path: Path) -> FieldValue:
        """Read an item such as `- note: a text`, which YAML takes for a mapping."""
        [(key, rest)] = value.items()
        if isinstance(rest, (dict, list)):
            return self._unfit("text", value, path)
        written = "" if rest is None else self._front_matter.as_written((*path, key), rest)
        text = f"{scalar_text(key)}: {written}".strip()
        message = f"a colon made this a mapping; write it in quotes: {excerpt(text)}"
        self.report("wrong-type", path, message)
        return self._shown(text, path)

    def _read_mapping(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, list) and value and all(_is_pair(item) for item in value):
            return self._read_pairs(field, value, path)
        if not isinstance(value, dict):
            return self._unfit("a mapping (key: value)", value, path)
        result: dict[Any, Any] = {}
        seen: dict[str, Any] = {}
        entries = self._affordable_mapping(value, path)
        changed = len(entries) < len(value)
        for key, raw, item in canonical_items(entries):
            known = field.fields.get(key) or field.extra
            if known is not None and key not in seen and self._fits(known, item, raw):
                seen[key] = raw
                result[key] = item
            else:
                self._read_entry(field, result, seen, key, item, (*path, raw))
            changed = changed or key != raw or key not in result or result[key] is not item
        return (result or None) if changed else value

    def _fits(self, field: Field, value: Any, raw_key: Any) -> bool:
        if fits(field, value):
            return True
        if type(value) is not int or field.type != "any" or abs(value) >= MAX_INTEGER:
            return False
        return self._front_matter.is_written_plainly(raw_key, str(value))

    def _read_pairs(self, field: Field, value: list[Any], path: Path) -> FieldValue:
        """Read a list of one-key mappings, which means one ordered mapping."""
        result: dict[Any, Any] = {}
        seen: dict[str, Any] = {}
        for index, pair in enumerate(self._affordable(value, path)):
            for key, raw, item in canonical_items(pair):
                self._read_entry(field, result, seen, key, item, (*path, index, raw))
        return result or None

    def _read_entry(
        self,
        field: Field,
        result: dict[Any, Any],
        seen: dict[str, Any],
        key: str,
        value: Any,
        path: Path,
    ) -> None:
        known = field.fields.get(key) or field.extra
        if known is None:
            self.report("unknown-field", path, "this field is not known here; it is shown as it is")
            known = ANY
        if key in seen:
            self.report("duplicate-key", path, same_key(seen[key], path[-1]))
        if key in result:
            return
        seen[key] = path[-1]
        item = self.read(known, value, path)
        if item is not None and item != "":
            result[key] = item

    def _read_checklist(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, dict):
            return self._read_mapping(field, value, path)
        return self._read_list(field, value, path)

    def _read_any(self, field: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is str:
            return self._shown(value, path)
        if not isinstance(value, (dict, list)):
            return self._plain(value, path)
        if id(value) in self._open:
            self.report("too-deep", path, "this value holds itself; it is not shown again")
            return "…"
        if len(path) > MAX_DEPTH:
            self.report("too-deep", path, f"more than {MAX_DEPTH} levels; the rest is not shown")
            return "…"
        self._open.add(id(value))
        try:
            return self._read_free(value, path)
        finally:
            self._open.remove(id(value))

    def _read_free(self, value: Any, path: Path) -> FieldValue:
        """Read a list or mapping of which nothing is declared."""
        if isinstance(value, list):
            items = enumerate(self._affordable(value, path))
            result = [x for i, raw in items if not _is_empty(x := self.read(ANY, raw, (*path, i)))]
            return _unchanged(value, result) or result or None
        entries = self._affordable_mapping(value, path).items()
        mapping = {k: x for k, v in entries if not _is_empty(x := self.read(ANY, v, (*path, k)))}
        return _unchanged(value, mapping) or mapping or None

    # Limits and fallbacks

    def _plain(self, value: Any, path: Path) -> FieldValue:
        """Return a scalar of a free field: booleans and dates as such, numbers as written."""
        if isinstance(value, (bool, date)):
            return value
        written = self._shown(self._front_matter.as_written(path, value), path)
        return value if written == scalar_text(value) and type(value) is int else written

    def _unfit(self, expected: str, value: Any, path: Path) -> FieldValue:
        self.report("wrong-type", path, f"{excerpt(value)} is not {expected}")
        return self._as_text(value, path)

    def _as_text(self, value: Any, path: Path) -> FieldValue:
        if isinstance(value, (dict, list)):
            return self._read_any(ANY, value, path)
        return self._read_text(ANY, value, path)

    def _shown(self, text: str, path: Path) -> FieldValue:
        if len(text) > LONG:
            limit = min(MAX_TEXT, self._text_left)
            if len(text) > limit:
                self.report("too-long", path, f"only the first {limit} characters are shown")
                text = text[:limit] + "…"
            self._text_left -= len(text) - 1
        return clean(text) or None

    def _affordable(self, value: list[Any], path: Path) -> list[Any]:
        return value[: self._spend(len(value), path)]

    def _affordable_mapping(self, value: Mapping[Any, Any], path: Path) -> Mapping[Any, Any]:
        count = self._spend(len(value), path)
        return value if count == len(value) else dict(islice(value.items(), count))

    def _spend(self, count: int, path: Path) -> int:
        """Take values from the page's budget and return how many of them it had."""
        granted = min(count, self._values_left)
        self._values_left -= granted
        if granted < count and not self._said_too_many:
            self._said_too_many = True
            message = f"more than {MAX_VALUES} values on this page; the rest is not shown"
            self.report("too-many-values", path, message)
        return granted


_READERS: Mapping[FieldType, Callable[[Reader, Field, Any, Path], FieldValue]] = {
    "text": Reader._read_text,
    "code": Reader._read_text,
    "integer": Reader._read_integer,
    "minutes": Reader._read_integer,
    "number": Reader._read_number,
    "boolean": Reader._read_boolean,
    "date": Reader._read_date,
    "url": Reader._read_url,
    "choice": Reader._read_choice,
    "list": Reader._read_list,
    "mapping": Reader._read_mapping,
    "checklist": Reader._read_checklist,
    "any": Reader._read_any,
}


def same_key(first: Any, second: Any) -> str:
    """Return the message for two spellings of one key."""
    return f"{excerpt(first)} and {excerpt(second)} are the same key; remove one"


def _without_pairs(value: list[Any]) -> Any:
    """Return an ordered mapping (!!omap, !!pairs), which YAML gives as pairs, in another form."""
    items = [{key_text(item[0]): item[1]} if _is_tuple_pair(item) else item for item in value]
    if all(_is_pair(item) for item in items):
        mapping = {key: inner for item in items for key, inner in item.items()}
        if len(mapping) == len(items):
            return mapping
    return items


def _is_tuple_pair(item: Any) -> bool:
    return type(item) is tuple and len(item) == 2


def _is_pair(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1


def _is_nothing(value: Any) -> bool:
    """Return whether a value is none: null, an empty list or mapping, or a blank text."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, (dict, list)) and not value)


def _is_empty(value: FieldValue) -> bool:
    return value is None or value == ""


def _unchanged(value: Any, result: Any) -> Any:
    """Return the parsed list or mapping itself where no item of it was changed, else None."""
    if len(value) != len(result) or not result:
        return None
    pairs = zip(value, result, strict=True)
    if isinstance(value, dict):
        pairs = zip(value.values(), result.values(), strict=True)
    return value if all(item is read_item for item, read_item in pairs) else None
