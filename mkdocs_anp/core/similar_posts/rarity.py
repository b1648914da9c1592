"""How much a term tells, from the number of documents that have it.

The document frequency is rounded to 1, 2, 8, 32, 128, … before it is used: one edited post then
changes the weight of few terms only, so that most of what was computed before stays exact.
Serving gains much, and relevance loses nothing that could be measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_SHARE = 0.3
"""A word in more than this share of the documents relates nothing."""
SMALL_SITE = 3
_STEPS = 0.5
_ALONE = 1
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Rarity:
    """Rarity of terms among `count` documents.

    Attributes:
        classes: For each document frequency from 0 to `count` its class: 0 for a term that is
            nowhere or nearly everywhere, 1 for a term in one document, which relates nothing.
        idf: For each class its inverse document frequency.
        shared: For each document frequency the idf, 0 for terms of one document.
    """

    classes: NDArray[np.int16]
    idf: NDArray[np.float64]
    shared: NDArray[np.float64]

    @classmethod
    def of(cls, count: int, max_share: float = MAX_SHARE) -> Rarity:
        """Return the rarity for a number of documents.

        A term in more than `max_share` of them has idf 0. In small sites the limit is three
        documents, as long as that is no more than half, and never less than two.

        Formula: idf = ln((n + 1) / (df + 1)) + 1, the smoothed form of K. Sparck Jones, "A
        statistical interpretation of term specificity" (1972), as scikit-learn has it.
        """
        limit = max(max_share * count, min(SMALL_SITE, count // 2), 2)
        df = np.arange(count + 1)
        steps = _SHARED + np.round(_STEPS * np.log2(np.maximum(df, 2) / 2)).astype(np.int64)
        steps[df < 2] = _ALONE
        classes = np.where((df == 0) | (df > limit), 0, steps).astype(np.int16)
        rounded = 2 * 2.0 ** ((np.arange(int(steps.max()) + 1) - _SHARED) / _STEPS)
        rounded[_ALONE] = 1
        idf = np.maximum(np.log((count + 1) / (rounded + 1)) + 1, 0)
        idf[0] = 0
        return cls(classes, idf, np.where(classes == _ALONE, 0.0, idf[classes]))

    def of_all(self, df: NDArray[Any]) -> NDArray[np.float64]:
        """Return the idf of terms with these document frequencies."""
        found: NDArray[np.float64] = self.idf[self.classes[df]]
        return found

    def of_shared(self, df: NDArray[Any]) -> NDArray[np.float64]:
        """Return the idf of terms, 0 for those that only one document has."""
        found: NDArray[np.float64] = self.shared[df]
        return found

    def at(self, df: int) -> float:
        """Return the idf of the class of terms with a document frequency."""
        return float(self.idf[self.classes[df]])

    def relative(self, idf: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return idfs as shares of the largest that two documents can share, from 0 to 1."""
        largest = self.idf[_SHARED] if len(self.idf) > _SHARED else 0.0
        relative: NDArray[np.float64] = np.clip((idf - 1) / max(largest - 1, 1e-9), 0.0, 1.0)
        return relative
