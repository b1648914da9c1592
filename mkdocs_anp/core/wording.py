"""The words of one language: labels of fields, and the formats of numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mkdocs_anp.core.formats import Formats
from mkdocs_anp.core.keys import humanize
from mkdocs_anp.core.text import clean

_INDEX = re.compile(r"\.\d+(?=\.|$)")


class Wording:
    """The labels and formats of one language."""

    def __init__(self, labels: Mapping[str, str], formats: Formats) -> None:
        """Take labels by key (`score.quality`, `difficulty.beginner`, `yes`) and the formats."""
        self.labels = {key: clean(label) for key, label in labels.items()}
        self.formats = formats

    def label(self, path: str, key: str) -> str:
        """Return the label of the field at a path, or words made of its key as written.

        The indexes of lists do not count: `entities.0.name` has the label `entities.name`.
        """
        above, dot, last = path.rpartition(".")  # the last part is a key, even if it is a number
        return self.labels.get(f"{_INDEX.sub('', above)}{dot}{last}") or humanize(key)
