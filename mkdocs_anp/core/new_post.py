"""The text of a new post: its front matter with the fields of the site, still empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from mkdocs_anp.core.expected import expected
from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.keys import humanize
from mkdocs_anp.core.problems import printable
from mkdocs_anp.core.quoting import scalar
from mkdocs_anp.core.text import clean

FIRST_LINE: Final = "What this post is about, in one or two sentences."
"""The text of a new post."""

_INDENT = "  "
_WIDEST = 34
"""Comments begin in one column, unless a line before them is longer than this."""

# The names of files that stand for their folder.
_OF_THE_FOLDER = frozenset({"index", "readme"})
_NO_NAME = "New post"
_ONE_OF_THESE = "required: at least one of these"

# `title` and `date` stand there already; as fields of these types they may have that value.
_WRITTEN = {"title": ("text", "markdown", "any"), "date": ("date", "any")}

# A tag, or the beginning of one, which themes would print as such.
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


class _Line(NamedTuple):
    text: str
    comment: str = ""


def new_post(path: str, top: Field, meta_key: str, today: date, title: str = "") -> str:
    """Return the text of a new post.

    Args:
        path: The path of its file, which tells its title.
        top: The declared fields of the site, as one mapping.
        meta_key: The key of the mapping that holds the fields; "" means the top level.
        today: The day of the post.
        title: Its title; "" takes one from the path.
    """
    title = _TAG.sub("&lt;", _one_line(title) or title_of(path))
    own = {"title": scalar(title), "date": today.isoformat()}
    fields = dict(top.fields)
    if not meta_key:
        for key, types in _WRITTEN.items():
            if key in fields and fields[key].type in types:
                del fields[key]
            elif key in fields:
                del own[key]
    lines = [_Line(f"{key}: {value}") for key, value in own.items()]
    if meta_key:
        lines.append(_Line(f"{scalar(meta_key)}:"))
    lines += _lines(fields, _INDENT if meta_key else "")
    front = "\n".join(_aligned(lines))
    return f"---\n{front}\n---\n\n# {title}\n\n{FIRST_LINE}\n"


def title_of(path: str) -> str:
    """Return a title made from the path of a file: `my-note.md` gives `My note`."""
    file = PurePosixPath(path.replace("\\", "/"))
    name = file.stem
    if name.lower() in _OF_THE_FOLDER and file.parent.name not in ("", ".", ".."):
        name = file.parent.name
    return _one_line(humanize(name)) if name else _NO_NAME


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _lines(fields: Mapping[str, Field], indent: str) -> Iterator[_Line]:
    """Yield a line for each field, and those of its own fields below it."""
    for key, field in fields.items():
        name = f"{indent}{scalar(key)}:"
        inner = list(_inner_lines(field, indent + _INDENT))
        if inner:
            yield _Line(name, _ONE_OF_THESE if field.required else "")
            yield from inner
        else:
            yield _Line(name, _comment(key, field))


def _inner_lines(field: Field, indent: str) -> Iterator[_Line]:
    """Yield the lines below a mapping with known keys, or below a list of such mappings."""
    if field.type == "mapping":
        yield from _lines(field.fields, indent)
    elif field.type == "list" and field.of is not None and field.of.type == "mapping":
        for index, line in enumerate(_lines(field.of.fields, indent + _INDENT)):
            yield line if index else _Line(f"{indent}- {line.text.lstrip()}", line.comment)


def _comment(key: str, field: Field) -> str:
    """Return what belongs into a field, as a comment on one line."""
    unit = f", in {field.unit}" if field.unit else ""
    label = f"{field.label}, " if field.label not in ("", humanize(key)) else ""
    words = f"{'required: ' if field.required else ''}{label}{expected(field)}{unit}"
    return printable(_one_line(words))


def _aligned(lines: list[_Line]) -> Iterator[str]:
    """Yield lines with their comments in one column."""
    lengths = [len(line.text) for line in lines if line.comment]
    column = max((length for length in lengths if length <= _WIDEST), default=0)
    for text, comment in lines:
        yield f"{text.ljust(column)}  # {comment}" if comment else text
