"""The progress page: the claim and its definitions, what was missed, where self-harm answers lead."""

from datetime import timedelta

import pytest
from django.test import Client

from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, links
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.asking import answer_all, make_link, phq9_of, real_now
from tests.support.clinic import make_clinic, make_person
from tests.support.scores import add_course, add_score
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


def page_of(clinic, person_id, path="progress/"):
    return signed_in(clinic, Role.CLINICIAN).get(f"/people/{person_id}/{path}").content.decode()


def test_an_answer_on_a_phone_is_a_score_on_the_chart(clinic):
    asked = make_link(clinic, make_person(clinic))
    answer_all(asked, {"phq9": phq9_of(12), "gad7": {}}, now=real_now())
    text = page_of(clinic, asked.person_id)
    assert "PHQ-9" in text
    assert "<svg" in text
    assert "12" in text


def test_the_claim_says_how_much_how_often_and_by_which_definition(clinic):
    person = make_person(clinic)
    add_course(clinic, person, 30, 27, 23)
    for total, days in ((19, 31), (12, 26), (9, 22), (8, 10)):
        add_score(clinic, person, "phq9", total, days_ago=days)
    text = page_of(clinic, person)
    assert "Depression score (PHQ-9) fell from 19 to 8 (57 %)." in text
    assert "Response held at 2 of 3 answers since" in text
    assert "a fall of 50 % or more" in text
    assert "Remission was not reached: it means a score under 5." in text
    assert "Response: 9 or less" in text
    assert "This is a review, not a stop" in text
    assert "Sessions 1 to 3" in text


def test_what_was_asked_and_never_answered_is_shown_as_missed(clinic):
    person = make_person(clinic)
    (session,) = add_course(clinic, person, 20)
    add_score(clinic, person, "phq9", 19, days_ago=21)
    add_score(clinic, person, "phq9", 14, days_ago=5)
    at = real_now() - timedelta(days=13)
    times = {"due_at": at.isoformat(), "closes_at": (at + timedelta(days=1)).isoformat()}
    asked = deadlines.Deadline(
        new_id(),
        clinic.programme_id,
        "measure.day_7",
        session.id,
        at,
        {"instruments": ["phq9", "gad7"]} | times,
        person,
    )
    with scoped(clinic.scope):
        deadlines.set_deadline(clinic.scope, asked)
        deadlines.mark_done(clinic.scope, asked, "asked")
    text = page_of(clinic, person)
    assert 'class="miss"' in text
    assert "missed" in text
    assert "of 4" in text


def test_a_questionnaire_answered_in_part_names_what_is_missing(clinic):
    person = make_person(clinic)
    add_score(clinic, person, "phq9", None, days_ago=1)
    text = page_of(clinic, person)
    assert "Answered in part: no total" in text
    assert "Feeling down, depressed, or hopeless" in text


def test_answers_on_self_harm_lead_to_their_tasks(clinic):
    asked = make_link(clinic, make_person(clinic))
    answer_all(asked, {"phq9": phq9_of(26), "gad7": {}}, now=real_now())
    text = page_of(clinic, asked.person_id)
    assert "More than half the days" in text
    assert text.count("Task, open") == 3


def test_a_rise_shows_its_task(clinic):
    person = make_person(clinic)
    add_score(clinic, person, "phq9", 6, days_ago=9)
    answer_all(make_link(clinic, person), {"phq9": phq9_of(15), "gad7": {}}, now=real_now())
    assert "The score has risen" in page_of(clinic, person)


def test_a_person_without_answers_has_an_honest_empty_page(clinic):
    text = page_of(clinic, make_person(clinic))
    assert "No answers yet" in text
    assert "not known" in text


def test_the_page_for_paper_has_its_table_open(clinic):
    person = make_person(clinic)
    add_score(clinic, person, "gad7", 14, days_ago=3)
    text = page_of(clinic, person, "progress/print/")
    assert "<details" not in text
    assert "Moderate" in text


def test_the_team_asks_now_and_closes_links(clinic):
    asked = make_link(clinic, make_person(clinic))
    nurse = signed_in(clinic, Role.NURSE)
    at = f"/people/{asked.person_id}/progress/"
    assert nurse.post(f"{at}ask/", {"command_id": new_id()})["Location"] == at
    assert nurse.post(f"{at}withdraw-links/", {"command_id": new_id()})["Location"] == at
    with scoped(clinic.scope):
        assert [
            d.kind
            for d in deadlines.deadlines_of_person(clinic.scope, asked.person_id, ["measure.asked_now"])
        ]
        assert links.links_of(clinic.scope, asked.person_id)[0].revoked_at
    desk = signed_in(clinic, Role.COORDINATOR)
    assert desk.post(f"{at}ask/", {"command_id": new_id()})["Location"] == "/inbox/"
    assert nurse.post(f"{at}ask/")["Location"] == at


def test_a_patient_sees_their_own_scores_in_plain_words(clinic):
    person = make_person(clinic)
    add_score(clinic, person, "phq9", 19, days_ago=9)
    add_score(clinic, person, "phq9", 8, days_ago=2)
    login = make_login(clinic, Role.PATIENT, person_id=person)
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.get(pk=login.id), "kairos.web.accounts.backends.ByPassword")
    text = client.get("/my/scores/").content.decode()
    assert "fell from 19 to 8" in text
    assert "Lower means fewer symptoms" in text


def test_the_page_takes_few_queries_at_any_length(clinic, django_assert_max_num_queries):
    person = make_person(clinic)
    add_course(clinic, person, *range(200, 100, -3))
    for days in range(99, 1, -2):
        add_score(clinic, person, "phq9", 12, days_ago=days)
    from kairos.queries.progress import progress
    from tests.support.clinic import staff

    with django_assert_max_num_queries(17):  # 13 reads, and setting the scope and putting it back
        found = progress(person_id=person, by=staff(clinic), now=real_now())
    assert len(found.scales[0].series.known) == 49
