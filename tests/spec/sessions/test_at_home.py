"""The gate at home, half an hour before the dose: each missing thing stops it. Rows S-047, S-048, S-050."""

import pytest

from kairos.domain.protocols.predose import Call, CheckAnswer, go_no_go
from kairos.vocab.people import Role
from tests.support.route_sessions import checked, protocol_of

HOMES = ("sublingual_home", "oral_home")
SPEAKS_AGAINST = (
    ("support_person", "present_untrained", Call.STOP),
    ("support_person", "absent", Call.STOP),
    ("support_sober", "not_sober", Call.STOP),
    ("emergency_plan", "not_verified", Call.STOP),
    ("contact", "none", Call.STOP),
    ("contact", "call", Call.HOLD),
    ("room", "not_ready", Call.HOLD),
    ("oximeter", "called_for_and_missing", Call.STOP),
    ("intoxicated", "yes", Call.STOP),
    ("new_medicines", "not_reviewed", Call.HOLD),
    ("medicines_held", "not_as_agreed", Call.HOLD),
)


@pytest.mark.parametrize("name", HOMES)
def test_gate_with_everything_in_place_is_a_go(name):
    """Half an hour before, every item answered for going on."""
    assert checked(name).look(-5).check.call is Call.GO


@pytest.mark.parametrize("name", HOMES)
def test_gate_each_item_not_answered_or_not_known_holds(name):
    """Nobody said, or somebody was not sure: no dose, whichever item it is."""
    for item in protocol_of(name).checks:
        answers = dict(checked(name).state.answers)
        del answers[item.id]
        assert _call(name, answers) is Call.HOLD, item.id
        assert _call(name, {**answers, item.id: CheckAnswer(item.id, "not_sure")}) is Call.HOLD, item.id


def _call(name, answers):
    """Return the call on these answers with the readings of a checked session."""
    picture = checked(name).look(-5)
    readings = picture.state.readings
    return go_no_go(picture.protocol, answers, readings, now=picture.now, limits=picture.limits).call


@pytest.mark.parametrize(("item", "answer", "call"), SPEAKS_AGAINST)
def test_gate_each_answer_that_speaks_against_stops_or_holds(item, answer, call):
    """One answer against is enough, whichever it is."""
    assert checked("sublingual_home", **{item: answer}).look(-5).check.call is call


def test_who_answers_what():
    """Only the person knows what they took; only the team sees who is there; the plan is looked up."""
    by = {item.id: item.by for item in protocol_of("sublingual_home").checks}
    for item in ("alcohol", "intoxicated", "medicines_held", "mood", "mouth_food"):
        assert Role.PATIENT in by[item] and Role.SUPPORT_PERSON not in by[item]
    for item in ("support_sober", "room"):
        assert {Role.PATIENT, Role.SUPPORT_PERSON} <= by[item]
    for item in ("support_person", "contact", "suicidality", "pregnancy"):
        assert by[item].isdisjoint({Role.PATIENT, Role.SUPPORT_PERSON})
