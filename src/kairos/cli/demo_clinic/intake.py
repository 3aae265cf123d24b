"""From a record to a signed decision: what was asked and answered, what was tried, who signed what."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from kairos.actions.acknowledge_section import acknowledge_section
from kairos.actions.add_treatment_trial import add_treatment_trial
from kairos.actions.answer_consent_question import answer_consent_question
from kairos.actions.answer_screening_question import answer_screening_question
from kairos.actions.confirm_list import LISTS, confirm_list
from kairos.actions.enter_results import enter_results
from kairos.actions.sign_consent import sign_consent
from kairos.actions.sign_eligibility_decision import sign_eligibility_decision
from kairos.actions.tell_expectations import tell_expectations
from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import Invented, stock
from kairos.content.release import load_release
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.signing import fingerprint, needing_reason
from kairos.domain.eligibility.trials import ToldTrial
from kairos.queries.consents import consent_page
from kairos.queries.eligibility import eligibility
from kairos.vocab.instants import PartialDate

_YES = frozenset(
    {
        *("question.alive", "question.contraception_in_place", "question.site_ready"),
        *("question.off_label_reason_recorded", "question.prescriber_licensed_where_person_is"),
        *("question.examined_in_person", "question.support_person_present", "question.home_is_safe"),
        *("question.video_contact_possible", "question.blood_pressure_cuff_at_home"),
        *("question.housing_is_stable", "question.support_between_sessions", "question.sleep_is_sufficient"),
        "question.expectations_are_realistic",
    }
)
_EXPECTED = {"benefit": "may_help", "duration": "days_or_weeks", "alone": "other_help"}
_REASON = "Talked through with the person; watched at each visit."
_LEFT_OUT = frozenset({"question.no_childbearing_potential"})


def answer_all(house: House, person_id: UUID, *, now: datetime, **otherwise: str) -> None:
    """Take the whole intake sheet: everything denied but for what is named, as ``aneurysm="yes"``."""
    questions = [q for q in load_release().questions.values() if q.form.form == "yes_no"]
    answers = {q.id: "yes" if q.id in _YES else "no" for q in questions if q.id not in _LEFT_OUT}
    answers |= {f"question.{name}": given for name, given in otherwise.items()}
    _answer(house, person_id, answers, now)


def answer_some(house: House, person_id: UUID, *, now: datetime, topics: int) -> None:
    """Begin the intake sheet: the first questions of it."""
    names = [q.id for q in load_release().questions.values() if q.form.form == "yes_no"]
    given = {name: "no" for name in names[: topics * 8] if name not in _YES}
    _answer(house, person_id, given, now)


def _answer(house: House, person_id: UUID, answers: dict[str, str], now: datetime) -> None:
    answer_screening_question(
        command_id=uuid4(), by=house.nurse, now=now, person_id=person_id, answers=answers
    )


def complete(house: House, person: Invented, person_id: UUID, *, now: datetime, **otherwise: str) -> None:
    """Do all that a decision needs: sheet, ledger of treatments, lists, and what was measured."""
    answer_all(house, person_id, now=now, **otherwise)
    enter_results(
        command_id=uuid4(),
        by=house.nurse,
        now=now,
        person_id=person_id,
        results={
            "phq9_item9": 0,
            "oxygen_saturation": float(person.vitals["oxygen"]),
            "heart_rate": float(person.vitals["heart_rate"]),
            "body_weight": float(person.weight_kg),
        },
        measured_at=now,
    )
    for number, name in enumerate(person.trials):
        _tell_trial(house, person, person_id, name, is_ongoing=number == 1, now=now)
    for kind in LISTS:
        confirm_list(command_id=uuid4(), by=house.clinician, now=now, person_id=person_id, kind=kind)


def _tell_trial(
    house: House, person: Invented, person_id: UUID, name: str, *, is_ongoing: bool, now: datetime
) -> None:
    months = person.dice("trials").randint(4, 7)
    changed = now.date() - timedelta(days=30 * months)
    started = changed if is_ongoing else changed - timedelta(days=30 * months)
    told = ToldTrial(
        treatment=name,
        daily_dose_mg=float(stock()["medicines"][name]["mg"]),
        started=PartialDate.of(started),
        ended=None if is_ongoing else PartialDate.of(changed),
        is_ongoing=is_ongoing,
        improvement_percent=float(person.dice(name).choice(stock()["improvement_percent"])),
        in_episode=True,
    )
    add_treatment_trial(command_id=uuid4(), by=house.clinician, now=now, person_id=person_id, told=told)


def decide(house: House, person_id: UUID, decision: Decision, why: str, *, now: datetime) -> None:
    """Sign a decision over what the page shows; each relative finding has its reason."""
    found = eligibility(person_id=person_id, now=now, by=house.clinician).findings
    sign_eligibility_decision(
        command_id=uuid4(),
        by=house.clinician,
        now=now,
        person_id=person_id,
        decision=decision,
        why=why,
        reasons=dict.fromkeys(needing_reason(found), _REASON),
        seen=fingerprint(found),
    )


def consent(house: House, person: Invented, person_id: UUID, *, now: datetime, parts: int = 0) -> None:
    """Read the consent document on the clinic's tablet and sign it; stop after ``parts`` where given."""
    document = consent_page(person_id=person_id, by=house.nurse, now=now).document
    given: dict[str, Any] = {
        "person_id": person_id,
        "version": document.version,
        "by": house.nurse,
        "now": now,
    }
    for section in document.section_ids[: parts or None]:
        acknowledge_section(section=section, command_id=uuid4(), **given)
    if parts:
        return
    for question in document.questions:
        right = next(answer.id for answer in question.answers if answer.is_right)
        answer_consent_question(question=question.id, chosen=right, command_id=uuid4(), **given)
    tell_expectations(chosen=_EXPECTED, command_id=uuid4(), **given)
    sign_consent(name=person.name, command_id=uuid4(), **given)
