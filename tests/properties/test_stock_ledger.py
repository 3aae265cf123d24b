"""However a lot is handled, its balance is the sum of what moved, to the last microgram."""

from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kairos.domain.stock.ledger import Balance, left_of_issue, replay
from tests.support.stock_moves import Handling

OPERATIONS = 10_000


def handled(seed: int, count: int) -> Handling:
    numbers = iter(range(1, count + 1))
    handling = Handling(Random(seed), lambda: UUID(int=next(numbers)))
    lots = 0
    for _ in range(count):
        if len(handling.entries) >= 250:  # a lot ends and the next one begins
            check(handling)
            lots += 1
            handling.entries.clear()
            handling.issues, handling.in_mcg, handling.out_mcg = [], 0, 0
        handling.append(handling.propose())
    check(handling)
    assert lots or count < OPERATIONS
    return handling


def check(handling: Handling) -> None:
    entries = handling.entries
    last = entries[-1].balance if entries else Balance()
    assert last == replay(entries) == handling.counted
    assert [each.seq for each in entries] == list(range(1, len(entries) + 1))
    assert all(each.balance.in_mg >= 0 and each.balance.out_mg >= 0 for each in entries)
    assert all(left_of_issue(entries, each) >= 0 for each in handling.issues)
    for before, then in pairwise(entries):
        assert then.balance.in_mg == before.balance.in_mg + then.movement.in_mg
        assert then.balance.total_mg - before.balance.total_mg == then.movement.in_mg + then.movement.out_mg


def test_ten_thousand_random_operations_add_up_to_the_last_microgram() -> None:
    handling = handled(20261122, OPERATIONS)
    assert 0 < handling.refused < OPERATIONS / 2, "both what is allowed and what is refused was tried"


@given(st.integers(min_value=0, max_value=2**32))
def test_any_handling_adds_up(seed: int) -> None:
    handled(seed, 120)
