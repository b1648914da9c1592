"""Random numbers that are the same on every machine and Python.

The methods of `random.Random` may change between versions of Python. A hash function may not,
and whole numbers have no rounding: everything random here is made of these two.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from hashlib import blake2b, shake_256
from itertools import chain, count
from struct import Struct
from typing import TypeVar

SEEDS = 10**12
"""Seeds of a site are below this."""

_Option = TypeVar("_Option")

_BLOCKS = (Struct("<32I"), Struct("<128I"))  # many need only a few numbers
_NUMBER = 1 << 32


def seed_number(seed: str) -> int:
    """Return the number that a seed stands for.

    A whole number from 0 to 999999999999 stands for itself. Any other text is hashed: `blog`
    is as good a seed as `7`, and so is `-1`.
    """
    if seed.isascii() and seed.isdigit() and len(seed) <= len(str(SEEDS - 1)):
        return int(seed)
    digest = blake2b(seed.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") % SEEDS


class Draws:
    """A stream of random choices that depends on its key and on nothing else.

    Attributes:
        number: Returns the next whole number from 0 to just below 2^32. `number() * n >> 32`
            is one from 0 to just below `n`, for those who cannot wait for a method.
    """

    __slots__ = ("number",)

    def __init__(self, key: str) -> None:
        """Start the stream of a key."""
        # One chain of blocks, made in C as they are used: no Python runs for a number.
        self.number = chain.from_iterable(map(partial(_block, key), count())).__next__

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to just below the limit, which is at most 2^32."""
        return self.number() * limit >> 32

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + (self.number() * (high - low + 1) >> 32)

    def chance(self, percent: int) -> bool:
        """Return true as often as a percentage says."""
        return self.number() * 100 >> 32 < percent

    def share(self, share: float) -> bool:
        """Return true as often as a share from 0 to 1 says."""
        return self.number() < share * _NUMBER

    def pick(self, options: Sequence[_Option]) -> _Option:
        """Return one of the options."""
        return options[self.number() * len(options) >> 32]

    def some(self, options: Sequence[_Option], count: int) -> list[_Option]:
        """Return that many of the options, none of them twice, in a random order."""
        left = list(options)
        return [left.pop(self.number() * len(left) >> 32) for _ in range(min(count, len(left)))]


def _block(key: str, number: int) -> tuple[int, ...]:
    """Return some whole numbers from 0 to just below 2^32."""
    block = _BLOCKS[number > 0]
    return block.unpack(shake_256(f"{key}/{number}".encode()).digest(block.size))
