"""The front matter of a post: all 20 fields of post meta, as YAML."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mkdocs_anp.core.quoting import flow, quoted, scalar
from mkdocs_anp.synth import grammar
from mkdocs_anp.synth.draws import Draws
from mkdocs_anp.synth.pictures import Picture
from mkdocs_anp.synth.prose import Gaps, templates
from mkdocs_anp.synth.signing import BLANK

if TYPE_CHECKING:
    from mkdocs_anp.synth.posts import Heading

GENERATOR = "anp content synthesizer"
"""What the payload of every post says about who made it."""

_SUMMARIES = templates(grammar.SUMMARIES)
_BRIEFS = templates(grammar.BRIEFS)
_NOTES = templates(grammar.NOTES)

_DIFFICULTIES = ("beginner", "intermediate", "intermediate", "advanced", "advanced", "expert")
_STATUSES = (
    *["reviewed"] * 9, *["published"] * 7, *["draft"] * 3, "deprecated"
)  # fmt: skip
_INTERVALS = ("3 months", "6 months", "1 year", "90 days", "2 years")
_FURTHER_SCORES = ("accuracy", "testability", "usefulness")


class Meta(NamedTuple):
    """What of the post meta follows from the rest of the post.

    Attributes:
        published, reviewed: Its dates.
        minutes: The time it takes to read.
        paragraphs: How many it has.
        reference: Its reference, unique in the site.
        seed: The post's own seed, from which the post can be made again.
        tools: The tools it names.
    """

    published: date
    reviewed: date
    minutes: int
    paragraphs: int
    reference: str
    seed: int
    tools: tuple[str, ...]


def front_matter(
    meta: Meta,
    heading: Heading,
    gaps: Gaps,
    draws: Draws,
    pictures: list[Picture],
    checklist: list[str],
) -> str:
    """Return the front matter of a post, fences included, its hash not yet filled in."""
    theme = heading.theme
    problem, stack = theme.problem, theme.stack
    status = draws.pick(_STATUSES)
    return f"""\
---
title: {scalar(heading.title)}
date: {meta.published}
tags: {_once(problem.tag, stack.area, stack.name)}
post_meta:
  topic: {problem.name} / {stack.name}
  summary: {_long(gaps.sentence(draws.pick(_SUMMARIES)), draws)}
  ai_outline:
    context: {heading.scenario}
    problem: {problem.name}
    stack: {stack.name}
    recommended_action: {scalar(draws.pick(grammar.ACTIONS))}
  ai_brief: {_long(gaps.sentence(draws.pick(_BRIEFS)), draws)}
  stack: {_once(stack.name, stack.area, stack.language)}
  tools: {flow(list(meta.tools))}
  code_language: {stack.language}
  difficulty: {draws.pick(_DIFFICULTIES)}
  reading_time: {meta.minutes}
  view_count: {_views(draws)}
  score: {_score(draws)}
  revision: {_revision(status, meta.reviewed, draws)}
  reference: {meta.reference}
  hash: "{BLANK}"
  flags:
    ai_generated_style: {_flag(draws.chance(70))}
    has_images: true
    image_heavy: {_flag(len(pictures) > 3)}
    needs_human_review: {_flag(status == "draft" or draws.chance(8))}
  checklist:
{_items(checklist)}
  entities:
{_entities(heading, gaps)}
  image_sources:
{"".join(map(_image_source, pictures))}\
  payload:
    source_id: alphanode-{heading.number:06d}
    generator: {GENERATOR}
    paragraphs: {meta.paragraphs}
    scenario: {heading.scenario}
    seed: {meta.seed}
{_further_payload(draws)}\
  notes:
{_items([note % gaps for note in draws.some(_NOTES, draws.between(1, 3))])}
---
"""


def _once(*names: str) -> str:
    """Return a list of names without those it has already: docker's language is docker."""
    return flow(list(dict.fromkeys(names)))


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _items(texts: list[str]) -> str:
    return "\n".join(f"    - {scalar(text)}" for text in texts)


def _long(text: str, draws: Draws) -> str:
    """Return a long text in quotes, or folded over lines of its own, as some authors do."""
    return f">-\n    {text}" if draws.chance(20) else quoted(text)


def _views(draws: Draws) -> int:
    """Return a count of views: most are small, a few are large."""
    return draws.below(10 ** draws.between(2, 5) * 5)


def _score(draws: Draws) -> str:
    quality, freshness = draws.between(45, 100), draws.between(20, 100)
    text = f"quality: {quality}, freshness: {freshness}, depth: {draws.between(30, 100)}"
    text += f", clarity: {draws.between(40, 99)}{'.5' if draws.chance(15) else ''}"
    if draws.chance(20):
        text += f", {draws.pick(_FURTHER_SCORES)}: {draws.between(30, 100)}"
    return f"{{{text}}}"


def _revision(status: str, reviewed: date, draws: Draws) -> str:
    version = f"{draws.below(5)}.{draws.below(24)}"
    # Two numbers with a point look like a decimal number, and 1.10 is not 1.1.
    version = f'"{version}"' if draws.chance(12) else f"{version}.{draws.below(10)}"
    again = f", review_in: {scalar(draws.pick(_INTERVALS))}" if draws.chance(30) else ""
    return f"{{status: {status}, version: {version}, last_reviewed: {reviewed}{again}}}"


def _entities(heading: Heading, gaps: Gaps) -> str:
    theme = heading.theme
    entities = [
        (theme.stack.name, "stack"),
        (theme.stack.area, "area"),
        (theme.problem.name, "problem"),
        (theme.domain.name, "business"),
        (heading.service, "service"),
        (gaps["object"], "object"),
    ]
    return "\n".join(f"    - {{name: {scalar(name)}, type: {kind}}}" for name, kind in entities)


def _image_source(picture: Picture) -> str:
    text = f"    - source: {scalar(picture.source)}\n      url: {quoted(picture.url)}\n"
    text += f"      caption: {scalar(picture.caption)}\n"
    if picture.size:
        width, _, height = picture.size.partition("/")
        text += f"      width: {width}\n      height: {height}\n"
    if picture.license:
        text += f"      license: {picture.license}\n"
    return text


def _further_payload(draws: Draws) -> str:
    if not draws.chance(20):
        return ""
    shard, batch = draws.below(16), draws.between(1, 400)
    shard_text = f"{{name: eu-{shard}, weight: {shard + 1}}}"
    return f"    load:\n      batch: {batch}\n      shard: {shard_text}\n"
