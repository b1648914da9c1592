"""One post: its title, its path and its whole text, from a site's seed and an index.

Nothing else goes in, so a post can be made alone: it does not depend on how many others there
are, and its links lead only to earlier ones, of which only title and path are worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from math import isqrt
from typing import NamedTuple

from mkdocs_anp.synth import grammar
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.front import Meta, front_matter
from mkdocs_anp.synth.names import draw_name
from mkdocs_anp.synth.pictures import Picture, draw_pictures
from mkdocs_anp.synth.prose import OPTIONS, Gaps, code_template, templates
from mkdocs_anp.synth.snippets import CAMEL_CASE, SNIPPETS
from mkdocs_anp.synth.stacks import COMMON_TOOLS, SCENARIOS
from mkdocs_anp.synth.themes import Theme, first_block, post_in_block, theme_number, theme_of

MAX_COUNT = 1_000_000
"""How many posts a site may have: the index of a post has six digits."""
FOLDER_SIZE = 250
"""How many posts a folder holds at most: a file system pays for folders as well as for files."""

_FIRST_DAY = date(2012, 1, 2)
_LAST_DAY = date(2026, 6, 30)
_WORDS_A_MINUTE = 238
_SLUG_LENGTH = 60
_NO_SLUG = re.compile("[^a-z0-9]+")

_TITLES = templates(grammar.TITLES)
_OPENING = templates(grammar.OPENING)
_PREVIEW = templates(grammar.PREVIEW)
_MIDDLE = tuple(
    (templates(section.headings), templates(section.sentences)) for section in grammar.MIDDLE
)
_CLOSING = (templates(grammar.CLOSING.headings), templates(grammar.CLOSING.sentences))
_CODE_LEADS = templates(grammar.CODE_LEADS)
_CODE_REMARKS = templates(grammar.CODE_REMARKS)
_LINKS = templates(grammar.LINK_SENTENCES)
_SNIPPETS = {
    key: tuple(code_template(text.rstrip("\n")) for text in texts)
    for key, texts in SNIPPETS.items()
}

_FIGURES = (2, 2, 2, 3, 3, 4)
_SECTIONS = (2, 2, 2, 3, 3, 3, 4, 7)


class Heading(NamedTuple):
    """What others need to know of a post to link to it.

    Attributes:
        number: Its number, counted from 0.
        theme: Its theme.
        service, other: The invented systems it deals with.
        scenario: Its circumstances.
        title: Its title.
        path: Its file, below the folder of all posts.
    """

    number: int
    theme: Theme
    service: str
    other: str
    scenario: str
    title: str
    path: str


def _fixed_gaps(theme: Theme, service: str, other: str, scenario: str) -> dict[str, str]:
    """Return what fills the same gaps all over a post."""
    return {
        "doing": theme.problem.name,
        "problem": theme.problem.noun,
        "stack": theme.stack.label,
        "area": theme.stack.area,
        "domain": theme.domain.name,
        "service": service,
        "other": other,
        "scenario": scenario,
    }


def folder_of(index: int) -> str:
    """Return the name of the folder that a post lies in."""
    return f"{index // FOLDER_SIZE:04d}"


@lru_cache(maxsize=256)
def heading_of(site: int, index: int) -> Heading:
    """Return the heading of a post.

    Args:
        site: The seed of the site, as a number.
        index: The number of the post, counted from 0.
    """
    draws = Draws(f"{site}/{index}/heading")
    theme = theme_of(site, theme_number(site, index))
    service = draws.pick(theme.services)
    if draws.chance(35):  # most posts are about a system that the theme knows
        service = draw_name(draws, site).capitalize()
    scenario = draws.pick(theme.scenarios if draws.chance(80) else SCENARIOS)
    other = theme.services[-1] if service != theme.services[-1] else theme.services[0]
    gaps = Gaps(_fixed_gaps(theme, service, other, scenario), theme.gaps, draws, site)
    title = gaps.sentence(draws.pick(_TITLES))
    path = f"{folder_of(index)}/{index:06d}-{_slug(title)}.md"
    return Heading(index, theme, service, other, scenario, title, path)


def _slug(title: str) -> str:
    """Return the words of a title as they stand in a file name, as many as fit."""
    slug = _NO_SLUG.sub("-", title.lower()).strip("-")
    return slug if len(slug) <= _SLUG_LENGTH else slug[: _SLUG_LENGTH + 1].rpartition("-")[0]


def reference_of(site: int, index: int) -> str:
    """Return the reference of a post, which no other post of its site has."""
    return f"anp-ref-{index:06d}-{(site * 7919 + index * 104729) % 10_000:04d}"


def post_text(site: int, index: int) -> str:
    """Return the whole text of a post, its hash not yet filled in.

    Args:
        site: The seed of the site, as a number.
        index: The number of the post, counted from 0.
    """
    heading = heading_of(site, index)
    theme = heading.theme
    draws = Draws(f"{site}/{index}/post")
    fixed = _fixed_gaps(theme, heading.service, heading.other, heading.scenario)
    gaps = Gaps(fixed, theme.gaps, draws, site)
    pictures = draw_pictures(index, draws, gaps, draws.pick(_FIGURES))
    checklist = _checklist(theme, draws)
    body = _Body(site, heading, draws, gaps, pictures, checklist)
    text = body.text()
    meta = _meta(site, heading, draws, text, body.paragraphs)
    front = front_matter(meta, heading, gaps, draws, pictures, checklist)
    return f"{front}\n{text}\n"


def _meta(site: int, heading: Heading, draws: Draws, body: str, paragraphs: int) -> Meta:
    published = _FIRST_DAY + timedelta(days=draws.below((_LAST_DAY - _FIRST_DAY).days))
    return Meta(
        published=published,
        reviewed=min(published + timedelta(days=draws.below(500)), _LAST_DAY),
        minutes=body.count(" ") // _WORDS_A_MINUTE + 1,
        paragraphs=paragraphs,
        reference=reference_of(site, heading.number),
        seed=site * MAX_COUNT + heading.number,
        tools=(
            *heading.theme.tools,
            *draws.some(COMMON_TOOLS, draws.between(1, 3)),
        ),
    )


def _checklist(theme: Theme, draws: Draws) -> list[str]:
    own = draws.some(theme.problem.checks, draws.between(2, 3))
    common = [check for check in grammar.CHECKS if check not in own]  # some problems name one too
    return own + draws.some(common, draws.between(2, 4))


class _Body:
    """The Markdown below the front matter, block by block."""

    def __init__(
        self,
        site: int,
        heading: Heading,
        draws: Draws,
        gaps: Gaps,
        pictures: list[Picture],
        checklist: list[str],
    ) -> None:
        self.paragraphs = 0
        self._site = site
        self._heading = heading
        self._draws = draws
        self._gaps = gaps
        self._figures = [f"![{picture.alt}]({picture.url})" for picture in pictures]
        self._checklist = checklist
        self._used: set[str] = set()
        self._blocks: list[str] = []
        self._links = [self._link(target) for target in _targets(site, heading, draws)]

    def text(self) -> str:
        """Return the Markdown, without a newline at its end."""
        draws, blocks = self._draws, self._blocks
        blocks.append(f"# {self._heading.title}")
        self._opening()
        blocks.append(self._figures.pop(0))
        count = draws.pick(_SECTIONS)
        chosen = sorted(draws.some(range(len(_MIDDLE)), count))
        code_at = draws.below(count)
        for position, number in enumerate(chosen):
            self._section(*_MIDDLE[number])
            if position == code_at:
                self._code()
            if len(self._figures) > 1 and draws.chance(60):
                blocks.append(self._figures.pop(0))
        if draws.chance(25):
            self._table()
        blocks.append("## Implementation checklist")
        blocks.append("\n".join(f"- {item}" for item in self._checklist))
        blocks.extend(self._figures)
        self._section(*_CLOSING)
        return "\n\n".join(blocks)

    def _opening(self) -> None:
        gaps, draws = self._gaps, self._draws
        first = gaps.sentence(draws.pick(_OPENING))
        more = gaps.paragraph(_PREVIEW, draws.between(1, 2), self._used)
        self._blocks.append(f"{first} {more}")
        self.paragraphs += 1

    def _section(self, headings: tuple[str, ...], sentences: tuple[str, ...]) -> None:
        gaps, draws = self._gaps, self._draws
        self._blocks.append(f"## {gaps.sentence(draws.pick(headings))}")
        count = 1 if sentences is _CLOSING[1] else draws.between(1, 2)
        for _ in range(count):
            paragraph = gaps.paragraph(sentences, draws.between(2, 4), self._used)
            if self._links and draws.chance(50):
                paragraph = f"{paragraph} {self._links.pop()}"
            self._blocks.append(paragraph)
        self.paragraphs += count
        if self._links and count == 1 and sentences is _CLOSING[1]:  # those that are left
            self._blocks.append(" ".join(self._links))
            self.paragraphs += 1

    def _code(self) -> None:
        gaps, draws, stack = self._gaps, self._draws, self._heading.theme.stack
        snippets = _SNIPPETS.get(stack.name) or _SNIPPETS[stack.language]
        code = draws.pick(snippets) % self._code_gaps()
        self._blocks.append(gaps.sentence(draws.pick(_CODE_LEADS)))
        self._blocks.append(f"```{stack.language}\n{code}\n```")
        if draws.chance(60):
            self._blocks.append(gaps.sentence(draws.pick(_CODE_REMARKS)))

    def _code_gaps(self) -> Gaps:
        draws, theme = self._draws, self._heading.theme
        thing, verb = draws.pick(theme.domain.objects), draws.pick(grammar.RULES["verb"])
        action, name = draws.pick(grammar.RULES["verb"]), draw_name(draws, self._site)
        camel = theme.stack.language in CAMEL_CASE
        fixed = {
            "object": thing,
            "Object": thing.capitalize(),
            "verb": verb,
            "Verb": verb.capitalize(),
            "name": self._heading.service.lower(),
            "Name": self._heading.service,
            "helper": f"{action}{name.capitalize()}" if camel else f"{action}_{name}",
        }
        return Gaps(fixed, OPTIONS, draws, self._site)

    def _table(self) -> None:
        rows = ["| figure | before | after |", "| --- | ---: | ---: |"]
        for metric in self._heading.theme.problem.metrics:
            before = self._draws.between(40, 4000)
            rows.append(f"| {metric} | {before} | {before * self._draws.between(5, 90) // 100} |")
        self._blocks.append("\n".join(rows))

    def _link(self, target: Heading) -> str:
        folder, _, name = target.path.partition("/")
        here = folder == folder_of(self._heading.number)
        address = name if here else f"../{target.path}"
        self._gaps["link"] = f"[{target.title}]({address})"
        return self._gaps.sentence(self._draws.pick(_LINKS))


def _targets(site: int, heading: Heading, draws: Draws) -> Iterator[Heading]:
    """Yield the posts that a post links to: one or two of its theme, and seldom another one."""
    index, theme = heading.number, heading.theme.number
    blocks = range(first_block(theme), isqrt(index))
    for block in draws.some(blocks[-8:], draws.between(1, 2)):
        yield heading_of(site, post_in_block(site, theme, block))
    if index and (not blocks or draws.chance(15)):
        yield heading_of(site, draws.below(index))
