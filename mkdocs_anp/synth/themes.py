"""Themes: what several posts have in common, found by arithmetic alone.

The posts are cut into blocks of 1, 3, 5, 7 … posts, so that block `b` begins at post `b * b`.
A block has one post of every theme that there is so far, in an order of its own, and with each
block two new themes begin. So the number of themes grows with the square root of the number
of posts, older themes are larger, and whoever knows an index knows the theme, and whoever
knows a theme knows its posts: no list of posts is ever needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import gcd, isqrt

from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.names import draw_name
from mkdocs_anp.synth.problems import PROBLEMS, Problem
from mkdocs_anp.synth.prose import OPTIONS
from mkdocs_anp.synth.stacks import (
    COMMON_TOOLS,
    DOMAINS,
    LANGUAGES,
    SCENARIOS,
    STACKS,
    TERM_NOUNS,
    Domain,
    Stack,
)

_PAIRS: tuple[tuple[Problem, Stack], ...] = tuple(
    (problem, stack) for problem in PROBLEMS for stack in STACKS if stack.kind in problem.kinds
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What the posts of one theme share: their problem, stack, line of business and jargon.

    Attributes:
        number: Its number in the site.
        problem, stack, domain: What it is about.
        services: Invented systems that its posts deal with, the main one first.
        scenarios: The circumstances its posts choose from.
        tools: The tools that all its posts name.
        gaps: What may fill the gaps of its posts' sentences.
    """

    number: int
    problem: Problem
    stack: Stack
    domain: Domain
    services: tuple[str, ...]
    scenarios: tuple[str, ...]
    tools: tuple[str, ...]
    gaps: Mapping[str, Sequence[str]]


def theme_number(site: int, index: int) -> int:
    """Return the number of the theme of a post."""
    block = isqrt(index)
    factor, shift = _order(site, block)
    return (factor * (index - block * block) + shift) % (2 * block + 1)


def first_block(theme: int) -> int:
    """Return the block in which a theme begins."""
    return (theme + 1) // 2


def post_in_block(site: int, theme: int, block: int) -> int:
    """Return the index of the one post of a theme in a block, which must not be too early."""
    factor, shift = _order(site, block)
    size = 2 * block + 1
    return block * block + pow(factor, -1, size) * (theme - shift) % size


def posts_of(site: int, theme: int, count: int) -> Iterator[int]:
    """Yield the indexes of a theme's posts in a site of that many posts."""
    for block in range(first_block(theme), isqrt(count - 1) + 1):
        index = post_in_block(site, theme, block)
        if index < count:
            yield index


def theme_numbers(count: int) -> range:
    """Return the numbers of all themes that a site of that many posts may have."""
    return range(2 * isqrt(count - 1) + 1)


@lru_cache(maxsize=2048)
def _order(site: int, block: int) -> tuple[int, int]:
    """Return the order of themes in a block: a factor and a shift, modulo the block's size."""
    size = 2 * block + 1
    draws = Draws(f"{site}/block/{block}")
    factor = draws.below(size) or 1
    while gcd(factor, size) != 1:
        factor = factor % size + 1
    return factor, draws.below(size)


@lru_cache(maxsize=2048)
def theme_of(site: int, number: int) -> Theme:
    """Return a theme of a site."""
    factor, shift = _pair_order(site)
    problem, stack = _PAIRS[(factor * number + shift) % len(_PAIRS)]
    draws = Draws(f"{site}/theme/{number}")
    # A pair comes back after all the others had their turn; it then has another business.
    turn = number // len(_PAIRS)
    domain = DOMAINS[(shift + 7 * (number % len(_PAIRS)) + turn) % len(DOMAINS)]
    names = [draw_name(draws, site) for _ in range(5)]
    return Theme(
        number,
        problem,
        stack,
        domain,
        services=tuple(name.capitalize() for name in names[:3]),
        scenarios=tuple(draws.some(SCENARIOS, 4)),
        tools=tuple(draws.some(stack.tools, 3)),
        gaps=_gaps(problem, stack, domain, [f"{name} {draws.pick(TERM_NOUNS)}" for name in names]),
    )


@lru_cache(maxsize=16)
def _pair_order(site: int) -> tuple[int, int]:
    draws = Draws(f"{site}/pairs")
    factor = len(_PAIRS)
    while gcd(factor, len(_PAIRS)) != 1:
        factor = 1 + draws.below(len(_PAIRS))
    return factor, draws.below(len(_PAIRS))


def _gaps(
    problem: Problem, stack: Stack, domain: Domain, jargon: list[str]
) -> Mapping[str, Sequence[str]]:
    return {
        **OPTIONS,
        "term": (*problem.terms, *jargon[3:]),
        "sign": problem.signs,
        "cause": problem.causes,
        "cure": problem.cures,
        "metric": problem.metrics,
        "tool": (*stack.tools, *stack.tools, *COMMON_TOOLS[:4]),
        "object": domain.objects,
        "a_object": tuple(
            f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in domain.objects
        ),
        "language": (LANGUAGES.get(stack.language, stack.language.capitalize()),),
    }
