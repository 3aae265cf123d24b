"""Course and order pages: planned within the limits, ordered by one person, checked by another."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kairos.domain.eligibility.decision import Decision
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.canaries import FAMILY
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import keep_decision, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    return make_person(clinic)


def signed_in(clinic, *roles):
    client = Client()
    client.post("/log-in/", {"login": make_login(clinic, *roles).username, "password": PASSWORD})
    return client


@pytest.fixture
def prescriber(clinic):
    return signed_in(clinic, Role.CLINICIAN)


def fields_of(page):
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.content.decode())
    return dict(found)


def next_monday():
    today = timezone.now().date()
    return today + timedelta(days=7 - today.weekday())


def propose(client, person_id, clinic, first):
    given = {"site_id": clinic.site_id, "first_on": first.isoformat(), "at": "09:00"}
    return client.get(f"/people/{person_id}/course/plan/", given)


def test_without_a_signed_decision_no_course_is_offered(prescriber, person_id, clinic):
    page = prescriber.get(f"/people/{person_id}/course/").content.decode()
    assert "No signed decision yet" in page
    assert "Plan a course" not in page
    sent = prescriber.post(
        f"/people/{person_id}/course/plan/", fields_of(propose(prescriber, person_id, clinic, next_monday()))
    )
    assert sent.status_code == 403


def test_a_course_is_proposed_and_planned(prescriber, person_id, clinic):
    keep_decision(clinic, person_id, at=timezone.now())
    proposed = propose(prescriber, person_id, clinic, next_monday())
    done = prescriber.post(f"/people/{person_id}/course/plan/", fields_of(proposed), follow=True)
    page = done.content.decode()
    assert "The course is planned." in page
    assert page.count("No order yet") == 6
    assert page.count("Review afterwards") == 2


def test_a_course_with_psychotherapy_is_planned_with_its_preparation(prescriber, person_id, clinic):
    keep_decision(clinic, person_id, at=timezone.now())
    given = fields_of(propose(prescriber, person_id, clinic, next_monday())) | {"therapy": "on"}
    refused = prescriber.post(f"/people/{person_id}/course/plan/", given)
    assert refused.status_code == 400
    assert "this course needs 2 before the first dose" in refused.content.decode()
    for number in (1, 2):
        at = timezone.now() + timedelta(hours=number)
        given[f"preparation.{number}"] = f"{at:%Y-%m-%dT%H:%M}"
    page = prescriber.post(f"/people/{person_id}/course/plan/", given, follow=True).content.decode()
    assert "The course is planned." in page
    assert page.count("Orphan") == 6


def test_spacing_is_refused_with_the_limit_at_its_field(prescriber, person_id, clinic):
    keep_decision(clinic, person_id, at=timezone.now())
    given = fields_of(propose(prescriber, person_id, clinic, next_monday()))
    given["dates.2"] = given["dates.1"].replace(f"{next_monday()}", f"{next_monday() + timedelta(days=1)}")
    page = prescriber.post(f"/people/{person_id}/course/plan/", given)
    assert page.status_code == 400
    assert 'href="#id_dates.2"' in page.content.decode()
    assert "the least is 2 d" in page.content.decode()


def test_a_decision_not_to_start_plans_nothing(prescriber, person_id, clinic):
    keep_decision(clinic, person_id, Decision.NOT_NOW, at=timezone.now())
    page = prescriber.get(f"/people/{person_id}/course/").content.decode()
    assert "not to start" in page


def test_move_and_cancel(prescriber, person_id, clinic):
    sessions = make_course(clinic, person_id, first=next_monday(), now=timezone.now())
    last = sessions[-1]
    form = fields_of(prescriber.get(f"/planned/{last.id}/move/"))
    early = form | {"dates.6": f"{(last.starts_at - timedelta(days=2)):%Y-%m-%dT%H:%M}"}
    refused = prescriber.post(f"/planned/{last.id}/move/", early)
    assert "the least is 2 d" in refused.content.decode()
    at = last.starts_at + timedelta(days=1)
    moved = prescriber.post(
        f"/planned/{last.id}/move/", form | {"dates.6": f"{at:%Y-%m-%dT10:00}"}, follow=True
    )
    assert "The session is moved." in moved.content.decode()
    form = fields_of(prescriber.get(f"/planned/{last.id}/cancel/"))
    given = {"command_id": form["command_id"], "reason": "not_well"}
    gone = prescriber.post(f"/planned/{last.id}/cancel/", given, follow=True).content.decode()
    assert "Cancelled" in gone


def test_the_course_is_ended_and_then_follow_up(prescriber, person_id, clinic):
    make_course(clinic, person_id, first=next_monday(), now=timezone.now())
    page = prescriber.get(f"/people/{person_id}/course/end/")
    assert "6 sessions are still planned" in page.content.decode()
    given = {"command_id": fields_of(page)["command_id"]}
    refused = prescriber.post(f"/people/{person_id}/course/end/", given | {"reason": "as_planned"})
    assert "choose why the course ends before them" in refused.content.decode()
    ended = prescriber.post(f"/people/{person_id}/course/end/", given | {"reason": "no_benefit"}, follow=True)
    assert "It does not help enough" in ended.content.decode()
    assert prescriber.get(f"/people/{person_id}/course/end/").status_code == 404
    page = prescriber.get(f"/people/{person_id}/follow-up/end/")
    given = {"command_id": fields_of(page)["command_id"], "reason": "handed_over"}
    done = prescriber.post(f"/people/{person_id}/follow-up/end/", given, follow=True).content.decode()
    assert "Follow-up is finished" in done
    assert "Finished" in done


def test_the_calendar_file_says_nothing_of_the_treatment(prescriber, person_id, clinic):
    make_course(clinic, person_id, first=next_monday(), now=timezone.now())
    file = prescriber.get(f"/people/{person_id}/course/calendar.ics")
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 6
    assert "SUMMARY:Appointment" in text
    assert not re.search(f"ketamin|infusion|{FAMILY}", text, re.I)


def order_fields(page, **more):
    given = {"command_id": fields_of(page)["command_id"], "weight": "70"}
    given |= {
        "weighed_on": timezone.now().date().isoformat(),
        "height": "175",
        "sex": "",
        "dose": "0.5",
        "over": "40",
        "concentration": "1",
    }
    return given | more


@pytest.fixture
def session(clinic, person_id):
    return make_course(clinic, person_id, first=next_monday(), now=timezone.now())[0]


def placed(prescriber, session, **more):
    page = prescriber.get(f"/planned/{session.id}/order/")
    given = order_fields(page, **more)
    return prescriber.post(f"/planned/{session.id}/order/place/", given, follow=True)


def test_an_order_is_worked_out_looked_at_placed_and_checked_by_another(clinic, prescriber, session):
    look = placed(prescriber, session).content.decode()
    assert "Order 35 mg" in look
    assert "52.5</b> mL/h" in look
    done = placed(prescriber, session, sure="yes").content.decode()
    assert "You placed it; somebody else checks it" in done
    nurse = signed_in(clinic, Role.NURSE)
    page = nurse.get(f"/planned/{session.id}/order/")
    assert "52.5" not in page.content.decode()
    assert "Expected exposure" in look
    assert "Expected exposure" not in page.content.decode()
    order_id = re.search(r"/orders/([0-9a-f-]+)/verify/", page.content.decode())[1]
    given = {"command_id": fields_of(page)["command_id"], "dose_mg": "53", "concentration_mg_per_mL": "1"}
    wrong = nurse.post(f"/orders/{order_id}/verify/", given)
    assert wrong.status_code == 400
    assert "53 mg is not what was ordered" in wrong.content.decode()
    right = nurse.post(f"/orders/{order_id}/verify/", given | {"dose_mg": "35.0"}, follow=True)
    assert "The order is checked." in right.content.decode()
    own = prescriber.post(f"/orders/{order_id}/verify/", given | {"dose_mg": "35"})
    assert own.status_code == 400


def test_a_first_dose_over_its_cap_is_refused_with_the_limit(prescriber, session):
    page = placed(prescriber, session, dose="0.8")
    assert page.status_code == 400
    assert "56 mg is over 35 mg, the most in a first session" in page.content.decode()


def test_a_stale_weight_is_refused(prescriber, session):
    page = placed(prescriber, session, weighed_on=(timezone.now().date() - timedelta(days=30)).isoformat())
    assert "a dosing weight is at most 7 d old; weigh again" in page.content.decode()


def test_nonsense_is_said_at_its_field(prescriber, session):
    page = placed(prescriber, session, dose="0", concentration="x").content.decode()
    assert 'href="#id_concentration"' in page
    assert "above 0 mg/kg" in placed(prescriber, session, dose="0").content.decode()


def test_a_withdrawn_order_stays_readable(prescriber, session):
    done = placed(prescriber, session, sure="yes")
    order_id = re.search(r"/orders/([0-9a-f-]+)/withdraw/", done.content.decode())[1]
    given = {"command_id": fields_of(done)["command_id"], "reason": "Wrong bag"}
    assert prescriber.post(f"/orders/{order_id}/withdraw/", given | {"reason": ""}).status_code == 400
    after = prescriber.post(f"/orders/{order_id}/withdraw/", given, follow=True).content.decode()
    assert "<s>35 mg" in after
    assert "Wrong bag" in after
    again = prescriber.post(f"/orders/{order_id}/withdraw/", {**given, "command_id": str(order_id)})
    assert again.status_code == 400


def test_the_front_desk_plans_but_reads_no_order(clinic, person_id, session):
    desk = signed_in(clinic, Role.COORDINATOR)
    page = desk.get(f"/people/{person_id}/course/").content.decode()
    assert "Move" in page
    assert f"/planned/{session.id}/order/" not in page
    assert desk.get(f"/planned/{session.id}/order/").status_code == 403


def test_a_day_of_the_past_is_refused(prescriber, person_id, clinic):
    keep_decision(clinic, person_id, at=timezone.now())
    given = fields_of(propose(prescriber, person_id, clinic, date(2020, 3, 2)))
    page = prescriber.post(f"/people/{person_id}/course/plan/", given)
    assert "is in the past; choose a later day" in page.content.decode()
