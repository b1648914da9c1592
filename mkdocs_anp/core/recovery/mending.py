"""A YAML text that cannot be read, mended as far as that is certain, or else cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import yaml

from mkdocs_anp.core.problems import Edit, Span
from mkdocs_anp.core.recovery.cures import Cure, cures, described, faulty_line
from mkdocs_anp.core.recovery.sheet import (
    CLOSERS,
    MAX_LINE,
    Change,
    Sheet,
    closing_bracket,
    end_of_line,
)
from mkdocs_anp.core.recovery.tolerant import MAX_DEPTH, Fault, Reader
from mkdocs_anp.core.text import REPLACEMENT

MAX_PROBLEMS = 20
"""So many problems are told of a page; what follows waits until these are mended."""

MAX_CURED = 200_000
"""Blocks of more characters are not mended."""

_MAX_CUTS = 8
_CLOSED = {"[": "]", "{": "}", '"': '"', "'": "'"}

# What YAML does not allow at all.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


class Found(NamedTuple):
    """A problem, with ranges of the source."""

    code: str
    span: Span
    message: str
    help: str
    edit: Edit | None = None


class Mended(NamedTuple):
    """A block read as far as it goes.

    Attributes:
        text: The mended text.
        node: Its node; None where it is empty.
        changes: What was changed, in this order.
        found: What is wrong, with ranges of the block as it was.
        is_whole: Whether nothing had to be cut off.
        is_changed: Whether the text differs from the source, but for what was cut off.
    """

    text: str
    node: yaml.Node | None
    changes: tuple[Change, ...]
    found: tuple[Found, ...]
    is_whole: bool
    is_changed: bool


def mend(block: str, start: int, reader: Reader) -> Mended:
    """Read a YAML text; where it cannot be read, mend it, or cut off what follows.

    Args:
        block: The text.
        start: Where it begins in the source.
        reader: Reads it.
    """
    text, found = _without_controls(block, start)
    changes: list[Change] = []
    node = reader.compose(text)
    was_clean = text == block
    while isinstance(node, Fault) or _is_no_data(node):
        fault = node if isinstance(node, Fault) else Fault(0, 0)
        step = None
        if len(block) <= MAX_CURED and len(found) < MAX_PROBLEMS:
            step = _step(text, fault, reader, not isinstance(node, Fault))
        if step is None:
            break
        cure, mended, node = step
        found.append(_told(text, cure, changes, start, cured=block))
        changes.append(cure.change)
        text = mended
    is_changed = bool(changes) or not was_clean
    if not isinstance(node, Fault):
        return Mended(text, node, tuple(changes), tuple(found), True, is_changed)
    sheet = Sheet(text)
    number = faulty_line(sheet, node)
    span, message, help_text = _uncured(sheet, number, node)
    begin, end = (back(changes, offset) for offset in span)
    span = Span(begin + start, max(begin, end) + start)
    found.append(Found("unreadable", span, message, help_text))
    kept, kept_node = _cut(sheet, number, reader)
    return Mended(kept, kept_node, tuple(changes), tuple(found), False, is_changed)


def _is_no_data(node: yaml.Node | None) -> bool:
    """Return whether YAML reads as a text, or as a list in brackets, what must be fields."""
    if isinstance(node, yaml.SequenceNode):
        return bool(node.flow_style)
    return isinstance(node, yaml.ScalarNode)


def _step(
    text: str, fault: Fault, reader: Reader, is_text: bool
) -> tuple[Cure, str, yaml.Node | Fault | None] | None:
    """Return the first cure that helps, with the text and its node after it."""
    if fault.deep:
        return None
    sheet = Sheet(text)
    line = sheet.number(fault.at)
    for cure in cures(sheet, fault):
        if not reader.may_read:
            return None
        mended = cure.change.apply(text)
        node = reader.compose(mended)
        if isinstance(node, Fault):
            if _is_further(node, fault, cure, text, mended):
                return cure, mended, node
        elif isinstance(node, yaml.MappingNode) or (not is_text and line >= 0):
            return cure, mended, node
    return None


def _is_further(new: Fault, old: Fault, cure: Cure, before: str, after: str) -> bool:
    """Return whether YAML is read further after a cure, and past what was cured."""
    change = cure.change
    new_end = change.start + len(change.text)
    if new.deep or change.start <= new.start < new_end:
        return False
    if change.back(new.at) > max(old.at, change.start):
        return True
    return cure.jumps and new.start > end_of_line(after, new_end)


def _told(text: str, cure: Cure, changes: list[Change], start: int, cured: str) -> Found:
    """Return the problem that a cure mends, with ranges of the source."""
    begin, end = (back(changes, offset) for offset in cure.span)
    span = Span(begin + start, max(begin, end) + start)
    edit, change = None, cure.edit or cure.change
    if cure.certain:
        first, last = back(changes, change.start), back(changes, change.end)
        if cured[first:last] == text[change.start : change.end]:
            edit = Edit(Span(first + start, last + start), change.text)
    return Found("unreadable", span, cure.message, cure.help, edit)


def back(changes: Sequence[Change], offset: int) -> int:
    """Return where something stood before all these changes."""
    for change in reversed(changes):
        offset = change.back(offset)
    return offset


def _uncured(sheet: Sheet, number: int, fault: Fault) -> tuple[Span, str, str]:
    """Return the place of a fault for which no cure is sure, what it is, and what to do."""
    text = sheet.text
    sign = text[fault.start : fault.start + 1]
    if fault.deep:
        message = f"values are nested here more than {MAX_DEPTH} levels deep"
        return Span(fault.at, fault.at + 1), message, "write it with fewer brackets"
    if len(text) > MAX_CURED:
        message = "YAML cannot read this line, and the front matter is too long to be mended"
        help_text = "look at this line and the one above it: their quotes, brackets and spaces"
        return sheet.entry(number).content_span, message, help_text
    if fault.at > fault.start and sign in _CLOSED and not _is_closed(sheet, fault.start):
        what = "bracket" if sign in "[{" else "quote"
        message = f"the {what} {sign} that opens here is not closed in a way that YAML can read"
        help_text = f"write {_CLOSED[sign]} where it ends"
        if sheet.number(fault.at) == number:
            help_text = "put values with signs such as : , [ ] { } or quotes in quotes"
        return Span(fault.start, fault.start + 1), message, help_text
    return described(sheet, number)


def _is_closed(sheet: Sheet, offset: int) -> bool:
    """Return whether a line that begins with a bracket closes it."""
    entry = sheet.entry(sheet.number(offset))
    is_first = offset == entry.start + entry.indent and len(entry.line) <= MAX_LINE
    return is_first and entry.value[:1] in CLOSERS and closing_bracket(entry.value) > 0


def _cut(sheet: Sheet, faulty: int, reader: Reader) -> tuple[str, yaml.Node | None]:
    """Return the lines above a faulty one that can be read, without the field that has it."""
    if len(sheet.text) > MAX_CURED:
        return "", None
    number = _first_of_field(sheet, faulty)
    for _ in range(_MAX_CUTS):
        if not number or not reader.may_read:
            break
        kept = "".join(f"{line}\n" for line in sheet.lines[:number])
        node = reader.compose(kept)
        if isinstance(node, yaml.MappingNode):
            return kept, node
        number = _top_field(sheet, number)
    return "", None


def _first_of_field(sheet: Sheet, number: int) -> int:
    """Return the first line of the field to which a line belongs, with no half of a list."""
    entry, above = sheet.entry(number), sheet.above(number)
    if above is not None and not (entry.key or entry.is_item or entry.line.startswith("---")):
        number, entry = above, sheet.entry(above)  # it may go on with the text above
    indent, cut, is_item = entry.indent, number, entry.is_item
    direct = True
    other = number - 1
    while other >= 0 and (indent or is_item):
        line = sheet.lines[other]
        if line.strip() and not line.lstrip().startswith("#"):
            entry = sheet.entry(other)
            owns_list = is_item and entry.indent <= indent and not entry.is_item
            if entry.indent < indent or owns_list:
                if direct or is_item or entry.is_item:
                    cut = other
                indent, is_item = entry.indent, entry.is_item
            elif entry.is_item and entry.indent == indent:
                is_item = True  # a line among items belongs to their list
            elif not is_item:
                direct = False
        other -= 1
    return cut


def _top_field(sheet: Sheet, number: int) -> int:
    """Return the nearest line above that has no indentation."""
    for other in range(number - 1, 0, -1):
        line = sheet.lines[other]
        if line.strip() and not line[0].isspace() and line[0] not in "-#":
            return other
    return 0


def _without_controls(block: str, start: int) -> tuple[str, list[Found]]:
    """Replace the characters that YAML does not allow, and return what is wrong with them."""
    found: list[Found] = []
    for match in islice(_CONTROL.finditer(block), MAX_PROBLEMS):
        span = Span(match.start() + start, match.end() + start)
        sign = f"U+{ord(match.group()[0]):04X}"
        message, help_text = f"a character that cannot be seen ({sign}) stands here", "delete it"
        if len(match.group()) > 1:
            count = len(match.group())
            message = f"{count} characters that cannot be seen (the first is {sign}) stand here"
            help_text = "delete them"
        # What Windows writes for quotes and dashes stands from U+0080 on; that may be missed.
        edit = Edit(span, "") if max(match.group()) < "\x80" else None
        found.append(Found("unreadable", span, message, help_text, edit))
    return _CONTROL.sub(_replaced, block) if found else block, found


def _replaced(match: re.Match[str]) -> str:
    return REPLACEMENT * len(match.group())
