"""Cures of a line of YAML that cannot be read: what its author must have meant.

A cure changes no number of lines. Whether it helps is for the caller to try; here is only what
may be tried, the most plausible first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from mkdocs_anp.core.fields import BUILT_IN
from mkdocs_anp.core.keys import canonical_key
from mkdocs_anp.core.problems import Span, printable
from mkdocs_anp.core.recovery.plausible import is_known_key
from mkdocs_anp.core.recovery.sheet import (
    CLOSERS,
    COLON,
    COMMENT,
    LINES_NEAR,
    MAX_LINE,
    SPACES,
    UNSEEN,
    WORD,
    Change,
    Entry,
    Sheet,
    closing_bracket,
    closing_quote,
    end_of_line,
    indent_of,
    is_told,
    missing_brackets,
    value_end,
)
from mkdocs_anp.core.recovery.tolerant import Fault
from mkdocs_anp.core.text import REPLACEMENT

_LONGEST_HELP = 200
_MAX_CLOSERS = 20
_NEAR_INDENT = 4  # further in, an item may belong to a list in another one

_FIELD_BEHIND = re.compile(rf"[ \t]*,?[ \t]*({WORD}):(?=[ \t]|$)")
_BEHIND = re.compile(rf"([\"'\]}}])([{UNSEEN}{SPACES} \t]*[{UNSEEN}{SPACES}])[ \t]*(?=#|$)")
_NO_SPACE = re.compile(rf"({WORD}(?: {WORD}){{0,4}})[ \t]*(：)[ \t]*|({WORD})(:)(?=[^\s:/\\])")
_ODD_SPACE = re.compile(rf"{WORD}:([{SPACES}][{SPACES} \t]*)")
_EQUALS = re.compile(rf"{WORD}([ \t]*=[ \t]*)(?=\S)")
_LINE_SIGN = re.compile("[\r\x85\u2028\u2029]")
_UNSEEN = re.compile(rf"[ \t]*([{UNSEEN}]+)")
_IDENTIFIER = re.compile(WORD)
_BAD_ESCAPE = re.compile(
    r"\\(?![0abt\tnvfre \"/\\N_LP]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
)
_ESCAPE = re.compile(r"\\.")
_ANCHOR = re.compile(r"&([\w-]+)(?=\s|$)\s*")
_CONTRACTION = re.compile(r"'(?:tis|twas|em|n|til|cause|bout|round|\d\ds?)\b(?!')", re.IGNORECASE)
_BLOCK_TEXT = re.compile(r"[|>][+-]?\d?[ \t]+(?=\S)")
_RESERVED = frozenset("@`%*&!|>,]}")
_NO_PLAIN = frozenset("\"'[]{},&*!|>%@`#?-:")
_PLAIN_ENDS = re.compile(r":(?=[ \t]|$)|[ \t]#")
_INDICATOR = re.compile(r"[-?:](?:[ \t]|$)")
_FLOW_SIGNS = frozenset("[{]}\"',")
_LOOK_AT_SIGNS = (
    "look at its quotes, brackets and commas: all that open must close, and nothing may follow"
)
_LOOK_AT_INDENT = "look at how far it is set in: as far as the other lines of the same field"
_COLON_CAUSE = "a value with a colon before a space, or at its end, must stand in quotes"

# The value of these is never a text, so that to put it in quotes would be no cure.
_CONTAINERS = frozenset(
    {"post_meta", *(key for key, field in BUILT_IN.items() if field.type in ("mapping", "list"))}
)


class Cure(NamedTuple):
    """A change that may make a text readable.

    Attributes:
        change: The change.
        span: What is wrong, as a range of the text.
        message: What is wrong, in words.
        help: What to do.
        certain: Whether nothing else can have been meant.
        jumps: Whether the fault hid all that follows, so that the next one may stand anywhere
            below the line, even above the place at which this one was noticed.
        edit: What to change in the file, where that is another change: lines may be deleted.
    """

    change: Change
    span: Span
    message: str
    help: str
    certain: bool = True
    jumps: bool = False
    edit: Change | None = None


Maker: TypeAlias = Callable[[Sheet, Fault, int], "Iterator[Cure]"]


def cures(sheet: Sheet, fault: Fault) -> Iterator[Cure]:
    """Yield the changes to try, the most plausible first."""
    for number in _lines_of(sheet, fault):
        if len(sheet.lines[number]) <= MAX_LINE:
            for maker in _MAKERS:
                yield from maker(sheet, fault, number)


def faulty_line(sheet: Sheet, fault: Fault) -> int:
    """Return the line to which a fault belongs: without a colon, it is noticed on the next."""
    number = sheet.number(fault.start)
    above, entry = sheet.above(number), sheet.entry(number)
    if entry.key and above is not None and fault.at > entry.content_span.start:
        near = sheet.entry(above)
        if near.indent == entry.indent and not near.key and not near.is_item:
            return above
    return number


def described(sheet: Sheet, number: int) -> tuple[Span, str, str]:
    """Return what is wrong with a line for which there is no cure.

    Returns:
        The range of the text, what is wrong, and what to do.
    """
    entry = sheet.entry(number)
    span, text = entry.content_span, "YAML cannot read this line"
    anchor = _ANCHOR.match(entry.value)
    if anchor and f"&{anchor[1]}" in sheet.text[: entry.value_span.start]:
        message = f"the anchor &{anchor[1]} is there already, further up"
        return entry.value_span, message, "give one of the two another name"
    is_plain = entry.value[:1] not in ("[", "{", '"', "'", "")
    if is_plain and canonical_key(entry.key) in _CONTAINERS and COLON.search(entry.value):
        message = "a field cannot begin on the line of another"
        return entry.value_span, message, "begin it on the next line, two spaces further in"
    if entry.key and entry.value.startswith("- "):
        message = "a list cannot begin on the line of its field"
        return entry.value_span, message, "begin it on the next line, two spaces further in"
    if not entry.key and not entry.is_item and entry.value[:1] in CLOSERS and not entry.indent:
        message = "this line is no field: it has no name with a colon and a space after it"
        return span, message, "delete it, or write it as name: value, with the value in quotes"
    if entry.line.startswith("---"):
        message = "in front matter, three dashes stand only at the beginning and at the end"
        return span, message, "write nothing but --- on this line if it is the end"
    has_signs = entry.value[:1] in _FLOW_SIGNS or not set('[]{}"').isdisjoint(entry.value)
    if has_signs:
        return span, text, _LOOK_AT_SIGNS
    if entry.key or entry.is_item:
        help_text = "put the value in quotes, or check how far the line is set in"
        return span, text, help_text if entry.value else _LOOK_AT_INDENT
    if not entry.line.strip():
        return span, text, "look at the line above it: a quote or a bracket may be open there"
    message = "this line is no field: it has no name with a colon and a space after it"
    help_text = "write it as name: value, or set it in if it goes on with the line above"
    return span, message, help_text


def with_line(sheet: Sheet, change: Change) -> str:
    """Return what to type, as help: the line as the change leaves it."""
    if "\n" in sheet.text[change.start : change.end]:
        return ""
    begin = sheet.text.rfind("\n", 0, change.start) + 1
    text = change.apply(sheet.text[: end_of_line(sheet.text, change.end)])
    line = text[begin:].strip()
    if len(line) > _LONGEST_HELP or REPLACEMENT in line or printable(line) != line:
        return ""
    return f"write {line}"


def _lines_of(sheet: Sheet, fault: Fault) -> list[int]:
    """Return the lines that may hold the cause of a fault, the most probable first."""
    at, start = sheet.number(fault.at), sheet.number(fault.start)
    found = [start, at] if start == at or not _opens_flow(sheet, fault) else [at, start]
    for number in (at, start):
        above = sheet.above(number)
        found += [] if above is None else [above]
    quote = _open_quote(sheet, at)
    found += [] if quote is None else [quote]
    return list(dict.fromkeys(found))


def _opens_flow(sheet: Sheet, fault: Fault) -> bool:
    return sheet.text[fault.start : fault.start + 1] in ("[", "{")


def _open_quote(sheet: Sheet, number: int) -> int | None:
    """Return the nearest line above with a value that begins with a quote and has no other."""
    for other in range(number - 1, max(-1, number - 1 - LINES_NEAR), -1):
        value = sheet.entry(other).value if len(sheet.lines[other]) <= MAX_LINE else ""
        if value[:1] in ("'", '"') and closing_quote(value) < 0:
            return other
    return None


# Values that must stand in quotes


def quoted(text: str) -> str:
    """Return a text in the quotes in which it stands as it is."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _cause(value: str) -> str:
    """Return why a value is not read as it stands, or ""."""
    first = value[:1]
    if first in ("'", '"'):
        closing = closing_quote(value)
        after = 0 <= closing < len(value) - 1
        return "text stands after the closing quote of the value" if after else ""
    if first in CLOSERS:
        end = closing_bracket(value)
        if 0 <= end < len(value) - 1 and value[end + 1 :].strip("]}"):
            return f"text stands after the closing {value[end]} of the value"
        template = value.startswith(("{{", "{%"))
        return f"a value that begins with {value[:2]} must stand in quotes" if template else ""
    if first in _RESERVED or _INDICATOR.match(value):
        return f"a value that begins with {first} must stand in quotes"
    return _COLON_CAUSE if COLON.search(value) else ""


def _meant(value: str) -> str:
    """Return the text that a value stands for, as its author sees it."""
    quote = value[0]
    if quote not in "\"'":
        return value
    second = value.find(quote, 1)
    before, after = value[second - 1], value[second + 1 : second + 2]
    is_apostrophe = quote == "'" and before.isalnum() and after.isalnum()
    if value.endswith(quote) and len(value) > 2:
        if is_apostrophe or before in " (":  # 'it's', "say "hi" there"; not "one" and "two"
            return value[1:-1]
    elif is_apostrophe:
        return value[1:]
    return value


def _value(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Put a value in quotes."""
    entry = sheet.entry(number)
    span, cause = entry.value_span, _cause(entry.value)
    if _is_text_item(sheet, entry, number):
        text = sheet.text[entry.start + entry.lead : span.end]
        span = Span(entry.start + entry.lead, span.end)
        cause = cause or _cause(text)
    else:
        text = entry.value
    if not cause or (canonical_key(entry.key) in _CONTAINERS and COLON.search(text)):
        return
    if sheet.last_of(number) != number:
        yield from _long_value(sheet, number, cause)
        return
    anchors = text[0] in "*&" and _ANCHOR.search(sheet.text) is not None
    if text[0] == "&" and anchors:
        return
    change = Change(*span, quoted(_meant(text)))
    marks = text[0] not in "\"'" or _meant(text) != text or text.endswith(text[0])
    help_text = with_line(sheet, change) or "put the value in quotes"
    yield Cure(
        change,
        span,
        *_special(text, cause, help_text),
        certain=marks and not anchors and not _may_be_more(text),
    )


def _may_be_more(text: str) -> bool:
    """Return whether a value may be meant as something else than a text."""
    if text.startswith(("{{", "{%")):
        return False
    return text[0] in CLOSERS or text[:2] == "- " or _BLOCK_TEXT.match(text) is not None


def _special(text: str, cause: str, help_text: str) -> tuple[str, str]:
    """Return the message and the help for signs that may have been meant."""
    if _BLOCK_TEXT.match(text):
        return (
            f"text cannot begin on the line of the sign {text[0]}",
            f"begin the text on the next line, two spaces further in; or {help_text}",
        )
    if text[:2] == "- ":
        return (
            "a list cannot begin on the line of its field",
            f"begin it on the next line, two spaces further in; or {help_text}",
        )
    return cause, help_text


def _long_value(sheet: Sheet, number: int, cause: str) -> Iterator[Cure]:
    """Put a value of several lines in quotes."""
    entry = sheet.entry(number)
    last = sheet.entry(sheet.last_of(number))
    begin, end = entry.value_span.start, last.start + len(last.line.rstrip())
    text = sheet.text[begin:end]
    if COMMENT.search(text) or not text or text[0] in "\"'[{&" or "\n\n" in text:
        return
    below = [sheet.entry(other) for other in range(number + 1, sheet.number(end) + 1)]
    if any(other.is_item for other in below) or text.startswith("- "):
        return  # a list, and no text
    block_sign = _BLOCK_TEXT.match(text)
    if block_sign:
        change = Change(begin, begin + block_sign.end(), "")
        message = f"text cannot begin on the line of the sign {text[0]}"
        help_text = f"begin the text on the next line, or delete the {text[0]}"
        yield Cure(change, Span(*change[:2]), message, help_text, certain=False)
        return
    change = Change(begin, end, quoted(text))
    quote = change.text[0]
    sign = f"a quote {quote}" if quote == '"' else "an apostrophe '"
    last_line = sheet.number(end) - number
    count = "on the next line" if last_line == 1 else f"{last_line} lines below"
    help_text = f"write {sign} before the value and another at its end, {count}"
    has_fields = any(other.key and _IDENTIFIER.fullmatch(other.key) for other in below)
    if has_fields:
        help_text = f"begin the fields on the next line; or, for a text, {help_text}"
    certain = quote == '"' and not has_fields
    yield Cure(change, entry.value_span, cause, help_text, certain)


def _list_on_line(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Begin a list on the line below its field, if there are further items below."""
    entry = sheet.entry(number)
    lines = _items_below(sheet, number)
    if not entry.key or not entry.value.startswith("- ") or not lines:
        return
    items = [entry.value[2:].strip(), *(sheet.lines[other].strip()[2:].strip() for other in lines)]
    if not all(map(_is_plain_item, items)):
        return
    last = sheet.entry(lines[-1])
    inner = [_in_brackets(item) for item in items]
    rows = [f"[{inner[0]}", *(f"{sheet.lines[n][: indent_of(sheet.lines[n])]}{item}"
                              for n, item in zip(lines, inner[1:], strict=True))]  # fmt: skip
    span = Span(entry.value_span.start, last.start + len(last.line))
    # The list stands as deep in as its other items do, or two spaces where they differ.
    space = " " * last.indent
    written = "\n".join(f"{space}- {item}" for item in items)
    name = entry.line[: entry.column].rstrip()
    edit = Change(entry.start, span.end, f"{name}\n{written}")
    shown = ", ".join(f"- {item}" for item in items)
    help_text = f"begin the list on the next line: below {name.strip()}, write {shown}, each on "
    help_text += f"a line of its own with {_spaces(last.indent)} before it"
    if len(help_text) > _LONGEST_HELP or printable(help_text) != help_text:
        help_text = f"begin the list on the next line, with {_spaces(last.indent)} before the dash"
    yield Cure(
        Change(*span, ",\n".join(rows) + "]"),
        entry.value_span,
        "a list cannot begin on the line of its field",
        help_text,
        edit=edit,
    )


def _items_below(sheet: Sheet, number: int) -> list[int]:
    """Return the lines right below a field that are items of one list."""
    entry, found = sheet.entry(number), list[int]()
    least = entry.lead + (1 if entry.is_item else 0)
    for other in range(number + 1, min(len(sheet.lines), number + 1 + LINES_NEAR)):
        line = sheet.lines[other]
        indent = indent_of(line)
        if not line.lstrip().startswith("- ") or indent < least:
            return found if indent < least or not line.strip() or indent == least else []
        if found and indent != indent_of(sheet.lines[found[0]]):
            return []
        found.append(other)
    return []


def _is_plain_item(text: str) -> bool:
    """Return whether an item of a list is surely a text or a number, and nothing else."""
    if text[:1] in ("'", '"'):
        return closing_quote(text) == len(text) - 1
    return bool(text) and text[0] not in _NO_PLAIN and not _PLAIN_ENDS.search(text)


def _in_brackets(text: str) -> str:
    """Return a plain item as it is written in brackets."""
    if text[0] in "\"'":
        return text
    return quoted(text) if any(char in ",[]{}" for char in text) else text


def _is_text_item(sheet: Sheet, entry: Entry, number: int) -> bool:
    """Return whether a list item with a colon stands among items that are texts."""
    if not entry.is_item or not entry.key:
        return False
    for other in (sheet.above(number), sheet.below(number)):
        if other is not None:
            near = sheet.entry(other)
            if near.is_item and near.indent == entry.indent and not near.key:
                return True
    return " " in entry.key


def _continued(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Put a value in quotes whose second line has a colon."""
    entry, above = sheet.entry(number), sheet.above(number)
    while above is not None and sheet.entry(above).indent >= entry.indent:
        above = sheet.above(above)
    if above is None or not entry.key or _IDENTIFIER.fullmatch(entry.key):
        return
    owner = sheet.entry(above)
    if owner.value and owner.value[0] not in "\"'[{|>&*!" and owner.key:
        yield from _long_value(sheet, above, _COLON_CAUSE)


def _item_of_flow(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Put an item of a list or mapping in brackets in quotes."""
    entry = sheet.entry(number)
    column = fault.at - entry.start
    if not 0 <= column <= len(entry.line) or not (
        _opens_flow(sheet, fault) or "[" in entry.line or "{" in entry.line
    ):
        return
    if entry.value.startswith(("{{", "{%")):
        return
    span = _piece(entry.line, column)
    text = entry.line[span.start : span.end]
    cause = _cause(text)
    # A comma or bracket ends the piece, so that no piece ends with a quote that was left open.
    if not cause or text[0] in "[{,]}" or text.startswith("&"):
        return
    place = Span(entry.start + span.start, entry.start + span.end)
    change = Change(*place, quoted(_meant(text)))
    yield Cure(change, place, cause, with_line(sheet, change) or "put the value in quotes")


def _piece(line: str, column: int) -> Span:
    """Return the range of the value, in brackets, in which a column is."""
    begin, quote, is_value, opened = 0, "", False, 0
    place = 0
    while place < len(line):
        char = line[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and not line[begin:place].strip():
            quote = char
        elif char in "[{":
            begin, is_value, opened = place + 1, False, opened + 1
        elif char in ",]}" and opened:
            if place >= column:
                break
            begin, is_value = place + 1, False
        elif char == ":" and not is_value and line[place + 1 : place + 2] in ("", " "):
            begin, is_value = place + 1, True
        place += 1
    text = line[begin:place]
    begin += len(text) - len(text.lstrip())
    return Span(begin, begin + len(text.strip()))


def _line_break(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Leave out a field that begins right after the value of another: a new line is missing.

    A cure adds no line, so that the field can only be read when the author has mended it.
    """
    entry = sheet.entry(number)
    first = entry.value[:1]
    if first not in ("'", '"', *CLOSERS) or not entry.key:
        return
    end = closing_bracket(entry.value) if first in CLOSERS else closing_quote(entry.value)
    match = _FIELD_BEHIND.match(entry.value, end + 1) if end >= 0 else None
    if not match or not is_known_key(match[1]):
        return
    begin = entry.value_span.start + match.start(1)
    change = Change(entry.value_span.start + end + 1, entry.value_span.end, "")
    message = f"the field {match[1]} begins on the line of another"
    help_text = f"begin a new line before {match[1]}:"
    yield Cure(change, Span(begin, entry.value_span.end), message, help_text, certain=False)


def _comma(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Leave out a comma with nothing before it."""
    text = sheet.text
    if text[fault.at : fault.at + 1] != "," or sheet.number(fault.at) != number:
        return
    before = text[: fault.at].rstrip()[-1:]
    if before not in (",", "[", "{"):
        return
    end = fault.at + 1
    end += len(text[end:]) - len(text[end:].lstrip(" ")) if before in "[{" else 0
    change = Change(fault.at, end, "")
    message = "nothing stands before this comma"
    help_text = "delete one of the two commas" if before == "," else "delete it"
    shown = with_line(sheet, change)
    help_text = f"{help_text}: {shown}" if shown else help_text
    yield Cure(change, Span(fault.at, fault.at + 1), message, help_text, certain=False)


# Quotes


def _quote(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Close a quote that is never closed."""
    entry = sheet.entry(number)
    if entry.value[:1] not in ("'", '"') or closing_quote(entry.value) >= 0:
        return
    last = sheet.last_of(number)
    quote = entry.value[0]
    end = sheet.entry(last).start + len(sheet.lines[last].rstrip())
    span = entry.value_span
    if last != number and (quote in sheet.text[span.end : end] or last - number > LINES_NEAR - 2):
        return
    if entry.value.endswith("\\") and quote == '"':
        return
    message = "the quote with which the value begins is never closed"
    change = Change(end, end, quote)
    if (_CONTRACTION.match(entry.value) or len(entry.value) == 1) and last == number:
        message = f"a value that begins with {quote} must stand in quotes"
        change = Change(*span, quoted(entry.value))
    help_text = with_line(sheet, change) if last == number else ""
    help_text = help_text or f"write {quote} where the text ends"
    certain = "\\" not in sheet.text[span.start : end]
    yield Cure(change, span, message, help_text, certain, jumps=True)


def _escapes(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Keep the backslashes of a value in double quotes."""
    entry = sheet.entry(number)
    value = entry.value
    if value[:1] != '"' or value[-1] != '"' or len(value) < 3 or "\\" not in value:
        return
    inner = value[1:-1]
    if closing_quote(value) < 0:
        text = quoted(inner)
    elif not _BAD_ESCAPE.search(inner):
        return
    elif '\\"' in inner:
        kept = _ESCAPE.sub(lambda m: f"\\{m[0]}" if _BAD_ESCAPE.match(m[0]) else m[0], inner)
        text = f'"{kept}"'
    else:
        text = quoted(inner)
    change = Change(*entry.value_span, text)
    bad = _BAD_ESCAPE.search(inner)
    begin = entry.value_span.start + 1 + (bad.start() if bad else inner.rfind("\\"))
    yield Cure(
        change,
        Span(begin, begin + 2),
        "a backslash does not stand for itself between double quotes",
        with_line(sheet, change) or "put the value in single quotes",
        jumps=True,
    )


# Keys


def _space(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Put a space after the colon of a key."""
    entry = sheet.entry(number)
    match = _NO_SPACE.match(entry.line, entry.lead)
    if not match:
        yield from _odd_space(sheet, entry)
        return
    group = 2 if match.group(2) else 4
    begin = entry.start + match.start(group)
    change = Change(begin, entry.start + match.end(), ": ")
    message = (
        "the colon after the name of a field must be : and a space"
        if group == 2
        else "there is no space after the colon"
    )
    span = Span(begin, begin + 1)
    yield Cure(change, span, message, with_line(sheet, change) or "write a space after the colon")


def _odd_space(sheet: Sheet, entry: Entry) -> Iterator[Cure]:
    """Write a space in place of what only looks like one, behind the colon of a key."""
    match = _ODD_SPACE.match(entry.line, entry.lead)
    if match:
        begin, end = entry.start + match.start(1), entry.start + match.end(1)
        message = f"what stands after the colon is no space but U+{ord(match[1][0]):04X}"
        change = Change(begin, end, " ")
        yield Cure(change, Span(begin, end), message, "write a space in its place")


def _equals(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Write a colon instead of an equals sign."""
    entry = sheet.entry(number)
    match = _EQUALS.match(entry.line, entry.lead)
    if match and not entry.key:
        change = Change(entry.start + match.start(1), entry.start + match.end(1), ": ")
        place = entry.start + entry.line.index("=", match.start(1))
        help_text = with_line(sheet, change) or "write a colon and a space in place of ="
        message = "a field is written with a colon, not with ="
        yield Cure(change, Span(place, place + 1), message, help_text)


def _reserved_key(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Delete a sign before the name of a field that is known; put another name in quotes."""
    entry = sheet.entry(number)
    if not entry.key or entry.key[0] not in _RESERVED:
        return
    sign, begin = entry.key[0], entry.start + entry.lead
    if is_known_key(entry.key[1:]):
        change = Change(begin, begin + 1, "")
        message = f"the sign {sign} has no place before the name of a field"
        help_text = with_line(sheet, change) or "delete it"
        yield Cure(change, Span(*change[:2]), message, help_text, jumps=True)
        return
    change = Change(begin, begin + len(entry.key), quoted(entry.key))
    message = f"a name that begins with {sign} must stand in quotes"
    help_text = with_line(sheet, change) or "put the name in quotes"
    help_text = f"{help_text}; or delete the {sign}"
    yield Cure(change, Span(*change[:2]), message, help_text, certain=False)


def _dash(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Put a space after the dash of a list item."""
    entry = sheet.entry(number)
    text = entry.line[entry.indent :]
    if text[:1] != "-" or text[1:2] in ("", " ", "-", "\t"):
        return
    near = (sheet.above(number), sheet.below(number))
    if any(
        other is not None and sheet.entry(other).is_item and sheet.entry(other).indent
        == entry.indent for other in near
    ):  # fmt: skip
        place = entry.start + entry.indent
        change = Change(place + 1, place + 1, " ")
        help_text = with_line(sheet, change) or "write a space after the dash"
        yield Cure(change, Span(place, place + 1), "there is no space after the dash", help_text)


def _directive(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Leave out a directive, such as `%YAML 1.2`."""
    for other in (number, *([0] if number < 4 else [])):
        entry = sheet.entry(other)
        if entry.line.startswith(("%YAML", "%TAG")):
            change = Change(entry.start, entry.start + len(entry.line), "")
            message = "a line that begins with % has no place in front matter"
            edit = Change(change.start, min(change.end + 1, len(sheet.text)), "")
            yield Cure(change, entry.content_span, message, "delete this line", edit=edit)


def _anchor(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Leave out an anchor that stands a second time and is not used after that."""
    entry = sheet.entry(number)
    match = _ANCHOR.match(entry.value)
    if not match or not match.end() < len(entry.value):
        return
    begin = entry.value_span.start
    name = match.group(1)
    if f"&{name}" in sheet.text[:begin] and f"*{name}" not in sheet.text[begin:]:
        change = Change(begin, begin + match.end(), "")
        span = Span(begin, begin + len(name) + 1)
        message = f"the anchor &{name} is there already, further up"
        yield Cure(change, span, message, with_line(sheet, change) or f"delete &{name}")


# Brackets


def _bracket(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Close a bracket that is never closed."""
    entry = sheet.entry(number)
    if not (entry.start <= fault.start <= entry.start + len(entry.line)):
        return
    if not _opens_flow(sheet, fault):
        return
    begin = entry.value_span.start if entry.value[:1] in CLOSERS else fault.start
    above = sheet.above(sheet.number(fault.at))
    for last in dict.fromkeys((number, number if above is None else max(above, number))):
        line = sheet.entry(last)
        end = line.start + value_end(line.line, line.column)
        closers = missing_brackets(sheet.text[begin:end])
        if 0 < len(closers) <= _MAX_CLOSERS:
            change = Change(end, end, closers)
            help_text = with_line(sheet, change) or f"write {closers} where it ends"
            message = f"the bracket {sheet.text[begin]} is never closed"
            span = Span(begin, begin + 1)
            if last != number:
                help_text = f"write {closers} where it ends"
            yield Cure(change, span, message, help_text, certain=last == number)


def _wrong_bracket(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Close what a bracket of another kind leaves open."""
    entry, text = sheet.entry(number), sheet.text
    char, begin = text[fault.at : fault.at + 1], entry.value_span.start
    if char not in ("]", "}") or entry.value[:1] not in CLOSERS or fault.at <= begin:
        return
    if fault.at >= entry.value_span.end:
        return
    opened = missing_brackets(text[begin : fault.at])
    if char == opened[:1] or not 0 < len(opened) <= _MAX_CLOSERS:
        return
    span = Span(fault.at, fault.at + 1)
    if char in opened:
        missing = opened[: opened.index(char)]
        change = Change(fault.at, fault.at, missing)
        message = f"{missing} is missing before this bracket {char}"
    elif fault.at + 1 == entry.value_span.end:
        change = Change(*span, opened)
        message = f"this bracket {char} closes another kind of bracket than was opened"
    else:
        return
    help_text = with_line(sheet, change) or f"write {change.text} here"
    certain = change.end > change.start and len(opened) == 1
    yield Cure(change, span, message, help_text, certain)


def _extra_bracket(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Leave out a closing bracket that closes nothing."""
    entry = sheet.entry(number)
    char = sheet.text[fault.at : fault.at + 1]
    if char not in ("]", "}") or entry.value[:1] not in CLOSERS:
        return
    if entry.start <= fault.at < entry.start + len(entry.line):
        end = fault.at + 1
        if sheet.text[fault.at : entry.value_span.end].strip("]}") == "":
            end = max(end, entry.value_span.end)
        change = Change(fault.at, end, "")
        text = with_line(sheet, change)
        message = f"this bracket {char} closes nothing"
        if end - fault.at > 1:
            message = f"the brackets {sheet.text[fault.at : end]} close nothing"
        other = Change(*entry.value_span, quoted(entry.value))
        help_text = f"{text}; or {with_line(sheet, other)}, for a text" if text else "delete it"
        yield Cure(change, Span(fault.at, end), message, help_text, certain=False)


# Indentation


def _tabs(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Write spaces instead of tabs before a line, and before those with tabs that follow it."""
    if not _has_tabs(sheet.lines[number]):
        yield from _inner_tab(sheet, fault, number)
        return
    last = number
    while last + 1 < len(sheet.lines) and _has_tabs(sheet.lines[last + 1]):
        last += 1
    if last - number > LINES_NEAR:
        return
    entry = sheet.entry(number)
    open_indents = [indent for indent in sheet.open_indents(number) if indent]
    below = sheet.below(last)
    next_indent = 0 if below is None else sheet.entry(below).indent
    tabs_only = "\t" in entry.line[: entry.indent]
    tabs = entry.line[: entry.indent].count("\t") or 1
    wanted = [next_indent] if next_indent in open_indents else []
    wanted += [2 * tabs] if 2 * tabs in open_indents else []
    wanted += open_indents or [2 * tabs]
    what = ("the tab" if tabs == 1 else "the tabs") if tabs_only else "it"
    end = sheet.entry(last).start + len(sheet.lines[last])
    for indent in dict.fromkeys(wanted):
        unit = max(1, indent // tabs)
        lines = [_expanded(line, unit) for line in sheet.lines[number : last + 1]]
        if number == last:
            change = Change(entry.start, entry.start + entry.indent, " " * indent)
        else:
            change = Change(entry.start, end, "\n".join(lines))
        rows = f", here and in the next {last - number} lines" if last > number else ""
        rows = ", here and in the next line" if last == number + 1 else rows
        certain = len(open_indents) == 1 or (
            number == last and next_indent == indent and open_indents[:1] == [indent]
        )
        yield Cure(
            change,
            Span(entry.start, entry.start + entry.indent),
            f"{'a tab' if tabs_only else 'a character'} stands where only spaces may stand{rows}",
            f"write {_choice(open_indents or [indent], indent, certain)} in place of {what}"
            if last == number
            else f"write {_spaces(unit)} in place of each tab",
            certain,
        )


def _choice(indents: list[int], chosen: int, certain: bool) -> str:
    """Return how many spaces may be meant."""
    return _spaces(chosen) if certain else " or ".join(_spaces(one) for one in sorted(indents))


def _spaces(count: int) -> str:
    words = {0: "no space", 1: "one space", 2: "two spaces", 3: "three spaces", 4: "four spaces"}
    return words.get(count, f"{count} spaces")


def _has_tabs(line: str) -> bool:
    """Return whether something else than spaces stands before the text of a line."""
    return bool(line.strip()) and line[: indent_of(line)].strip(" ") != ""


def _expanded(line: str, unit: int) -> str:
    indent = indent_of(line)
    return "".join(" " * unit if char == "\t" else " " for char in line[:indent]) + line[indent:]


def _inner_tab(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Write a space instead of a tab after a colon or a dash."""
    text = sheet.text
    if text[fault.at : fault.at + 1] != "\t" or sheet.number(fault.at) != number:
        return
    end = fault.at + len(text[fault.at :]) - len(text[fault.at :].lstrip("\t "))
    change = Change(fault.at, end, " " if text[end : end + 1] not in ("\n", "") else "")
    message = "a tab stands where only a space may stand"
    yield Cure(change, Span(fault.at, end), message, "write a space in place of the tab")


def _indentation(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Set a line as far in as those around it."""
    entry = sheet.entry(number)
    if not is_told(entry.line) or _has_tabs(entry.line) or not (entry.key or entry.is_item):
        return
    above, below = sheet.above(number), sheet.below(number)
    indents = sheet.open_indents(number)
    next_indent = None if below is None else sheet.entry(below).indent
    if above is not None and not entry.indent and 0 not in indents:
        yield from _first_lines(sheet, number)
    if not entry.indent:  # it may belong to nothing above, or lack a dash
        yield from _item_too_far_left(sheet, number)
        return
    if above is None:
        indents = [] if next_indent is None else [next_indent]
    if above is not None and entry.indent in indents:
        near = sheet.entry(above)
        if not near.value or (near.is_item and not entry.is_item):  # it may lack a dash
            return
    wanted = [indent for indent in indents if indent != entry.indent]
    wanted.sort(key=lambda indent: (indent == 0 < entry.indent, abs(indent - entry.indent)))
    inner = [indent for indent in wanted if indent]
    for indent in wanted[:3]:
        change = Change(entry.start, entry.start + entry.indent, " " * indent)
        shown = f"{_spaces(indent)} before" if indent else "no space before"
        have = _spaces(entry.indent).replace("one space", "a single space")
        both = next_indent == indent and (above is None or sheet.entry(above).indent == indent)
        yield Cure(
            change,
            Span(entry.start, entry.start + max(entry.indent, 1)),
            f"this line begins with {have if entry.indent else 'no space'}, "
            "unlike the lines that it belongs to",
            f"write {shown} {_first_word(entry)}",
            both or (inner == [indent] and entry.indent < indent),
        )


def _item_too_far_left(sheet: Sheet, number: int) -> Iterator[Cure]:
    """Set an item as far in as those above it."""
    entry, above = sheet.entry(number), sheet.above(number)
    below = sheet.below(number)
    if not entry.is_item or above is None:
        return
    if below is not None and sheet.entry(below).indent > entry.indent:
        return  # what belongs to the item would have to be set in, too
    near = sheet.entry(above)
    if not near.is_item or not near.indent:
        return
    change = Change(entry.start, entry.start, " " * near.indent)
    yield Cure(
        change,
        Span(entry.start, entry.start + 1),
        "this item begins with no space, unlike the items above it",
        f"write {_spaces(near.indent)} before -",
        certain=near.indent <= _NEAR_INDENT,
    )


def _first_lines(sheet: Sheet, number: int) -> Iterator[Cure]:
    """Take back the lines above one that is not set in, if all of them are."""
    told = [other for other in range(number) if is_told(sheet.lines[other])]
    if not told:
        return
    first, last = sheet.entry(told[0]), sheet.entry(told[-1])
    indent = first.indent
    if not indent or any(indent_of(sheet.lines[other]) < indent for other in told):
        return
    lines = sheet.lines[told[0] : told[-1] + 1]
    text = "\n".join(line[min(indent, indent_of(line)) :] for line in lines)
    change = Change(first.start, last.start + len(last.line), text)
    count = len(lines) - 1
    rows = "" if not count else ", as does the next" if count == 1 else f", as do the next {count}"
    yield Cure(
        change,
        Span(first.start, first.start + indent),
        f"this line begins with {_spaces(indent)}{rows}, unlike the fields below",
        f"write no space before {_first_word(first)}" if not count else "delete these spaces",
    )


def _first_word(entry: Entry) -> str:
    return printable("-" if entry.is_item else f"{entry.key[:60]}:")


def _line_sign(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Write spaces in place of what YAML takes for the end of a line, and an editor does not."""
    entry = sheet.entry(number)
    places = [match.start() for match in _LINE_SIGN.finditer(entry.line)]
    if places:
        begin, end = places[0], places[-1] + 1
        text = _LINE_SIGN.sub(" ", entry.line[begin:end])
        sign = f"U+{ord(entry.line[begin]):04X}"
        yield Cure(
            Change(entry.start + begin, entry.start + end, text),
            Span(entry.start + begin, entry.start + begin + 1),
            f"a character that cannot be seen ({sign}) ends the line here for YAML",
            "write a space in its place",
        )


def _unseen(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Delete what cannot be seen before the text of a line."""
    entry = sheet.entry(number)
    match = _UNSEEN.match(entry.line)
    if match:
        begin, end = entry.start + match.start(1), entry.start + match.end(1)
        message = f"a character that cannot be seen (U+{ord(match[1][0]):04X}) stands here"
        yield Cure(Change(begin, end, ""), Span(begin, end), message, "delete it")


def _unseen_behind(sheet: Sheet, fault: Fault, number: int) -> Iterator[Cure]:
    """Delete what cannot be seen behind a closing quote or bracket."""
    entry = sheet.entry(number)
    match = _BEHIND.search(entry.line)
    if match:
        begin, end = entry.start + match.start(2), entry.start + match.end(2)
        char = next(char for char in match[2] if char not in " \t")
        message = f"an invisible character (U+{ord(char):04X}) stands behind {match[1]}"
        yield Cure(Change(begin, end, ""), Span(begin, end), message, "delete it")


_MAKERS: tuple[Maker, ...] = (
    _unseen,
    _line_sign,
    _directive,
    _reserved_key,
    _tabs,
    _unseen_behind,
    _anchor,
    _escapes,
    _line_break,
    _list_on_line,
    _comma,
    _continued,
    _item_of_flow,
    _value,
    _quote,
    _space,
    _equals,
    _dash,
    _wrong_bracket,
    _bracket,
    _extra_bracket,
    _indentation,
)
