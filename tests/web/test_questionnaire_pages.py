"""Answering by one-tap link: what each page shows, keeps, starts and refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from kairos.store.ids import new_id
from kairos.store.repositories import links, questionnaires, tasks
from kairos.store.scope import scoped
from tests.support.asking import answer_all, make_link, phq9_of, real_now
from tests.support.canaries import found_in
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    clinic = make_clinic()
    return make_link(clinic, make_person(clinic))


@pytest.fixture
def phone():
    return Client()


def rows_written():
    """Return how many rows any table holds that a page could write to."""
    tables = (
        "store_onetaplink",
        "store_questionnairedraft",
        "store_command",
        "store_auditevent",
        "django_session",
    )
    with connection.cursor() as cursor:
        return [cursor.execute(f"SELECT count(*) FROM {t}") and cursor.fetchone() for t in tables]


def start(phone, asked):
    return phone.post(asked.path, {"command_id": new_id()})


def answer(phone, asked, number, value, query=""):
    given = {"leave_out": "1"} if value is None else {"answer": value}
    return phone.post(f"{asked.path}{number}/{query}", given | {"command_id": new_id()})


def test_opening_a_link_changes_nothing_and_shows_nobody(phone, asked):
    before = rows_written()
    reply = phone.get(asked.path)
    assert rows_written() == before
    with scoped(asked.clinic.scope):
        (link,) = links.links_of(asked.clinic.scope, asked.person_id)
        assert link.used_at is None
    text = reply.content.decode()
    assert reply.status_code == 200
    assert found_in(text) == []
    assert "17 short questions" in text


def test_no_page_behind_a_link_gives_its_address_away(phone, asked):
    start(phone, asked)
    for path in (asked.path, f"{asked.path}1/", f"{asked.path}review/", "/l/guess/"):
        reply = phone.get(path)
        assert (reply["Referrer-Policy"], reply["Cache-Control"]) == ("no-referrer", "no-store")


def test_an_answer_is_kept_at_each_step_and_back_loses_nothing(phone, asked):
    assert start(phone, asked)["Location"] == f"{asked.path}1/"
    assert answer(phone, asked, 1, 2)["Location"] == f"{asked.path}2/"
    with scoped(asked.clinic.scope):
        draft = questionnaires.find_draft(asked.clinic.scope, _request_id(asked, "phq9"))
    assert draft.answers == {"phq9.1": 2}
    page = phone.get(f"{asked.path}1/").content.decode()
    assert 'value="2" id="id_answer_2" checked' in page


def test_somebody_else_with_the_link_goes_on_and_sees_no_answer(phone, asked):
    start(phone, asked)
    answer(phone, asked, 1, 2)
    other = Client()
    assert other.get(f"{asked.path}1/")["Location"] == asked.path
    assert start(other, asked)["Location"] == f"{asked.path}2/"
    assert "checked" not in other.get(f"{asked.path}1/").content.decode()
    review = other.get(f"{asked.path}review/").content.decode()
    assert "Answered earlier, on another screen" in review
    assert "More than half the days" not in review


def test_a_question_without_an_answer_asks_again_in_words(phone, asked):
    start(phone, asked)
    reply = phone.post(f"{asked.path}1/", {"command_id": new_id()})
    assert reply.status_code == 400
    assert "say that you would rather not answer" in reply.content.decode()
    reply = phone.post(f"{asked.path}1/", {"command_id": new_id(), "answer": "9"})
    assert "Choose one of the answers below" in reply.content.decode()


def test_a_question_left_out_stays_missing_and_is_never_a_zero(phone, asked):
    start(phone, asked)
    for number in range(1, 18):
        answer(phone, asked, number, None if number == 3 else 1)
    assert "Left out" in phone.get(f"{asked.path}review/").content.decode()
    assert phone.post(f"{asked.path}review/", {"command_id": new_id()})["Location"] == f"{asked.path}thanks/"
    with scoped(asked.clinic.scope):
        phq9, gad7 = questionnaires.scores_of(asked.clinic.scope, asked.person_id)
    assert (phq9.value, phq9.missing) == (None, ("phq9.3",))
    assert (gad7.value, gad7.band) == (7.0, "mild")


def test_from_the_review_one_answer_is_changed_and_the_review_comes_back(phone, asked):
    start(phone, asked)
    answer(phone, asked, 1, 2)
    assert answer(phone, asked, 1, 0, "?review")["Location"] == f"{asked.path}review/"
    assert "Not at all" in phone.get(f"{asked.path}review/").content.decode()


def test_the_last_question_leads_to_the_review(phone, asked):
    start(phone, asked)
    assert answer(phone, asked, 17, 0)["Location"] == f"{asked.path}review/"


def test_an_answer_on_self_harm_brings_people_at_once(phone, asked):
    start(phone, asked)
    reply = answer(phone, asked, 9, 1)
    assert reply["Location"] == f"{asked.path}9/care/"
    text = phone.get(f"{asked.path}9/care/").content.decode()
    assert all(
        word in text for word in ("Thank you for telling us", "tel:988", "sms:988", "tel:911", "Go on")
    )
    assert "The team has been told" in text
    with scoped(asked.clinic.scope):
        kinds = {task.kind for task in tasks.tasks_of(asked.clinic.scope, asked.person_id)}
    assert kinds == {"cssrs_screener", "clinician_review"}
    assert "Question 10 of 17" in phone.get(f"{asked.path}10/").content.decode()


def test_the_card_names_who_took_the_call(phone, asked):
    from tests.support.accounts import make_login

    start(phone, asked)
    answer(phone, asked, 9, 3)
    nurse = make_login(asked.clinic, username="sana-idris")
    with scoped(asked.clinic.scope):
        held = tasks.tasks_of(asked.clinic.scope, asked.person_id)
        call = next(task for task in held if task.kind == "clinician_call")
        tasks.take_task(asked.clinic.scope, call.id, by=nurse.id)
    assert "Sana-Idris, prescriber here, has been told" in phone.get(f"{asked.path}9/care/").content.decode()


def test_without_such_an_answer_there_is_no_card(phone, asked):
    start(phone, asked)
    answer(phone, asked, 9, 0)
    assert phone.get(f"{asked.path}9/care/")["Location"] == f"{asked.path}9/"


def test_after_sending_the_link_has_done_its_work(phone, asked):
    start(phone, asked)
    answer(phone, asked, 9, 2)
    assert phone.get(f"{asked.path}thanks/")["Location"] == asked.path
    phone.post(f"{asked.path}review/", {"command_id": new_id()})
    thanks = phone.get(f"{asked.path}thanks/").content.decode()
    assert "read them before your next session" in thanks
    assert "tel:988" in thanks
    assert Client().get(f"{asked.path}thanks/")["Location"] == asked.path
    for path in (asked.path, f"{asked.path}3/"):
        reply = phone.get(path)
        assert reply.status_code == 410
        assert "These questions were answered" in reply.content.decode()


def test_a_second_link_to_the_same_asking_is_spent_with_the_first(phone, asked):
    again = make_link(asked.clinic, asked.person_id, subject=asked.link.subject)
    answer_all(asked, {"phq9": phq9_of(4), "gad7": {}}, now=real_now())
    assert "These questions were answered" in phone.get(again.path).content.decode()


def test_each_closed_link_says_why(phone, asked):
    old = make_link(asked.clinic, asked.person_id, expires_at=real_now() - timedelta(minutes=1))
    assert "This link is too old" in phone.get(old.path).content.decode()
    with scoped(asked.clinic.scope):
        links.revoke_links(asked.clinic.scope, asked.person_id)
    assert "This link was withdrawn" in phone.get(asked.path).content.decode()
    for path in ("/l/guess/", asked.path.replace(asked.address, asked.address[:-2] + "xx")):
        assert "This link does not work" in phone.get(path).content.decode()


def test_a_link_for_another_purpose_opens_nothing_here(phone, asked):
    other = make_link(asked.clinic, asked.person_id, purpose="open_the_door")
    assert "This link does not work" in phone.get(other.path).content.decode()


def test_there_is_no_question_beyond_the_last(phone, asked):
    start(phone, asked)
    assert phone.get(f"{asked.path}18/").status_code == 410


def test_a_link_used_more_than_people_can_has_to_wait(phone, asked, monkeypatch):
    monkeypatch.setattr("kairos.actions.answering.HOURLY_LIMIT", 2)
    start(phone, asked)
    replies = [answer(phone, asked, n, 1).status_code for n in (1, 2, 3)]
    assert replies[-1] == 429
    assert "Please wait a moment" in answer(phone, asked, 4, 1).content.decode()


def test_no_address_of_a_link_is_logged(asked, caplog, monkeypatch):
    """Neither for what is refused nor for what breaks."""
    phone = Client(raise_request_exception=False)
    start(phone, asked)
    phone.get(f"{asked.path}18/")
    phone.post(f"{asked.path}1/", {"command_id": new_id()})
    phone.post(f"{asked.path}x/")

    def fails(**given):
        raise RuntimeError

    monkeypatch.setattr("kairos.web.portal.questionnaires.views.answering_page", fails)
    assert phone.get(asked.path).status_code == 500
    assert caplog.records
    assert asked.address not in caplog.text


def _request_id(asked, instrument):
    from kairos.store.repositories.askings import asking_of_link

    return asking_of_link(asked.link).request_id(instrument)
