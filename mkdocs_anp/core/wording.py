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

    def label(self, path: str, key: str, declared: str = "") -> str:
        """Return the label of the field at a path, or words made of its key as written.

        The indexes of lists do not count: `entities.0.name` has the label `entities.name`.

        Args:
            path: Its dotted path.
            key: Its key as written.
            declared: Its own label, for a field that has no path of its own: whatever key a
                mapping of further mappings has, the entries below it are called the same.
        """
        above, dot, last = path.rpartition(".")  # the last part is a key, even if it is a number
        label = self.labels.get(f"{_INDEX.sub('', above)}{dot}{last}")
        return label or clean(declared) or humanize(key)

    def choice(self, path: str, value: str) -> str:
        """Return the word for a choice of the field at a path; without one, the choice itself."""
        labels = self.labels
        word = labels.get(f"{path}.{value}") or labels.get(f"{_INDEX.sub('', path)}.{value}")
        return word or clean(value)
