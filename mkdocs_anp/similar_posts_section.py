"""The section of similar posts on a page: its entries, with the words of their reasons."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from markupsafe import Markup

from mkdocs_anp.core.post import Post
from mkdocs_anp.core.similar_posts.policy import Choice, Origin
from mkdocs_anp.core.similar_posts.reasons import Reasons
from mkdocs_anp.core.text import clean, escape, shortened
from mkdocs_anp.similar_posts import FEATURE, SimilarPosts

Plain: TypeAlias = dict[str, Any]

JSON_FILE = "similar_posts.json"
"""Where the lists of the whole site are, below the site's address."""

_NONE = Reasons()
_MAX_VALUE = 60  # characters
_MANY = 4096  # posts whose titles and summaries are kept ready


class Shown(NamedTuple):
    """What is shown of a post wherever it is named; all of it HTML.

    Attributes:
        title: Its title.
        summary: Its summary or first sentence, "" for none.
        details: Items as of the glance line, "" for none.
        day: Its day, "" for none.
    """

    title: str
    summary: str
    details: str
    day: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in the section of another one; all texts are HTML.

    Attributes:
        url: Its address, as seen from the page.
        title, summary, details, day: As of `Shown`.
        reasons: Why it is there, "" for no reasons.
        score: How similar it is, 0 for what is there for another reason.
        origin: `pin`, `similar`, or what it stands in for: `topic`, `section`, `newest`.
    """

    url: str
    title: str
    summary: str
    details: str
    day: str
    reasons: str
    score: float
    origin: Origin


class SimilarPostsHtml(Markup):
    """The section of a page as HTML, with its entries for templates that print them otherwise."""

    entries: Sequence[Entry] = ()


class Words(NamedTuple):
    """The words of reasons, as HTML."""

    about: str
    use: str
    mention: str
    links_here: str
    linked_here: str
    linked_both: str
    linked_together: str
    pin: str
    topic: str
    section: str
    newest: str
    list: str
    all_reasons: str

    @classmethod
    def of(cls, labels: Mapping[str, str]) -> Words:
        """Return the words of a language."""
        return cls(*(escape(labels[f"{FEATURE}.{name}"]) for name in cls._fields))

    def joined(self, values: Iterable[str]) -> str:
        """Return texts as a list, as HTML."""
        texts = [shortened(clean(value), _MAX_VALUE) for value in values]
        shown = [f"<bdi>{escape(text)}</bdi>" for text in texts]
        return _separator(self.list).join(shown)

    def in_one(self, reasons: Iterable[str]) -> str:
        """Return some reasons as one text."""
        return _separator(self.all_reasons).join(reasons)


class SectionMaker:
    """Makes the entries of sections, in one language."""

    def __init__(
        self,
        similar: SimilarPosts,
        labels: Mapping[str, str],
        shown: Callable[[str], Shown],
    ) -> None:
        """Take what it needs.

        Args:
            similar: The similar posts of the build.
            labels: The words of the language.
            shown: Returns what is shown of a page, by its source path.
        """
        self._similar = similar
        self._words = Words.of(labels)
        self._shown = lru_cache(maxsize=_MANY)(shown)

    def entries(
        self, posts: Sequence[Post], url: Callable[[str, str], str]
    ) -> Iterator[list[Entry]]:
        """Yield the entries of posts' sections.

        Args:
            posts: The posts.
            url: Returns the address of a page, as seen from another one: the source paths of
                that one and of the page.
        """
        choices = {post.source: self._similar.choices(post.source) for post in posts}
        reasons = self._similar.reasons(
            {
                post.source: [choice.id for choice in choices[post.source]]
                for post in posts
                if post.settings.similar_posts.reasons
            }
        )
        for post in posts:
            why = reasons.get(post.source, {})
            yield [
                Entry(
                    escape(url(post.source, choice.id)),
                    *self._shown(choice.id),
                    self._why(post, choice, why.get(choice.id, _NONE)),
                    choice.score,
                    choice.origin,
                )
                for choice in choices[post.source]
            ]

    def _why(self, post: Post, choice: Choice, reasons: Reasons) -> str:
        """Return why a post is named, as HTML; "" where the page is not to say it."""
        words = self._words
        if not post.settings.similar_posts.reasons:
            return ""
        folder = post.source.rpartition("/")[0]
        is_near = bool(folder) and folder == choice.id.rpartition("/")[0]
        if choice.origin == "newest":
            return words.newest if self._shown(choice.id).day else ""
        if choice.origin == "topic" and (topics := self._similar.topics(post.source, choice.id)):
            return _with_values(words.topic, words.joined(topics))
        told = [
            (words.pin, choice.origin == "pin"),
            (_with_values(words.about, words.joined(reasons.shared)), reasons.shared),
            (_with_values(words.use, words.joined(reasons.used)), reasons.used),
            (_with_values(words.mention, words.joined(reasons.mentioned)), reasons.mentioned),
            (words.linked_both, reasons.links_here and reasons.linked_here),
            (words.links_here, reasons.links_here and not reasons.linked_here),
            (words.linked_here, reasons.linked_here and not reasons.links_here),
            (words.linked_together, reasons.linked_together),
            (words.section, is_near and not reasons),
        ]
        return words.in_one(text for text, is_so in told if is_so)


def _with_values(text: str, values: str) -> str:
    return text.replace("{values}", values)


def _separator(pattern: str) -> str:
    """Return what stands between two items, as a label has it: `{one}, {next}`."""
    return pattern.partition("{one}")[2].partition("{next}")[0] or ", "


def write_json(path: Path, sections: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
    """Write the sections of a whole site into a file.

    Args:
        path: The file.
        sections: For the address of each post what its section names; addresses are below
            that of the site.
    """
    content = {"version": 1, "posts": sections}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def plain_entry(
    url: str,
    title: str,
    summary: str,
    fields: Mapping[str, object],
    choice: Choice,
    why: Reasons | None,
) -> Plain:
    """Return what a section names as data, for programs: texts are plain, not HTML."""
    entry = {
        "url": url,
        "title": title,
        "summary": summary or None,
        "reading_time": fields.get("reading_time"),
        "difficulty": fields.get("difficulty"),
        "score": round(choice.score, 3),
        "origin": choice.origin,
        "reasons": asdict(why) if why else None,
    }
    return {key: value for key, value in entry.items() if value is not None}
