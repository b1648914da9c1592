"""Values of front matter read against the declarations of fields.

Nothing is lost: a value that does not fit gives a problem and stays, as text or as the
structure that it is. A value that fits is handed on as the very object that was parsed,
so that 20,000 posts do not keep their meta twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from mkdocs_anp.core.expected import A_DAY, could_be, expected
from mkdocs_anp.core.fields import ANY, TEXT_TYPES, Field, FieldType, FieldValue
from mkdocs_anp.core.fits import LONG, MAX_INTEGER, fits, unfit_keys
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.keys import Path, canonical_items, canonical_key, dotted, key_text
from mkdocs_anp.core.links import is_safe_url
from mkdocs_anp.core.post_files import PostFiles
from mkdocs_anp.core.problems import WHOLE, Problem, Target, excerpt, printable
from mkdocs_anp.core.quoting import quoted
from mkdocs_anp.core.suggest import distance, suggestion
from mkdocs_anp.core.text import clean, scalar_text
from mkdocs_anp.core.words import is_duration, is_hexadecimal, is_language, languages
from mkdocs_anp.core.yaml_text import Found

MAX_DEPTH = 12
MAX_VALUES = 10_000
"""How many values one page may show; aliases make more from a few lines."""
MAX_TEXT = 20_000
"""How many characters of one value are shown."""
MAX_PAGE_TEXT = 500_000
"""How many characters all long values of a page may have together."""
MAX_PROBLEMS = 100
"""How many problems of one page are told."""

SURE = 6
"""Shorter keys are not renamed: too many words are like them."""
_HELP_UNKNOWN = "if it is meant, name it under the option fields in mkdocs.yml"
_HELP_URL = (
    "write an address that begins with https://, http:// or mailto:, or a path relative to this "
    "file"
)
_GLUED = re.compile(r"([A-Za-z_][\w -]*):([^\s:/][^:]*)")
_COUNTED = re.compile(r"\s*(\d{1,18}(?:\.\d{1,9})?)\s?(?:%|minutes?|mins?\.?)\s*$")

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

    def __init__(
        self, source: str, front_matter: FrontMatter, posts: PostFiles | None = None
    ) -> None:
        """Start a page.

        Args:
            source: The path of its source, for the messages.
            front_matter: The text behind its meta.
            posts: The files of the site, to which links may lead; None where nobody knows.
        """
        self._posts = posts
        self.problems: list[Problem] = []
        self._source = source
        self._front_matter = front_matter
        self._values_left = MAX_VALUES
        self._text_left = MAX_PAGE_TEXT
        self._said_too_many = False
        self._said_too_many_problems = False
        self._open: set[int] = set()
        self._misspelt: set[Path] = set()
        self._depth_of_fields = 0

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
        return self._read_closely(field, value, path)

    def _read_closely(self, field: Field, value: Any, path: Path) -> FieldValue:
        """Read a value that does not fit as it is."""
        if _is_nothing(value):
            if value == [] and field.type == "list":
                message = "this list is empty; it is not shown"
                self.report("empty-list", path, message, "remove the field, or fill the list")
            return None
        if type(value) is list and type(value[0]) is tuple:
            value = _without_pairs(value)
        return _READERS[field.type](self, field, value, path)

    def read_fields(
        self, fields: Field, value: Mapping[Any, Any], path: Path
    ) -> Mapping[str, FieldValue]:
        """Return the values of a mapping of fields, those that have one, by canonical key."""
        self._depth_of_fields = len(path)
        return self._read_mapping(fields, value, path) or {}

    @property
    def is_full(self) -> bool:
        """Whether no more problems of this page are told."""
        return len(self.problems) >= MAX_PROBLEMS

    def is_own(self, path: Path) -> bool:
        """Return whether a field stands on the page itself, not in defaults of others."""
        return self._front_matter.find(path, "key").source == self._source

    def report(
        self,
        code: str,
        path: Path,
        message: str,
        help: str = "",  # noqa: A002 (as in the report)
        *,
        target: Target = "value",
        cure: str | None = None,
        found: Found | None = None,
    ) -> None:
        """Add a problem of this page.

        Args:
            code: One of `CODES`.
            path: Where it is in the front matter.
            message: What is wrong.
            help: What to do.
            target: Which part of the field is wrong.
            cure: What to write in place of that part, if that is certain.
            found: Where it is in the file, where the path does not tell.
        """
        if len(self.problems) < MAX_PROBLEMS:
            found = found or self._front_matter.find(path, target, cure)
            field = printable(dotted(path)) or WHOLE
            problem = Problem(found.source or self._source, field, code, message, help)
            self.problems.append(problem.at(found.place, found.edit))
        elif not self._said_too_many_problems:
            self._said_too_many_problems = True
            message = f"this page has more than {MAX_PROBLEMS} problems; the rest is not shown"
            self.problems.append(Problem(self._source, WHOLE, "too-many-problems", message))

    # Scalars

    def _read_text(self, field: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is str:
            self._check_form(field, clean(value), path)
            return self._shown(value, path)
        if isinstance(value, (dict, list)):
            return self._unfit(expected(field), value, path)
        written = self._front_matter.as_written(path, value)
        has_form = self._check_form(field, clean(written), path)
        if has_form and field.type in TEXT_TYPES and len(written) <= LONG:
            self._report_unquoted(value, written, path)
        return self._shown(written, path)

    def _report_unquoted(self, value: Any, written: str, path: Path) -> None:
        read_as = _read_as(value, written)
        if not read_as or not self._front_matter.has(path, written):
            return
        message = f"{printable(written)} stays as it is written here, but other YAML tools read it "
        text = quoted(written)
        help_text = f"put it in quotes: {text}"
        self.report("unquoted-text", path, f"{message}as {read_as}", help_text, cure=text)

    def _check_form(self, field: Field, text: str, path: Path) -> bool:
        """Return whether a text has the form that its field asks for; report where it has not."""
        if field.type == "hexadecimal" and not is_hexadecimal(text):
            odd = next((char for char in text if not is_hexadecimal(char)), "")
            self.report(
                "not-hexadecimal",
                path,
                f"{excerpt(text)} is no hash: {excerpt(odd)} is no hexadecimal digit",
                "write only the digits 0 to 9 and the letters a to f",
            )
        elif field.type == "language" and not is_language(text):
            meant = suggestion(text.lower(), languages())
            message = f"{excerpt(text)} is no language that Pygments can highlight"
            help_text = f"write {meant}" if meant else "write its short name, such as python"
            self.report("unknown-language", path, message, help_text)
        elif field.type == "duration" and not is_duration(text):
            self.report(
                "wrong-type",
                path,
                f"{excerpt(text)} is not a span of time",
                "write a number and days, weeks, months or years, such as 6 months",
            )
        else:
            return True
        return False

    def _read_integer(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, str) and _INTEGER.match(value.strip()):
            value = int(value)
        if isinstance(value, float) and abs(value) < MAX_INTEGER and value.is_integer():
            value = int(value)
        if type(value) is not int or abs(value) >= MAX_INTEGER:
            return self._unfit(expected(field), value, path, _number_in(value))
        return self._in_range(field, value, path)

    def _read_number(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, str) and _NUMBER.match(value.strip()):
            value = float(value) if "." in value else int(value)
        if type(value) not in (int, float) or not abs(value) < MAX_INTEGER:  # nor NaN
            return self._unfit(expected(field), value, path, _number_in(value))
        return self._in_range(field, value, path)

    def _in_range(self, field: Field, value: float, path: Path) -> FieldValue:
        low, high = field.min, field.max
        if (low is None or value >= low) and (high is None or value <= high):
            return value
        self.report(
            "out-of-range",
            path,
            f"{excerpt(value)} is out of range",
            f"write {expected(field)}",
        )
        return self._as_text(value, path)

    def _read_boolean(self, field: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is bool:
            return value
        word = scalar_text(value).lower() if isinstance(value, (str, int)) else ""
        if word not in _TRUE and word not in _FALSE:
            return self._unfit("true or false", value, path)
        if type(value) is int:
            meant = "true" if word in _TRUE else "false"
            message = f"{word} is read as {meant} here, but as a number by other YAML tools"
            self.report("number-as-flag", path, message, f"write {meant}", cure=meant)
        return word in _TRUE

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
        return self._unfit(A_DAY, value, path)

    def _read_url(self, field: Field, value: Any, path: Path) -> FieldValue:
        text = self._read_text(field, value, path)
        if isinstance(text, str) and text and not is_safe_url(text):
            mended = text.replace(" ", "%20")
            self.report(
                "unsafe-url",
                path,
                f"{excerpt(text)} is not made a link",
                f"write {mended}" if is_safe_url(mended) else _HELP_URL,
            )
        elif isinstance(text, str):
            self.check_link(text, path)
        return text

    def check_link(self, link: str, path: Path) -> None:
        """Add a problem where a link leads to a source file that does not exist."""
        if self._posts is None or self._posts.has(self._source, link):
            return
        meant = self._posts.meant(self._source, link)
        self.report(
            "missing-post",
            path,
            f"there is no file {excerpt(link)}",
            f"write {meant}" if meant else "write the path of a file, relative to this one",
        )

    def _read_choice(self, field: Field, value: Any, path: Path) -> FieldValue:
        text = self._read_text(field, value, path)
        if not isinstance(text, str) or not text or text in field.choices:
            return text
        word = canonical_key(text)
        by_word = {canonical_key(choice): choice for choice in field.choices}
        if word in by_word:
            return by_word[word]
        choices = ", ".join(field.choices)
        meant = suggestion(word, by_word)
        self.report(
            "not-a-choice",
            path,
            f"{excerpt(text)} is not one of: {choices}",
            f"write {by_word[meant]}" if meant else f"write one of: {choices}",
        )
        return text

    # Containers

    def _read_list(self, field: Field, value: Any, path: Path) -> FieldValue:
        of = field.of or ANY
        if not isinstance(value, list):
            if isinstance(value, dict) and of.type != "mapping":
                return self._unfit(expected(field), value, path)
            value = [value]  # one text, or one mapping, means a list of one
        result = []
        for index, raw in enumerate(self._affordable(value, path)):
            item = self._read_item(of, raw, (*path, index))
            if item is not None:
                result.append(item)
            elif raw is None:
                message = "this item is empty; it is not shown"
                self.report("empty-item", (*path, index), message, "remove it, or fill it in")
        return _unchanged(value, result) or result or None

    def _report_swallowed(self, value: str, path: Path) -> None:
        """Report lines that begin with a dash, but belong to the text above them."""
        raw = self._front_matter.raw(path)
        if any(line.lstrip().startswith("-") for line in raw.split("\n")[1:]):
            self.report(
                "wrong-type",
                path,
                "the lines below, which begin with a dash, are part of this text and no items",
                "begin each item on a line of its own, all equally far in, with a space after "
                "the dash",
            )

    def _read_item(self, of: Field, value: Any, path: Path) -> FieldValue:
        if type(value) is str and "-" in value:
            self._report_swallowed(value, path)
        if of.type == "mapping" and of.short and not isinstance(value, (dict, list)):
            of = of.fields["text"] if of.short == "text" else of  # it is to be told how it is read
            return self._read_text(of, value, path) if value is not None else None
        if of.type == "text" and isinstance(value, dict) and len(value) == 1:
            return self._read_colon(value, path)
        if of.short == "text" and _is_no_field(of, value):
            return self._read_step(of, value, path)
        return self.read(of, value, path)

    def _read_step(self, of: Field, value: Mapping[Any, Any], path: Path) -> FieldValue:
        """Read an item of a checklist that YAML takes for a mapping: `- deploy: now`."""
        [(key, below)] = value.items()
        if not isinstance(below, list) or "items" not in of.fields:
            return self._read_colon(value, path)
        text = scalar_text(key)
        self.report(
            "wrong-type",
            path,
            f"{excerpt(text)} is no field of an item",
            f"write {{text: {text}, items: […]}}",
        )
        items = self.read(of.fields["items"], below, (*path, key))
        return {"text": text, "items": items} if items else text

    def _read_colon(self, value: Mapping[Any, Any], path: Path) -> FieldValue:
        """Read an item such as `- note: a text`, which YAML takes for a mapping."""
        [(key, rest)] = value.items()
        if isinstance(rest, (dict, list)):
            return self._unfit("a text", value, path)
        written = "" if rest is None else self._front_matter.as_written((*path, key), rest)
        text = f"{scalar_text(key)}: {written}".strip()
        self.report(
            "wrong-type",
            path,
            "YAML takes this text for a mapping, because of the colon in it",
            f"put it in quotes: {quoted(text)}" if len(text) <= LONG else "put it in quotes",
            cure=quoted(text) if len(text) <= LONG else None,
        )
        return self._shown(text, path)

    def _read_mapping(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, list) and value and all(_is_pair(item) for item in value):
            return self._read_pairs(field, value, path)
        if not isinstance(value, dict):
            return self._unfit(expected(field), value, path)
        entries = self._affordable_mapping(value, path)
        unfit = unfit_keys(field, entries)
        if unfit is not None and all(entries[key] is not None for key in unfit):
            return self._read_unfit(field, entries, unfit, path)
        result: dict[Any, Any] = {}
        seen: dict[str, Any] = {}
        changed = len(entries) < len(value)
        for key, raw, item in canonical_items(entries):
            known = field.fields.get(key) or field.extra
            if known is not None and key not in seen and self._fits(known, item, raw):
                seen[key] = raw
                result[key] = item
            else:
                self._read_entry(field, result, seen, key, item, (*path, raw))
            changed = changed or key != raw or key not in result or result[key] is not item
        self.report_missing(field, result.keys(), path)
        return (result or None) if changed else value

    def _read_unfit(
        self, field: Field, value: Mapping[Any, Any], unfit: Sequence[str], path: Path
    ) -> FieldValue:
        """Read a mapping of known keys in which only these need a closer look."""
        result: dict[Any, Any] | None = None
        for key in unfit:
            known = field.fields.get(key) or field.extra or ANY
            if self._is_plain_integer(known, value[key], key):
                continue
            item = self._read_closely(known, value[key], (*path, key))
            if item is not value[key]:
                result = dict(value) if result is None else result
                result[key] = item
                if item is None or item == "":
                    del result[key]
        if result is None:
            return value
        self.report_missing(field, result.keys(), path)
        return result or None

    def report_missing(self, field: Field, present: Collection[str], path: Path) -> None:
        """Add a problem for each required key of a mapping that has no value."""
        for key in field.required_keys:
            if key not in present and (*path, key) not in self._misspelt:
                self.report(
                    "missing-field",
                    (*path, key),
                    "this field is required here, and has no value",
                    f"write {key}: with {expected(field.fields[key])} behind it",
                    target="key",
                )

    def _fits(self, field: Field, value: Any, raw_key: Any) -> bool:
        return fits(field, value) or self._is_plain_integer(field, value, raw_key)

    def _is_plain_integer(self, field: Field, value: Any, raw_key: Any) -> bool:
        """Return whether a free value is a number that YAML reads as it is written."""
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
        may_be_glued = value is None and type(path[-1]) is str and key not in field.fields
        if may_be_glued and (glued := _GLUED.fullmatch(path[-1])):
            self._report_glued(glued[1], glued[2], path)
            key, value = canonical_key(glued[1]), glued[2]
        known = field.fields.get(key) or field.extra
        if known is None:
            self._report_unknown(field, result, key, value, path)
            known = ANY
        if key in seen:
            self.report_two_spellings(seen[key], path)
        if key in result:
            return
        seen[key] = path[-1]
        item = self.read(known, value, path)
        if item is not None and item != "":
            result[key] = item

    def _report_glued(self, key: str, text: str, path: Path) -> None:
        cure = f"{key}: {text}"
        self.report(
            "wrong-type",
            path,
            f"there is no space after the colon, so {excerpt(path[-1])} is a name without a value",
            f"write {cure}",
            target="key",
            cure=cure,
        )

    def _report_unknown(
        self, field: Field, result: Mapping[Any, Any], key: str, value: Any, path: Path
    ) -> None:
        others = (k for k, f in field.fields.items() if k not in result and could_be(f, value))
        meant = suggestion(key, others)
        if meant:
            self.report_misspelt(field, key, meant, value, path)
            return
        known = ", ".join(field.fields)
        is_nested = len(path) > self._depth_of_fields + 1 and field.fields
        self.report(
            "unknown-field",
            path,
            f"there is no field {excerpt(path[-1])}{' here' if is_nested else ''}; "
            "it is shown as it is",
            f"known here are {known}" if is_nested else _HELP_UNKNOWN,
            target="key",
        )

    def report_misspelt(self, field: Field, key: str, meant: str, value: Any, path: Path) -> None:
        """Add the problem that a key is nearly that of a field, which has no value yet."""
        self._misspelt.add((*path[:-1], meant))
        missing = f", and the required {meant} is missing" if field.fields[meant].required else ""
        is_certain = len(key) >= SURE and distance(key, meant, 1) == 1
        self.report(
            "unknown-field",
            path,
            f"there is no field {excerpt(path[-1])}{missing}",
            f"rename it to {meant}",
            target="key",
            cure=meant if is_certain and fits(field.fields[meant], value) else None,
        )

    def report_two_spellings(self, first: Any, path: Path) -> None:
        """Add the problem that a key stands twice, written in two ways."""
        self.report(
            "two-spellings",
            path,
            f"{excerpt(first)} and {excerpt(path[-1])} are the same field; the first one counts",
            "remove one of them",
            target="key",
        )

    def _read_checklist(self, field: Field, value: Any, path: Path) -> FieldValue:
        if isinstance(value, dict):
            return self._read_mapping(field, value, path)
        if not isinstance(value, list):
            message = f"{excerpt(value)} is not a list of items"
            help_text = "write each item on a line of its own, with a dash before it"
            self.report("wrong-type", path, message, help_text)
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
            message = f"this has more than {MAX_DEPTH} levels; the rest is not shown"
            self.report("too-deep", path, message)
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
        if isinstance(value, (bool, date)) or self._is_plain_integer(ANY, value, path[-1]):
            return value
        written = self._shown(self._front_matter.as_written(path, value), path)
        return value if written == scalar_text(value) and type(value) is int else written

    def _unfit(self, expected: str, value: Any, path: Path, meant: str = "") -> FieldValue:
        message = f"{excerpt(value)} is not {expected}"
        self.report("wrong-type", path, message, f"write {meant or expected}")
        return self._as_text(value, path)

    def _as_text(self, value: Any, path: Path) -> FieldValue:
        if isinstance(value, (dict, list)):
            return self._read_any(ANY, value, path)
        return self._read_text(ANY, value, path)

    def _shown(self, text: str, path: Path) -> FieldValue:
        if len(text) > LONG:
            limit = min(MAX_TEXT, self._text_left)
            if len(text) > limit:
                message = f"this text is too long; only its first {limit:,} characters are shown"
                self.report("too-long", path, message, "move the text into the page")
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
            message = f"this page has more than {MAX_VALUES:,} values; the rest is not shown"
            self.report("too-many-values", path, message)
        return granted


_READERS: Mapping[FieldType, Callable[[Reader, Field, Any, Path], FieldValue]] = {
    "text": Reader._read_text,
    "markdown": Reader._read_text,
    "code": Reader._read_text,
    "hexadecimal": Reader._read_text,
    "language": Reader._read_text,
    "duration": Reader._read_text,
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


def _number_in(value: Any) -> str:
    """Return the number of a text such as `6 min` or `97%`, or ""."""
    match = _COUNTED.match(value) if isinstance(value, str) else None
    return match.group(1) if match else ""


def _read_as(value: Any, written: str) -> str:
    """Return words for what YAML makes of a plain scalar; "" for what is written with a tag."""
    if isinstance(value, bool):
        return scalar_text(value)
    if isinstance(value, (int, float)):
        return "a number" if written == scalar_text(value) else f"the number {excerpt(value)}"
    if isinstance(value, date):
        return "a date"
    return ""


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


def _is_no_field(of: Field, value: Any) -> bool:
    """Return whether a value is a mapping of one key, which is not even nearly that of a field."""
    if not _is_pair(value):
        return False
    key = canonical_key(key_text(next(iter(value))))
    return key not in of.fields and not suggestion(key, of.fields)


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
