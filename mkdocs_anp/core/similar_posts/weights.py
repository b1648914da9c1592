"""How much each channel counts: the defaults, and a site's own factors.

The defaults were found on half the pages of two public corpora with human-made links, checked
on the other half, and rounded. A site's weight is a factor: 1 is the default, 0 switches a
channel off, 2 makes it count twice.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

MAX_FACTOR = 100.0


class WeightError(ValueError):
    """A weight that makes no sense; the message names it and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each channel adds to the score of a pair that agrees in it completely.

    Attributes:
        text: Words of the whole post: cosine of tf-idf.
        phrases: Pairs of neighbouring words: cosine of tf-idf.
        title: Title words of the one in the text of the other, both ways, and in its title.
        summary: Words of the summaries: cosine of tf-idf.
        topic, stack, tools, entities, tags: Shared values: cosine of idf.
        meta_words: Words of all these values.
        path: Shared folders: cosine of idf, times how rare the folder is.
        links: Body links between the two, and pages that link to both or that both link to.
        followed: Pages that the most similar posts link to.
        date: By how much posts of one day are more similar than posts of distant years.
    """

    text: float = 1.0
    phrases: float = 0.2
    title: float = 0.18
    summary: float = 0.32
    topic: float = 0.12
    stack: float = 0.09
    tools: float = 0.06
    entities: float = 0.12
    tags: float = 0.09
    meta_words: float = 0.09
    path: float = 0.2
    links: float = 0.12
    followed: float = 0.45
    date: float = 0.3

    def scaled(self, factors: Mapping[str, object]) -> Weights:
        """Return the weights times a site's factors.

        Raises:
            WeightError: A name that is no channel, or a factor that is no number from 0 to 100.
        """
        names = {field.name for field in fields(self)}
        changed = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, factor in factors.items():
            if name not in names:
                raise WeightError(f"{name!r} is no signal; there are {', '.join(sorted(names))}")
            changed[name] *= _factor(name, factor)
        return Weights(**changed)


def _factor(name: str, factor: object) -> float:
    """Return a factor as a number."""
    if isinstance(factor, bool) or not isinstance(factor, (int, float)):
        raise WeightError(f"the weight of {name} is a number, not {factor!r}")
    if not (math.isfinite(factor) and 0 <= factor <= MAX_FACTOR):
        raise WeightError(f"the weight of {name} is a number from 0 to 100, not {factor!r}")
    return float(factor)
