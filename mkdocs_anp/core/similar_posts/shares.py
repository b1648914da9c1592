"""What each term, feature and phrase adds to the score of a pair: the reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mkdocs_anp.core.similar_posts.rows import Rows
from mkdocs_anp.core.similar_posts.vectors import KINDS, Bands, Vectors

_CHANNELS = ("text", "summary", "title")
"""The channel of each kind of column that terms have."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one term, feature or phrase adds to the score of a pair.

    Attributes:
        channel: The channel it belongs to; of a feature the feature tells.
        amount: What it adds.
        term, feature: Its number, None for what it is not.
    """

    channel: str
    amount: float
    term: int | None = None
    feature: int | None = None


def shares_of(vectors: Vectors, bands: Bands, title: float, number: int, other: int) -> list[Share]:
    """Return what each term, feature and phrase adds to the score of a pair.

    Args:
        vectors: The documents.
        bands: Their columns.
        title: The weight of title words that are found in the text.
        number: The one of the pair.
        other: The other.
    """
    mine, theirs = _entries(vectors.rows, number), _entries(vectors.rows, other)
    found = [
        _share(bands, column, mine[column] * theirs[column])
        for column in sorted(mine.keys() & theirs.keys())
    ]
    for named, text in ((number, other), (other, number)):
        _, terms, values = vectors.covers_of(np.array([text]), bands.terms)
        covers = dict(zip(terms.tolist(), values.tolist(), strict=True))
        for term, share in sorted(_entries(vectors.titles, named).items()):
            found.append(Share("title", title * share * covers.get(term, 0.0), term=term))
    return [share for share in found if share.amount > 0]


def _share(bands: Bands, column: int, amount: float) -> Share:
    if column < bands.terms:
        return Share("", amount, feature=column - 1)
    kind, term = divmod(column - bands.terms, bands.room)
    if kind < KINDS:
        return Share(_CHANNELS[kind], amount, term=term)
    return Share("phrases", amount)


def _entries(rows: Rows, number: int) -> dict[int, float]:
    columns, values = rows.row(number)
    return dict(zip(columns.tolist(), values.tolist(), strict=True))
