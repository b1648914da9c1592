"""Invented names of services, products and people: an endless supply of new words.

A text that grows keeps bringing words not seen before (Heaps' law), and most of them are
names. So names are numbered, and numbers are drawn by a power law: a few hundred names are
common, and however many were drawn, the next may be one that nobody has used yet.
"""

from __future__ import annotations

from math import isqrt

from mkdocs_anp.synth.draws import Draws


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STARTS = _words("""
    al ar bel bran cal car cor dal del dor el fal fen fir gal gar hal hel il jor kal kel lan lin
    lor mar mel mir mor nar nev nor ol or pal per quel ral ren ros sal sel sil sol tal tar tel tor
    ul val vel ven vor wal wen yar zel zor
""")
_MIDDLES = _words("""
    a e i o u ad al am an ar as av ed el em en er es ev id il im in ir is iv ob ol om on or um
""")
_ENDS = _words("""
    bera by crest dane den dora dric fell field ford gate grove hart holm kin land line lora mark
    mont mora mund nova path peak port quist rise rova stad stone tine tis ton trix vale vera via
    vik vine way wick wood yard zen
""")

_FRAMES = tuple((start, end) for end in _ENDS for start in _STARTS)

# How many names are equally common. Beyond them the chance of the n-th falls with n^-1.67, and
# the names seen after N draws grow with N^0.6.
_COMMON = 3000
_FULL = 1 << 32
_SCATTER = 2654435761  # a prime: no factor in common with any number of names


def draw_name(draws: Draws, salt: int) -> str:
    """Return a name in lower case, common or rare.

    Args:
        draws: What to draw with.
        salt: Decides which names are the common ones: the seed of a site.
    """
    # The common law of such draws, x^-1.5, in whole numbers: floating-point powers may differ
    # in their last digit from one machine to the next.
    number = draws.below(_FULL) + 1
    return name_of_rank((_COMMON << 48) // isqrt(number**3) - _COMMON, salt)


def name_of_rank(rank: int, salt: int) -> str:
    """Return the name with this number, counted from the most common one."""
    names = len(_FRAMES)
    middles = 0
    while rank >= names and middles < 3:
        rank -= names
        names *= len(_MIDDLES)
        middles += 1
    rank = (rank * _SCATTER + salt) % names  # neighbours shall not look alike
    rank, frame = divmod(rank, len(_FRAMES))
    start, end = _FRAMES[frame]
    for _ in range(middles):
        rank, middle = divmod(rank, len(_MIDDLES))
        start += _MIDDLES[middle]
    return start + end
