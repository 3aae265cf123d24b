"""What a patient prepares: the intention of a session, private or shared."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.keep_goal import keep_goal
from kairos.actions.rate_goals import rate_goals
from kairos.actions.say_of_preparation import say_of_preparation
from kairos.actions.write_intention import write_intention
from kairos.domain.integration.checklist import Answer
from kairos.domain.integration.intention import IntentionPart
from kairos.domain.protocols.limits import LimitsInForce
from kairos.queries.goals import goals_shown, own_goals
from kairos.store.ids import new_id
from kairos.store.repositories import intentions
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import jobs, staff
from tests.support.home_sessions import make_home
from tests.support.running_session import infusing, make_floor
from tests.support.signing_in import signed_in
from tests.support.therapy import patient, prepared, therapist, with_therapy
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db

WORDS = "to look at the spring without my brother"


@pytest.fixture
def floor():
    return with_therapy(make_floor(timezone.now() + timedelta(minutes=2)))


def post(client, route, /, *args, **given):
    return client.post(reverse(route, args=args), {"command_id": str(new_id()), **given})


def home_of(floor):
    """Return the floor's person at their own screen."""
    return signed_in(floor.clinic, Role.PATIENT, person_id=floor.person_id)


def rows_shown_to(scope):
    """Return how many rows of intentions the database itself shows to a scope."""
    with scoped(scope), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_intention")
        return cursor.fetchone()[0]


def test_a_private_intention_is_read_by_nobody_else_and_a_shared_one_at_the_start(floor):
    mine, nurse, staff = home_of(floor), client_of(floor, Role.NURSE), floor.clinic.scope
    assert "No intention is written" in get(mine, "portal_preparation")
    assert post(mine, "portal_intention", floor.planned_id, words=" ", who="private").status_code == 400
    kept = post(mine, "portal_intention", floor.planned_id, words=WORDS, who="private")
    assert kept.status_code == 302
    assert WORDS in get(mine, "portal_intention", floor.planned_id)
    assert "Only you can read it" in get(mine, "portal_preparation")
    assert WORDS not in get(nurse, "session_open", floor.planned_id)
    assert rows_shown_to(staff) == 0
    assert rows_shown_to(patient(floor).scope) == 1
    assert post(mine, "portal_intention_sharing", floor.planned_id, who="shared").status_code == 302
    assert WORDS in get(nurse, "session_open", floor.planned_id)
    assert rows_shown_to(staff) == 1
    assert post(mine, "portal_intention_sharing", floor.planned_id, who="private").status_code == 302
    assert WORDS not in get(nurse, "session_open", floor.planned_id)
    assert rows_shown_to(staff) == 0


def test_the_words_are_closed_in_the_database_and_written_by_the_patient_alone(floor):
    post(home_of(floor), "portal_intention", floor.planned_id, words=WORDS, who="shared")
    with scoped(patient(floor).scope), connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM store_intention")
        assert WORDS.encode().hex() not in cursor.fetchone()[0]
    text = intentions.IntentionText(
        *(new_id(), floor.clinic.programme_id, floor.person_id, floor.planned_id, "before"),
        {"text": "not mine"},
        timezone.now(),
    )
    with pytest.raises(Exception, match="row-level security"), scoped(floor.clinic.scope):
        intentions.write_intention(floor.clinic.scope, text)


def test_afterwards_it_is_looked_back_on(floor):
    mine = home_of(floor)
    post(mine, "portal_intention", floor.planned_id, words=WORDS, who="shared")
    session_id = infusing(prepared(floor, therapist(floor)))
    assert "What you wanted to explore" in get(mine, "portal_intention", floor.planned_id)
    kept = post(mine, "portal_intention", floor.planned_id, words="the spring came", who="shared")
    assert kept.status_code == 302
    assert "the spring came" in get(mine, "portal_preparation")
    shown = get(client_of(floor, Role.THERAPIST), "session_therapy", session_id)
    assert WORDS in shown
    assert "the spring came" in shown
    assert "the spring came" in get(client_of(floor, Role.COACH), "days_after", floor.person_id)
    assert WORDS not in get(client_of(floor, Role.PHARMACIST), "session_console", session_id)
    assert mine.get(reverse("portal_intention", args=[new_id()])).status_code == 404


def test_reminders_are_wished_on_the_page(floor):
    mine = home_of(floor)
    assert "Nothing is sent yet" in get(mine, "portal_reminders")
    given = {"quiet_from": "22:00", "quiet_to": "09:00", "zone": "Australia/Lord_Howe"}
    assert post(mine, "portal_reminders", is_on="on", **given).status_code == 302
    shown = get(mine, "portal_reminders")
    assert '<option value="Australia/Lord_Howe" selected' in shown
    assert post(mine, "portal_reminders", **(given | {"zone": "Mars/Base"})).status_code == 400
    way = {"channel": "mail", "address": "me@example.org", "is_private": "on"}
    assert post(mine, "account_notices", **way).status_code == 302
    assert "You said where you can be told" in get(mine, "portal_reminders")


def test_what_is_not_ready_holds_the_session_until_it_is_settled(floor):
    mine, desk, nurse = home_of(floor), client_of(floor, Role.COORDINATOR), client_of(floor, Role.NURSE)
    coach = client_of(floor, Role.COACH)
    prepared(floor, therapist(floor))
    assert "things are still to do" in get(mine, "portal_ready", floor.planned_id)
    assert post(mine, "portal_ready", floor.planned_id).status_code == 400
    given = {"escort": "not_ready", "escort_words": "my sister is ill", "music": "ready"}
    assert post(mine, "portal_ready", floor.planned_id, **given).status_code == 302
    assert "The session waits" in get(desk, "course", floor.person_id)
    shown = get(coach, "preparation", floor.person_id)
    assert "my sister is ill" in shown
    assert "Music or silence chosen" in shown
    opened = post(nurse, "session_open", floor.planned_id, place_id=str(floor.places[0]))
    assert "is not ready: An adult takes the patient home" in opened.content.decode()
    assert "Enter what the patient told" in get(desk, "preparation_say", floor.planned_id)
    assert post(desk, "preparation_say", floor.planned_id, escort="moon").status_code == 400
    assert post(desk, "preparation_say", floor.planned_id).status_code == 400
    settled = {"escort": "ready", "escort_words": "my brother"}
    assert post(desk, "preparation_say", floor.planned_id, **settled).status_code == 302
    assert "my brother" in get(mine, "portal_ready", floor.planned_id)
    infusing(floor)
    assert "not waiting any more" in get(mine, "portal_ready", floor.planned_id)
    late = post(mine, "portal_ready", floor.planned_id, escort="ready")
    assert "preparation is said of one that is to come" in late.content.decode()
    assert "No session is to come" in get(coach, "preparation", floor.person_id)


def test_a_programme_may_ask_for_answers_before_a_session_opens(floor, monkeypatch):
    prepared(floor, therapist(floor))
    count = LimitsInForce.count
    monkeypatch.setattr(
        LimitsInForce,
        "count",
        lambda self, name: 1 if name == "preparation.needs_answers" else count(self, name),
    )
    opened = post(
        client_of(floor, Role.NURSE), "session_open", floor.planned_id, place_id=str(floor.places[0])
    )
    assert "Nobody has said whether this is ready" in opened.content.decode()
    assert "The session waits" in get(client_of(floor, Role.COACH), "preparation", floor.person_id)


def test_a_cancelled_session_takes_no_intention(floor):
    mine, desk = home_of(floor), staff(floor.clinic, Role.COORDINATOR)
    given = {"command_id": new_id(), "by": desk, "now": timezone.now(), "reason": "other"}
    cancel_planned_session(planned_session_id=floor.planned_id, **given)
    assert mine.get(reverse("portal_intention", args=[floor.planned_id])).status_code == 404
    said = {"part": IntentionPart.BEFORE, "words": WORDS, "is_shared": False, "by": patient(floor)}
    with pytest.raises(NotAllowed, match="cancelled"):
        write_intention(planned_session_id=floor.planned_id, command_id=new_id(), now=timezone.now(), **said)


def test_an_item_of_another_place_is_refused(floor):
    with pytest.raises(InvalidInput, match="no item of this session"):
        say_of_preparation(
            planned_session_id=floor.planned_id,
            answers={"stove_bath": Answer.READY},
            words={},
            command_id=new_id(),
            by=patient(floor),
            now=timezone.now(),
        )


def test_goals_are_set_rated_and_drawn_for_patient_and_team(floor):
    mine, coach = home_of(floor), client_of(floor, Role.COACH)
    assert "No goal is set" in get(mine, "portal_goals")
    assert post(mine, "portal_goal_new", what="", sign="").status_code == 400
    words = {"what": "Sing again", "why": "It was mine", "sign": "One evening a week"}
    assert post(mine, "portal_goal_new", **words).status_code == 302
    page = own_goals(by=patient(floor), now=timezone.now())
    goal = page.standing[0].id
    assert page.are_due(timezone.now())
    assert "Rate them now" in get(mine, "portal_goals")
    assert post(mine, "portal_goals").status_code == 400
    rated = {f"near_{goal}": "3", f"level_{goal}": "-2"}
    assert post(mine, "portal_goals", **rated).status_code == 302
    assert post(mine, "portal_goals", **{f"level_{goal}": "0"}).status_code == 302
    assert "3 of 10" in get(mine, "portal_goals")
    shown = get(coach, "preparation", floor.person_id)
    assert "Sing again" in shown
    assert "T score" in shown
    assert "Sing again" in get(client_of(floor, Role.CLINICIAN), "progress", floor.person_id)
    assert "Sing again" not in get(client_of(floor, Role.COORDINATOR), "preparation", floor.person_id)
    assert goals_shown(person_id=floor.person_id, by=pharmacist(floor), now=timezone.now()) is None
    changed = words | {"what": "Sing with others"}
    assert post(mine, "portal_goal", goal, **changed).status_code == 302
    assert post(mine, "portal_goal_aside", goal).status_code == 302
    assert "Sing with others" in get(mine, "portal_goals")
    assert mine.get(reverse("portal_goal", args=[goal])).status_code == 404
    with pytest.raises(Missing):
        keep_goal(goal_id=new_id(), command_id=new_id(), by=patient(floor), now=timezone.now(), **words)


def test_only_patients_set_and_rate_goals(floor):
    given = {"command_id": new_id(), "by": jobs(floor.clinic), "now": timezone.now()}
    with pytest.raises(NotAllowed):
        rate_goals(ratings=(), **given)
    with pytest.raises(NotAllowed):
        keep_goal(goal_id=None, what="a", why="", sign="b", **given)


def pharmacist(floor):
    return staff(floor.clinic, Role.PHARMACIST)


def test_the_exercises_are_for_anyone_and_kept_on_the_device(client):
    page = client.get(reverse("exercises")).content.decode()
    assert "Breathe out a little longer" in page
    worker = client.get("/sw.js").content.decode()
    assert '"/exercises/"' in worker


def test_the_intention_stands_before_the_way_into_a_session_at_home():
    home = make_home((timezone.now() + timedelta(days=3)).replace(hour=9, minute=0, second=0, microsecond=0))
    mine = home_of(home.floor)
    assert "What you wanted" not in get(mine, "portal_home_sessions")
    post(mine, "portal_intention", home.planned_id, words=WORDS, who="private")
    assert WORDS in get(mine, "portal_home_sessions")
    assert "Children and pets are with somebody else" in get(mine, "portal_ready", home.planned_id)
