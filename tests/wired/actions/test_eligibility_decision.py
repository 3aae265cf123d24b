"""Nobody becomes eligible but by a prescriber's signature over findings that allow it."""

import pytest

from kairos.actions.add_treatment_trial import add_treatment_trial
from kairos.actions.admit_person import admit_person
from kairos.actions.answer_screening_question import answer_screening_question
from kairos.actions.confirm_list import confirm_list
from kairos.actions.enter_results import enter_results
from kairos.actions.erase_person import erase_person
from kairos.actions.screen_person import screen_person
from kairos.actions.set_entry_aside import set_entry_aside
from kairos.content.release import load_release
from kairos.content.screening_criteria import definitions_of, screen_as_of
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.trials import ToldTrial
from kairos.domain.rules.target import Indication
from kairos.queries.eligibility import eligibility
from kairos.store.ids import new_id
from kairos.store.repositories import facts as fact_rows
from kairos.store.repositories import originals, people, screenings, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.facts import FactKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice, Verdict
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import condition, fact, yes
from tests.support.screened import NOW, keep, seen_by, sign, well_known_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def prescriber(clinic):
    return staff(clinic)


def stage_of(clinic, person_id):
    with scoped(clinic.scope):
        return people.enrolments_of(clinic.scope, person_id)[0].stage


def newest(clinic, person_id):
    with scoped(clinic.scope):
        return screenings.newest_screening(clinic.scope, person_id)


def common(actor):
    return {"command_id": new_id(), "by": actor, "now": NOW}


def test_a_signed_start_makes_eligible_and_keeps_what_it_rests_on(clinic, prescriber):
    person_id = well_known_person(clinic)
    signed = sign(prescriber, person_id)
    with scoped(clinic.scope):
        (decision,) = screenings.decisions_of(clinic.scope, person_id)
        kept = screenings.find_screening(clinic.scope, decision.screening_id)
    assert (decision.id, decision.decision, decision.words["why"]) == (signed, "start", "two trials failed")
    assert kept.advice is Advice.MAY_PROCEED
    assert kept.content_version
    assert stage_of(clinic, person_id) == Stage.ELIGIBLE


def test_sent_twice_it_is_signed_once(clinic, prescriber):
    person_id = well_known_person(clinic)
    command_id, seen = new_id(), seen_by(prescriber, person_id)
    again = {"command_id": command_id, "seen": seen}
    assert sign(prescriber, person_id, **again) == sign(prescriber, person_id, **again)
    with scoped(clinic.scope):
        assert len(screenings.decisions_of(clinic.scope, person_id)) == 1


@pytest.mark.parametrize(
    ("decision", "stage"),
    [
        (Decision.NOT_NOW, Stage.NOT_NOW),
        (Decision.REFER, Stage.REFERRED),
        (Decision.NO, Stage.DECLINED),
    ],
)
def test_an_excluded_person_can_be_turned_away_but_never_taken_on(clinic, prescriber, decision, stage):
    person_id = well_known_person(clinic)
    keep(clinic, person_id, [yes("ketamine_allergy")])
    with pytest.raises(NotAllowed, match=r"excluded eligibility\.allergy"):
        sign(prescriber, person_id, reasons={"eligibility.allergy": "a reason changes nothing"})
    assert stage_of(clinic, person_id) == Stage.SCREENING
    sign(prescriber, person_id, decision)
    assert stage_of(clinic, person_id) == stage


def test_the_dead_are_never_eligible(clinic, prescriber):
    person_id = well_known_person(clinic)
    keep(clinic, person_id, [fact("deceased", FactKind.DEMOGRAPHIC, since="2026-05-31")])
    with pytest.raises(NotAllowed, match=r"excluded eligibility\.deceased"):
        sign(prescriber, person_id)


def test_nobody_of_whom_nothing_is_known_becomes_eligible(clinic, prescriber):
    person_id = make_person(clinic)
    with pytest.raises(NotAllowed, match="open eligibility"):
        sign(prescriber, person_id)


def test_a_relative_finding_needs_a_reason_and_keeps_it(clinic, prescriber):
    person_id = well_known_person(clinic)
    keep(clinic, person_id, [yes("heart_disease")])
    rule = "eligibility.stable_heart_disease"
    with pytest.raises(NotAllowed, match=f"no reason {rule}"):
        sign(prescriber, person_id)
    sign(prescriber, person_id, reasons={rule: " cleared by a cardiologist "})
    with scoped(clinic.scope):
        (decision,) = screenings.decisions_of(clinic.scope, person_id)
    assert decision.overridden_rules == (rule,)
    assert decision.words["reasons"] == {rule: "cleared by a cardiologist"}


def test_what_changed_since_the_page_was_opened_is_looked_at_first(clinic, prescriber):
    person_id = well_known_person(clinic)
    seen = seen_by(prescriber, person_id)
    keep(clinic, person_id, [yes("heart_disease")])
    with pytest.raises(NotAllowed, match="changed since you opened the page"):
        sign(prescriber, person_id, seen=seen)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLINICIAN, Role.MEDICAL_DIRECTOR}))
def test_only_prescribers_sign(clinic, prescriber, role):
    person_id = well_known_person(clinic)
    seen = seen_by(prescriber, person_id)
    with pytest.raises(NotAllowed):
        sign(staff(clinic, role), person_id, seen=seen)
    assert stage_of(clinic, person_id) == Stage.SCREENING


def test_a_kept_screening_replays_to_the_same_findings(clinic, prescriber):
    person_id = well_known_person(clinic)
    screen_person(person_id=person_id, definition="trd.short", **common(prescriber))
    kept = newest(clinic, person_id)
    with scoped(clinic.scope):
        held = fact_rows.facts_of(clinic.scope, person_id)
    again = screen_as_of(
        kept.asked,
        held,
        target=kept.target,
        definitions=definitions_of(load_release().rules, kept.findings),
    )
    assert kept.content_version == load_release().version
    assert (again.findings, again.advice) == (kept.findings, kept.advice)
    assert kept.otherwise == again.otherwise
    assert {load_release().rules[f.rule].definition for f in kept.otherwise} >= {"trd.standard"}


def test_what_a_person_is_asked_for_stays_until_it_is_changed(clinic, prescriber):
    person_id = make_person(clinic)
    given = common(prescriber)
    screen_person(person_id=person_id, indication=Indication.ANXIETY, **given)
    screen_person(person_id=person_id, indication=Indication.ANXIETY, **given)
    confirm_list(person_id=person_id, kind="condition", **common(prescriber))
    kept = newest(clinic, person_id)
    assert kept.indication == Indication.ANXIETY
    assert "eligibility.resistance_anxiety" in {f.rule for f in kept.findings}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("question.suicidal_intent", {"stay_with_person", "psychiatric_evaluation", "safety_plan"}),
        ("question.suicidal_thoughts_with_method", {"clinician_call", "safety_plan"}),
        ("question.suicidal_thoughts", {"clinician_review", "safety_plan_offer"}),
        ("question.ketamine_allergy", set()),
    ],
)
def test_a_suicide_risk_stated_at_intake_opens_its_tasks_at_once(clinic, question, kinds):
    """S-017; answered again with something else, nothing is opened twice."""
    nurse, person_id = staff(clinic, Role.NURSE), make_person(clinic)
    answer_screening_question(person_id=person_id, answers={question: "yes"}, **common(nurse))
    answer_screening_question(person_id=person_id, answers={"question.dementia": "no"}, **common(nurse))
    with scoped(clinic.scope):
        opened = tasks.tasks_of(clinic.scope, person_id)
    assert {task.kind for task in opened} == kinds
    assert len(opened) == len(kinds)


def test_answers_become_facts_and_settle_their_rules(clinic):
    nurse, person_id = staff(clinic, Role.NURSE), make_person(clinic)
    given = common(nurse) | {"person_id": person_id, "answers": {"question.ketamine_allergy": "no"}}
    assert answer_screening_question(**given) == answer_screening_question(**given)
    (allergy,) = [f for f in newest(clinic, person_id).findings if f.rule == "eligibility.allergy"]
    assert allergy.verdict is Verdict.MET


@pytest.mark.parametrize(
    "answers", [{}, {"question.nobody_asks_this": "no"}, {"question.ketamine_allergy": "perhaps"}]
)
def test_what_is_no_answer_is_refused(clinic, prescriber, answers):
    with pytest.raises(InvalidInput):
        answer_screening_question(person_id=make_person(clinic), answers=answers, **common(prescriber))


def test_a_confirmed_list_answers_for_what_is_not_on_it(clinic, prescriber):
    person_id = make_person(clinic)
    confirm_list(person_id=person_id, kind="condition", **common(prescriber))
    (bleeding,) = [f for f in newest(clinic, person_id).findings if f.ref == "CNS-ICH"]
    assert bleeding.verdict is Verdict.MET
    with pytest.raises(InvalidInput, match="no list called 'wishes'"):
        confirm_list(person_id=person_id, kind="wishes", **common(prescriber))


def test_an_entry_set_aside_stays_and_no_longer_counts(clinic, prescriber):
    person_id = make_person(clinic)
    keep(clinic, person_id, [condition("intracerebral_haemorrhage", "2015-03-01", id="Condition/1#0")])
    aside = {"person_id": person_id, "fact_id": "Condition/1#0", "reason": "entered for a namesake"}
    set_entry_aside(**aside, **common(prescriber))
    (bleeding,) = [f for f in newest(clinic, person_id).findings if f.ref == "CNS-ICH"]
    assert bleeding.verdict is Verdict.MET
    with scoped(clinic.scope):
        held = {f.id: f for f in fact_rows.facts_of(clinic.scope, person_id)}
    assert "Condition/1#0" in held
    assert {f.details.get("reason") for f in held.values()} == {None, "entered for a namesake"}
    with pytest.raises(InvalidInput, match="no reason"):
        set_entry_aside(**aside | {"reason": " "}, **common(prescriber))
    with pytest.raises(Missing):
        set_entry_aside(**aside | {"fact_id": "Condition/2#0"}, **common(prescriber))


def test_results_are_kept_in_the_scope_and_screened(clinic):
    nurse, person_id = staff(clinic, Role.NURSE), make_person(clinic)
    given = common(nurse) | {
        "person_id": person_id,
        "results": {"alt": 22.0, "ast": 20.0},
        "measured_at": NOW,
    }
    assert enter_results(**given) == enter_results(**given)
    (liver,) = [f for f in newest(clinic, person_id).findings if f.ref == "LFT"]
    assert liver.verdict is Verdict.MET


def test_two_failed_treatments_and_a_complete_ledger_show_resistance(clinic, prescriber):
    person_id = make_person(clinic)
    day = PartialDate.parse
    for drug in ("sertraline", "bupropion"):
        told = ToldTrial(drug, False, 450.0, day("2025-01-01"), day("2025-06-01"), False, 10.0, True)
        add_treatment_trial(person_id=person_id, told=told, **common(prescriber))
    confirm_list(person_id=person_id, kind="treatment_trial", **common(prescriber))
    (resistance,) = [f for f in newest(clinic, person_id).findings if f.ref == "TRD"]
    assert resistance.verdict is Verdict.MET
    page = eligibility(person_id=person_id, now=NOW, by=prescriber)
    assert [t.verdict for t in page.trials] == [Verdict.MET, Verdict.MET]


def test_a_person_without_a_record_is_admitted_once(clinic):
    desk = staff(clinic, Role.COORDINATOR)
    who = {
        "family_name": "Moravec",
        "given_names": "Helena",
        "born_on": PartialDate(1974, 2, 9),
        "sex": "female",
    }
    given = common(desk) | {"programme_id": clinic.programme_id, **who}
    person_id = admit_person(**given)
    assert admit_person(**given) == person_id
    other_id = admit_person(**given | {"command_id": new_id()})
    with scoped(clinic.scope):
        (proposal,) = originals.open_joins(clinic.scope)
    assert {proposal.person_id, proposal.other_id} == {person_id, other_id}
    assert newest(clinic, person_id).advice is Advice.INCOMPLETE
    with pytest.raises(InvalidInput, match="this day lies ahead"):
        admit_person(**given | {"command_id": new_id(), "born_on": PartialDate(2030)})


def test_nobody_elsewhere_can_be_screened(clinic):
    stranger = staff(make_clinic())
    with pytest.raises(Missing):
        screen_person(person_id=make_person(clinic), **common(stranger))
    with pytest.raises(Missing):
        eligibility(person_id=make_person(clinic), now=NOW, by=stranger)


def test_the_page_of_one_whose_record_was_erased_is_missing(clinic, prescriber):
    person_id = make_person(clinic)
    erase_person(person_id=person_id, why="asked_for", **common(staff(clinic, Role.MEDICAL_DIRECTOR)))
    with pytest.raises(Missing):
        eligibility(person_id=person_id, now=NOW, by=prescriber)
