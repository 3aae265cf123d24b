"""No hidden count can be worked out: not from the totals, and not by who knows how counts are hidden.

Every small table there is goes through. Tables that look the same to a reader are one heap; in each heap,
every hidden count takes two values or more, so a reader who tries all tables cannot tell which it was.
"""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairos.domain.outcomes.disclosure import is_small, shown_table


def heaps(rows, columns, most, smallest):
    """Return every table with counts up to ``most``, by what a reader sees of it."""
    found = defaultdict(list)
    for counts in product(range(most + 1), repeat=rows * columns):
        table = {str(n): counts[n * columns : (n + 1) * columns] for n in range(rows)}
        seen = shown_table(table, smallest=smallest)
        found[(tuple(seen.rows.items()), seen.totals)].append(table)
    return found


@pytest.mark.parametrize(
    ("rows", "columns", "most", "smallest"),
    [(1, 1, 9, 3), (2, 1, 12, 5), (3, 1, 7, 3), (4, 1, 5, 3), (5, 1, 3, 3), (2, 2, 5, 3), (3, 2, 3, 3)],
)
def test_who_knows_the_rule_and_tries_every_table_cannot_tell_a_hidden_count(rows, columns, most, smallest):
    for (shown, totals), tables in heaps(rows, columns, most, smallest).items():
        if totals is not None and any(total > most for total in totals):
            continue  # such totals have further tables, with counts that were not tried
        for name, counts in shown:
            if counts is None:
                for column in range(columns):
                    assert len({table[name][column] for table in tables}) > 1, (shown, totals, tables)


TABLES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.tuples(*[st.integers(0, 30)] * 2), max_size=6
)


@given(TABLES, st.integers(3, 11))
def test_what_is_shown_is_true_and_never_small(table, smallest):
    seen = shown_table(table, smallest=smallest)
    for name, counts in seen.rows.items():
        assert counts is None or (
            counts == table[name] and not any(is_small(count, smallest) for count in counts)
        )
    hidden = [table[name] for name, counts in seen.rows.items() if counts is None]
    assert len(hidden) != 1 or seen.totals is None
    if hidden and seen.totals is not None:
        left = [total - sum(c[n] for c in seen.rows.values() if c) for n, total in enumerate(seen.totals)]
        assert all(count >= smallest for count in left)


@given(TABLES, st.integers(3, 11))
def test_nothing_is_hidden_where_nothing_is_small(table, smallest):
    if not any(is_small(count, smallest) for counts in table.values() for count in counts):
        assert not shown_table(table, smallest=smallest).hides


def test_a_table_by_hand():
    """The first pair holds a small one; so does the second, whose sum is small: then all four are hidden."""
    one = shown_table({"a": (30,), "b": (2,), "c": (9,), "d": (8,)}, smallest=5)
    assert (one.rows, one.totals) == ({"a": None, "b": None, "c": (9,), "d": (8,)}, (49,))
    two = shown_table({"a": (30,), "b": (2,), "c": (0,), "d": (1,)}, smallest=5)
    assert (set(two.rows.values()), two.totals) == ({None}, (33,))
    assert shown_table({"a": (9,), "b": (8,), "c": (1,)}, smallest=5).totals == (18,)
    assert shown_table({"a": (2,), "b": (1,)}, smallest=5).totals is None
    assert shown_table({"a": (3,)}, smallest=5).totals is None
    assert shown_table({}, smallest=5).totals == ()


@pytest.mark.parametrize(
    ("table", "smallest", "says"),
    [
        ({"a": (1,)}, 2, "3 or more"),
        ({"a": (1,), "b": (1, 2)}, 5, "as many counts"),
        ({"a": (-1,)}, 5, "nought or more"),
    ],
)
def test_what_makes_no_sense_is_refused(table, smallest, says):
    with pytest.raises(ValueError, match=says):
        shown_table(table, smallest=smallest)
