"""Messages on both sides, and the one tap after a session: what is declared first, what each side sees."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kairos.actions.check_ins_after import compose_check_in
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import people, tasks
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from kairos.web.public.aid.shown import STEPS
from tests.support.clinic import jobs, make_clinic, make_person
from tests.support.courses import make_course
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db
PLAIN = ("ketamine", "depress", "session", "dose", "Ada")


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def person_id(clinic):
    contacts = ({"kind": "email", "value": "ada@example.org"},)
    return make_person(clinic, people.Identity(given_names="Ada", contacts=contacts), stage="treatment")


def get(client, route, *args):
    reply = client.get(reverse(route, args=args))
    assert reply.status_code == 200, reply.status_code
    return reply.content.decode()


def post(client, route, /, *args, **given):
    return client.post(reverse(route, args=args), {"command_id": str(new_id()), **given})


def kinds(clinic):
    with scoped(clinic.scope):
        return {task.kind: task for task in tasks.open_tasks(clinic.scope)}


def test_a_message_is_declared_sent_read_and_answered(clinic, person_id):
    mine = signed_in(clinic, Role.PATIENT, person_id=person_id)
    nurse = signed_in(clinic, Role.NURSE)
    first = get(mine, "portal_messages")
    assert first.index("Messages are read Monday to Friday, 09:00 to 17:00") < first.index("Your message")
    assert "You have an answer by" in first
    assert "Nobody on call is named for now" in first
    assert "nobody loses their care" in first
    assert reverse("help_now") in first
    assert post(mine, "portal_messages", kind="question", words=" ").status_code == 400
    assert post(mine, "portal_messages", kind="luck", words="hello").status_code == 400
    sent = post(mine, "portal_messages", kind="question", words="May I eat before?", is_urgent="on")
    assert "Not read yet" in mine.get(sent.url).content.decode()
    task = kinds(clinic)["urgent_message"]
    page = get(nurse, "task", task.id)
    assert reverse("team_thread", args=[task.subject]) in page
    assert "May I eat before?" in get(nurse, "team_thread", task.subject)
    assert "Read by" in mine.get(sent.url).content.decode()
    assert post(nurse, "team_thread_answer", task.subject, words=" ").status_code == 400
    assert post(nurse, "team_thread_answer", task.subject, words="No food, please.").status_code == 302
    assert kinds(clinic) == {}
    assert "New answer" in get(mine, "portal_messages")
    assert "No food, please." in get(mine, "portal_thread", task.subject)
    assert "New answer" not in get(mine, "portal_messages")
    assert post(mine, "portal_thread", task.subject, words="").status_code == 400
    assert post(mine, "portal_thread", task.subject, words="Thank you").status_code == 302
    assert "Messages" in get(mine, "portal_team")


def test_words_of_danger_lead_the_team_to_the_message_and_show_the_patient_nothing(clinic, person_id):
    mine = signed_in(clinic, Role.PATIENT, person_id=person_id)
    doctor = signed_in(clinic, Role.CLINICIAN)
    sent = post(mine, "portal_messages", kind="hard_to_say", words="I want to die")
    shown = mine.get(sent.url).content.decode()
    assert "danger" not in shown.split('class="talk"')[1].split("</ol>")[0]
    task = kinds(clinic)["danger_words"]
    page = get(doctor, "task", task.id)
    assert "danger to their own life" in page
    assert reverse("team_thread", args=[task.subject]) in page
    desk = signed_in(clinic, Role.COORDINATOR)
    assert desk.get(reverse("team_thread", args=[task.subject])).status_code == 403


def link_of(clinic, person_id):
    session = make_course(clinic, person_id)[0]
    closes_at = timezone.now() + timedelta(hours=2)
    payload = {"subject": str(session.id), "closes_at": closes_at.isoformat(), "moment": "first"}
    message = Message(new_id(), clinic.programme_id, "check_in", payload, closes_at, person_id)
    with scoped(clinic.scope):
        return compose_check_in(message, jobs(clinic), timezone.now()).path


def test_one_tap_without_a_log_in_tells_the_team_and_the_page_says_little(clinic, person_id):
    path, anyone = link_of(clinic, person_id), Client(enforce_csrf_checks=True)
    page = anyone.get(path)
    words = re.sub(r"<[^>]+>", " ", page.content.decode())
    assert not [word for word in PLAIN if word.lower() in words.lower()]
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    assert "tel:988" in page.content.decode()
    assert kinds(clinic) == {}

    def tap(answer):
        return anyone.post(path, {"command_id": str(new_id()), "answer": answer, "words": ""})

    assert "Good to hear" in tap("all_well").content.decode()
    assert "reads this and calls you" in tap("not_so_well").content.decode()
    assert "told now" in tap("help").content.decode()
    assert set(kinds(clinic)) == {"check_in_not_well", "check_in_help"}
    assert tap("fine").status_code == 400
    assert anyone.get("/c/nothing/").status_code == 410


PUBLIC = (
    "/log-in/",
    f"/aid/{STEPS[1].slug}/",
    "/prices/",
    "/help/when-to-call/",
    "/choosing/",
    "/learn/routes/",
    "/c/nothing/",
)
OWN = ("/my/today/", "/my/messages/", "/my/team/", "/my/journal/", "/my/sessions/", "/my/medicines/")


def test_a_human_being_is_one_tap_away_from_every_page(clinic, person_id):
    mine = signed_in(clinic, Role.PATIENT, person_id=person_id)
    pages = {each: Client().get(each) for each in PUBLIC} | {each: mine.get(each) for each in OWN}
    assert not [each for each, page in pages.items() if 'href="/help/"' not in page.content.decode()]
    assert {page.status_code for page in pages.values()} == {200, 410}
