"""Where front matter stands that MkDocs cannot read, and what can be saved of it.

MkDocs drops front matter that is no YAML mapping between two fences, and shows its text on the
page. Here it is found where it must have been meant, and mended as far as that is certain.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from mkdocs_anp.core.blocks import front_matter_block
from mkdocs_anp.core.keys import canonical_key, dotted
from mkdocs_anp.core.problems import WHOLE, Edit, Problem, Span, place_of, printable
from mkdocs_anp.core.recovery.cures import with_line
from mkdocs_anp.core.recovery.mending import MAX_CURED, MAX_PROBLEMS, Found, Mended, back, mend
from mkdocs_anp.core.recovery.paths import path_of
from mkdocs_anp.core.recovery.plausible import is_front_matter, is_known_key
from mkdocs_anp.core.recovery.sheet import UNSEEN, Change, Sheet, end_of_line
from mkdocs_anp.core.recovery.tolerant import LOADER, Builder, Fault, Reader, reads_as_mapping

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MAX_LINES_BEFORE = 5
_LONGEST_FIELD = 200

# MkDocs' own rule (as in core/blocks.py), for fences on any line, and for the end of a file.
_OPENING = re.compile(r"-{3}[ \t]*\n")
_CLOSING = re.compile(r"^(?:\.{3}|-{3})[ \t]*\n", re.MULTILINE)
_CLOSING_AT_END = re.compile(r"^(?:\.{3}|-{3})[ \t]*\Z", re.MULTILINE)

_FENCE_BELOW = re.compile(rf"^[{UNSEEN} \t]*(?=-{{3}}[ \t]*\n)", re.MULTILINE)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ODD_OPENING = re.compile(r"(?:--|-{4,}|[—–]+-?|---[ \t]*ya?ml)[ \t]*(?=\n)", re.IGNORECASE)
_ODD_CLOSING = re.compile(
    r"[ \t]*(?:-{2,}|(?:- ){2,}-?|[—–]+-?|={3,}|_{3,}|~{3,}|-{3}[ \t]*ya?ml|<!---->)[ \t]*"
)
_TOML_OPENING = re.compile(r"\+{3}[ \t]*\n")
_TOML_CLOSING = re.compile(r"^\+{3}[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML_LINE = re.compile(r"""[\w."'-]+(?:[ \t]+[\w."'-]+)*[ \t]*=|\[|#""")

# Lines as they stand in front matter, right or nearly so.
_FIELD = re.compile(r"""["'@`%*!&|]{0,2}[^\W\d][\w.-]*(?: [\w.-]+){0,3}["']?[ \t]*[:：=]""")
_SURE_FIELD = re.compile(r"""["'@`%*!&|]{0,2}[a-z_][\w-]*["']?[ \t]*:(?=[ \t]|$)""")
_INNER = re.compile(r"[ \t]+(?:-[ \t]|[\w\"'-]+[ \t]*:(?=[ \t]|$)|\S)|-[ \t]|-$|[\]}]")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_WORD_KEY = re.compile(r"[^\W\d][\w.-]*(?: [\w.-]+){0,3}")

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_TEXT = "tag:yaml.org,2002:str"


class Recovered(NamedTuple):
    """What could be saved of a page.

    Attributes:
        meta: What YAML (or TOML) makes of what could be read; {} where that is nothing.
        body: The Markdown below the front matter; the raw front matter is in it only where its
            end cannot be told.
        block: The YAML from which `meta` was made, mended where that was needed; "" for TOML.
        first_line: The line of the file, from 1, on which the block begins.
        offset: Where the block begins in the source; None where it differs from the source.
        problems: What is wrong, at least one.
        changed: The lines of the file, from 1, that the block has in another form: what is found
            on them by the block is not what stands there.
    """

    meta: dict[Any, Any]
    body: str
    block: str
    first_line: int
    offset: int | None
    problems: list[Problem]
    changed: frozenset[int] = frozenset()


class _Frame(NamedTuple):
    """Where front matter stands in a source.

    Attributes:
        start, end: The range of the YAML.
        above: The text above the front matter that belongs to the page.
        below: Where the page begins.
        found: What is wrong with the fences.
        closing: The line, from 1, of the closing fence, or on which there should be one.
        is_left: Whether all of it stays on the page, as its end cannot be told.
    """

    start: int
    end: int
    below: int
    closing: int
    found: tuple[Found, ...] = ()
    above: str = ""
    is_left: bool = False

    def below_fault(self, found: Found, above: str = "") -> _Frame:
        """Return the frame with something wrong above it, and with text to keep."""
        return self._replace(found=(found, *self.found), above=above)


def recover(name: str, source: str) -> Recovered | None:
    """Save the front matter of a page that MkDocs cannot read.

    Args:
        name: The path of the source file, for the problems.
        source: The text of the file; its lines end with a newline, and nothing else.

    Returns:
        What could be saved; None where there is no front matter, or MkDocs reads it.
    """
    if _TOML_OPENING.match(source):
        return _recover_toml(name, source)
    reader = Reader()
    if _OPENING.match(source):
        return _recover_fenced(name, source, reader)
    return _recover_below_text(name, source, reader) or _recover_odd(name, source, reader)


# Fences


def _recover_fenced(name: str, source: str, reader: Reader) -> Recovered | None:
    """Save front matter with an opening fence on the first line."""
    whole = front_matter_block(source).text
    if whole and reads_as_mapping(whole):
        return None
    start = source.index("\n") + 1
    closing = _CLOSING.search(source, start)
    if closing and closing.start() == start and _SURE_FIELD.match(source, closing.end()):
        start = closing.end()  # a fence of two lines: for YAML, the second begins the document
        closing = _CLOSING.search(source, start)
    frame: _Frame | None
    if closing:
        frame = _unclosed(source, start, closing.start(), reader)
        frame = frame or _closed(source, start, closing)
    else:
        at_end = _CLOSING_AT_END.search(source, start)
        frame = _closed(source, start, at_end) if at_end else None
        frame = frame or _unclosed(source, start, None, reader)
    if frame is None:
        return None
    if frame.is_left:
        problems = [_problem(name, source, found, WHOLE) for found in frame.found]
        return Recovered({}, source, "", _line(source, start), start, problems)
    if not is_front_matter(source[frame.start : frame.end]):
        return None
    return _recover_block(name, source, frame, reader)


def _closed(source: str, start: int, closing: re.Match[str]) -> _Frame:
    """Return where front matter is that has both fences."""
    line = _line(source, closing.start())
    if closing.group().endswith("\n"):
        return _Frame(start, closing.start(), closing.end(), line)
    end = len(source)
    found = Found(
        "no-newline-after-fence",
        Span(closing.start(), end),
        f"the file ends right after {closing.group().strip()}, so MkDocs does not take it for the "
        "end of the front matter",
        "press Enter at the end of this line: the file must end with an empty line",
        Edit(Span(end, end), "\n"),
    )
    return _Frame(start, closing.start(), end, line, (found,))


def _unclosed(source: str, start: int, fence: int | None, reader: Reader) -> _Frame | None:
    """Return where front matter is that has no closing fence, or has it not where it ends.

    Args:
        source: The page.
        start: Where the YAML begins.
        fence: Where the first line is that MkDocs takes for the closing fence, if there is any:
            it may be a thematic break far below.
        reader: Reads the YAML.
    """
    lines = source[start : len(source) if fence is None else fence].split("\n")
    if fence is not None and lines and not lines[-1]:
        lines.pop()
    count = _natural_end(lines)
    rest = lines[count:]
    if fence is not None and not _is_markdown(rest):
        return None
    beyond = start + sum(len(line) + 1 for line in lines[:count])
    while count and not lines[count - 1].strip():
        count -= 1
    block = "".join(f"{line}\n" for line in lines[:count])[: len(source) - start]
    if len(block) > MAX_CURED:
        is_meant = is_front_matter(block, is_sure=False)
        return _too_long(source, Span(start, start + len(block)), fence) if is_meant else None
    if not is_front_matter(block) or not _reads(block, reader, sure=fence is None):
        return None
    if rest and _ODD_CLOSING.fullmatch(rest[0]):
        return _odd_fence(source, Span(start, start + len(block)), beyond)
    return _without_fence(source, Span(start, start + len(block)), fence)


def _odd_fence(source: str, block: Span, begin: int) -> _Frame:
    """Return where front matter is whose closing fence is not written as it must be."""
    end = end_of_line(source, begin)
    line = source[begin:end]
    first = begin + len(line) - len(line.lstrip())
    span = Span(first, begin + len(line.rstrip()))
    message = "this line does not close the front matter, which takes exactly three dashes"
    help_text = f"write --- in place of {printable(source[span.start : span.end])}"
    if line.strip() == "---":
        help_text = "delete the space before it"
    text = "---"
    if end == len(source):
        help_text = f"{help_text}, and press Enter at the end of the line"
        text = "---\n"
    found = Found("no-closing-fence", span, message, help_text, Edit(Span(begin, end), text))
    below = min(end + 1, len(source))
    return _Frame(*block, below, _line(source, begin), (found,))


def _without_fence(source: str, block: Span, fence: int | None) -> _Frame:
    """Return where front matter is below which no fence stands."""
    end = block.end
    has_newline = source[end - 1] == "\n"
    last = _line(source, end) - has_newline
    message = "the front matter has no line --- at its end"
    if fence is not None:
        message = (
            f"the front matter ends on line {last}, but the next line --- is line "
            f"{_line(source, fence)}"
        )
    edit = Edit(Span(end, end), "---\n" if has_newline else "\n---\n")
    help_text = f"write a line --- after line {last}"
    found = Found("no-closing-fence", Span(end, end + has_newline), message, help_text, edit)
    return _Frame(*block, end, last + 1, (found,))


def _too_long(source: str, block: Span, fence: int | None) -> _Frame:
    """Return the frame of front matter that has no closing fence and is too long to be read.

    Nothing of it is taken away from the page: where it ends is only a guess.
    """
    frame = _without_fence(source, block, fence)
    (found,) = frame.found
    message = f"{found.message}; it is too long to be mended"
    found = Found(found.code, Span(0, 3), message, found.help)
    return _Frame(block.start, block.start, 0, frame.closing, (found,), is_left=True)


def _natural_end(lines: list[str]) -> int:
    """Return the number of lines after which front matter must have ended."""
    number, seen = 0, False
    while number < len(lines):
        line = lines[number]
        if seen and _ODD_CLOSING.fullmatch(line):
            return number
        if not line.strip():
            after = _next_line(lines, number)
            if after < 0 or (seen and not _goes_on(lines, number, after)):
                return number
            number = after
            continue
        after_line = lines[number + 1] if number + 1 < len(lines) else ""
        if not _belongs(line, after_line):
            return number
        seen = seen or not line.startswith("#")
        number += 1
    return number


def _next_line(lines: list[str], number: int) -> int:
    for other in range(number, len(lines)):
        if lines[other].strip():
            return other
    return -1


def _goes_on(lines: list[str], blank: int, after: int) -> bool:
    """Return whether front matter goes on below blank lines."""
    line = lines[after]
    if _ODD_CLOSING.fullmatch(line):
        return True
    if line.startswith("#"):
        beyond = _next_line(lines, after + 1)
        return beyond == after + 1 and _SURE_FIELD.match(lines[beyond]) is not None
    if line.startswith(("- ", " ", "\t")):
        above = lines[blank - 1].rstrip()
        is_open = above.endswith((":", "|", ">", ">-", "|-")) or above.startswith((" ", "- "))
        return is_open and _INNER.match(line) is not None
    return _SURE_FIELD.match(line) is not None


def _belongs(line: str, after: str) -> bool:
    """Return whether a line looks like one of front matter, or stands before one that does."""
    if _HEADING.match(line):
        return _FIELD.match(after) is not None
    if line.startswith("#") or _FIELD.match(line) or _INNER.match(line):
        return True
    return _SURE_FIELD.match(after) is not None


def _is_markdown(rest: list[str]) -> bool:
    """Return whether lines are text of a page, set off from the fields above, with none in it."""
    if not any(line.strip() for line in rest) or any(map(_SURE_FIELD.match, rest)):
        return False
    is_set_off = not rest[0].strip() or _HEADING.match(rest[0]) or _ODD_CLOSING.fullmatch(rest[0])
    return bool(is_set_off)


def _reads(block: str, reader: Reader, *, sure: bool) -> bool:
    """Return whether a text that has no closing fence is front matter."""
    mended = mend(block, 0, reader)
    names = _names(mended.node)
    if not names or not all(map(_WORD_KEY.fullmatch, names)):
        return False
    if not mended.is_whole and not sure:
        return False
    return len(names) > 1 or (
        _SURE_FIELD.match(f"{names[0]}:") is not None and is_known_key(names[0])
    )


def _is_told_by(name: str) -> bool:
    """Return whether a key alone, below text, tells front matter."""
    return canonical_key(name) in ("title", "post_meta")


def _names(node: yaml.Node | Fault | None) -> list[str]:
    """Return the keys of a mapping of which all keys are texts; [] where there is none such."""
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key for key, _ in node.value]
    if not all(isinstance(key, yaml.ScalarNode) and key.tag == _TEXT for key in keys):
        return []
    return [key.value for key in keys]


# Text above the front matter


def _recover_below_text(name: str, source: str, reader: Reader) -> Recovered | None:
    """Save front matter that does not begin on the first line."""
    head = "".join(source[:20_000].splitlines(keepends=True)[:_MAX_LINES_BEFORE])
    fence = _FENCE_BELOW.search(head)
    if not fence or not fence.end():
        return None
    above = source[: fence.end()]
    told = [line for line in above.split("\n") if line.strip(f"{UNSEEN} \t")]
    texts = _HTML_COMMENT.sub("", above).split("\n")
    texts = [line for line in texts if line.strip(f"{UNSEEN} \t")]
    if len(texts) > 1:
        return None
    start = source.index("\n", fence.end()) + 1
    closing = _CLOSING.search(source, start) or _CLOSING_AT_END.search(source, start)
    if not closing or not _is_sure(source[start : closing.start()], bool(texts), reader):
        return None
    frame = _closed(source, start, closing)
    found = _text_above(source, fence.end(), told, frame.closing)
    kept = above.strip(f"{UNSEEN} \t\n") if told else ""
    frame = frame.below_fault(found, kept)
    return _recover_block(name, source, frame, reader)


def _is_sure(block: str, below_text: bool, reader: Reader) -> bool:
    """Return whether a text between two fences that are not on the first line is front matter."""
    node: yaml.Node | Fault | None
    if len(block) > MAX_CURED or not is_front_matter(block, is_sure=False):
        return False
    if not below_text and _SURE_FIELD.match(block):
        node = mend(block, 0, reader).node
    else:
        node = reader.compose(block)
    names = _names(node)
    if not below_text:
        return bool(names) and all(map(_WORD_KEY.fullmatch, names))
    return len(names) > 1 or any(map(_is_told_by, names))


def _text_above(source: str, end: int, told: list[str], closing: int) -> Found:
    """Return the problem that something stands above the opening fence."""
    code = "text-before-fence"
    fence = _line(source, end)
    if not told:
        edit = Edit(Span(0, end), "")
        unseen = next((char for char in source[:end] if char in UNSEEN), "")
        if unseen:
            place = source.index(unseen)
            sign = f"U+{ord(unseen):04X}"
            return Found(
                code, Span(place, place + 1),
                f"a character that cannot be seen ({sign}) stands before ---, so MkDocs does not "
                "see the front matter",
                "delete it: the file must begin with ---", edit,
            )  # fmt: skip
        if fence == 1:
            return Found(
                code, Span(0, end), "space stands before --- at the top of the file, so MkDocs "
                "does not see the front matter", "delete it: the file must begin with ---", edit,
            )  # fmt: skip
        lines = "line 1" if fence == 2 else f"lines 1 to {fence - 1}"
        return Found(
            code, Span(0, 1), "the file begins with a blank line, so MkDocs does not see the "
            "front matter", f"delete {lines}: the file must begin with ---", edit,
        )  # fmt: skip
    begin = source.index(told[0])
    line = _line(source, begin)
    what = "a comment" if told[0].lstrip().startswith("<!--") else "text"
    return Found(
        code,
        Span(begin, begin + len(told[0].rstrip())),
        f"{what} stands above the front matter, so MkDocs does not see it",
        f"delete line {line}, or move it below line {closing}: the file must begin with ---",
    )


def _recover_odd(name: str, source: str, reader: Reader) -> Recovered | None:
    """Save front matter whose opening fence is not written as it must be."""
    opening = _ODD_OPENING.match(source)
    if not opening:
        return None
    start = opening.end() + 1
    closing = _CLOSING.search(source, start) or _CLOSING_AT_END.search(source, start)
    same = re.compile(rf"^{re.escape(opening.group())}(?:\n|\Z)", re.MULTILINE)
    other = same.search(source, start)
    if other and (not closing or other.start() < closing.start()):
        frame = _odd_fence(source, Span(start, other.start()), other.start())
    elif closing:
        frame = _closed(source, start, closing)
    else:
        return None
    block = source[frame.start : frame.end]
    names = _names(reader.compose(block)) if len(block) <= MAX_CURED else []
    if not (len(names) > 1 or any(map(_is_told_by, names))):
        return None
    if not all(map(_SURE_FIELD.match, (f"{key}:" for key in names))):
        return None
    shown = opening.group().strip()
    found = Found(
        "text-before-fence", Span(0, len(shown)),
        "this line does not open the front matter, which takes exactly three dashes",
        f"write --- in place of {shown}", Edit(Span(0, opening.end()), "---"),
    )  # fmt: skip
    return _recover_block(name, source, frame.below_fault(found), reader)


# TOML


def _recover_toml(name: str, source: str) -> Recovered | None:
    """Save front matter that is written in TOML."""
    start = source.index("\n") + 1
    closing = _TOML_CLOSING.search(source, start)
    block = source[start : closing.start()] if closing else ""
    first = next((line.strip() for line in block.split("\n") if line.strip()), "")
    if not closing or not _TOML_LINE.match(first):
        return None
    meta: dict[Any, Any] = {}
    message = "front matter between lines +++ is TOML, which MkDocs does not read"
    try:
        meta = tomllib.loads(block)
    except (ValueError, RecursionError) as error:
        line = re.search(r"\(at line (\d+), column", str(error))
        where = f" on line {int(line[1]) + 1}" if line else ""
        message = f"{message}; it is no TOML either, as it breaks off{where}"
    edit, help_text = _as_yaml(block, meta), "write YAML between lines ---"
    pair = re.match(r"([\w-]+)[ \t]*=[ \t]*(\S[^\n]{0,100})", first)
    if pair and printable(first) == first:
        value = pair[2] if pair[2][0] not in "[{" else "…"
        help_text = f"{help_text}, as {pair[1]}: {value} in place of {pair[1]} = {value}"
    found = Found(
        "toml", Span(0, 3), message, help_text,
        Edit(Span(0, closing.end()), edit) if edit and closing.group().endswith("\n") else None,
    )  # fmt: skip
    body = source[closing.end() :].lstrip("\n")
    return Recovered(meta, body, "", 2, None, [_problem(name, source, found, WHOLE)])


def _as_yaml(block: str, meta: dict[Any, Any]) -> str:
    """Return TOML as front matter in YAML; "" where something would be lost, as comments are."""
    if not meta or "#" in block or len(block) > MAX_CURED:
        return ""
    try:
        text = yaml.dump(meta, Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=1_000)
        same = yaml.load(text, LOADER) == meta  # noqa: S506 (it is a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return ""
    safe = same and not _CLOSING.search(text)
    return f"---\n{text}---\n" if safe else ""


# The block


def _recover_block(name: str, source: str, frame: _Frame, reader: Reader) -> Recovered:
    """Save what stands between the fences."""
    text = source[frame.start : frame.end]
    body = source[frame.below :].lstrip("\n")
    if frame.above:
        body = f"{frame.above}\n\n{body}"
    mended = mend(text, frame.start, reader)
    found = [*frame.found, *mended.found]
    if mended.is_whole and not isinstance(mended.node, yaml.MappingNode):
        fields, problem = _no_mapping(source, frame, mended, reader)
        mended = fields or mended
        found.append(problem)
    builder = Builder(mended.text)
    meta: dict[Any, Any] = {}
    if isinstance(mended.node, yaml.MappingNode):
        built = builder.build(mended.node)
        meta = built if isinstance(built, dict) else {}
        found += _flaws(builder, mended, frame.start)
    found.sort(key=lambda one: (one.span.start, one.code))
    problems = [
        _problem(name, source, one, _field(one, mended, text, frame.start))
        for one in found[:MAX_PROBLEMS]
    ]
    offset = None if mended.is_changed else frame.start
    first_line = _line(source, frame.start)
    changed = _changed_lines(text, mended.text, first_line)
    return Recovered(meta, body, mended.text, first_line, offset, problems, changed)


def _changed_lines(before: str, after: str, first: int) -> frozenset[int]:
    """Return the lines of the file that differ, but for those that are cut off."""
    if not after or before == after:
        return frozenset()
    pairs = zip(before.split("\n"), after.removesuffix("\n").split("\n"), strict=False)
    return frozenset(number for number, (one, other) in enumerate(pairs, first) if one != other)


def _field(found: Found, mended: Mended, block: str, start: int) -> str:
    """Return the dotted path of the field that has a problem, or that it is the whole block."""
    if found.code != "unreadable":
        return WHOLE
    path = path_of(mended, block, min(max(found.span.start - start, 0), len(block)))
    return printable(dotted(path)[:_LONGEST_FIELD]) or WHOLE


def _flaws(builder: Builder, mended: Mended, start: int) -> Iterator[Found]:
    """Yield the problems of single values."""
    sheet = Sheet(mended.text)
    for flaw in builder.flaws[:MAX_PROBLEMS]:
        begin, end = (back(mended.changes, offset) for offset in flaw.span)
        span = Span(begin + start, max(begin, end) + start)
        edit, help_text = None, flaw.help
        if flaw.cure is not None:
            help_text = with_line(sheet, Change(*flaw.span, flaw.cure)) or help_text
            if end - begin == flaw.span.end - flaw.span.start:
                edit = Edit(span, flaw.cure)
        yield Found("unreadable", span, flaw.message, help_text, edit)


def _no_mapping(
    source: str, frame: _Frame, mended: Mended, reader: Reader
) -> tuple[Mended | None, Found]:
    """Return what is wrong with a block that has no fields, and the fields it was meant to have."""
    node, code = mended.node, "not-a-mapping"
    if node is None:
        return None, _empty(source, frame)
    text = source[frame.start : frame.end]
    begin = frame.start + len(text) - len(text.lstrip())
    span = Span(begin, end_of_line(source, begin))
    message = "the front matter is a text; MkDocs reads only fields, each as name: value"
    help_text = "write a field, such as title: A page"
    if not isinstance(node, yaml.SequenceNode):
        return None, Found(code, span, message, help_text)
    message = "the front matter is a list; MkDocs reads only fields, each as name: value"
    fields = _without_dashes(mended, reader)
    if fields is None:
        help_text = "write fields without dashes before them, such as title: A page"
        return None, Found(code, span, message, help_text)
    line = source[span.start : span.end].removeprefix("-").strip()
    count = len(node.value)
    help_text = f"delete the {'dash' if count == 1 else 'dashes'}: write {printable(line)}"
    edit = None if mended.is_changed else Edit(Span(frame.start, frame.end), fields.text)
    return fields, Found(code, span, message, help_text, edit)


def _empty(source: str, frame: _Frame) -> Found:
    """Return the problem of a block in which nothing stands, or nothing but comments."""
    text = source[frame.start : frame.end]
    if text.strip():
        begin = frame.start + len(text) - len(text.lstrip())
        span = Span(begin, end_of_line(source, begin))
        message = "the front matter has no field, so MkDocs shows its text on the page"
        return Found("not-a-mapping", span, message, "write a field, such as title: A page")
    message = "the front matter is empty, so MkDocs shows its lines --- on the page"
    help_text = f"delete lines 1 to {frame.closing}, or write a field, such as title: A page"
    edit = None if frame.found else Edit(Span(0, frame.below), "")
    return Found("not-a-mapping", Span(0, 3), message, help_text, edit)


def _without_dashes(mended: Mended, reader: Reader) -> Mended | None:
    """Return the fields that a list of them must have been meant to be, or None."""
    lines = mended.text.split("\n")
    if not all(line[:2] in ("- ", "  ", "") for line in lines):
        return None
    text = "\n".join(line[2:] for line in lines)
    node = reader.compose(text) if len(text) <= MAX_CURED else None
    names = _names(node)
    if not isinstance(node, yaml.MappingNode) or not names or len(set(names)) < len(names):
        return None
    changes = [*mended.changes]
    end = len(mended.text)
    for line in reversed(lines):  # the last first, so that the others stay in place
        end -= len(line)
        if line:
            changes.append(Change(end, end + 2, ""))
        end -= 1
    return Mended(text, node, tuple(changes), mended.found, is_whole=True, is_changed=True)


# Problems


def _problem(name: str, source: str, found: Found, field: str) -> Problem:
    span = Span(min(found.span.start, len(source)), min(found.span.end, len(source)))
    place = place_of(source, span)
    return Problem(name, field, found.code, found.message, found.help, place, found.edit)


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
