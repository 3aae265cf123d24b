"""The pages of a session at home: by link without an account, at the desk, and the programme's switch."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kairos.actions.check_in import check_in
from kairos.actions.name_support_person import name_support_person
from kairos.actions.note_contact import note_contact
from kairos.actions.work_deadlines import work_deadlines
from kairos.domain.sessions.events import CheckInAnswer
from kairos.domain.sessions.home_links import HomeLink
from kairos.jobs.wiring import load_actions
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import jobs
from tests.support.clock import JourneyClock
from tests.support.home_sessions import PLAN, SUPPORT, decided, dosed, make_home, opened, right_answers
from tests.support.home_sessions import link_to as link
from tests.support.running_session import MORNING, make_floor
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db
SECRETS = ("C-SSRS", "MOAA", "PHQ", "depress", "trd", "note", "score")


@pytest.fixture
def home_since(monkeypatch, settings):
    """Return a function that makes a home whose dose was due so many minutes ago, and sets the clock so."""
    clock = JourneyClock(monkeypatch, settings, starts=MORNING)

    def make(minutes, **more):
        clock.now = MORNING + timedelta(minutes=minutes)
        return make_home(**more)

    return make


def at(address, name="home_link", *args):
    """Return the address of a page of a link."""
    return reverse(name, args=[address, *args])


def seen(address, name="home_link"):
    """Return what a page of a link says, to somebody without an account."""
    page = Client().get(at(address, name))
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    return page.content.decode()


def send(address, name, *args, **given):
    """Send a form of a link, and return the page it leads to."""
    page = Client().post(at(address, name, *args), {"command_id": str(new_id()), **given}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_the_patient_goes_from_the_questions_to_the_dose_and_to_rest(home_since):
    home = home_since(-30)
    address = link(home, HomeLink.PATIENT)
    assert "Your team opens the session" in seen(address)
    assert "has not opened this session yet" in send(address, "home_link_check_in", answer="well")
    opened(home)
    page = seen(address)
    assert "How did you sleep?" in page
    assert "suicid" not in page
    assert "Rested" in send(address, "home_link_item", "sleep", answer="rested")
    local = (MORNING - timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")
    send(address, "home_link_item", "mouth_food", answered_at=local)
    assert "left to others" in send(address, "home_link_item", "contact", answer="video")
    assert "1 reading so far" in send(
        address, "home_link_reading", systolic="121", diastolic="79", heart_rate="66"
    )
    assert "must be" in send(address, "home_link_reading", systolic="1210", diastolic="79")
    assert "Load the page again" in send(address, "home_link_check_in", answer="well", command_id="x")


def test_a_dose_is_taken_held_and_ended_as_ordered_and_help_is_one_press_away(home_since):
    home = home_since(1)
    decided(home)
    address = link(home, HomeLink.PATIENT)
    assert "100 milligrams" in seen(address)
    assert "Hold it in the mouth until" in send(address, "home_link_dose")
    resting = send(address, "home_link_mouth", end="spat")
    assert "You can rest" in resting
    assert "Mark looks in again" in resting
    assert "The team has been told" in send(address, "home_link_check_in", answer="worried")
    assert "nav" not in re.findall(r"<(\w+)", seen(address, "home_link_part"))


def test_the_support_person_sees_the_prompt_the_card_and_nothing_of_the_record(home_since):
    home = home_since(17)
    session_id = dosed(home)
    address = link(home, HomeLink.SUPPORT)
    page = seen(address)
    for words in (
        "All is well",
        "14 Larch Road",
        "Side door, code 4417",
        "100 milligrams under the tongue",
        "911",
    ):
        assert words in page
    shown = re.sub(r"<[^>]+>", " ", page)
    assert [word for word in SECRETS if word in shown] == []
    assert "The team has it" in send(address, "home_link_check_in", answer="well")
    assert "Stay there" in send(address, "home_link_check_in", answer="emergency")
    assert Client().post(at(address, "home_link_dose"), {"command_id": new_id()}).status_code == 410
    assert Client().post(at(address, "home_link_here"), {"command_id": new_id()}).status_code == 204
    assert Client().post(at(address, "home_link_here"), {}).status_code == 204
    standing = Client().get(at(address, "home_link_standing")).json()
    assert standing["owner"]
    assert "heard within the minute" in get(client_of(home.floor, Role.NURSE), "session_console", session_id)


def test_the_patient_ends_the_support_persons_access_at_once(home_since):
    home = home_since(-30)
    patient, support = link(home, HomeLink.PATIENT), link(home, HomeLink.SUPPORT)
    opened(home)
    seen(support)
    send(patient, "home_link_end_support")
    assert Client().get(at(support)).status_code == 410
    assert "access has ended" in send(patient, "home_link_end_support")
    assert Client().get(at("nothing.of-ours")).status_code == 410


def test_the_training_is_read_answered_explained_and_agreed(home_since):
    home = home_since(-60, prepared=False)
    home.floor.do(name_support_person, -600, person_id=home.floor.person_id, words=SUPPORT)
    address = link(home, HomeLink.TRAINING)
    assert "What you will see" in seen(address)
    bare = Client().post(at(address, "home_link_quiz"), {"command_id": str(new_id())})
    assert bare.status_code == 400
    wrong = send(address, "home_link_quiz", **{**right_answers(), "wake": "well"})
    assert "One answer was not right yet" in wrong
    assert "needs help at once" in wrong
    assert "One more thing: your word" in send(address, "home_link_quiz", **right_answers())
    assert "You are ready to be there" in send(address, "home_link_agree")
    assert Client().get(at(address, "home_link_part")).status_code == 410


def test_who_has_no_support_person_can_end_nobodys_access(home_since):
    home = home_since(-30, prepared=False)
    patient = link(home, HomeLink.PATIENT)
    assert "Nobody has access" in send(patient, "home_link_end_support")
    assert "no emergency plan yet" in send(patient, "home_link_plan")


def test_the_medical_director_switches_and_others_see_it():
    floor = make_floor()
    director, lead = client_of(floor, Role.MEDICAL_DIRECTOR), client_of(floor, Role.PROGRAMME_LEAD)
    assert "switched off" in get(lead, "home_switch")
    act = reverse("home_switch_act", args=[floor.clinic.programme_id])
    given = {"command_id": str(new_id()), "state": "on", "phone": "+15550142"}
    assert lead.post(act, given).status_code == 403
    refused = director.post(act, given, follow=True).content.decode()
    assert "is not agreed to" in refused
    ticked = {"agreed": ["watch", "rescue", "support", "agency", "responsible"], "command_id": str(new_id())}
    assert "switched on" in director.post(act, given | ticked, follow=True).content.decode()
    assert "5 statements agreed to" in get(lead, "home_switch")


def test_a_home_is_prepared_at_the_desk(home_since):
    home = home_since(-600, prepared=False)
    desk, person_id = client_of(home.floor, Role.COORDINATOR), home.floor.person_id

    def sent(route, *args, **given):
        url = reverse(route, args=[person_id, *args])
        return desk.post(url, {"command_id": str(new_id()), **given}, follow=True).content.decode()

    assert "Nobody is named" in get(desk, "person_home", person_id)
    assert "is empty" in sent("person_home_support", name="Mark")
    assert "Mark Stone" in sent("person_home_support", **SUPPORT)
    assert "None is written" in get(desk, "person_home", person_id)
    assert "Side door" in sent("person_home_plan", **PLAN)
    assert "Gone through" in sent("person_home_verify", home.planned_id)
    made = sent("person_home_link", kind="home_support", planned_session_id=str(home.planned_id))
    address = re.search(r"/h/([^/]+)/", made)[1]
    assert "The team opens the session" in seen(address)
    assert "Load the page again" in sent("person_home_verify", home.planned_id, command_id="")
    sent("person_home_end_support")
    assert Client().get(at(address)).status_code == 410
    assert "no support person is named" in sent("person_home_link", kind="home_support")
    assert "Not ready" in sent("person_home_link", kind="nothing")


def test_the_desk_sees_contact_check_ins_and_the_ladder(home_since):
    load_actions()
    home = home_since(22)
    session_id = dosed(home)
    about = {"session_id": session_id, "link_id": new_id(), "by": home.patient}
    home.floor.do(note_contact, 12, **about)
    home.floor.do(check_in, 3, by=home.support, session_id=session_id, answer=CheckInAnswer.WORRIED)
    nurse = client_of(home.floor, Role.NURSE)
    page = get(nurse, "session_console", session_id)
    for words in (
        "By video",
        "last heard 10 min ago",
        "Mark Stone",
        "trained and agreed",
        "14 Larch Road",
        "Worried",
    ):
        assert words in page
    work_deadlines(by=jobs(home.floor.clinic), now=home.floor.at(22))
    assert "answer by" in get(nurse, "session_console", session_id)
    assert get(nurse, "board")


def test_a_session_at_home_opens_without_a_chair(home_since):
    home = home_since(-30)
    nurse = client_of(home.floor, Role.NURSE)
    assert "it has no chair" in get(nurse, "session_open", home.planned_id)
    url = reverse("session_open", args=[home.planned_id])
    assert nurse.post(url, {"command_id": str(new_id()), "place_id": ""}).status_code == 302


def test_the_next_morning_is_asked_and_answered_by_a_link(home_since):
    home = home_since(600)
    address = link(home, HomeLink.MORNING, 400)
    assert "Have you driven" in seen(address)
    bare = Client().post(at(address), {"command_id": str(new_id())})
    assert bare.status_code == 400
    answers = {"drove": "yes", "rested": "no", "well": "yes"}
    told = send(address, "home_link", **answers)
    assert "Not yet: no driving" in told
    assert "calls you today" in told
    again = Client().post(at(address), {"command_id": str(new_id()), **answers})
    assert "answered already" in again.content.decode()


def test_a_patient_opens_session_mode_and_ends_an_access_from_their_own_pages(home_since):
    home = home_since(-30)
    patient = own_client(home)
    assert "Trained, and has agreed" in get(patient, "portal_home_sessions")
    led = patient.post(reverse("portal_home_mode"), {"command_id": str(new_id())})
    assert led.url.startswith("/h/")
    assert "Your team opens the session" in Client().get(led.url).content.decode()
    assert patient.post(reverse("portal_home_mode"), {}).url == reverse("portal_home_sessions")
    end = reverse("portal_home_end_support")
    for _again in range(2):
        assert patient.post(end, {"command_id": str(new_id())}).status_code == 302
    assert "Nobody is named" in get(patient, "portal_home_sessions")


def own_client(home):
    """Return a browser in which the patient is logged in."""
    login = make_login(home.floor.clinic, Role.PATIENT, person_id=home.floor.person_id)
    client = Client()
    client.post("/log-in/", {"login": login.username, "password": PASSWORD})
    return client
