"""What the chart and the entries of a session fill in on its monitoring form, and what stays missing."""

from dataclasses import replace
from datetime import UTC, date

import pytest

from kairos.domain.protocols.predose import Call
from kairos.domain.sessions.events import (
    GoDecided,
    LeftAgainstAdvice,
    OverrideRecorded,
    Released,
    Transferred,
)
from kairos.domain.sessions.form_fields import NO, YES, Filled, check_complete, with_answers
from kairos.domain.sessions.form_filling import FormChart, fill_form
from kairos.domain.sessions.monitoring_form import (
    SendingProof,
    SendingWay,
    check_may_sign,
    check_sending,
    due_until,
    owes_form,
    remind_at,
)
from kairos.vocab.errors import InvalidInput, NotAllowed
from tests.support.dosing_sessions import ORDER, PRESCRIBER, WELL, limits
from tests.support.route_sessions import checked, dosed, ready, releasable

ESKETAMINE = "esketamine_clinic"
CHART = FormChart(
    family_name="Doe",
    given_names="Ada",
    born_on="1981-04-14",
    sex="",
    is_first_treatment=True,
    medicine_classes=frozenset({"benzodiazepine", "cns_depressant"}),
    list_is_known=True,
    site_name="Harbour clinic",
    signer="Nurse One",
    zone=UTC,
)
DAY = date(2026, 3, 2)


def filled(stream, chart=CHART):
    return fill_form(stream.entries, stream.protocol, chart, limits=limits())


def ended(stream, event, minute):
    stream.add(event, minute)
    return {key: each.value for key, each in filled(stream).items()}


def test_a_session_without_events_of_note():
    stream = releasable(ESKETAMINE, 119).vitals(42, **WELL).vitals(31, **WELL).vitals(55, **WELL)
    found = ended(stream, Released(met=("release.vitals",)), 125)
    assert found["total_time_min"] == "125"
    assert (found["dose_mg"], found["lot_number"], found["outcome"]) == ("56", "L1", "released")
    assert (found["sedation"], found["dissociation"], found["respiratory_depression"]) == (NO, NO, NO)
    assert (found["vitals_acceptable_before"], found["vitals_acceptable_at_end"]) == (YES, YES)
    assert (found["pressure_before"], found["pressure_at_peak"]) == ("120/80", "120/80")
    assert (found["first_treatment"], found["already_enrolled"]) == (YES, YES)
    assert (found["benzodiazepines"], found["maois"]) == (YES, NO)
    assert found["ready_to_leave_min"] == "119"
    assert found["treatment_date"] == "2026-11-24"


def test_each_effect_with_its_onset_and_its_end():
    stream = dosed(ESKETAMINE).sedation(20, 3).sedation(40, 4).sedation(60, 5)
    stream.detachment(40, 7).detachment(70, 1)
    stream.vitals(30, **{**WELL, "breathing": 8}).vitals(50, oxygen=91).vitals(55, systolic=130)
    found = ended(stream, Transferred(to="the hospital"), 80)
    assert [found[f"sedation{part}"] for part in ("", "_onset_min", "_resolved_min")] == [YES, "20", "60"]
    assert [found[f"dissociation{part}"] for part in ("", "_onset_min", "_resolved_min")] == [YES, "40", "70"]
    assert found["respiratory_depression"] == YES
    assert found["respiratory_depression_onset_min"] == "30"
    assert found["respiratory_depression_resolved_min"] == ""
    assert (found["outcome"], found.get("vitals_acceptable_at_end")) == ("transferred", "")
    assert (found["pressure_at_end"], found["ready_to_leave_min"]) == ("120/80", "")


def test_a_rating_without_one_before_the_dose_is_held_against_nought():
    found = filled(dosed(ESKETAMINE).detachment(40, 12, "cadss6"))
    assert found["dissociation"].value == YES


def test_leaving_against_advice_says_what_was_seen_of_the_vital_signs():
    left = ended(dosed(ESKETAMINE), LeftAgainstAdvice(not_met=("release.vitals",)), 30)
    assert (left["outcome"], left["vitals_acceptable_at_end"]) == ("left_against_advice", "")
    assert "sedation" not in left
    left = ended(dosed(ESKETAMINE).vitals(25, **WELL), LeftAgainstAdvice(not_met=("release.time",)), 30)
    assert left["vitals_acceptable_at_end"] == YES
    overridden = ended(releasable(ESKETAMINE, 119), Released(met=(), overridden=("release.vitals",)), 120)
    assert overridden["vitals_acceptable_at_end"] == NO


def test_a_dose_given_on_a_prescribers_reason_is_judged_by_who_signs():
    stream = checked(ESKETAMINE)
    stream.add(OverrideRecorded(rule="predose.pressure", reason_id=ORDER), -5, by=PRESCRIBER)
    stream.add(GoDecided(call=Call.GO), -2).portion(0, 1)
    found = filled(stream)
    assert found["vitals_acceptable_before"].value == ""
    assert found["pressure_before"].value == ""


def test_before_a_dose_only_the_chart_speaks_and_silence_about_a_medicine_is_not_no():
    unknown = replace(CHART, list_is_known=False)
    found = filled(ready(ESKETAMINE), unknown)
    assert "dose_mg" not in found
    assert (found["benzodiazepines"].value, found["maois"].value) == (YES, "")


def test_required_fields_are_named_and_what_depends_on_another_with_them():
    fields = with_answers({"outcome": Filled("released", ("9",))}, {"serious_adverse_event": YES})
    missing = {each.shape.id for each in fields if each.is_missing}
    assert {"serious_adverse_event_details", "ready_to_leave_min", "dose_mg"} <= missing
    assert missing.isdisjoint({"middle_initial", "sedation_onset_min", "outcome"})
    with pytest.raises(InvalidInput) as refused:
        check_complete(fields)
    said = {problem.field: problem.message for problem in refused.value.problems}
    assert set(said) == missing
    assert said["dose_mg"] == "dose mg is missing; add it where it belongs, in the session"
    assert said["sex"] == "sex is missing; fill it in"


def test_who_signs_judges_but_does_not_write_over_the_record():
    found = {"sedation": Filled(NO, ("8",)), "sex": Filled("female"), "dose_mg": Filled("56", ("5",))}
    told = with_answers(found, {"sedation": YES, "sex": "male", "hcp_phone": " 0100 "})
    values = {each.shape.id: (each.value, each.source.value, each.entries) for each in told}
    assert values["sedation"] == (YES, "signer", ())
    assert values["sex"] == ("female", "chart", ())
    assert values["hcp_phone"] == ("0100", "signer", ())
    assert values["dose_mg"] == ("56", "session", ("5",))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("nothing_of_ours", "x", "no such field"),
        ("dose_mg", "84", "comes from the session"),
        ("sedation", "perhaps", "answer yes or no"),
        ("ready_to_leave_min", "-4", "whole minutes"),
    ],
)
def test_an_answer_that_the_form_does_not_take_is_refused(field, value, said):
    with pytest.raises(InvalidInput, match=said):
        with_answers({}, {field: value})


def test_rems_02_an_inpatient_owes_no_form():
    stream = dosed(ESKETAMINE)
    assert owes_form(stream.state, stream.protocol)
    with pytest.raises(NotAllowed, match="not over"):
        check_may_sign(stream.state, stream.protocol)
    for other in (checked(ESKETAMINE), dosed("nasal_racemic_clinic")):
        with pytest.raises(NotAllowed, match="owes no monitoring form"):
            check_may_sign(other.state, other.protocol)


def test_proof_of_sending_has_a_reference_and_a_day_that_can_be():
    proof = SendingProof(SendingWay.ONLINE, DAY, "C-1")
    check_sending(proof, signed_on=DAY, today=DAY)
    for wrong, said in (
        (replace(proof, reference=" "), "confirmation number"),
        (replace(proof, sent_on=date(2026, 3, 1)), "is not between"),
        (replace(proof, sent_on=date(2026, 3, 3)), "is not between"),
    ):
        with pytest.raises(InvalidInput, match=said):
            check_sending(wrong, signed_on=DAY, today=DAY)


def test_the_last_day_ends_at_midnight_of_the_site_and_the_reminder_comes_before():
    assert due_until(DAY, UTC).isoformat() == "2026-03-03T00:00:00+00:00"
    assert remind_at(DAY, UTC, limits()) < due_until(DAY, UTC)
