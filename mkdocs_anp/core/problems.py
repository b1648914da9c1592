"""What is wrong with a page's front matter, as data: no log, no colour, no output."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_anp.core.text import scalar_text

_EXCERPT_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an author should mend.

    Attributes:
        source: Path of the page's source file, relative to the docs directory, with `/`.
        field: Dotted path of the field (`post_meta.score.quality`), or of the whole mapping.
        code: Stable identifier of the kind of problem, such as `wrong-type`.
        message: What is wrong and what to do, in one line.
    """

    source: str
    field: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.field}: {self.message} [{self.code}]"


def excerpt(value: object) -> str:
    """Return a short, one-line, printable form of an untrusted value for use in a message.

    Control characters and bidirectional overrides are escaped, so that a message can
    neither break a log line nor colour a terminal. Containers are named, not printed:
    walking one may cost 9^9 steps (aliases).
    """
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple, set)):
        return "a list"
    text = value[: _EXCERPT_LENGTH + 1] if isinstance(value, str) else scalar_text(value)
    if len(text) > _EXCERPT_LENGTH:
        text = text[:_EXCERPT_LENGTH] + "…"
    return repr(text) if isinstance(value, str) or not text.isprintable() else text


def printable(text: str) -> str:
    """Return a text with what would not be seen, or would turn a line around, written out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
