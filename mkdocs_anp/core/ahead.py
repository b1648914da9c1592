"""Work on many pages done some pages at a time, for speed.

A site generator works on one page after another, and between two of them its own work drives
ours out of the processor's caches: a step takes twice as long as several times in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar

AHEAD = 128
"""How many are made ahead: with a quarter of them, a step takes a sixth longer; more saves nothing,
and what is made takes memory, 4 MB of typical posts."""
GATHERED = 256
"""How many are gathered, which keeps their source texts in memory: 2 MB of typical posts."""

Item = TypeVar("Item", bound=Hashable)
Made = TypeVar("Made")


class Ahead(Generic[Item, Made]):
    """Makes something of each item when it is asked for, and of the next items with it."""

    def __init__(
        self, items: Iterable[Item], make: Callable[[Sequence[Item]], Iterable[Made]]
    ) -> None:
        """Take what is made of some items at a time, and how.

        Args:
            items: All of them, in the order in which they will most likely be asked for.
            make: Returns what is made of each of some items, in their order.
        """
        self._waiting = iter(items)
        self._make = make
        self._made: dict[Item, Made] = {}

    def take(self, item: Item) -> Made:
        """Return what was made of an item. What nobody takes never fills the memory."""
        if item not in self._made:
            following = islice(self._waiting, max(0, AHEAD - len(self._made) - 1))
            others = (other for other in following if other != item and other not in self._made)
            items = [item, *others]
            self._made.update(zip(items, self._make(items), strict=True))
        return self._made.pop(item)


def batches(items: Iterable[Made]) -> Iterator[list[Made]]:
    """Yield items as lists of `AHEAD`, in order."""
    left = iter(items)
    while batch := list(islice(left, AHEAD)):
        yield batch


def each(make: Callable[[Item], Made]) -> Callable[[Iterable[Item]], Iterable[Made]]:
    """Return what makes something of each of some items, for what gains nothing from many."""
    return lambda items: map(make, items)


class Gathered(Generic[Made]):
    """Hands items on some at a time, in order."""

    def __init__(
        self, handle: Callable[[Made], None], then: Callable[[], None] = lambda: None
    ) -> None:
        """Take what is to be done with each item, and what when enough of them are done."""
        self._handle = handle
        self._then = then
        self._items: list[Made] = []

    def add(self, item: Made) -> None:
        """Add an item."""
        self._items.append(item)

    def flush_if_full(self) -> None:
        """Handle all items, if there are enough of them."""
        if len(self._items) >= GATHERED:
            self.flush()
            self._then()

    def flush(self) -> None:
        """Handle all items that are left."""
        items, self._items = self._items, []
        for item in items:
            self._handle(item)
