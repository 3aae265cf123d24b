"""The order in which the demonstration is filled, and what is told of it to people and machines."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from kairos.actions.finish_follow_up import finish_follow_up
from kairos.actions.screen_person import screen_person
from kairos.cli.demo_clinic import answers, courses, day_book, preparing, stages, stock_room, talks
from kairos.cli.demo_clinic.cast import Cast
from kairos.cli.demo_clinic.courses import days_around
from kairos.cli.demo_clinic.house import found_house, open_house, told_of
from kairos.cli.demo_clinic.invented import invent
from kairos.cli.demo_clinic.prices import publish_demo_prices
from kairos.cli.demo_clinic.readiness import be_live
from kairos.cli.demo_clinic.records import import_contents, real_files
from kairos.cli.demo_clinic.signed_content import sign_installed_content
from kairos.cli.demo_clinic.stages import Somebody
from kairos.cli.demo_clinic.today import PARTS, close_day, open_day
from kairos.content.release import load_release
from kairos.domain.eligibility.decision import Decision
from kairos.domain.protocols.course_end import CourseEnd, FollowUpEnd
from kairos.queries.accounts import actor_for
from kairos.vocab.people import Role

Say = Callable[[str], None]
Clock = Callable[[], datetime]
Stages = dict[str, list[UUID]]
Part = Callable[[Cast, datetime], Stages]

_TURNED_AWAY = (
    (Decision.NO, "aneurysm_or_malformation", "An aneurysm was found in 2019 and cannot be treated."),
    (Decision.NO, "active_psychosis", "Psychosis is present; referred to the psychosis team."),
    (Decision.REFER, "ketamine_misuse", "Ketamine is used most weekends; addiction service first."),
    (Decision.NOT_NOW, "unexplained_urinary_symptoms", "Urinary symptoms without a cause; urology first."),
)
_NEED_REASONS: tuple[dict[str, str], ...] = (
    {"heart_disease": "yes"},
    {"substance_dependence_ever": "yes"},
    {},
)
_HISTORY_DAYS = 60
_NEW, _SCREENED, _OVER = 13, 36, 2
_AT_HOME = ((Role.PATIENT, "patient", "follow_up"), (Role.PATIENT, "patient2", "eligible"))


def seed(*, clock: Clock, say: Say) -> dict[str, Any]:
    """Fill the database and return what ``demo.json`` tells."""
    now = clock()
    house = open_house(now=now)
    sign_installed_content(house, now=now)
    be_live(house, now=now)
    publish_demo_prices(house, now=now)
    stock_room.fill(house, now=now)
    talks.offer_hours(house, now=now)
    say(f"{len(house.logins)} log-ins and {len(house.place_ids)} chairs")
    cast = Cast(house, now.date())
    real = [(path.name, path.read_bytes()) for path in real_files()]
    cast.by_stage["real_record"] = list(import_contents(house, real, now=now)) if real else []
    for person_id in cast.by_stage["real_record"]:
        screen_person(command_id=uuid4(), by=house.nurse, now=now, person_id=person_id)
    say(f"{len(real)} real records imported" if real else "no real records here to import")
    with _beside(_before_and_after, Cast(house, cast.began_on), now) as others:
        cast.next_number += _SCREENED + _OVER
        _courses(cast, now)
        say("courses, with sessions behind them and ahead")
    cast.by_stage |= others()
    say("people who are being screened, decided on, turned away; people whose course is over")
    links = _answers(cast, clock())
    say("answers to questionnaires")
    for role, username, who in _AT_HOME:
        person_id = cast.by_stage[who][0]
        user_id = house.open_log_in(role, username, username.title(), now=now, person_id=person_id)
        if who == "follow_up":
            preparing.set_goals(actor_for(user_id), now=now)
    sittings = _open_today(cast, clock())
    say("today's sessions")
    return {
        "logins": house.logins,
        "patients": {stage: [str(each) for each in ids] for stage, ids in cast.by_stage.items()},
        "links": links,
        "cds_client": None,
        "house": told_of(house),
        "began_on": cast.began_on.isoformat(),
        "next_person": cast.next_number,
        "today": sittings,
    }


@contextlib.contextmanager
def _beside(part: Part, cast: Cast, now: datetime) -> Iterator[Callable[[], Stages]]:
    """Do a part in a process of its own while the block runs; give what asks for its people afterwards.

    The two write about different people, so neither waits for the other.
    """
    load_release()  # read once, for both
    connections.close_all()
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork")) as other:
        done = other.submit(part, cast, now)
        yield done.result


def _before_and_after(cast: Cast, now: datetime) -> Stages:
    """People before a course and after one: about as much work as the courses between."""
    _screening(cast, now)
    _over(cast, now)
    return cast.by_stage


def _screening(cast: Cast, now: datetime) -> None:
    """People who came in the last days and weeks, up to a decision."""
    days = timedelta(days=1)
    cast.bring(_NEW, now=now - 1 * days, full=False)
    for _ in range(_NEW):
        cast.take("new")
    cast.bring(_SCREENED - _NEW, now=now - 9 * days)
    for number, who in enumerate(cast.several("incomplete", 9)):
        stages.begin_intake(who, now=now - number * days, topics=number % 4 + 1)
    for decision, question, why in _TURNED_AWAY:
        who = cast.take("excluded" if decision is Decision.NO else decision.value)
        stages.turn_away(who, decision, why, now=now - 6 * days, answers={question: "yes"})
    for told in _NEED_REASONS:
        stages.await_decision(cast.take("to_decide"), now=now - 2 * days, **told)
    for who in cast.several("to_decide", 2):
        stages.await_decision(who, now=now - 3 * days)
    for reads, who in zip((0, 5, 9), cast.several("eligible", 3), strict=True):
        stages.make_eligible(who, now=now - 4 * days, consents=False, reads=reads)
    for who in cast.several("consented", 2):
        stages.make_eligible(who, now=now - 4 * days)


def _courses(cast: Cast, now: datetime) -> None:
    """People with a course: about to begin, in the middle."""
    today = now.astimezone(cast.house.zone).date()
    cast.bring(10, now=now - timedelta(days=_HISTORY_DAYS))
    for number, who in enumerate(cast.several("planned", 4)):
        first = today + timedelta(days=1 + number)
        stages.take_up_course(who, days_around(first, before=0, after=5), now=now, at_hour=8 + number)
    for number, who in enumerate(cast.several("in_course", 4)):
        last = today - timedelta(days=1 + number % 3)
        _hold_some(who, last, behind=number % 3, now=now, at_hour=8 + number, chair=8)


def _over(cast: Cast, now: datetime) -> None:
    """People whose course is over: followed up, and no longer."""
    today = now.astimezone(cast.house.zone).date()
    cast.bring(_OVER, now=now - timedelta(days=_HISTORY_DAYS))
    for who in cast.several("follow_up", 1):
        _hold_some(who, today - timedelta(days=8), behind=5, ahead=0, now=now, at_hour=9, chair=7)
        courses.end(cast.house, who.id, CourseEnd.AS_PLANNED, now=now - timedelta(days=1))
    for who in cast.several("finished", 1):
        _hold_some(who, today - timedelta(days=40), behind=0, ahead=5, now=now, at_hour=10, chair=7)
        courses.end(cast.house, who.id, CourseEnd.PATIENT_ASKED, now=now - timedelta(days=39))


def _answers(cast: Cast, now: datetime) -> list[str]:
    """Scores that fell, and scores that did not; one link that waits for an answer."""
    house = cast.house
    paths = answers.links_sent(house, now=now - timedelta(days=_HISTORY_DAYS))
    asked_at = sorted(now - timedelta(hours=6 * step) for step in range(1, _HISTORY_DAYS * 4))
    for person_id, totals in (
        (cast.by_stage["follow_up"][0], (18, 15, 13, 11, 9, 8, 6)),
        (cast.by_stage["in_course"][2], (19, 18, 20, 19)),
    ):
        answers.answer_course(paths, person_id, asked_at, totals)
    answers.finish_old_tasks(house, now=now)
    for person_id in cast.by_stage["finished"]:
        finish_follow_up(
            person_id=person_id,
            reason=FollowUpEnd.HANDED_OVER,
            command_id=uuid4(),
            by=house.clinician,
            now=now - timedelta(days=2),
        )
    return [answers.ask_now(house, cast.by_stage["consented"][0], now=now)]


def _hold_some(
    who: Somebody,
    last: date,
    *,
    behind: int,
    now: datetime,
    at_hour: int,
    chair: int,
    ahead: int | None = None,
) -> None:
    """Hold the sessions up to the last one, plan the rest."""
    days = days_around(last, before=behind, after=5 - behind if ahead is None else ahead)
    for row in stages.take_up_course(who, days, now=now, at_hour=at_hour)[: behind + 1]:
        stages.hold(who, row, chair=chair, until=now)


def _open_today(cast: Cast, now: datetime) -> dict[str, dict[str, Any]]:
    cast.bring(len(PARTS), now=now - timedelta(days=30))
    return {
        name: {
            "session": str(sitting.session_id),
            "number": sitting.person.number,
            "chair": sitting.chair,
            "starts_at": sitting.starts_at.isoformat(),
        }
        for name, sitting in open_day(cast.house, cast.take, now=now).items()
    }


def refresh(told: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Open a new day where the last one has gone stale; what was entered stays."""
    house = found_house(told)
    sign_installed_content(house, now=now)
    be_live(house, now=now)
    stock_room.keep_filled(house, now=now)
    day_book.be_open(house, now=now)
    cast = Cast(house, date.fromisoformat(told["began_on"]), told["next_person"])
    cast.by_stage = {}
    if not close_day(house, now=now):
        return told
    today = _open_today(cast, now)
    patients = told["patients"] | {stage: [str(each) for each in ids] for stage, ids in cast.by_stage.items()}
    return told | {"patients": patients, "next_person": cast.next_number, "today": today}


def person_of(told: dict[str, Any], number: int) -> Any:
    """Return the invented person of a number."""
    return invent(number, today=date.fromisoformat(told["began_on"]))
