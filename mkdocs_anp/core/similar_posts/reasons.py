"""Why a page names another, in words: what adds most to the score of the two."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, folded_value
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
        title: The words of its title, as written, by token.
        words: The words of its title, its headings and its values, the same way.
        unseen: Tokens of what is not shown to anybody.
    """

    values: Mapping[str, str]
    title: Mapping[str, str]
    words: Mapping[str, str]
    unseen: frozenset[str] = frozenset()

    @classmethod
    def of(cls, document: Document, hidden: Collection[str] = ()) -> Spelling:
        """Return the spelling of a page.

        Args:
            document: The page.
            hidden: Those of its sets that are not shown to anybody; `summary` may be one.
        """
        shown = [name for name in SETS if name not in hidden]
        values = [value for name in shown for value in getattr(document, name)]
        title = _words((document.title,))
        words = _words((document.title, *document.headings, *values))
        unseen = [value for name in SETS if name not in shown for value in getattr(document, name)]
        if "summary" in hidden:
            unseen.append(document.summary)
        tokens = frozenset(token for text in unseen for token in tokenize(text))
        return cls({folded_value(value): value for value in values}, title, words, tokens)


def _words(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of some texts as first written, by token; those that are one token."""
    words: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(text):
            if len(tokens := tokenize(word)) == 1:
                words.setdefault(tokens[0], word)
    return words


def reasons_of(evidence: Evidence, mine: Spelling, theirs: Spelling) -> Reasons:
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
        () if shared else tuple(_mentioned(evidence, mine.unseen | theirs.unseen)),
        links_here=evidence.linked_from,
        linked_here=evidence.links_to,
        linked_together=evidence.co_cited and not is_linked,
    )


def _shared(evidence: Evidence, mine: Spelling, theirs: Spelling) -> Iterator[str]:
    words = dict(evidence.terms)
    amounts: dict[str, float] = {}
    for name, value, amount in evidence.values:
        if name in SETS and value in mine.values and value in theirs.values:
            amounts[value] = amounts.get(value, 0.0) + amount
    explained: set[str] = set()
    for value in amounts:
        tokens = set(tokenize(value))
        explained |= tokens
        amounts[value] += sum(words.get(token, 0.0) for token in tokens)
    written = dict(theirs.values)
    for word, amount in words.items():
        if word not in explained and _says_something(word) and _is_about(word, mine, theirs):
            amounts[word] = amount
            written[word] = theirs.words[word]
    for name in _strongest(amounts):
        yield written[name]


def _mentioned(evidence: Evidence, unseen: Collection[str]) -> Iterator[str]:
    said = (term for term in evidence.terms if _says_something(term[0]) and term[0] not in unseen)
    return _strongest(dict(said))


def _says_something(word: str) -> bool:
    """Return whether a word says something by itself."""
    return len(word) >= _LEAST_WORD and _WORD.fullmatch(word) is not None


def _is_about(word: str, mine: Spelling, theirs: Spelling) -> bool:
    in_a_title = word in mine.title or word in theirs.title
    return in_a_title and word in mine.words and word in theirs.words


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
