"""The three kinds of session: who may hold each, what must be filled, what may be shown, chosen and rated."""

import pytest

from kairos.content.release import load_release
from kairos.domain.protocols.therapy import (
    SessionKind,
    check_aims,
    check_filled,
    check_may_hold,
    check_ratings,
)
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role

KAP = load_release().therapy["kap"]
PREPARATORY = KAP.templates[SessionKind.PREPARATORY]
WORDS = {field.id: f" words of {field.id} " for field in PREPARATORY.fields}


def test_a_coach_holds_what_the_scope_allows():
    coach = frozenset({Role.COACH})
    check_may_hold(PREPARATORY, coach, has_trauma_flag=False)
    with pytest.raises(NotAllowed, match="clinician, medical director, therapist"):
        check_may_hold(KAP.templates[SessionKind.DOSING], coach, has_trauma_flag=False)
    with pytest.raises(NotAllowed, match="of somebody with the trauma-care flag"):
        check_may_hold(PREPARATORY, coach, has_trauma_flag=True)
    check_may_hold(PREPARATORY, frozenset({Role.THERAPIST}), has_trauma_flag=True)


def test_no_dosing_session_is_noted_by_a_role_that_only_watches():
    for role in (Role.NURSE, Role.COORDINATOR, Role.PHARMACIST, Role.PATIENT):
        with pytest.raises(NotAllowed):
            check_may_hold(KAP.templates[SessionKind.DOSING], frozenset({role}), has_trauma_flag=False)


def test_required_fields_are_filled_and_blank_ones_left_out():
    filled = check_filled(PREPARATORY, WORDS | {"worries": " "}, has_trauma_flag=False)
    assert filled["goals"] == "words of goals"
    assert "worries" not in filled


def test_every_missing_field_is_named_at_once():
    with pytest.raises(InvalidInput) as refused:
        check_filled(PREPARATORY, {"goals": "x", "dreams": "y"}, has_trauma_flag=False)
    named = [each.field for each in refused.value.problems]
    assert named == ["dreams", "history", "expectations", "agreements"]


def test_the_trauma_flag_asks_for_pacing_and_hides_its_cards():
    without = {name: words for name, words in WORDS.items() if name != "pacing"}
    assert check_filled(PREPARATORY, without, has_trauma_flag=False)
    with pytest.raises(InvalidInput):
        check_filled(PREPARATORY, without, has_trauma_flag=True)
    shown = {card.id for card in KAP.cards_for(has_trauma_flag=True)}
    assert shown == {card.id for card in KAP.cards if not card.is_trauma}
    assert KAP.cards_for(has_trauma_flag=False) == KAP.cards


def test_aims_come_in_the_order_of_the_content():
    assert check_aims(KAP, ("grief", "openness")) == ("openness", "grief")
    for wrong in ((), ("happiness",)):
        with pytest.raises(InvalidInput):
            check_aims(KAP, wrong)


def test_ratings_left_out_stay_left_out():
    assert check_ratings(("a", "b"), {"b": 0, "a": None}) == {"b": 0}
    with pytest.raises(InvalidInput, match="rate at least one"):
        check_ratings(("a",), {"a": None})
    for wrong in ({"a": 11}, {"a": -1}, {"c": 3}):
        with pytest.raises(InvalidInput, match="choose a number from 0 to 10"):
            check_ratings(("a",), wrong)
