"""The days after a session on the patient's pages, and the caseload of coaches and therapists."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.integration import coach, held, offered, plan_of
from tests.support.running_session import make_floor
from tests.support.signing_in import signed_in
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db
AGO = 180


@pytest.fixture
def floor():
    return held(make_floor(timezone.now() - timedelta(minutes=AGO)))


def id_in(shown, before, after="/"):
    """Return the first id on a page between two parts of an address."""
    return re.search(f"{before}([0-9a-f-]{{36}}){after}", shown)[1]


def home_of(floor):
    return signed_in(floor.clinic, Role.PATIENT, person_id=floor.person_id)


def post(client, route, /, *args, **given):
    return client.post(reverse(route, args=args), {"command_id": str(new_id()), **given})


def test_the_plan_opens_by_itself_and_its_steps_are_ticked_off_or_left_out(floor):
    mine, plan = home_of(floor), plan_of(floor)
    shown = get(mine, "portal_days")
    assert "promising, one randomised trial of training" in shown
    assert "Price 2022" in shown
    assert "Next: Write down what stayed with you" in shown
    assert post(mine, "portal_step", plan.id, "write", state="done").status_code == 302
    assert post(mine, "portal_step", plan.id, "move", state="skipped").status_code == 302
    shown = get(mine, "portal_days")
    assert "Next: Choose one small thing to try" in shown
    assert "Left out" in shown
    post(mine, "portal_step", plan.id, "dance", state="done")
    assert "not a step of this plan" in get(mine, "portal_days")
    post(mine, "portal_step", plan.id, "write", state="burnt")
    assert post(mine, "portal_step", plan.id, "write", state="open").status_code == 302


def test_a_coach_goes_from_the_caseload_to_handing_over(floor):
    page = client_of(floor, Role.COACH)
    shown = get(page, "caseload")
    assert "1 person had a session lately" in shown
    assert "does not treat" in shown
    assert "No talk is arranged" in get(page, "days_after", floor.person_id)
    assert post(page, "hand_over", floor.person_id, note="").status_code == 400
    given = {"reason": "low_mood", "note": "cannot get up since Sunday"}
    assert post(page, "hand_over", floor.person_id, **given).status_code == 302
    assert "Handed to a clinician" in get(page, "caseload")
    assert "Nobody has it yet" in get(page, "days_after", floor.person_id)
    inbox = get(client_of(floor, Role.CLINICIAN), "inbox")
    assert "Handed over by the coach or therapist" in inbox


def test_a_summary_counts_once_the_patient_agrees(floor):
    page, mine = client_of(floor, Role.COACH), home_of(floor)
    assert post(page, "summary_new", floor.person_id, summary="").status_code == 400
    assert post(page, "summary_new", floor.person_id, summary="We spoke of sleep.").status_code == 302
    assert "Summary not agreed" in get(page, "caseload")
    assert "Read what was written" in get(mine, "portal_days")
    listed = get(mine, "portal_talks")
    summary_id = id_in(listed, "/my/talks/summaries/")
    read_id = get(mine, "portal_summary", summary_id).split('name="read_id" value="')[1].split('"')[0]
    given = {"read_id": read_id, "state": "differs", "reply": ""}
    assert post(mine, "portal_summary", summary_id, **given).status_code == 400
    assert post(mine, "portal_summary", summary_id, **given | {"reply": "of work too"}).status_code == 302
    assert "of work too" in get(page, "summary", floor.person_id, summary_id)
    again = {"summary": "We spoke of sleep and work."}
    assert post(page, "summary", floor.person_id, summary_id, **again).status_code == 302
    read_id = get(mine, "portal_summary", summary_id).split('name="read_id" value="')[1].split('"')[0]
    given = {"read_id": read_id, "state": "agreed"}
    assert post(mine, "portal_summary", summary_id, **given).status_code == 302
    assert "Agreed" in get(page, "days_after", floor.person_id)
    assert "Summary not agreed" not in get(page, "caseload")
    assert mine.get(reverse("portal_summary", args=[new_id()])).status_code == 404
    assert page.get(reverse("summary", args=[floor.person_id, new_id()])).status_code == 404


def test_cards_stay_private_until_shared_and_a_passed_day_is_asked_about(floor):
    page, mine = client_of(floor, Role.COACH), home_of(floor)
    today = timezone.now().date()
    card = {"insight": "the lake", "meaning": "", "action": "call my sister"}
    card |= {"do_on": str(today), "review_on": str(today + timedelta(days=2))}
    assert post(mine, "portal_card_new", **card | {"insight": ""}).status_code == 400
    assert post(mine, "portal_card_new", **card).status_code == 302
    listed = get(mine, "portal_cards")
    assert "call my sister" in listed
    assert "call my sister" not in get(page, "days_after", floor.person_id)
    card_id = id_in(listed, "/my/cards/")
    assert "the lake" in get(mine, "portal_card", card_id)
    assert post(mine, "portal_card", card_id, **card, is_shared="on").status_code == 302
    assert "call my sister" in get(page, "days_after", floor.person_id)
    assert post(mine, "portal_card", card_id, **card).status_code == 302
    assert "call my sister" not in get(page, "days_after", floor.person_id)
    assert post(mine, "portal_card_settle", card_id, state="done").status_code == 302
    assert mine.get(reverse("portal_card", args=[new_id()])).status_code == 404


def test_habits_show_only_what_was_done_and_exercises_are_logged(floor):
    page, mine = client_of(floor, Role.COACH), home_of(floor)
    assert post(mine, "portal_habits", habit="").status_code == 400
    assert post(mine, "portal_habits", habit="a walk", is_shared="on").status_code == 302
    shown = get(mine, "portal_habits")
    habit_id = id_in(shown, "/my/habits/")
    today = timezone.now().date()
    for back in (1, 0):
        day = str(today - timedelta(days=back))
        assert post(mine, "portal_habit_day", habit_id, day=day, is_done="on").status_code == 302
    shown = get(mine, "portal_habits")
    assert "Done on 2 of these days" in shown
    assert "2 days in a row" in shown
    assert "missed" not in shown
    assert "a walk: 2 days" in get(page, "days_after", floor.person_id)
    assert post(mine, "portal_habit_end", habit_id).status_code == 302
    assert mine.post(reverse("portal_habit_end", args=[new_id()])).status_code == 404
    assert post(mine, "portal_practices", practice="breath").status_code == 302
    assert post(mine, "portal_practices", practice="vodka").status_code == 400
    assert "Done once" in get(mine, "portal_practices")
    assert "A longer breath out: once" in get(page, "days_after", floor.person_id)


def test_an_hour_is_offered_taken_given_back_and_withdrawn(floor):
    page, mine = client_of(floor, Role.COACH), home_of(floor)
    assert "No hour is offered" in get(page, "talk_hours")
    assert "No hour is free now" in get(mine, "portal_talks")
    tomorrow = timezone.now() + timedelta(days=1)
    hour = {
        "starts_at": f"{tomorrow:%Y-%m-%dT%H:%M}",
        "ends_at": f"{tomorrow + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    bad = hour | {"way": "video", "seats": "1", "where": "not a link"}
    assert post(page, "talk_hours", **bad).status_code == 400
    good = bad | {"where": "https://talk.example.org/x"}
    assert post(page, "talk_hours", **good).status_code == 302
    assert "lies across" in post(page, "talk_hours", **good).content.decode()
    listed = get(mine, "portal_talks")
    assert "by video" in listed
    assert "https://talk.example.org/x" not in listed
    hour_id = id_in(listed, "/my/talks/hours/")
    assert post(mine, "portal_talk_take", hour_id).status_code == 302
    taken = get(mine, "portal_talks")
    assert "https://talk.example.org/x" in taken
    post(mine, "portal_talk_take", hour_id)
    assert "no longer free" in get(mine, "portal_talks")
    post(page, "talk_hour_withdraw", hour_id)
    assert "call whoever took it" in get(page, "talk_hours")
    talk_id = id_in(taken, "/my/talks/", "/free/")
    assert post(mine, "portal_talk_free", talk_id).status_code == 302
    assert post(page, "talk_hour_withdraw", hour_id).status_code == 302
    assert "No hour is offered" in get(page, "talk_hours")


def test_an_outside_therapist_reads_by_a_link_that_ends_and_each_look_is_seen(floor):
    mine = home_of(floor)
    assert post(mine, "portal_outside", recipient="", days="7").status_code == 400
    share = {"recipient": "Dr Outside", "parts": ["days", "insights", "habits", "meetings"], "days": "7"}
    shown = post(mine, "portal_outside", **share).content.decode()
    address = shown.split("/o/")[1].split("/")[0]
    outside = client_of(floor, Role.AUDITOR)
    outside.logout()
    page = outside.get(reverse("outside", args=[address]))
    assert page.status_code == 200
    assert "Write down what stayed with you" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    listed = get(mine, "portal_outside")
    assert "Opened:" in listed
    share_id = id_in(listed, "/my/sharing/outside/")
    assert post(mine, "portal_outside_end", share_id).status_code == 302
    assert outside.get(reverse("outside", args=[address])).status_code == 410
    assert outside.get(reverse("outside", args=["forged"])).status_code == 410


def test_a_check_in_visit_is_signed_with_every_heading(floor):
    page = client_of(floor, Role.CLINICIAN)
    assert "next visit is due by" in get(page, "visits", floor.person_id)
    asked = ("mood", "function", "side_effects", "harm", "medicines", "bladder", "wishes")
    fields = {name: f"asked: {name}" for name in asked}
    assert post(page, "visits", floor.person_id, **fields, change="spacing").status_code == 400
    given = fields | {"change": "spacing", "why": "sleeps badly after two doses a week"}
    assert post(page, "visits", floor.person_id, **given).status_code == 302
    shown = get(page, "visits", floor.person_id)
    assert "The time between doses" in shown
    assert "sleeps badly" in shown


def test_the_trauma_flag_keeps_a_coach_out_but_not_from_handing_over(floor):
    therapist = client_of(floor, Role.THERAPIST)
    assert post(therapist, "therapy_trauma", floor.person_id, is_on="on", pacing="slowly").status_code == 302
    page = client_of(floor, Role.COACH)
    assert "trauma-care flag is on" in get(page, "days_after", floor.person_id)
    refused = post(page, "summary_new", floor.person_id, summary="words")
    assert "therapist or a prescriber accompanies" in refused.content.decode()
    given = {"reason": "harm", "note": "said so on the telephone"}
    assert post(page, "hand_over", floor.person_id, **given).status_code == 302
    assert "Open the visits" in get(client_of(floor, Role.CLINICIAN), "days_after", floor.person_id)


def test_hours_with_a_group_are_named_as_one(floor):
    offered(floor, coach(floor), seats=3)
    assert "A group: other patients are there" in get(home_of(floor), "portal_talks")
