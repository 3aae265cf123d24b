"""What no protocol may do, one by one; and a protocol from before protocols drew their own steps."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kairos.domain.protocols.dose_rules import USUAL_BASELINE, DoseForm
from kairos.domain.protocols.walk import Step, Walk
from kairos.domain.sessions.dose_log import portion_of
from kairos.domain.sessions.events import (
    DeviceSprayed,
    InfusionCompleted,
    InfusionStarted,
    InjectionGiven,
    NoteAdded,
    VitalsRecorded,
)
from kairos.domain.sessions.gates import check_event, gate
from kairos.domain.sessions.picture import decide
from kairos.domain.sessions.portions import portion_problems
from kairos.domain.sessions.protocol_laws import faults_of
from kairos.domain.sessions.release import release
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import ORDER, ORDERED_RATE, at, limits
from tests.support.route_sessions import ROUTES, RouteStream, dosed, protocol_of, ready, releasable

IV = "iv_racemic_clinic"
HOME = "oral_home"


def without(protocol, *acts, phase=None):
    """Return a protocol whose walk lacks some acts, or lacks them in one phase."""
    steps = []
    for step in protocol.walk.steps:
        if step.act not in acts:
            steps.append(step)
        elif phase is not None:
            steps.append(replace(step, phases=step.phases - {phase}))
    return replace(protocol, walk=Walk(tuple(steps)))


def plus(protocol, *steps):
    """Return a protocol with further steps."""
    return replace(protocol, walk=Walk((*protocol.walk.steps, *steps)))


def any_step(act, phase, to=""):
    """Return a step that the team may take."""
    team = protocol_of(IV).walk.steps[0].by
    return Step(act, frozenset({phase}), to, by=team)


BROKEN = {
    "draws no steps": (replace(protocol_of(IV), walk=None), "it draws no steps"),
    "another way": (
        plus(protocol_of(IV), any_step("infusion_paused", "observing", "paused")),
        "does not lead",
    ),
    "twice": (plus(protocol_of(IV), any_step("infusion_paused", "infusing", "paused")), "stands twice"),
    "by nobody": (
        plus(without(protocol_of(IV), "rate_changed"), Step("rate_changed", frozenset({"infusing"}))),
        "nobody may do rate_changed",
    ),
    "gives nothing": (without(protocol_of(IV), "infusion_started"), "no step gives the infusion"),
    "another form": (
        plus(protocol_of(IV), any_step("device_sprayed", "ready", "observing")),
        "device_sprayed is not how a dose of form infusion is given",
    ),
    "stuck while it runs": (
        without(
            protocol_of(IV), "infusion_paused", "infusion_stopped", "infusion_completed", phase="infusing"
        ),
        "infusing has no way out",
    ),
    "stuck before": (without(protocol_of(IV), "cancelled", "transferred"), "no way leads from not_today"),
    "nobody leaves": (without(protocol_of(IV), "left_against_advice"), "nobody can leave against advice"),
    "no services": (without(protocol_of(IV), "transferred"), "nobody can be handed to emergency services"),
    "nothing late": (
        without(protocol_of(IV), "vitals_recorded", phase="released"),
        "vitals_recorded cannot be recorded while released",
    ),
    "everything passes": (
        replace(
            protocol_of(IV),
            checks=tuple(
                replace(item, answers=dict.fromkeys(item.answers, None)) for item in protocol_of(IV).checks
            ),
        ),
        "every answer to pregnancy passes",
    ),
    "no baseline": (
        replace(protocol_of(IV), baseline=replace(USUAL_BASELINE, severities={})),
        "the baseline does not ask oxygen",
    ),
    "dissociation overridden": (
        replace(protocol_of("esketamine_clinic"), overridable=frozenset({"release.dissociation"})),
        "release.dissociation may not be overridden after esketamine",
    ),
    "no check-ins": (without(protocol_of(HOME), "checked_in"), "nobody can check in at home"),
    "dosed without a go": (
        plus(
            without(protocol_of(IV), "go_decided_hold"),
            replace(any_step("go_decided_hold", "checking", "ready")),
        ),
        "can be reached without go_decided_go",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_no_protocol_may_do(broken):
    protocol, said = BROKEN[broken]
    assert any(said in fault for fault in faults_of(protocol)), faults_of(protocol)


@pytest.mark.parametrize("name", ROUTES)
def test_the_shipped_ones_do_none_of_it(name):
    assert faults_of(protocol_of(name)) == ()


def test_an_earlier_protocol_runs_an_infusion_as_it_did():
    """A release signed before protocols drew their own steps goes on with the grammar and its own needs."""
    earlier = replace(protocol_of(IV), walk=None, timetable=(), limits={})
    stream = releasable(IV, 98, protocol=earlier)
    assert "release.time" in release(stream.look(100).readiness).met
    before = ready(IV, protocol=earlier)
    assert gate(before.look(0), "infusion_started").is_open
    check_event(before.look(0), InfusionStarted(rate_mg_per_h=ORDERED_RATE), true_at=at(0))
    for act in ("device_sprayed", "checked_in", "mouth_emptied"):
        assert not gate(before.look(0), act).is_open
    assert decide(before.look(-1)).call == "go"


def test_what_is_due_of_an_infusion_by_an_earlier_timetable():
    earlier = replace(protocol_of(IV), walk=None, timetable=())
    for stream in (dosed(IV), dosed(IV, protocol=earlier)):
        assert {due.kind.value for due in stream.look(41).dues} == {"vitals", "sedation", "dissociation"}


def test_an_order_of_another_form_opens_nothing():
    """An order for an infusion bound to a session of devices gives nothing."""
    stream = ready("esketamine_clinic")
    other = replace(stream.state.order, form=DoseForm.INJECTION)
    stream.add(other, -1)
    assert gate(stream.look(0), "device_sprayed").missing == ("gate.verified_order",)
    said = portion_problems(stream.look(0), DeviceSprayed(mg=Decimal(28), number=1), true_at=at(0))
    assert "for another form, injection" in said[0].message


def test_nothing_is_given_beyond_the_order():
    stream = dosed("im_racemic_clinic")
    event = InjectionGiven(mg=Decimal(15), number=3)
    assert (
        "all of the 35 mg ordered is given"
        in portion_problems(stream.look(20), event, true_at=at(20))[0].message
    )
    with pytest.raises(NotAllowed):
        check_event(stream.look(20), event, true_at=at(20))


def test_another_amount_than_ordered_is_refused_with_the_amount():
    stream = ready("im_racemic_clinic")
    with pytest.raises(InvalidInput, match="must be 20 mg, as ordered"):
        check_event(stream.look(0), InjectionGiven(mg=Decimal(35), is_last=False), true_at=at(0))


def test_what_was_given_by_when():
    state = dosed("im_racemic_clinic").state
    assert [state.dose.given_mg(at(minute)) for minute in (-1, 0, 4, 5)] == [0, 20, 20, 35]
    infused = dosed(IV).state.dose
    assert (infused.given_mg(at(20)), infused.ended_at) == (Decimal("17.000"), at(40))
    assert portion_of(NoteAdded(note_id=ORDER), at(0), "1") is None


def test_a_missing_reading_is_told_apart_from_a_missed_check_in():
    home, clinic = dosed(HOME).look(40), dosed(IV).look(80)
    assert home.absence("monitoring.check_in_missed") is home.missed_check_in
    assert clinic.absence("monitoring.reading_overdue") is clinic.overdue
    assert clinic.missed_check_in is None


def test_the_infusion_that_ran_out_is_due_and_one_that_is_paused_is_not():
    stream = ready(IV).add(InfusionStarted(rate_mg_per_h=ORDERED_RATE), 0)
    assert "infusion_end" in {due.kind.value for due in stream.look(1).dues}
    assert InfusionCompleted().act == "infusion_completed"


def test_limits_say_which_parameter_holds_in_place_of_another():
    named = limits().under({"monitoring.oxygen_emergency": "monitoring.home_oxygen_emergency"})
    assert named.name_of("monitoring.oxygen_emergency") == "monitoring.home_oxygen_emergency"
    assert named.quantity("monitoring.oxygen_emergency").value == 92
    assert named.under(named.named) is named


def test_a_reading_before_the_dose_is_no_answer_after_it():
    stream = RouteStream("esketamine_clinic")
    stream.entries = dosed("esketamine_clinic").entries
    assert any(isinstance(each.event, VitalsRecorded) for each in stream.entries)
    assert next(due for due in stream.look(1).dues if due.kind.value == "vitals").due_at == at(40)
