"""YAML read as far as it goes: where it breaks off, and values that cannot be built as text.

Nothing here runs what a tag asks for, walks an alias twice or recurses without end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Hashable
from itertools import accumulate
from typing import Any, NamedTuple

import yaml

from mkdocs_anp.core.problems import Span, excerpt

# MkDocs' own choice of a loader.
LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 100
"""Values nested deeper than this are left out."""

_MAX_MERGED = 10_000
_MAX_PARSES = 60
_MAX_CHARACTERS = 2_000_000

# The two parsers of PyYAML agree on these words, in which the fault begins at the context: at
# the quote or bracket that is not closed, or at the key that has no colon.
_BEGINS_EARLIER = re.compile(r"while (?:scanning a simple key|(?:scanning|parsing) a (?:double-)?"
                             r"quoted|parsing a flow)")  # fmt: skip
_TOO_DEEP = ("exceeded maximum nesting", "exceeded max")
_MAX_BRACKETS = 500
_MANY_DIGITS = 4_000  # Python makes no number of more than 4,300
_BRACKETS = re.compile(r"[\[\]{}]")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_NAMED_TAG = re.compile(r"!{0,2}[\w:/.-]+")
_ANCHOR = re.compile(r"&\S+\s+")
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_STANDARD = "tag:yaml.org,2002:"

# YAML builds these texts into other values than texts, where the tag says so.
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "timestamp": "a date",
    "binary": "Base64",
}


class Fault(NamedTuple):
    """Where YAML cannot be read on.

    Attributes:
        start: Where the faulty thing begins, such as a quote that is never closed.
        at: Where the parser noticed it.
        deep: Whether the only fault is that values are nested too deeply.
    """

    start: int
    at: int
    deep: bool = False


class Flaw(NamedTuple):
    """A value that YAML reads and cannot build."""

    span: Span
    message: str
    help: str
    cure: str | None = None


class Reader:
    """Reads YAML texts of one page, and keeps count of how much it has read."""

    def __init__(self) -> None:
        """Begin with the full budget."""
        self._parses = _MAX_PARSES
        self._characters = _MAX_CHARACTERS

    @property
    def may_read(self) -> bool:
        """Whether a further text may be read."""
        return self._parses > 0 and self._characters > 0

    def compose(self, text: str) -> yaml.Node | Fault | None:
        """Return the node of a text, None where it is empty, or why it cannot be read."""
        if _is_hopeless(text):
            return _deepest(text)
        self._parses -= 1
        self._characters -= len(text)
        try:
            loader = LOADER(text)
            try:
                return loader.get_single_node()  # type: ignore[no-any-return]
            finally:
                loader.dispose()
        except RecursionError:
            return _deepest(text)
        except (yaml.YAMLError, ValueError) as error:
            return _fault(error, text)


def reads_as_mapping(block: str) -> bool:
    """Return whether MkDocs makes a mapping of a YAML text."""
    try:
        value = yaml.load(block, LOADER)  # noqa: S506 (it is a SafeLoader)
    except Exception:  # as MkDocs does it: whatever PyYAML raises, the front matter is lost
        return False
    return isinstance(value, dict)


def _fault(error: Exception, text: str) -> Fault:
    if not isinstance(error, yaml.MarkedYAMLError):
        at = getattr(error, "position", 0)
        return Fault(at, at) if isinstance(at, int) and at <= len(text) else Fault(0, 0)
    if str(error.problem).startswith(_TOO_DEEP):
        return _deepest(text)
    mark, context = error.problem_mark, error.context_mark
    nearest = mark or context
    at = min(nearest.index, len(text)) if nearest else 0
    if context and context.index < at and _BEGINS_EARLIER.match(str(error.context)):
        return Fault(context.index, at)
    end = len(text.rstrip())
    return Fault(_last_thing(text, end), at) if end and at >= end else Fault(at, at)


def _last_thing(text: str, end: int) -> int:
    """Return where the bracket is on the last line that is not closed, or what else is there."""
    begin = text.rfind("\n", 0, end) + 1
    opened: list[int] = []
    for match in _BRACKETS.finditer(text, begin, end):
        if match[0] in "[{":
            opened.append(match.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else begin + len(text[begin:end]) - len(text[begin:end].lstrip())


def _is_hopeless(text: str) -> bool:
    """Return whether so many brackets are open that to parse a text may take seconds."""
    if text.count("[") + text.count("{") <= _MAX_BRACKETS:
        return False
    depths = accumulate(-1 if match[0] in "]}" else 1 for match in _BRACKETS.finditer(text))
    return max(depths) > _MAX_BRACKETS


def _deepest(text: str) -> Fault:
    """Return where a text has more brackets open than are read, as far as that can be told."""
    depth = 0
    for match in re.finditer(r"[\[\]{}]|-(?= )", text):
        depth += -1 if match.group() in "]}" else 1
        if match.group() == "-" and text.rfind("\n", 0, match.start()) == match.start() - 1:
            depth = 1
        if depth > MAX_DEPTH:
            return Fault(match.start(), match.start(), deep=True)
    return Fault(0, 0, deep=True)


class Builder:
    """Makes values of nodes; what cannot be built becomes the text as it is written."""

    def __init__(self, text: str) -> None:
        """Take the text of which the nodes were made."""
        self._text = text
        self.flaws: list[Flaw] = []
        self._built: dict[int, Any] = {}
        self._merged = 0

    def build(self, node: yaml.Node, depth: int = 0) -> Any:
        """Return the value of a node."""
        if id(node) in self._built:  # an alias, perhaps of what is just being built
            return self._built[id(node)]
        if depth > MAX_DEPTH:
            self._flaw(node, f"values are nested here more than {MAX_DEPTH} levels deep",
                       "put the value higher up")  # fmt: skip
            return None
        if isinstance(node, yaml.ScalarNode):
            value = self._scalar(node)
        elif isinstance(node, yaml.SequenceNode):
            return self._sequence(node, depth)
        else:
            return self._mapping(node, depth)
        self._built[id(node)] = value
        return value

    def _sequence(self, node: yaml.Node, depth: int) -> Any:
        items: list[Any] = []
        self._built[id(node)] = items
        self._check_tag(node, ("seq", "omap", "pairs"))
        items += [self.build(item, depth + 1) for item in node.value]
        if node.tag in (f"{_STANDARD}omap", f"{_STANDARD}pairs") and all(map(_is_pair, items)):
            items[:] = [next(iter(item.items())) for item in items]
        return items

    def _mapping(self, node: yaml.Node, depth: int) -> Any:
        if _is_template(node):
            return self._template(node)
        values: dict[Any, Any] = {}
        self._built[id(node)] = values
        self._check_tag(node, ("map", "set"))
        own: list[tuple[Any, Any]] = []
        for key, value in node.value:
            if key.tag == f"{_STANDARD}merge":
                self._merge(values, value, depth)
            else:
                own.append((self._key(key, depth), self.build(value, depth + 1)))
        values.update(own)
        if node.tag == f"{_STANDARD}set":
            self._built[id(node)] = set(values)
        return self._built[id(node)]

    def _merge(self, values: dict[Any, Any], node: yaml.Node, depth: int) -> None:
        """Take over the entries of other mappings; of two equal keys, the first counts."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for one in nodes:
            built = self.build(one, depth + 1) if isinstance(one, yaml.MappingNode) else None
            if not isinstance(built, dict):
                message = "only the fields of a mapping can be taken over with <<"
                self._flaw(one, message, "write << with the alias of a mapping, or delete the line")
                continue
            self._merged += len(built)
            if self._merged <= _MAX_MERGED:
                for key, value in built.items():
                    values.setdefault(key, value)

    def _key(self, node: yaml.Node, depth: int) -> Hashable:
        if isinstance(node, yaml.ScalarNode):
            key = self.build(node, depth + 1)
            if isinstance(key, Hashable):
                return key
        text = self._written(node)
        kind = "list" if isinstance(node, yaml.SequenceNode) else "mapping"
        self._flaw(node, f"a {kind} cannot be the name of a field", "put it in quotes")
        return text

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, LookupError, AttributeError, ArithmeticError):
            self._scalar_flaw(node)
            start = self._after_anchor(node)
            tag = _TAG.match(self._text, start)
            if tag and not (node.value and _NAMED_TAG.fullmatch(tag[0])):  # such as !important
                return " ".join(self._text[start : node.end_mark.index].split())
            return node.value

    def _scalar_flaw(self, node: yaml.ScalarNode) -> None:
        kind = node.tag.removeprefix(_STANDARD)
        start = self._after_anchor(node)
        if node.tag == f"{_STANDARD}timestamp" and self._text[start : start + 1] != "!":
            message, help_text = _date_flaw(node.value)
            self._flaw(node, message, help_text)
        elif kind in _KINDS and self._text[start : start + 1] != "!":  # so YAML takes it for one
            is_long = len(node.value) > _MANY_DIGITS
            message = "has too many digits" if is_long else f"is not {_KINDS[kind]}, as it seems"
            self._flaw(node, f"{excerpt(node.value)} {message}", "put it in quotes",
                       f'"{node.value}"')  # fmt: skip
        elif node.tag != kind and kind in _KINDS:
            said = f"{excerpt(node.value)} is not {_KINDS[kind]}, as !!{kind} says"
            self._flaw(node, said, f"write {_KINDS[kind]}, or delete the !!{kind}")
        elif node.tag in (f"{_STANDARD}value", f"{_STANDARD}merge"):
            self._flaw(node, "this sign means something else in YAML", "put it in quotes",
                       f'"{node.value}"')  # fmt: skip
        else:
            self._tag_flaw(node)

    def _check_tag(self, node: yaml.Node, known: tuple[str, ...]) -> None:
        if node.tag.removeprefix(_STANDARD) not in known:
            self._tag_flaw(node)

    def _tag_flaw(self, node: yaml.Node) -> None:
        start = self._after_anchor(node)
        match = _TAG.match(self._text, start)
        span = Span(start, match.end()) if match else Span(start, node.end_mark.index)
        tag = match.group() if match else node.tag
        self.flaws.append(
            Flaw(
                span,
                f"the tag {tag} cannot be used in front matter",
                f"delete {tag}, or put the value in quotes if the ! belongs to its text",
            )
        )

    def _template(self, node: yaml.Node) -> str:
        """Return `{{ … }}` as text: YAML takes it for a mapping with a mapping as its key."""
        text = self._written(node)
        self._built[id(node)] = text
        cure = None if '"' in text or "\\" in text or "\n" in text else f'"{text}"'
        help_text = f"write {cure}" if cure else "put it in quotes"
        self._flaw(node, "a value that begins with {{ must stand in quotes", help_text, cure)
        return text

    def _written(self, node: yaml.Node) -> str:
        return " ".join(self._text[node.start_mark.index : node.end_mark.index].split())

    def _after_anchor(self, node: yaml.Node) -> int:
        start = node.start_mark.index
        match = _ANCHOR.match(self._text, start)
        return match.end() if match else start

    def _flaw(self, node: yaml.Node, message: str, help_text: str, cure: str | None = None) -> None:
        span = Span(node.start_mark.index, node.end_mark.index)
        self.flaws.append(Flaw(span, message, help_text, cure))


def _is_pair(item: Any) -> bool:
    return isinstance(item, dict) and len(item) == 1


def _is_template(node: yaml.Node) -> bool:
    """Return whether a node is a mapping `{{ name }}`."""
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1 or not node.flow_style:
        return False
    key = node.value[0][0]
    return isinstance(key, yaml.MappingNode) and key.start_mark.index == node.start_mark.index + 1


def _date_flaw(text: str) -> tuple[str, str]:
    """Return what is wrong with a text that looks like a date or a time, and what to do."""
    match = _DATE.match(text)
    year, month, day = map(int, match.groups()) if match else (0, 0, 0)
    help_text = "write a date that exists as year-month-day, such as 2026-12-31"
    if year and not 1 <= month <= 12:
        why = f"{text} is not a day of the calendar: there is no month {month}"
    elif year and not 1 <= day <= monthrange(year, month)[1]:
        last = monthrange(year, month)[1]
        why = f"{text} is not a day of the calendar: that month has {last} days"
    elif year:
        why = f"{text} is not a time of the day"
        help_text = "write a time that exists, such as 2026-12-31 23:59:00"
    else:
        why = f"{text} is not a day of the calendar: there is no year 0"
    return why, help_text
