"""The sets of a document as features: values of its meta, their words, and its folders."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from mkdocs_anp.core.similar_posts.document import SETS, Document, folded_value
from mkdocs_anp.core.similar_posts.rows import Integers, starts_of
from mkdocs_anp.core.similar_posts.tokenizer import tokenize

CHANNELS = (*SETS, "meta_words", "path")
"""The channels that compare sets, in the order of their numbers."""


@dataclass(frozen=True, slots=True)
class Features:
    """The features of some documents.

    Attributes:
        starts: Where the features of each document start, and the end of the last ones.
        numbers: Numbers of features, each once in a document, in rising order.
    """

    starts: Integers
    numbers: NDArray[np.int32]

    def some(self, documents: Integers) -> Features:
        """Return the features of some documents."""
        lengths = np.diff(self.starts)[documents]
        parts = [
            self.numbers[start:end]
            for start, end in zip(
                self.starts[documents].tolist(), self.starts[documents + 1].tolist(), strict=True
            )
        ]
        return Features(starts_of(lengths), np.concatenate([np.zeros(0, np.int32), *parts]))

    def replaced(self, documents: Integers, others: Features) -> Features:
        """Return the features with those of some documents, in rising order, replaced."""
        lengths = np.diff(self.starts)
        lengths[documents] = np.diff(others.starts)
        parts: list[NDArray[np.int32]] = []
        done = 0
        for position, number in enumerate(documents.tolist()):
            parts.append(self.numbers[self.starts[done] : self.starts[number]])
            parts.append(others.numbers[others.starts[position] : others.starts[position + 1]])
            done = number + 1
        parts.append(self.numbers[self.starts[done] :])
        return Features(starts_of(lengths), np.concatenate(parts))


def joined_features(parts: Sequence[Features]) -> Features:
    """Return the documents of all parts, one part after the other."""
    lengths = [np.diff(part.starts) for part in parts]
    return Features(
        starts_of(np.concatenate([np.zeros(0, np.int64), *lengths])),
        np.concatenate([np.zeros(0, np.int32), *(part.numbers for part in parts)]),
    )


class FeatureTable:
    """All features of a site, numbered as they come."""

    def __init__(self) -> None:
        """Start with no features."""
        self._numbers: dict[tuple[int, str], int] = {}
        self._values: list[tuple[int, str]] = []
        self._of_values: tuple[dict[str, list[int]], ...] = tuple({} for _ in SETS)
        self._of_folder: dict[str, list[int]] = {}

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self._values)

    def value(self, number: int) -> tuple[str, str]:
        """Return the channel and the value of a feature."""
        channel, value = self._values[number]
        return CHANNELS[channel], value

    def channels(self) -> NDArray[np.int64]:
        """Return the number of the channel of each feature."""
        return np.array([channel for channel, _ in self._values], np.int64)

    def hashes(self) -> NDArray[np.uint64]:
        """Return a hash of each feature, the same on every machine and in every run."""
        texts = ("\0".join(self.value(number)) for number in range(len(self)))
        made = [zlib.crc32(text.encode("utf-8", "surrogatepass")) for text in texts]
        return np.array(made, np.uint64)

    def read(self, document: Document) -> list[int]:
        """Return the features of a document, each once, in rising order; new ones are numbered."""
        own: set[int] = set()
        sets = (document.topic, document.stack, document.tools, document.entities, document.tags)
        for channel, (known, values) in enumerate(zip(self._of_values, sets, strict=True)):
            for value in values:
                found = known.get(value)
                own.update(self._of_value(channel, value) if found is None else found)
        place = document.place.rpartition("/")[0]
        if place not in self._of_folder:
            channel = len(SETS) + 1
            folders = folders_of(f"{place}/")
            self._of_folder[place] = [self._number((channel, folder)) for folder in folders]
        own.update(self._of_folder[place])
        return sorted(own)

    def _of_value(self, channel: int, value: str) -> Sequence[int]:
        """Return the numbers of a value and of its words; values come again and again."""
        known: list[int] = []
        folded = folded_value(value)
        if folded:
            words = ((len(SETS), word) for word in tokenize(folded))
            known = [self._number(feature) for feature in ((channel, folded), *words)]
        self._of_values[channel][value] = known
        return known

    def _number(self, feature: tuple[int, str]) -> int:
        number = self._numbers.setdefault(feature, len(self._values))
        if number == len(self._values):
            self._values.append(feature)
        return number


def folders_of(path: str) -> list[str]:
    """Return the folders a path lies in, the top one first, each with those above it.

    Folders that are only a number, as years and months are, say nothing and are left out.
    """
    names = [name for name in path.split("/")[:-1] if name and not name.isdigit()]
    return list(accumulate(names, lambda above, name: f"{above}/{name}"))
