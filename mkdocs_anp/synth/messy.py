"""Known mistakes of front matter, each put on one line of a post that was in order.

They are those of real sites. None stops a build: what MkDocs does with each of them is another
matter, and the reason to have them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, TypeAlias

import yaml

from mkdocs_anp.core.quoting import quoted
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.posts import post_text, reference_of
from mkdocs_anp.synth.signing import BLANK


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a post.

    Attributes:
        kind: One of `KINDS`.
        line: The line to mend, counted from 1 in the file.
    """

    kind: str
    line: int


class Lines(list[str]):
    """The lines of a front matter, fences included, in which a mistake is made."""

    def find(self, beginning: str) -> int:
        """Return where the line is that begins so."""
        for number, line in enumerate(self):
            if line.startswith(beginning):
                return number
        raise ValueError(f"no line begins with {beginning!r}")

    def change(self, beginning: str, replacement: str) -> int:
        """Replace a line, and return where it is."""
        place = self.find(beginning)
        self[place] = replacement
        return place

    def replace(self, beginning: str, old: str, new: str) -> int:
        """Replace a part of a line, and return where it is."""
        place = self.find(beginning)
        self[place] = self[place].replace(old, new, 1)
        return place

    def add(self, line: str) -> int:
        """Add a line at the end of the post meta, and return where it is."""
        self.insert(len(self) - 1, line)
        return len(self) - 2

    def value(self, beginning: str) -> str:
        """Return the rest of the line that begins so."""
        return self[self.find(beginning)].removeprefix(beginning)


_Make: TypeAlias = Callable[[Lines, Draws], int]


def _impossible_date(lines: Lines, draws: Draws) -> int:
    day = draws.pick(("02-30", "13-05", "00-00"))
    if draws.chance(50):
        return lines.change("date: ", f"date: {lines.value('date: ')[:4]}-{day}")
    start, _, rest = lines.value("  revision: ").partition("last_reviewed: ")
    changed = f"{start}last_reviewed: {rest[:4]}-{day}{rest[10:]}"
    return lines.change("  revision: ", f"  revision: {changed}")


def _tab_indent(lines: Lines, draws: Draws) -> int:
    key = draws.pick(("difficulty", "code_language", "reading_time"))
    return lines.change(f"  {key}: ", f"\t{key}: {lines.value(f'  {key}: ')}")


def _unquoted_colon(lines: Lines, draws: Draws) -> int:
    title = lines.value("title: ").strip('"')
    if ": " not in title:
        title = f"{draws.pick(('Note', 'Draft', 'Revisited', 'Part two'))}: {title}"
    return lines.change("title: ", f"title: {title}")


def _unclosed_quote(lines: Lines, draws: Draws) -> int:
    return lines.change("  topic: ", f'  topic: "{lines.value("  topic: ")}')


def _reserved_character(lines: Lines, draws: Draws) -> int:
    return lines.change("  topic: ", f"  topic: {draws.pick('@`%')}{lines.value('  topic: ')}")


def _no_space_after_colon(lines: Lines, draws: Draws) -> int:
    return lines.replace(f"  {draws.pick(('difficulty', 'view_count'))}: ", ": ", ":")


def _wrong_indent(lines: Lines, draws: Draws) -> int:
    return lines.replace(f"  {draws.pick(('difficulty', 'view_count'))}: ", "  ", " ")


def _no_closing_fence(lines: Lines, draws: Draws) -> int:
    del lines[-1]
    return len(lines)


def _duplicate_key(lines: Lines, draws: Draws) -> int:
    return lines.add(
        draws.pick(("  difficulty: expert", "  reading_time: 12", "  code_language: text"))
    )


def _two_spellings(lines: Lines, draws: Draws) -> int:
    return lines.add(
        draws.pick(("  ai brief: a second one", "  readingTime: 12", "  View-Count: 7"))
    )


def _wrong_type(lines: Lines, draws: Draws) -> int:
    key, value = draws.pick(
        (
            ("reading_time", "six minutes"),
            ("view_count", "many"),
            ("score", "high"),
            ("revision", "the third one"),
            ("tools", "{first: git}"),
        )
    )
    return lines.change(f"  {key}: ", f"  {key}: {value}")


def _wrong_flag(lines: Lines, draws: Draws) -> int:
    key = draws.pick(("needs_human_review", "image_heavy"))
    return lines.change(f"    {key}: ", f"    {key}: {draws.pick(('maybe', 'soon', '2'))}")


def _out_of_range(lines: Lines, draws: Draws) -> int:
    case = draws.below(3)
    if case == 0:
        return lines.replace("  score: ", "{quality: ", "{quality: 1")  # 97 is 197, 100 is 1100
    if case == 1:
        return lines.change("  reading_time: ", "  reading_time: 0")
    return lines.replace("  view_count: ", ": ", ": -1")


def _wrong_choice(lines: Lines, draws: Draws) -> int:
    if draws.chance(50):
        return lines.change("  difficulty: ", f"  difficulty: {draws.pick(('medium', 'guru'))}")
    _, _, rest = lines.value("  revision: ").partition(",")
    return lines.change("  revision: ", f"  revision: {{status: done,{rest}")


def _unknown_field(lines: Lines, draws: Draws) -> int:
    return lines.add(draws.pick(("  audience: everyone", "  owner: the team", "  priority: 1")))


def _misspelt_field(lines: Lines, draws: Draws) -> int:
    right, wrong = draws.pick(
        (
            ("difficulty", "dificulty"),
            ("summary", "sumary"),
            ("code_language", "code_langauge"),
            ("checklist", "check_list"),
            ("reading_time", "reading_tme"),
        )
    )
    return lines.replace(f"  {right}:", right, wrong)


def _unquoted_version(lines: Lines, draws: Draws) -> int:
    start, _, rest = lines.value("  revision: ").partition("version: ")
    rest = rest.partition(",")[2]
    version = draws.pick(("1.10", "2.0", "0.30", "3.20"))
    return lines.change("  revision: ", f"  revision: {start}version: {version},{rest}")


def _digit_hash(lines: Lines, draws: Draws) -> int:
    return lines.change("  hash: ", f"  hash: {BLANK}")


def _script_address(lines: Lines, draws: Draws) -> int:
    url = draws.pick(("javascript:alert(1)", "data:text/html,hello", "JavaScript:void(0)"))
    return lines.change("      url: ", f"      url: {quoted(url)}")


def _empty_list(lines: Lines, draws: Draws) -> int:
    key = draws.pick(("tools", "stack"))
    return lines.change(f"  {key}: [", f"  {key}: []")


def _no_value(lines: Lines, draws: Draws) -> int:
    key = draws.pick(("topic", "code_language", "difficulty"))
    return lines.change(f"  {key}: ", f"  {key}:")


def _null_item(lines: Lines, draws: Draws) -> int:
    place = lines.find(draws.pick(("  checklist:", "  notes:"))) + 1
    lines.insert(place, "    -")
    return place


def _colon_in_item(lines: Lines, draws: Draws) -> int:
    place = lines.find("  checklist:") + 1
    lines[place] = lines[place].replace("- ", "- first: ", 1)
    return place


def _blank_line_first(lines: Lines, draws: Draws) -> int:
    lines.insert(0, "")
    return 0


def _text_first(lines: Lines, draws: Draws) -> int:
    lines.insert(0, draws.pick(("Note: a draft", "Where: posts", "<!-- a draft -->")))
    return 0


def _byte_order_mark(lines: Lines, draws: Draws) -> int:
    lines[0] = f"\ufeff{lines[0]}"
    return 0


def _toml(lines: Lines, draws: Draws) -> int:
    meta = yaml.safe_load("\n".join(lines[1:-1]))
    post_meta = meta.pop("post_meta")
    lines[:] = [
        "+++",
        *(f"{key} = {_toml_value(value)}" for key, value in meta.items()),
        "[post_meta]",
        *(f"{key} = {_toml_value(value)}" for key, value in post_meta.items()),
        "+++",
    ]
    return 0


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        entries = (f"{key} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {', '.join(entries)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, datetime.date)):
        return str(value)
    return quoted(value)


_MAKERS: Mapping[str, _Make] = {
    "impossible-date": _impossible_date,
    "tab-indent": _tab_indent,
    "unquoted-colon": _unquoted_colon,
    "unclosed-quote": _unclosed_quote,
    "reserved-character": _reserved_character,
    "no-space-after-colon": _no_space_after_colon,
    "wrong-indent": _wrong_indent,
    "no-closing-fence": _no_closing_fence,
    "duplicate-key": _duplicate_key,
    "two-spellings": _two_spellings,
    "wrong-type": _wrong_type,
    "wrong-flag": _wrong_flag,
    "out-of-range": _out_of_range,
    "wrong-choice": _wrong_choice,
    "unknown-field": _unknown_field,
    "misspelt-field": _misspelt_field,
    "unquoted-version": _unquoted_version,
    "digit-hash": _digit_hash,
    "script-address": _script_address,
    "empty-list": _empty_list,
    "no-value": _no_value,
    "null-item": _null_item,
    "colon-in-item": _colon_in_item,
    "blank-line-first": _blank_line_first,
    "text-first": _text_first,
    "byte-order-mark": _byte_order_mark,
    "toml": _toml,
}
_REUSED_REFERENCE = "reused-reference"
_NO_LAST_NEWLINE = "no-newline-after-fence"

KINDS: tuple[str, ...] = (*_MAKERS, _REUSED_REFERENCE, _NO_LAST_NEWLINE)
"""The kinds of mistakes."""


def messy_text(site: int, index: int, share: float) -> tuple[str, Mistake | None]:
    """Return the text of a post, with a mistake if the post is one of those that have one.

    Args:
        site: The seed of the site, as a number.
        index: The number of the post, counted from 0.
        share: The share of posts that have a mistake, from 0 to 1.
    """
    text = post_text(site, index)
    if not share:
        return text, None
    draws = _draws_of(site, index)
    if not draws.share(share):
        return text, None
    return spoilt(text, draws.pick(KINDS), site, index, draws)


def _draws_of(site: int, index: int) -> Draws:
    return Draws(f"{site}/{index}/messy")


def _other_post(site: int, index: int, draws: Draws) -> int:
    """Return a post whose reference is its own, an earlier one where there is one."""
    start = draws.below(index) if index else 1
    numbers = chain(range(start, -1, -1), count(start + 1))
    return next(other for other in numbers if other != index and _keeps_reference(site, other))


def _keeps_reference(site: int, index: int) -> bool:
    """Return whether a post has its own reference, whatever the share of mistakes is."""
    draws = _draws_of(site, index)
    draws.share(1)  # as in `messy_text`: the kind comes after it
    return draws.pick(KINDS) != _REUSED_REFERENCE


def spoilt(text: str, kind: str, site: int, index: int, draws: Draws) -> tuple[str, Mistake]:
    """Return the text of a post with a mistake of this kind in it."""
    front, fence, body = text.partition("\n---\n")
    lines = Lines(f"{front}{fence}".splitlines())
    if kind == _REUSED_REFERENCE:
        reference = reference_of(site, _other_post(site, index, draws))
        place = lines.change("  reference: ", f"  reference: {reference}")
    elif kind == _NO_LAST_NEWLINE:
        return "\n".join(lines), Mistake(kind, len(lines))
    else:
        place = _MAKERS[kind](lines, draws)
    return "\n".join([*lines, body]), Mistake(kind, place + 1)
