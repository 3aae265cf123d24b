"""The pages of psychotherapy: triads, notes, the therapist at the chair, touch, ratings; and complaints."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.domain.protocols.therapy import SessionKind
from kairos.queries.therapy import therapy_page, touch_page
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.running_session import infusing, make_floor, opened
from tests.support.signing_in import signed_in
from tests.support.therapy import filled, hold_meeting, patient, prepared, therapist, with_therapy
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    return with_therapy(make_floor(timezone.now() - timedelta(minutes=30)))


def post(client, route, /, *args, **given):
    return client.post(reverse(route, args=args), {"command_id": str(new_id()), **given})


def home_of(floor):
    """Return the floor's person at their own screen."""
    return signed_in(floor.clinic, Role.PATIENT, person_id=floor.person_id)


def test_an_orphan_dose_is_flagged_and_its_sides_are_planned_filled_and_signed(floor):
    page = client_of(floor, Role.THERAPIST)
    shown = get(page, "therapy", floor.person_id)
    assert "Orphan" in shown
    assert "0 of 2 held and signed" in shown
    assert "Orphan" in get(client_of(floor, Role.COORDINATOR), "course", floor.person_id)
    nurse = client_of(floor, Role.NURSE)
    refused = nurse.post(
        reverse("session_open", args=[floor.planned_id]),
        {"command_id": str(new_id()), "place_id": str(floor.places[0])},
    )
    assert "0 of 2 held and signed" in refused.content.decode()
    assert "See the course" in get(nurse, "session_open", floor.planned_id)
    assert "Open the therapy page" in get(client_of(floor, Role.CLINICIAN), "session_open", floor.planned_id)
    late = {"starts_at": "2031-01-02T10:00"}
    assert post(page, "therapy_plan", floor.planned_id, "preparatory", **late).status_code == 400
    assert post(page, "therapy_plan", floor.planned_id, "integration", **late).status_code == 302
    assert page.get(reverse("therapy_plan", args=[floor.planned_id, "dosing"])).status_code == 404
    by = therapist(floor)
    unit = therapy_page(person_id=floor.person_id, by=by, now=timezone.now()).units[0]
    meeting = unit.triad.integration[0].id
    early = post(page, "therapy_note", "integration", meeting, based_on=0, **filled(SessionKind.INTEGRATION))
    assert "sign it once held" in early.content.decode()
    assert post(page, "therapy_cancel", floor.person_id, meeting).status_code == 302
    again = post(page, "therapy_cancel", floor.person_id, meeting)
    assert "planned can be cancelled" in page.get(again.url).content.decode()


def test_a_note_is_filled_signed_and_amended_on_the_page(floor):
    by, page = therapist(floor), client_of(floor, Role.THERAPIST)
    meeting = hold_meeting(floor, by, days=-3)
    assert "Version 1" in get(page, "therapy_note", "preparatory", meeting)
    words = filled(SessionKind.PREPARATORY) | {"goals": "to sleep again"}
    refused = post(page, "therapy_note", "preparatory", meeting, based_on=1, **words)
    assert "why it is amended" in refused.content.decode()
    kept = post(page, "therapy_note", "preparatory", meeting, based_on=1, reason="a slip", **words)
    assert kept.status_code == 302
    shown = get(page, "therapy_note", "preparatory", meeting)
    assert "to sleep again" in shown
    assert "a slip" in shown
    assert page.get(reverse("therapy_note", args=["seance", meeting])).status_code == 404
    empty = post(page, "therapy_note", "dosing", floor.planned_id, based_on=0)
    assert "cannot be signed without it" in empty.content.decode()


def test_the_flag_hides_trauma_prompts_and_keeps_coaches_out(floor):
    prepared(floor, therapist(floor))
    session_id = opened(floor)
    page, coach = client_of(floor, Role.THERAPIST), client_of(floor, Role.COACH)
    assert "earlier time" in get(page, "session_therapy", session_id)
    assert post(page, "therapy_trauma", floor.person_id, is_on="on", pacing="").status_code == 400
    assert post(page, "therapy_trauma", floor.person_id, is_on="on", pacing="slowly").status_code == 302
    shown = get(page, "session_therapy", session_id)
    assert "earlier time" not in shown
    assert "slowly" in shown
    assert "Words to offer" not in get(coach, "session_therapy", session_id)
    assert "by a therapist or a prescriber" in (
        post(coach, "therapy_trauma", floor.person_id, is_on="off", pacing="x").content.decode()
    )
    assert "Flag is on" in get(page, "therapy", floor.person_id)
    assert post(page, "therapy_scale", floor.person_id).status_code == 302
    desk = client_of(floor, Role.COORDINATOR)
    assert post(desk, "therapy_scale", floor.person_id).url == reverse("inbox")


def test_the_therapist_notes_beside_the_readings(floor):
    prepared(floor, therapist(floor))
    session_id = infusing(floor)
    page = client_of(floor, Role.THERAPIST)
    plan = filled(SessionKind.DOSING)
    assert post(page, "therapy_note", "dosing", floor.planned_id, based_on=0, **plan).status_code == 302
    assert post(page, "session_therapy", session_id, note="").status_code == 400
    assert post(page, "session_therapy", session_id, note="tears, then calm").status_code == 302
    shown = get(page, "session_therapy", session_id)
    assert "tears, then calm" in shown
    assert "120/80" in shown
    assert "words of music" in shown
    assert "tears, then calm" in get(page, "session_therapy_live", session_id)
    nurse = client_of(floor, Role.NURSE)
    record = get(nurse, "session_record", session_id)
    assert "Therapist&#x27;s note" in record
    assert "tears, then calm" in record
    assert "No touch" in get(nurse, "session_console", session_id)


def test_touch_is_agreed_by_the_patient_shown_on_the_console_and_taken_back():
    floor = with_therapy(make_floor(timezone.now() + timedelta(minutes=2)))
    prepared(floor, therapist(floor))
    mine = home_of(floor)
    assert "No touch" in get(mine, "portal_touch", floor.planned_id)
    assert post(mine, "portal_touch", floor.planned_id, lines="", name="").status_code == 400
    given = {"lines": "hold my hand\na hand on my back", "name": "A Name"}
    assert post(mine, "portal_touch", floor.planned_id, **given).status_code == 302
    session_id = infusing(floor)
    nurse = client_of(floor, Role.NURSE)
    assert "hold my hand" in get(nurse, "session_console", session_id)
    late = post(mine, "portal_touch", floor.planned_id, **given)
    assert "the dose has begun" in late.content.decode().lower()
    items = touch_page(planned_session_id=floor.planned_id, by=patient(floor)).items
    foreign = post(mine, "portal_touch", floor.planned_id, act="take_back", keep=[str(new_id())])
    assert foreign.status_code == 400
    kept = post(mine, "portal_touch", floor.planned_id, act="take_back", keep=[items[0].id])
    assert kept.status_code == 302
    assert "a hand on my back" not in get(nurse, "session_console", session_id)
    assert "hold my hand" in get(nurse, "touch", floor.planned_id)
    assert post(nurse, "touch", floor.planned_id, keep=["x"]).status_code == 400
    assert post(nurse, "touch", floor.planned_id).status_code == 302
    assert "No touch" in get(nurse, "session_console", session_id)
    assert mine.get(reverse("touch", args=[floor.planned_id])).url == reverse(
        "portal_touch", args=[floor.planned_id]
    )
    assert nurse.get(reverse("portal_touch", args=[floor.planned_id])).status_code == 404


def test_touch_is_signed_on_the_tablet_that_was_handed_over(floor):
    nurse = client_of(floor, Role.NURSE)
    assert "Hand the tablet over" in get(nurse, "touch", floor.planned_id)
    assert nurse.post(reverse("touch_hand", args=[floor.planned_id])).url == reverse(
        "touch", args=[floor.planned_id]
    )
    handed = post(nurse, "touch_hand", floor.planned_id)
    assert handed.url == reverse("touch_tablet", args=[floor.planned_id])
    assert "Touch in your session" in nurse.get(handed.url).content.decode()
    signed = post(nurse, "touch_tablet", floor.planned_id, lines="hold my hand", name="A Name")
    assert signed.status_code == 302
    assert [
        each.words for each in touch_page(planned_session_id=floor.planned_id, by=patient(floor)).items
    ] == ["hold my hand"]


def test_aims_and_ratings_reach_the_report(floor):
    by, page, mine = therapist(floor), client_of(floor, Role.THERAPIST), home_of(floor)
    prepared(floor, by)
    assert post(page, "therapy_aims", floor.planned_id).status_code == 400
    assert post(page, "therapy_aims", floor.planned_id, aims=["grief"]).status_code == 302
    assert "Making room for a loss" in get(mine, "portal_therapy")
    early = post(mine, "portal_afterwards", floor.planned_id, heard="8")
    assert "once it was held" in early.content.decode()
    infusing(floor)
    assert "How it was" in get(mine, "portal_afterwards", floor.planned_id)
    assert post(mine, "portal_afterwards", floor.planned_id).status_code == 400
    assert post(mine, "portal_afterwards", floor.planned_id, heard="8", grief="4").status_code == 302
    report = get(client_of(floor, Role.CLINICIAN), "progress", floor.person_id)
    assert "Making room for a loss" in report
    assert "session 1: 4" in report
    assert "session 1: 8" in get(client_of(floor, Role.CLINICIAN), "progress_print", floor.person_id)
    assert "session 1: left out" in get(page, "therapy", floor.person_id)
    assert "2 of 2 sessions" in get(mine, "portal_team")
    assert mine.get(reverse("portal_afterwards", args=[new_id()])).status_code == 404


def test_without_psychotherapy_the_pages_say_so():
    floor = make_floor(timezone.now() - timedelta(minutes=30))
    page = client_of(floor, Role.THERAPIST)
    assert "No course with psychotherapy is planned" in get(page, "therapy", floor.person_id)
    assert page.get(reverse("therapy_aims", args=[floor.planned_id])).status_code == 404
    assert "No therapy is planned" in get(home_of(floor), "portal_therapy")
    session_id = opened(floor)
    shown = get(page, "session_therapy", session_id)
    assert "Nothing yet" in shown
    assert "No touch" not in get(client_of(floor, Role.NURSE), "session_console", session_id)


def test_a_complaint_goes_past_the_team_and_is_answered(floor):
    mine, lead = home_of(floor), signed_in(floor.clinic, Role.PROGRAMME_LEAD)
    assert "within 7 days" in get(mine, "portal_complaints")
    assert post(mine, "portal_complaints", words="").status_code == 400
    assert post(mine, "portal_complaints", words="nobody asked me").status_code == 302
    assert "who does not treat you" in get(mine, "portal_complaints")
    assert 'count">1' in get(lead, "complaints")
    lines = get(lead, "complaints").split('href="/complaints/')[1:]
    (complaint_id,) = (line.split("/")[0] for line in lines if line[8:9] == "-")
    shown = lead.get(reverse("complaint", args=[complaint_id])).content.decode()
    assert "nobody asked me" in shown
    assert post(lead, "complaint", complaint_id, words="").status_code == 400
    assert post(lead, "complaint", complaint_id, words="we spoke with them").status_code == 302
    again = post(lead, "complaint", complaint_id, words="once more")
    assert "answered already" in again.content.decode()
    assert "we spoke with them" in get(mine, "portal_complaints")
    assert client_of(floor, Role.NURSE).get(reverse("complaints")).status_code == 403
    auditor = signed_in(floor.clinic, Role.AUDITOR)
    assert "None waits" in get(auditor, "complaints")
    assert auditor.get(reverse("complaint", args=[complaint_id])).status_code == 404
    for name in ("chart", "progress"):
        assert "nobody asked me" not in get(client_of(floor, Role.CLINICIAN), name, floor.person_id)


def test_the_administrator_is_told_that_nobody_is_outside_and_names_somebody(floor):
    admin, mine = signed_in(floor.clinic, Role.ADMINISTRATOR), home_of(floor)
    assert post(mine, "portal_complaints", words="nobody asked me").status_code == 302
    assert "Nobody outside your team is named yet" in get(mine, "portal_complaints")
    assert "A complaint waits" in get(admin, "complaint_contacts")
    lead = signed_in(floor.clinic, Role.PROGRAMME_LEAD, username="mara")
    shown = get(admin, "complaint_contacts")
    user_id = shown.split('<option value="')[1].split('"')[0]
    given = {"programme_id": str(floor.clinic.programme_id), "user_id": user_id}
    refused = post(admin, "complaint_contacts", **given | {"user_id": str(new_id())})
    assert refused.status_code == 400
    assert post(admin, "complaint_contacts", **given).status_code == 302
    assert "Named: Mara" in get(admin, "complaint_contacts")
    assert "None waits" in get(lead, "complaints")


def test_anyone_reads_who_it_may_be_for_with_a_grade_for_each_group(client):
    page = client.get(reverse("learn_therapy")).content.decode()
    assert "No adequate trial" in page
    assert "The largest trial in veterans" in page
    assert page.count("We know of no study about this group") == 2
