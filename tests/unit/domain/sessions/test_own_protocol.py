"""A programme's own copy of a protocol: it may ask more, never less, and what differs is told."""

from dataclasses import replace

import pytest

from kairos.domain.protocols.dose_rules import CountsFrom
from kairos.domain.protocols.treatment_protocol import AlarmLevel, TimeGate
from kairos.domain.sessions.own_protocol import check_own, differences
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from kairos.vocab.verdict import Severity
from tests.support.dosing_sessions import limits
from tests.support.route_sessions import ROUTES, protocol_of

BASE = protocol_of("im_racemic_clinic")
DISTRESS = "monitoring.distress"


def with_check(name, **changes):
    """Return a copy with one item of the check changed, or without it."""
    items = [replace(item, **changes) if item.id == name else item for item in BASE.checks]
    return replace(BASE, checks=tuple(items))


def with_alarm(**changes):
    """Return a copy with one alarm changed."""
    return replace(BASE, alarms={**BASE.alarms, DISTRESS: replace(BASE.alarms[DISTRESS], **changes)})


def with_row(**changes):
    """Return a copy with the first row of the timetable changed."""
    return replace(BASE, timetable=(replace(BASE.timetable[0], **changes), *BASE.timetable[1:]))


def with_release(name, **changes):
    """Return a copy with one question before release changed."""
    items = [replace(item, **changes) if item.id == name else item for item in BASE.release]
    return replace(BASE, release=tuple(items))


SLEEP = next(item for item in BASE.checks if item.id == "sleep")
NAUSEA = next(item for item in BASE.release if item.id == "nausea")
STRICTER = {
    "checks.sleep.poor": with_check("sleep", answers={**SLEEP.answers, "poor": Severity.DEFER}),
    "checks.sleep.none": with_check("sleep", answers={**SLEEP.answers, "none": Severity.DEFER}),
    "checks.weather": replace(BASE, checks=(*BASE.checks, replace(SLEEP, id="weather"))),
    "checks.fasting_liquids": with_check("fasting_liquids", least="predose.fasting_solids"),
    f"alarms.{DISTRESS}": with_alarm(
        level=AlarmLevel.URGENT, call=(*BASE.alarms[DISTRESS].call, Role.MEDICAL_DIRECTOR)
    ),
    "timetable.vitals": with_row(at_minutes=(*BASE.timetable[0].at_minutes, 75)),
    "overridable.release.vitals": replace(BASE, overridable=BASE.overridable - {"release.vitals"}),
    "release.nausea": with_release("nausea", answers={**NAUSEA.answers, "keeps_fluid": False}),
    "release.breathing": replace(BASE, computed=(*BASE.computed, "release.breathing")),
}
LOOSER = {
    "checks.pregnancy": replace(BASE, checks=tuple(c for c in BASE.checks if c.id != "pregnancy")),
    "checks.sleep.poor": with_check("sleep", answers={**SLEEP.answers, "poor": None}),
    "checks.sleep.any": with_check("sleep", answers={**SLEEP.answers, "any": None}),
    "checks.fasting_solids": with_check("fasting_solids", least="predose.fasting_liquids"),
    "checks.alcohol": with_check("alcohol", fails=Severity.CAUTION),
    f"alarms.{DISTRESS}": with_alarm(answer_within="escalation.urgent_quarter_answer"),
    "alarms.monitoring.heart_rate": replace(
        BASE, alarms={rule: alarm for rule, alarm in BASE.alarms.items() if rule != "monitoring.heart_rate"}
    ),
    "timetable.vitals": with_row(at_minutes=(5, 30)),
    "timetable.sedation": replace(BASE, timetable=tuple(r for r in BASE.timetable if r.what != "sedation")),
    "time_gate": replace(BASE, time_gate=TimeGate(BASE.time_gate.least, CountsFrom.FIRST)),
    "overridable.release.escort": replace(BASE, overridable=BASE.overridable | {"release.escort"}),
    "release.nausea": with_release("nausea", answers={**NAUSEA.answers, "vomiting": True}),
    "release.escort": replace(BASE, release=tuple(r for r in BASE.release if r.id != "escort")),
    "release.sedation": replace(BASE, computed=("release.vitals", "release.dissociation")),
    "limits": replace(BASE, limits={}),
    "route": replace(BASE, route="in"),
}


@pytest.mark.parametrize("where", STRICTER)
def test_a_copy_may_ask_more_and_what_differs_is_told(where):
    found = check_own(BASE, STRICTER[where], limits=limits())
    assert [(each.where, each.asks_less) for each in found] == [(where, False)]


@pytest.mark.parametrize("where", LOOSER)
def test_a_copy_that_asks_less_is_refused_by_name(where):
    found = differences(BASE, LOOSER[where], limits=limits())
    assert (where, True) in [(each.where, each.asks_less) for each in found]
    with pytest.raises(InvalidInput, match="asks less") as refused:
        check_own(BASE, LOOSER[where], limits=limits())
    assert where in [problem.field for problem in refused.value.problems]


@pytest.mark.parametrize("name", ROUTES)
def test_an_unchanged_copy_has_no_difference(name):
    assert check_own(protocol_of(name), protocol_of(name), limits=limits()) == ()


def test_an_alarm_that_stops_no_more_asks_less():
    rule = "monitoring.heart_rate"
    quiet = replace(BASE, alarms={**BASE.alarms, rule: replace(BASE.alarms[rule], stops=False)})
    assert differences(BASE, quiet, limits=limits())[0].asks_less
