"""Work done some items at a time: the same results, in bounded memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_anp.core.ahead import AHEAD, GATHERED, Ahead, Gathered, batches, each


def test_next_items_are_made_with_the_first() -> None:
    made: list[int] = []
    count = 3 * AHEAD
    ahead = Ahead(range(count), each(lambda item: made.append(item) or item * 2))
    assert ahead.take(0) == 0
    assert made == list(range(AHEAD - 1))
    assert [ahead.take(item) for item in range(1, count)] == [item * 2 for item in range(1, count)]
    assert made == list(range(count))


def test_items_are_made_together() -> None:
    made: list[list[int]] = []
    ahead = Ahead(range(3), lambda items: made.append(list(items)) or items)
    assert [ahead.take(item) for item in (1, 0, 2, 1)] == [1, 0, 2, 1]
    assert made == [[1, 0, 2], [1]]


@given(st.lists(st.integers(0, 200)))
def test_any_order_gives_the_same(order: list[int]) -> None:
    made: list[int] = []
    ahead = Ahead(range(100), each(lambda item: made.append(item) or str(item)))
    assert [ahead.take(item) for item in order] == [str(item) for item in order]
    assert len(made) <= len(order) * 2 + AHEAD  # what nobody took does not pile up


def test_what_nobody_takes_does_not_pile_up() -> None:
    made: list[int] = []
    ahead = Ahead(range(1000), each(lambda item: made.append(item) or item))
    for item in range(999, 899, -1):
        ahead.take(item)
    assert len(made) <= 100 + AHEAD


def test_gathered_items_are_handled_in_order() -> None:
    handled: list[int] = []
    gathered = Gathered(handled.append)
    for item in range(GATHERED + 1):
        gathered.flush_if_full()
        gathered.add(item)
    assert handled == list(range(GATHERED))
    gathered.flush_if_full()
    assert handled == list(range(GATHERED))
    gathered.flush()
    gathered.flush()
    assert handled == list(range(GATHERED + 1))


def test_batches_are_all_items_in_order() -> None:
    assert list(batches([])) == []
    assert list(batches(range(AHEAD))) == [list(range(AHEAD))]
    assert list(batches(range(AHEAD + 1))) == [list(range(AHEAD)), [AHEAD]]
