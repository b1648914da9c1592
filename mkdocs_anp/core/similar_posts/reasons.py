"""Why a page names another, in words: what adds most to the score of the two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, InCommon, folded_value
from mkdocs_anp.core.similar_posts.tokenizer import tokenize

MOST_SHARED = 3
"""How many things the two have in common are named."""
_LEAST = 0.25
"""What adds less than this part of what adds most is not named."""
_LEAST_WORD = 4  # characters; a shorter word says little by itself
_WORD = re.compile(r"[^\W\d_][^\W_]*")


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a page names another. All of it is true of the two pages.

    Attributes:
        shared: What both are about, as the other page writes it, the strongest first.
        mentioned: Words that both use, where nothing tells that both are about something.
        links_here: Whether the other page links to this one.
        linked_here: Whether this page links to the other one.
        linked_together: Whether some page links to both; only where neither links to the other.
    """

    shared: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    links_here: bool = False
    linked_here: bool = False
    linked_together: bool = False

    def __bool__(self) -> bool:
        """Return whether there is any reason."""
        linked = self.links_here or self.linked_here or self.linked_together
        return bool(self.shared or self.mentioned or linked)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a page writes what it is about.

    Attributes:
        values: Its values of the sets, as written, by the folded value.
        topics: Which of these are topics.
        title: Its title.
        text: Its title, its headings and its values, one a line.
        unseen: Tokens of what is not shown to anybody.
    """

    values: Mapping[str, str]
    topics: tuple[str, ...]
    title: _Text
    text: _Text
    unseen: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document, hidden: Collection[str] = ()) -> Spelling:
        """Return the spelling of a page.

        Args:
            document: The page.
            hidden: Those of its sets that are not shown to anybody; `summary` may be one.
        """
        sets = {name: getattr(document, name) for name in SETS if name not in hidden}
        values = [value for of_set in sets.values() for value in of_set]
        # Of two spellings the one with capital letters: `PostgreSQL` rather than `postgresql`.
        by_capitals = sorted(values, key=lambda value: value != value.lower())
        unseen = [value for name in SETS if name in hidden for value in getattr(document, name)]
        if "summary" in hidden:
            unseen.append(document.summary)
        return cls(
            {folded_value(value): value for value in by_capitals},
            tuple(map(folded_value, sets.get("topic", ()))),
            _Text(document.title),
            _Text("\n".join((document.title, *document.headings, *values))),
            frozenset(token for text in unseen for token in tokenize(text)),
        )


class _Text:
    """A text in which words are looked for by their tokens."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = text.lower() if text.isascii() else text.casefold()

    def written(self, word: str) -> str:
        """Return a word as it is first written, "" where it is not in the text."""
        folded = self._folded
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                # Folding may change the length of a text: then the folded word will do.
                is_alike = len(folded) == len(self._text)
                return self._text[start:end] if is_alike else word
            start = folded.find(word, end)
        return ""


def reasons_of(evidence: Evidence | InCommon, mine: Spelling, theirs: Spelling) -> Reasons:
    """Return why a page names another.

    Shared values count with all their words, wherever the two pages use these: a topic that
    both have is a topic of both texts. By a single word a page is about something only where
    it stands in its title, a heading or a value, and in the title of one of the two.

    Args:
        evidence: What the score of the two is made of.
        mine: How the page writes what it is about.
        theirs: How the other page does.
    """
    is_linked = evidence.links_to or evidence.linked_from
    shared = tuple(_shared(evidence, mine, theirs))
    return Reasons(
        shared,
        () if shared else tuple(_mentioned(evidence)),
        links_here=evidence.linked_from,
        linked_here=evidence.links_to,
        linked_together=evidence.co_cited and not is_linked,
    )


def _shared(evidence: Evidence | InCommon, mine: Spelling, theirs: Spelling) -> Iterator[str]:
    words = dict(evidence.terms)
    amounts: dict[str, float] = {}
    for name, value, amount in evidence.values:
        if name in SETS and value in mine.values and value in theirs.values:
            amounts[value] = amounts.get(value, 0.0) + amount
    explained: set[str] = set()
    for value in amounts:
        tokens = _tokens(value)
        explained |= tokens
        amounts[value] += sum(words.get(token, 0.0) for token in tokens)
    written = dict(theirs.values)
    for word, amount in words.items():
        if word not in explained and _says_something(word) and _is_about(word, mine, theirs):
            amounts[word] = amount
            written[word] = theirs.text.written(word)
    for name in _strongest(amounts):
        yield written[name]


@lru_cache(maxsize=4096)
def _tokens(value: str) -> frozenset[str]:
    return frozenset(tokenize(value))


def _mentioned(evidence: Evidence | InCommon) -> Iterator[str]:
    return _strongest({word: share for word, share in evidence.terms if _says_something(word)})


def _says_something(word: str) -> bool:
    """Return whether a word says something by itself."""
    return len(word) >= _LEAST_WORD and _WORD.fullmatch(word) is not None


def _is_about(word: str, mine: Spelling, theirs: Spelling) -> bool:
    """Return whether a word stands in a title, and in what both pages are about."""
    in_a_title = mine.title.written(word) or theirs.title.written(word)
    return bool(in_a_title and mine.text.written(word) and theirs.text.written(word))


def _strongest(amounts: Mapping[str, float]) -> Iterator[str]:
    """Yield the names with the largest amounts, but no two that begin alike."""
    ordered = sorted(amounts, key=lambda name: (-round(amounts[name], 9), name))
    taken: list[str] = []
    for name in ordered:
        if len(taken) == MOST_SHARED or amounts[name] < _LEAST * amounts[ordered[0]]:
            return
        if not any(name.startswith(other) or other.startswith(name) for other in taken):
            taken.append(name)
            yield name
