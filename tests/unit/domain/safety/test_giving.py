"""The check at the moment of giving: silence never passes, absolute refuses, the rest is confirmed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.eligibility.answers import fact_of_confirmed_list
from kairos.domain.safety.giving import (
    ALLERGY,
    MEDICINE_LIST,
    AtTheChair,
    check_giving,
    check_may_give,
    open_findings,
    told,
)
from kairos.domain.safety.rescue import GivingRoute
from kairos.domain.safety.wanted import WantedMedicine, check_wanted, drug_of
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind, Presence
from kairos.vocab.instants import PartialDate
from kairos.vocab.verdict import Verdict

RELEASE = load_release()
ON = date(2026, 3, 2)
RECORD = Origin(OriginKind.RECORD, "AllergyIntolerance/1")
NAMED = RELEASE.concepts.ingredients_named


def allergy(display, concept="other_drug_allergy", presence=Presence.PRESENT):
    code = Code("http://snomed.info/sct", "1", display)
    return Fact(f"a/{display}", FactKind.ALLERGY, concept, RECORD, presence=presence, code=code)


def condition(concept, status="active"):
    since = PartialDate.parse("2020-05-01")
    return Fact(
        f"c/{concept}", FactKind.CONDITION, concept, RECORD, status=status, true_from=since, recorded_at=None
    )


def confirmed(kind):
    at = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    return fact_of_confirmed_list(kind, fact_id=f"list/{kind}", ref="list", by="x", at=at)


def known(*facts, taken=(), list_is_known=True, given_here=()):
    month = timedelta(days=30)
    return AtTheChair(facts, frozenset(taken), list_is_known, tuple(given_here), ON, month, month, NAMED)


def verdicts(drug, route, chair):
    found = check_giving(drug, route, chair, RELEASE.rescue.get(drug))
    return {each.rule: each.verdict for each in found}


WELL = (confirmed(FactKind.ALLERGY), confirmed(FactKind.CONDITION))


def test_an_allergy_to_the_drug_refuses_and_nobody_confirms_it_away():
    chair = known(*WELL, allergy("Allergy to ondansetron"))
    found = check_giving("ondansetron", GivingRoute.IV, chair, RELEASE.rescue["ondansetron"])
    assert found[0].verdict is Verdict.NOT_MET
    with pytest.raises(NotAllowed, match="not given: allergy"):
        check_may_give(found, acknowledged=[ALLERGY], on_standing_order=False)


def test_allergies_that_nobody_asked_for_are_unknown_and_never_pass_in_silence():
    found = check_giving("ondansetron", GivingRoute.IV, known(), RELEASE.rescue["ondansetron"])
    assert found[0].message == "giving.allergy.never_asked"
    with pytest.raises(InvalidInput, match="read and confirm first: allergy"):
        check_may_give(found, acknowledged=[], on_standing_order=False)
    check_may_give(found, acknowledged=[ALLERGY], on_standing_order=True)
    assert told(found)[0] == "giving.allergy=unknown"


ASKED = confirmed(FactKind.ALLERGY)
DENIED = allergy("No known drug allergy", "drug_allergy", Presence.ABSENT)
NOT_SURE = allergy("ondansetron", presence=Presence.NOT_SURE)


@pytest.mark.parametrize(
    ("facts", "drug", "expected"),
    [
        ((ASKED,), "ondansetron", "met"),
        ((DENIED,), "ondansetron", "met"),
        ((ASKED, allergy("bee venom", "other_allergy")), "ondansetron", "met"),
        ((ASKED, allergy("blue tablets")), "ondansetron", "unread"),
        ((ASKED,), "", "not_recognised"),
        ((ASKED, NOT_SURE), "ondansetron", "not_met"),
    ],
)
def test_what_the_records_say_of_allergies(facts, drug, expected):
    finding = check_giving(drug, GivingRoute.IV, known(*facts), None)[0]
    assert finding.message == f"giving.allergy.{expected}"


def test_two_drugs_that_lengthen_qt_want_a_prescribers_own_word():
    chair = known(*WELL, taken=["haloperidol"])
    found = check_giving("ondansetron", GivingRoute.PO, chair, RELEASE.rescue["ondansetron"])
    rule = "giving.caution.qt_two_drugs"
    assert verdicts("ondansetron", GivingRoute.PO, chair)[rule] is Verdict.NOT_MET
    with pytest.raises(NotAllowed, match="ask a prescriber"):
        check_may_give(found, acknowledged=[rule], on_standing_order=True)
    check_may_give(found, acknowledged=[rule], on_standing_order=False)


def test_what_was_given_a_moment_ago_counts_too():
    chair = known(*WELL, given_here=[("haloperidol", "im")])
    assert verdicts("ondansetron", GivingRoute.IV, chair)["giving.caution.qt_two_drugs"] is Verdict.NOT_MET


def test_a_list_nobody_went_through_leaves_the_other_drugs_unknown():
    found = verdicts("ondansetron", GivingRoute.IV, known(*WELL, list_is_known=False))
    assert found[MEDICINE_LIST] is Verdict.UNKNOWN
    assert found["giving.caution.qt_two_drugs"] is Verdict.UNKNOWN


def test_olanzapine_into_the_muscle_never_meets_a_benzodiazepine_by_needle():
    """2.5: cardiorespiratory depression."""
    rule = "giving.caution.never_im_with_benzodiazepine"
    given = known(*WELL, given_here=[("lorazepam", "iv")])
    assert verdicts("olanzapine", GivingRoute.IM, given)[rule] is Verdict.NOT_MET
    assert rule not in verdicts("olanzapine", GivingRoute.PO, given)
    swallowed = known(*WELL, given_here=[("lorazepam", "po")])
    assert verdicts("olanzapine", GivingRoute.IM, swallowed)[rule] is Verdict.MET


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), Verdict.UNKNOWN),
        ((confirmed(FactKind.CONDITION),), Verdict.MET),
        ((confirmed(FactKind.CONDITION), condition("asthma")), Verdict.NOT_MET),
    ],
)
def test_labetalol_and_asthma(facts, expected):
    """2.5: not in asthma. Silence is not denial."""
    found = verdicts("labetalol", GivingRoute.IV, known(confirmed(FactKind.ALLERGY), *facts))
    assert found["giving.caution.beta_blocker_asthma"] is expected


def test_a_medicine_that_is_not_at_hand_says_that_no_cautions_are_on_file():
    found = check_giving("ibuprofen", GivingRoute.PO, known(*WELL), None)
    assert [each.message for each in open_findings(found)] == ["giving.medicine_list.not_listed"]


def test_every_sentence_of_the_check_is_there():
    for medicine in RELEASE.rescue.values():
        for chair in (known(), known(*WELL), known(*WELL, taken=list(RELEASE.concepts.ingredients))):
            for route in GivingRoute:
                for each in check_giving(medicine.drug, route, chair, medicine):
                    assert each.message in RELEASE.texts


def test_doses_carry_the_mark_of_what_was_only_remembered():
    assert {each.certainty for each in RELEASE.rescue.values()} == {"memory"}
    assert RELEASE.rescue["ondansetron"].doses[0].problem == ""


def test_a_drug_is_the_one_that_words_name():
    assert drug_of("Ondansetron 4 mg", NAMED) == "ondansetron"
    assert drug_of("something blue", NAMED) == ""
    assert drug_of("haloperidol and lorazepam", NAMED) == ""


WANTED = {"medicine": "ondansetron", "dose": 4, "unit": "mg", "route": GivingRoute.IV, "emergency": True}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, ["reason"]),
        ({"reason": "seizure"}, []),
        ({"reason": "seizure", "medicine": " "}, ["medicine"]),
        ({"reason": "seizure", "dose": 0}, ["dose"]),
        ({"reason": "seizure", "unit": ""}, ["unit"]),
        ({"emergency": False}, ["ordered_by"]),
        ({"reason": "x", "ordered_by": "somebody"}, ["ordered_by"]),
    ],
)
def test_exactly_one_word_stands_behind_a_medicine(changed, fields):
    wanted = WantedMedicine(**(WANTED | changed))
    if not fields:
        check_wanted(wanted)
        return
    with pytest.raises(InvalidInput) as refused:
        check_wanted(wanted)
    assert [problem.field for problem in refused.value.problems] == fields
