"""A programme goes live with every item of its readiness looked at, shown by a file, and in date. S-132."""

from datetime import date, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.readiness import (
    LIVE,
    ItemState,
    Stated,
    check_is_live,
    check_may_go_live,
    check_stated,
    readiness,
)
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.verdict import Verdict
from tests.support.dosing_sessions import limits

TODAY = date(2026, 3, 2)
ITEMS = load_release().standards.readiness
HOLDS = Stated(ItemState.HOLDS, TODAY + timedelta(days=90), True)
ALL = {item.id: HOLDS for item in ITEMS}
SAID_LIVE = Stated(ItemState.HOLDS, None, False)


def test_with_every_item_in_date_it_may_go_live_and_then_is():
    standing = readiness(ITEMS, ALL, today=TODAY)
    check_may_go_live(standing)
    assert standing.score == (len(ITEMS), len(ITEMS))
    assert not standing.is_live
    with pytest.raises(NotAllowed, match="is not live"):
        check_is_live(standing)
    live = readiness(ITEMS, ALL | {LIVE: SAID_LIVE}, today=TODAY)
    check_is_live(live)
    assert live.is_live


@pytest.mark.parametrize("item", [item.id for item in ITEMS])
@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (None, Verdict.UNKNOWN),
        (Stated(ItemState.ENDED, None, True), Verdict.NOT_MET),
        (Stated(ItemState.HOLDS, TODAY - timedelta(days=1), True), Verdict.NOT_MET),
        (Stated(ItemState.HOLDS, None, True), Verdict.NOT_MET),
        (Stated(ItemState.HOLDS, TODAY, False), Verdict.NOT_MET),
    ],
)
def test_one_item_missing_ended_or_out_of_date_keeps_it_from_going_live(item, said, verdict):
    stated = {key: value for key, value in ALL.items() if key != item} | ({item: said} if said else {})
    standing = readiness(ITEMS, stated | {LIVE: SAID_LIVE}, today=TODAY)
    assert standing.verdicts[item] is verdict
    assert standing.lacking == (item,)
    assert not standing.is_live
    for check in (check_may_go_live, check_is_live):
        with pytest.raises(NotAllowed, match=item.replace("_", " ")):
            check(standing)


def test_it_holds_to_the_end_of_its_last_day():
    in_date = {key: Stated(ItemState.HOLDS, TODAY, True) for key in ALL}
    assert not readiness(ITEMS, in_date, today=TODAY).lacking


def test_nothing_on_record_is_not_live():
    assert not readiness(ITEMS, {}, today=TODAY).is_live


def test_a_check_needs_its_file_and_a_day_within_reach():
    most = TODAY + timedelta(days=limits().span("readiness.holds_for").days)
    check_stated(Stated(ItemState.HOLDS, most, True), today=TODAY, limits=limits())
    check_stated(Stated(ItemState.HOLDS, TODAY, True), today=TODAY, limits=limits())
    check_stated(Stated(ItemState.ENDED, None, False), today=TODAY, limits=limits())
    for until in (None, TODAY - timedelta(days=1), most + timedelta(days=1)):
        with pytest.raises(InvalidInput, match=f"must be a day from {TODAY} to {most}"):
            check_stated(Stated(ItemState.HOLDS, until, True), today=TODAY, limits=limits())
    with pytest.raises(InvalidInput, match="add the file that shows it"):
        check_stated(Stated(ItemState.HOLDS, TODAY, False), today=TODAY, limits=limits())
