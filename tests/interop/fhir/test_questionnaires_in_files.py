"""Questionnaires and responses among other entries: facts with their day, counts, refusals."""

from typing import Any

import orjson
import pytest

from kairos.content.release import load_release
from kairos.content.screening_criteria import shipped_criteria
from kairos.domain.eligibility.screening import screen
from kairos.interop.fhir.questionnaires import read_questionnaire
from kairos.interop.fhir.reading import QuestionnairesAtHand, ReadSet, read_contents
from kairos.interop.fhir.report import lines_of
from kairos.vocab.facts import AskedAsOf, Fact, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import ONE, Quantity
from tests.support.fhir import bundle, entry, ndjson, observed, patient, refusal
from tests.support.questionnaires import LOINC, form, form_of, given, question, response, response_of

PHQ9, CSSRS = (load_release().instruments[name] for name in ("phq9", "cssrs_screener"))
FORM = form_of(PHQ9)
ANSWERED = response_of(PHQ9, [1] * 8 + [2, 0])
SLEEP = form({"linkId": "s", "type": "string", "text": "How do you sleep?"}, url="http://forms.example/s")
Json = dict[str, Any]


def read_set(*resources: Json) -> ReadSet:
    return read_contents([("file.json", bundle(patient(), *resources))])


def facts_of(*resources: Json) -> dict[str, Fact]:
    (record,) = read_set(*resources).patients
    return {fact.concept: fact for fact in record.facts if not fact.origin.ref.startswith("Patient/")}


def counts(result: ReadSet, kind: str = "QuestionnaireResponse") -> Json:
    held = result.report.files[0].as_json()["resources"][kind]
    return {outcome: number for outcome, number in held.items() if number}


def test_total_and_self_harm_become_facts_with_the_day_of_answering() -> None:
    found = facts_of(FORM, {**ANSWERED, "encounter": {"reference": "Encounter/1"}})
    assert {concept: fact.value for concept, fact in found.items()} == {
        "phq9_total": Quantity(10, ONE),
        "phq9_item9": Quantity(2, ONE),
    }
    total = found["phq9_total"]
    assert total.true_from == PartialDate(2024, 2, 3) and total.true_at is not None
    assert (total.status, total.details["encounter"]) == ("completed", "Encounter/1")
    assert total.code is not None and total.code.code == "44261-6"


def test_screening_sees_a_positive_answer_on_self_harm() -> None:
    (record,) = read_set(FORM, {**ANSWERED, "authored": "2026-02-03"}).patients
    as_of = AskedAsOf(PartialDate(2026, 2, 10).first, chosen=True)
    result = screen(record.facts, as_of=as_of, by=shipped_criteria(as_of.on))
    (finding,) = [finding for finding in result.findings if finding.ref == "SUICIDE-ANY"]
    assert finding.verdict == "not_met"
    assert "QuestionnaireResponse/r#1" in finding.facts


def test_a_wrong_total_stands_beside_the_recomputed_one() -> None:
    total = {"linkId": "t", "type": "integer", "code": [{"system": LOINC, "code": "44261-6"}]}
    stated = {**ANSWERED, "item": [*ANSWERED["item"], given("t", {"valueInteger": 20})]}
    result = read_set({**FORM, "item": [*FORM["item"], total]}, stated)
    (fact,) = [fact for fact in result.patients[0].facts if fact.concept == "phq9_total"]
    assert fact.value == Quantity(10, ONE) and fact.details["declared_total"] == Quantity(20, ONE)
    said = "PHQ-9: the stated total is wrong; the recomputed one is kept"
    assert result.report.files[0].as_json()["notes"] == [{"note": said, "count": 1, "first": "entry 2"}]
    assert any(said in line for line in lines_of(result.report))


def test_an_answer_that_cannot_be_used_is_not_understood_and_never_silent() -> None:
    stated = response(given("phq9.9", {"valueString": "manchmal"}))
    found = facts_of(FORM, stated)
    assert {fact.understanding for fact in found.values()} == {Understanding.NOT_UNDERSTOOD}
    assert set(found) == {"phq9_total", "phq9_item9"}


def test_missing_answers_make_no_total() -> None:
    partial = response_of(PHQ9, [1, 1])
    assert set(facts_of(FORM, partial)) == set()
    assert "PHQ-9: no total, 7 of 9 questions" in " ".join(read_set(FORM, partial).report.files[0].notes)


def test_a_screener_states_presence_and_absence() -> None:
    asked = response_of(CSSRS, [1, 0], status="in-progress")
    unread = {**asked, "item": [*asked["item"], given("cssrs.6", {"valueInteger": 5})]}
    found = facts_of(form_of(CSSRS), unread)
    assert (found["cssrs.1"].presence, found["cssrs.2"].presence) == (Presence.PRESENT, Presence.ABSENT)
    assert found["cssrs.6"].understanding is Understanding.NOT_UNDERSTOOD
    assert found["cssrs.1"].kind == "answer"


@pytest.mark.parametrize("status", ["", "sent"])
def test_an_unknown_status_decides_nothing(status: str) -> None:
    result = read_set(FORM, {**ANSWERED, "status": status})
    known = [fact for fact in result.patients[0].facts if fact.kind == "score"]
    assert {fact.understanding for fact in known} == {Understanding.NOT_UNDERSTOOD}
    assert counts(result) == {"not_understood": 1}
    assert all(not held.answered for held in result.patients[0].entries)


def test_what_was_entered_in_error_and_what_asks_nothing_of_ours_is_stored_only() -> None:
    assert counts(read_set(FORM, {**ANSWERED, "status": "entered-in-error"})) == {"stored_only": 1}
    other = response(given("s", {"valueString": "well"}), questionnaire="http://forms.example/s")
    result = read_set(SLEEP, other)
    assert counts(result) == counts(result, "Questionnaire") == {"stored_only": 1}
    assert result.patients[0].newest_entry == PartialDate(2024, 2, 3).first


def test_a_response_without_a_day_is_noted() -> None:
    assert (
        "does not say when it was answered"
        in read_set(FORM, {**ANSWERED, "authored": ""}).report.files[0].notes
    )


def test_answers_to_unknown_questions_are_noted() -> None:
    stated = {**ANSWERED, "item": [*ANSWERED["item"], given("z", {"valueInteger": 1})]}
    assert "1 answers are to questions" in " ".join(read_set(FORM, stated).report.files[0].notes)


def test_nothing_but_responses_that_cannot_be_read_is_refused() -> None:
    said = refusal(bundle(patient(), ANSWERED))
    assert "entry 1: carries linkIds only" in said
    assert "not imported, because" in refusal(ndjson(patient(), ANSWERED), bundle(patient()))


def test_among_other_entries_an_unreadable_response_is_counted() -> None:
    result = read_set(ANSWERED, observed("8480-6", 120, "mm[Hg]"))
    assert result.report.files[0].status == "imported" and counts(result) == {"refused": 1}
    assert result.report.lacks_questionnaires and result.report.files[0].message == ""


def test_questionnaires_alone_go_in_and_are_about_nobody() -> None:
    result = read_contents([("q.json", ndjson(FORM, SLEEP))])
    assert (result.report.files[0].status, result.patients) == ("imported", ())
    assert [held.foreign.url for held in result.questionnaires] == [FORM["url"], SLEEP["url"]]
    twice = form(question(PHQ9.items[0], "a"), question(PHQ9.items[0], "a"))
    assert "one linkId stands for two items" in refusal(orjson.dumps(twice))


def test_a_questionnaire_is_found_in_another_file_by_its_address_in_the_bundle() -> None:
    asked, stated = {**FORM, "url": "", "id": "f"}, {**ANSWERED, "questionnaire": "urn:uuid:f"}
    assert "phq9_total" in facts_of(asked, stated)
    result = read_contents([("a", ndjson(patient(), ANSWERED)), ("b", orjson.dumps(FORM))])
    assert [file.status for file in result.report.files] == ["imported", "imported"]


def test_a_questionnaire_that_is_given_serves_a_response_that_names_none() -> None:
    files = [("a", ndjson(patient(), {**ANSWERED, "questionnaire": ""})), ("b", orjson.dumps(FORM))]
    assert read_contents(files).report.is_refused
    assert not read_contents(files, at_hand=QuestionnairesAtHand(frozenset({"b"}))).report.is_refused
    other = [files[0], ("b", orjson.dumps({**FORM, "url": "http://forms.example/other", "id": "o"}))]
    named = [("a", ndjson(patient(), ANSWERED)), other[1]]
    given_other = read_contents(named, at_hand=QuestionnairesAtHand(frozenset({"b"})))
    assert "the one at hand is another" in given_other.report.files[0].message
    copied = {**ANSWERED, "questionnaire": "http://server.example/fhir/Questionnaire/f"}
    both = [("a", ndjson(patient(), copied)), files[1]]
    assert read_contents(both).report.is_refused
    assert not read_contents(both, at_hand=QuestionnairesAtHand(frozenset({"b"}))).report.is_refused


def test_different_questionnaires_under_one_name_decide_nothing() -> None:
    turned = form_of(PHQ9, {"phq9.1": "phq9.2", "phq9.2": "phq9.1"})
    assert "several Questionnaires at hand" in refusal(ndjson(patient(), ANSWERED, FORM, turned))
    again = {**FORM, "title": "The same in other words"}
    kept = QuestionnairesAtHand(kept=(read_questionnaire(again), read_questionnaire(FORM)))
    assert not read_contents([("a", ndjson(patient(), ANSWERED))], at_hand=kept).report.is_refused


def test_a_response_about_somebody_else_is_nobodys() -> None:
    stranger = {**ANSWERED, "subject": {"reference": "Patient/q"}}
    result = read_set(FORM, stranger, entry("Condition"))
    assert "1 entries belong to nobody" in result.report.files[0].message
