"""Questionnaires of others kept: responses with recomputed scores, once, with what says their meaning."""

from typing import Any
from uuid import UUID

import orjson
import pytest

from kairos.actions.import_record import Imported, import_record
from kairos.content.release import load_release
from kairos.interop.fhir.incoming import (
    incoming_files,
    incoming_questionnaires,
    incoming_records,
    read_with_kept,
)
from kairos.store.ids import new_id
from kairos.store.repositories import facts, known_questionnaires, questionnaires, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.quantities import ONE, Quantity
from tests.support.clinic import NOW, Clinic, jobs, make_clinic
from tests.support.fhir import bundle, ndjson, patient
from tests.support.questionnaires import form_of, given, question, response_of

pytestmark = pytest.mark.django_db
PHQ9 = load_release().instruments["phq9"]
FORM = form_of(PHQ9)
TOTAL = question(
    PHQ9.items[0], "sum", kind="integer", code=[{"system": "http://loinc.org", "code": "44261-6"}]
)
ANSWERED = response_of(PHQ9, [1, 1, 1, 1, 1, 1, 1, 1, 2, 0])


def keep(clinic: Clinic, *files: bytes) -> Imported:
    named = [(f"file{at}", data) for at, data in enumerate(files)]
    read = read_with_kept(named, programme_id=clinic.programme_id, by=jobs(clinic))
    read.check()
    return import_record(
        command_id=new_id(),
        by=jobs(clinic),
        now=NOW,
        programme_id=clinic.programme_id,
        files=incoming_files(read),
        records=incoming_records(read),
        questionnaires=incoming_questionnaires(read),
    )


def scores(clinic: Clinic, person_id: UUID) -> list[tuple[str, float | None, str]]:
    with scoped(clinic.scope):
        found = questionnaires.scores_of(clinic.scope, person_id, with_imported=True)
        assert len(questionnaires.responses_of(clinic.scope, person_id)) == len(found)
    return [(score.instrument, score.value, score.answered_at.date().isoformat()) for score in found]


def totals(clinic: Clinic, person_id: UUID) -> dict[str, Any]:
    with scoped(clinic.scope):
        known = facts.facts_of(clinic.scope, person_id)
    return {fact.concept: fact.value for fact in known if fact.kind == "score"}


def test_a_response_becomes_answers_a_score_and_facts_and_twice_changes_nothing() -> None:
    clinic = make_clinic()
    raw = bundle(patient(), FORM, ANSWERED)
    (person_id,) = keep(clinic, raw).person_ids
    assert scores(clinic, person_id) == [("phq9", 10.0, "2024-02-03")]
    assert totals(clinic, person_id) == {"phq9_total": Quantity(10, ONE), "phq9_item9": Quantity(2, ONE)}
    with scoped(clinic.scope):
        assert questionnaires.scores_of(clinic.scope, person_id) == ()  # no baseline of the course here
    assert keep(clinic, raw).files[0].status == "unchanged"
    assert len(scores(clinic, person_id)) == 1


def test_a_corrected_response_takes_the_place_of_the_first() -> None:
    clinic = make_clinic()
    (person_id,) = keep(clinic, bundle(patient(), FORM, ANSWERED)).person_ids
    amended = response_of(PHQ9, [0] * 10, status="amended", authored="2024-02-04")
    keep(clinic, bundle(patient(), amended))
    assert scores(clinic, person_id) == [("phq9", 0.0, "2024-02-04")]
    assert totals(clinic, person_id)["phq9_item9"] == Quantity(0, ONE)


def test_a_questionnaire_imported_before_says_what_a_later_response_answers() -> None:
    clinic, other = make_clinic(), make_clinic()
    first = keep(clinic, orjson.dumps(FORM))
    assert (first.files[0].status, first.person_ids) == ("imported", ())
    assert keep(clinic, orjson.dumps(FORM)).files[0].status == "unchanged"
    (person_id,) = keep(clinic, ndjson(patient(), ANSWERED)).person_ids
    assert scores(clinic, person_id) == [("phq9", 10.0, "2024-02-03")]
    with pytest.raises(InvalidInput, match="is not known"):
        keep(other, ndjson(patient(), ANSWERED))


def test_what_does_not_say_its_day_makes_facts_and_no_response() -> None:
    clinic = make_clinic()
    undated = {**ANSWERED, "authored": "2024-02"}
    (person_id,) = keep(clinic, bundle(patient(), FORM, undated)).person_ids
    assert scores(clinic, person_id) == [] and "phq9_total" in totals(clinic, person_id)


def test_a_screener_is_kept_without_a_total() -> None:
    clinic = make_clinic()
    cssrs = load_release().instruments["cssrs_screener"]
    asked = response_of(cssrs, [1, 1, 0, 0, 0, 0, 0])
    (person_id,) = keep(clinic, bundle(patient(), form_of(cssrs), asked)).person_ids
    with scoped(clinic.scope):
        (kept,) = questionnaires.responses_of(clinic.scope, person_id)
        assert questionnaires.scores_of(clinic.scope, person_id, with_imported=True) == ()
    assert kept.answers["cssrs.2"] == 1 and kept.timepoint == "imported"


def tasks_of(clinic: Clinic, person_id: UUID) -> list[str]:
    with scoped(clinic.scope):
        return sorted(task.kind for task in tasks.tasks_of(clinic.scope, person_id))


def test_what_is_still_acute_starts_what_it_would_start_here_and_what_is_old_does_not() -> None:
    clinic = make_clinic()
    today = {**ANSWERED, "authored": NOW.isoformat()}
    done = keep(clinic, bundle(patient(), FORM, today))
    (person_id,) = done.person_ids
    assert tasks_of(clinic, person_id) == ["clinician_call", "clinician_review", "cssrs_screener"]
    assert done.safety_tasks == 3 and keep(clinic, bundle(patient(), FORM, today)).safety_tasks == 0
    long_ago = keep(clinic, bundle(patient(id="q"), {**ANSWERED, "subject": {"reference": "Patient/q"}}))
    assert long_ago.safety_tasks == 0


def test_a_screener_starts_what_its_tier_starts_once_for_what_lies_long_back() -> None:
    clinic = make_clinic()
    cssrs = load_release().instruments["cssrs_screener"]
    today = response_of(cssrs, [0, 0, 0, 0, 0, 1, 0], authored=NOW.isoformat())
    first = keep(clinic, bundle(patient(), form_of(cssrs), today))
    assert tasks_of(clinic, first.person_ids[0]) == ["clinician_call", "safety_plan"]
    again = keep(clinic, bundle(patient(), {**today, "id": "r2"}))
    assert (first.safety_tasks, again.safety_tasks) == (2, 0)


def test_a_wrong_total_is_reported_and_not_kept() -> None:
    clinic = make_clinic()
    stated = {**ANSWERED, "item": [*ANSWERED["item"], given("sum", {"valueInteger": 27})]}
    raw = bundle(patient(), {**FORM, "item": [*FORM["item"], TOTAL]}, stated)
    read = read_with_kept([("file", raw)], programme_id=clinic.programme_id, by=jobs(clinic))
    assert "PHQ-9: the stated total is wrong; the recomputed one is kept" in read.report.files[0].notes
    (person_id,) = keep(clinic, raw).person_ids
    assert scores(clinic, person_id) == [("phq9", 10.0, "2024-02-03")]


def test_a_programme_keeps_its_own_questionnaires_only() -> None:
    clinic, other = make_clinic(), make_clinic()
    keep(clinic, orjson.dumps(FORM))
    with scoped(clinic.scope):
        (known,) = known_questionnaires.known_questionnaires(clinic.scope, clinic.programme_id)
    with scoped(other.scope):
        assert known_questionnaires.known_questionnaires(other.scope, clinic.programme_id) == ()
        with pytest.raises(NotAllowed):
            known_questionnaires.keep_questionnaire(other.scope, known)
    assert known.content == orjson.dumps(FORM) and known.url == FORM["url"]
