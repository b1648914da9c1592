"""Why a page names another, in words: what adds most to the score of the two."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from mkdocs_anp.core.similar_posts.document import SETS, Document, Evidence, InCommon, folded_value
from mkdocs_anp.core.similar_posts.tokenizer import is_unspaced, tokenize

MOST_SHARED = 3
"""How many things the two have in common are named."""
_ABOUT = ("topic", "entities", "tags")
"""The sets that say what a page is about; the others say what it uses."""
_LEAST = 0.25
"""What adds less than this part of what adds most is not named."""
_LEAST_MENTION = 0.01
"""What a word has to add to a score to be named where nothing better is known."""
_LEAST_WORD = 4  # characters; a shorter word says little by itself
_LEAST_RUN = 2
_MOST_TITLE = 200  # characters of a title that are looked at
_MOST_COMPARED = 30  # names that are compared with each other, the strongest
_LEAST_STEM, _MOST_ENDING = 5, 3
_HIRAGANA = "".join(map(chr, range(0x3040, 0x30A0)))


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a page names another. All of it is true of the two pages.

    Attributes:
        shared: What both are about, as the other page writes it, the strongest first.
        used: What both use: parts of their stacks, and tools.
        mentioned: Words that both texts have, where there is no better reason.
        links_here: Whether the other page links to this one.
        linked_here: Whether this page links to the other one.
        linked_together: Whether some page links to both; only where neither links to the other.
    """

    shared: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    links_here: bool = False
    linked_here: bool = False
    linked_together: bool = False

    def __bool__(self) -> bool:
        """Return whether there is any reason."""
        linked = self.links_here or self.linked_here or self.linked_together
        return bool(self.shared or self.used or self.mentioned or linked)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a page writes what it is about.

    Attributes:
        values: Its values of the sets, as written, by the folded value.
        topics: Which of these are topics.
        title: Its title.
        text: Its title, its headings and its values, one a line.
        said: Returns all text that a reader of the page sees; it is asked for seldom.
    """

    values: Mapping[str, str]
    topics: tuple[str, ...]
    title: Text
    text: Text
    said: Callable[[], Text]

    @classmethod
    def of(
        cls,
        document: Document,
        hidden: Collection[str] = (),
        body: Callable[[], str] = str,
    ) -> Spelling:
        """Return the spelling of a page.

        Args:
            document: The page.
            hidden: Those of its sets that are not shown to anybody.
            body: Returns the text of the page, where the document is without it.
        """
        sets = {name: getattr(document, name) for name in SETS if name not in hidden}
        values = [value for of_set in sets.values() for value in of_set]
        # Of two spellings the one with capital letters: `PostgreSQL` rather than `postgresql`.
        by_capitals = sorted(values, key=lambda value: value != value.lower())
        text = "\n".join((document.title, *document.headings, *values))
        summary = "" if "summary" in hidden else document.summary
        return cls(
            {folded_value(value): value for value in by_capitals},
            tuple(map(folded_value, sets.get("topic", ()))),
            Text(document.title),
            Text(text),
            lambda: Text("\n".join((text, summary, document.body, document.code, body()))),
        )


class Text:
    """A text in which words are looked for by their tokens.

    Attributes:
        text: The text.
        folded: The same as tokens are folded.
    """

    def __init__(self, text: str) -> None:
        """Take the text."""
        self.text = text
        self.folded = text.lower() if text.isascii() else text.casefold()

    def written(self, word: str) -> str:
        """Return a word as it is first written, "" where it is not in the text."""
        folded = self.folded
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            if not (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                return self._original(start, end)
            start = folded.find(word, end)
        return ""

    def _original(self, start: int, end: int) -> str:
        """Return what stands at a place of the folded text, as it is written."""
        if len(self.folded) == len(self.text):
            return self.text[start:end]
        word = self.folded[start:end]  # folding has changed lengths: ß is ss
        words = (written.strip(_SIGNS) for written in self.text.split())
        return next((written for written in words if written.casefold() == word), word)

    def runs_in(self, other: Text) -> Iterator[str]:
        """Yield what is in both texts of scripts without spaces, the longest first."""
        if self.text.isascii():
            return
        found = []
        folded, start = self.folded[:_MOST_TITLE], 0
        while start < len(folded):
            end = start + 1
            while end <= len(folded) and is_unspaced(folded[start:end]):
                if folded[start:end] not in other.folded:
                    break
                end += 1
            run = folded[start : end - 1].strip(_HIRAGANA)  # particles
            if len(run) >= _LEAST_RUN:
                found.append(run)
            start = max(end - 1, start + 1)
        yield from sorted(dict.fromkeys(found), key=len, reverse=True)


_SIGNS = ".,;:!?()[]{}\"'„“”»«"


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
    shared, used = _shared(evidence, mine, theirs)
    has_better = shared or used or is_linked or evidence.co_cited
    return Reasons(
        shared,
        used,
        () if has_better else tuple(_mentioned(evidence, mine, theirs)),
        links_here=evidence.linked_from,
        linked_here=evidence.links_to,
        linked_together=evidence.co_cited and not is_linked,
    )


def _shared(
    evidence: Evidence | InCommon, mine: Spelling, theirs: Spelling
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what both pages are about, and what both use."""
    words = {word: amount for word, amount in evidence.terms if amount > 0}
    amounts: dict[str, float] = {}
    about: set[str] = set()
    for name, value, amount in evidence.values:
        if amount > 0 and name in SETS and value in theirs.values and value in mine.values:
            amounts[value] = amounts.get(value, 0.0) + amount
            if name in _ABOUT:
                about.add(value)
    explained: set[str] = set()
    for value in amounts:
        tokens = _tokens(value)
        explained |= tokens
        for token in tokens & words.keys():
            amounts[value] += words[token]
    written = dict(theirs.values)
    for run in theirs.title.runs_in(mine.text):
        amount = sum(words.get(token, 0.0) for token in _tokens(run))
        if amount and run not in explained and run not in amounts:
            amounts[run], written[run] = amount, run
            about.add(run)
    open_words = {
        word: amount
        for word, amount in words.items()
        if word not in explained and word not in amounts and _may_be_in_a_title(word, mine, theirs)
    }

    def is_true(name: str) -> bool:
        if name not in open_words:
            return True
        shown = written[name] = _in_title(name, mine, theirs)
        about.add(name)
        return bool(shown)

    strongest = list(_strongest({**amounts, **open_words}, is_true))
    return (
        tuple(written[name] for name in strongest if name in about),
        tuple(written[name] for name in strongest if name not in about),
    )


def _may_be_in_a_title(word: str, mine: Spelling, theirs: Spelling) -> bool:
    """Return whether a word may be one of a title, which few words are."""
    return (word in mine.title.folded or word in theirs.title.folded) and _says_something(word)


def _in_title(word: str, mine: Spelling, theirs: Spelling) -> str:
    """Return a word that both pages are about as the other page writes it, "" for any other."""
    if mine.title.written(word) or theirs.title.written(word):
        shown = theirs.text.written(word)
        if shown and mine.text.written(word):
            return shown
    return ""


@lru_cache(maxsize=4096)
def _tokens(value: str) -> frozenset[str]:
    return frozenset(tokenize(value))


def _mentioned(evidence: Evidence | InCommon, mine: Spelling, theirs: Spelling) -> Iterator[str]:
    """Yield words that readers find in both texts, as the other page writes them."""
    words = {
        word: share
        for word, share in evidence.terms
        if share >= _LEAST_MENTION and _says_something(word)
    }
    if not words:
        return
    my_text, their_text = mine.said(), theirs.said()
    seen = {word: share for word, share in words.items() if my_text.written(word)}
    for word in _strongest(seen):
        if shown := their_text.written(word):
            yield shown


def _says_something(word: str) -> bool:
    """Return whether a word says something by itself."""
    return len(word) >= _LEAST_WORD and word[0].isalpha()


def _strongest(
    amounts: Mapping[str, float], is_true: Callable[[str], bool] = bool
) -> Iterator[str]:
    """Yield the names with the largest amounts, but no two of which one says it all.

    Args:
        amounts: The amount of each name.
        is_true: Returns whether a name counts at all; asked for those that may be yielded.
    """
    strong: list[str] = []
    least = 0.0
    for name in sorted(amounts, key=lambda name: (-round(amounts[name], 9), name)):
        if amounts[name] < least or len(strong) == _MOST_COMPARED:
            break
        if is_true(name):
            least = least or _LEAST * amounts[name]
            strong.append(name)
    taken: list[str] = []
    for name in strong:
        if len(taken) == MOST_SHARED:
            return
        tokens = _tokens(name)
        says_less = any(tokens < _tokens(other) for other in strong)
        if not says_less and not any(_are_alike(name, other) for other in taken):
            taken.append(name)
            yield name


def _are_alike(one: str, other: str) -> bool:
    """Return whether two names are of the same words, or forms of one word."""
    short, long = sorted((one, other), key=len)
    is_stem = len(short) >= _LEAST_STEM and len(long) - len(short) <= _MOST_ENDING
    return _tokens(one) == _tokens(other) or (is_stem and long.startswith(short))
