"""WATCH-OUT, WATCH-SILENT, WATCH-MANY, WATCH-BREAK: one named watcher at every moment, who is there."""

import pytest

from kairos.domain.sessions.events import (
    HandedOver,
    LeftAgainstAdvice,
    WatchFault,
    WatchFound,
    WatchLost,
    WatchOffered,
)
from kairos.domain.sessions.gates import check_event
from kairos.domain.sessions.monitoring import watch
from kairos.domain.sessions.picture import look
from kairos.domain.sessions.state import DosingSessionState
from kairos.domain.sessions.watchers import check_taker, may_take, offer_watch, take_watch
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.verdict import Verdict
from tests.support.dosing_sessions import NURSE, ORDER, PRESCRIBER, at, infusing, limits, observing, protocol

OF_FAULT = {
    WatchFault.SIGNED_OUT: "watching.signed_out",
    WatchFault.SILENT: "watching.silent",
    WatchFault.TOO_MANY: "watching.too_many",
}


def verdict(state: DosingSessionState, rule: str, minute: float) -> Verdict:
    return watch(state, protocol(), at=at(minute), limits=limits()).finding(rule).verdict


@pytest.mark.parametrize(("fault", "rule"), OF_FAULT.items())
def test_what_our_own_processes_saw_is_against_going_on_until_it_is_over(fault, rule):
    """Signed out, silent, or with too many: against going on, until it is found to be over."""
    stream = infusing()
    assert verdict(stream.state, rule, 1) is Verdict.MET
    lost = stream.add(WatchLost(fault=fault), 5)
    assert verdict(lost.state, rule, 6) is Verdict.NOT_MET
    assert verdict(lost.add(WatchFound(fault=fault), 7).state, rule, 8) is Verdict.MET


def test_a_watcher_who_signed_out_silences_that_they_are_silent():
    """Who signed out is silent too; one alarm says both."""
    stream = infusing().add(WatchLost(fault=WatchFault.SILENT), 5)
    stream.add(WatchLost(fault=WatchFault.SIGNED_OUT), 6)
    seen = watch(stream.state, protocol(), at=at(7), limits=limits())
    assert [each.rule for each in seen.firing if each.rule.startswith("watching.")] == ["watching.signed_out"]


def test_somebody_else_who_takes_the_watch_ends_what_was_wrong_with_it():
    """The faults belong to whoever watched, not to the session."""
    stream = infusing().add(WatchLost(fault=WatchFault.SILENT), 5)
    state = stream.add(HandedOver(to=PRESCRIBER), 6, by=PRESCRIBER).state
    assert verdict(state, "watching.silent", 7) is Verdict.MET
    assert state.watched_by == PRESCRIBER


@pytest.mark.parametrize("rule", [*OF_FAULT.values(), "watching.cover_over"])
def test_before_anybody_opened_it_nobody_is_known_to_watch(rule):
    """Nothing on record is not known, and not known is not met."""
    assert verdict(DosingSessionState(), rule, 0) is Verdict.UNKNOWN


def test_a_session_that_is_over_needs_no_watcher():
    """After release nobody has to watch."""
    stream = observing().add(WatchOffered(to=PRESCRIBER, until=at(45)), 41)
    stream.add(HandedOver(to=PRESCRIBER), 42).add(WatchLost(fault=WatchFault.SILENT), 43)
    assert verdict(stream.state, "watching.silent", 50) is Verdict.NOT_MET
    gone = stream.add(LeftAgainstAdvice(not_met=()), 60).state
    assert verdict(gone, "watching.silent", 61) is Verdict.MET
    assert verdict(gone, "watching.cover_over", 61) is Verdict.MET


def test_a_break_is_over_at_its_end_and_not_before():
    """The cover of a break has an end; past it, an alarm."""
    stream = infusing().add(WatchOffered(to=PRESCRIBER, until=at(25)), 5)
    assert verdict(stream.state, "watching.cover_over", 30) is Verdict.MET
    taken = stream.add(HandedOver(to=PRESCRIBER), 6).state
    assert verdict(taken, "watching.cover_over", 24.9) is Verdict.MET
    assert verdict(taken, "watching.cover_over", 25) is Verdict.NOT_MET


def test_offered_is_not_taken():
    """Until it is taken, the first remains the watcher."""
    state = infusing().add(WatchOffered(to=PRESCRIBER), 5).state
    assert state.watched_by == NURSE
    assert may_take(state, PRESCRIBER)
    assert not may_take(state, NURSE)
    assert not may_take(state, ORDER)
    assert take_watch(state, by=PRESCRIBER) == HandedOver(to=PRESCRIBER)


def test_one_act_alone_changes_no_watch():
    """Nobody takes what was not offered while the watcher is there."""
    state = infusing().state
    with pytest.raises(NotAllowed, match="not offered to you"):
        check_taker(state, PRESCRIBER)
    with pytest.raises(NotAllowed, match="nothing is left to take"):
        take_watch(state, by=NURSE)
    with pytest.raises(NotAllowed, match="not offered to you"):
        picture = look(state, protocol(), now=at(5), limits=limits())
        check_event(picture, HandedOver(to=PRESCRIBER), true_at=at(5))


@pytest.mark.parametrize(
    ("fault", "may"),
    [(WatchFault.SIGNED_OUT, True), (WatchFault.SILENT, True), (WatchFault.TOO_MANY, False)],
)
def test_where_the_watcher_is_gone_nobody_is_left_to_offer(fault, may):
    """Then anybody of the team may take it."""
    state = infusing().add(WatchLost(fault=fault), 5).state
    assert may_take(state, PRESCRIBER) is may


@pytest.mark.parametrize("minute", [5, 66])
def test_a_break_ends_later_than_now_and_within_an_hour(minute):
    """A longer one is a hand-over for good."""
    given = {"to": PRESCRIBER, "by": NURSE, "now": at(5), "limits": limits()}
    with pytest.raises(InvalidInput, match="within 60 min"):
        offer_watch(infusing().state, until=at(minute), **given)
    assert offer_watch(infusing().state, until=at(65), **given).until == at(65)


def test_only_whoever_watches_offers_and_not_to_themselves():
    """An offer by another, or to oneself, is refused."""
    given = {"until": None, "now": at(5), "limits": limits()}
    with pytest.raises(NotAllowed, match="only whoever watches"):
        offer_watch(infusing().state, to=NURSE, by=PRESCRIBER, **given)
    with pytest.raises(InvalidInput, match="choose somebody else"):
        offer_watch(infusing().state, to=NURSE, by=NURSE, **given)
