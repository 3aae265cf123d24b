"""What every action has in common, tried on a small one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import people
from kairos.store.scope import scoped, whole_audit
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission, Role
from tests.support.clinic import NOW, jobs, make_clinic, make_person, staff
from tests.support.workers import at_once


@dataclass(frozen=True, slots=True)
class Moved:
    """The small action's result."""

    enrolment_id: UUID
    at: datetime
    stage: str


@command("move_for_this_test", Permission.IMPORT_RECORD)
def move(
    *, enrolment_id: UUID, stage: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[Moved, AuditNote]:
    """Move an enrolment to a stage."""
    people.move_to_stage(by.scope, enrolment_id, stage)
    return Moved(enrolment_id, now, stage), AuditNote(f"enrolment:{enrolment_id}", details={"stage": stage})


@command("tidy_for_this_test", None)
def tidy(*, command_id: UUID, by: Actor, now: datetime) -> tuple[int, AuditNote]:
    """Do nothing, as one of our own processes."""
    return 3, AuditNote("tidy:all")


def _events() -> list[tuple[str, UUID]]:
    with whole_audit(), connection.cursor() as cursor:
        cursor.execute("SELECT action, command FROM store_auditevent ORDER BY recorded_at")
        return cursor.fetchall()


def _enrolment(clinic):
    person_id = make_person(clinic)
    with scoped(clinic.scope):
        return people.enrolments_of(clinic.scope, person_id)[0]


@pytest.mark.django_db
def test_twice_with_one_command_id_is_one_effect_and_one_event() -> None:
    clinic = make_clinic()
    given = {
        "enrolment_id": _enrolment(clinic).id,
        "stage": "ready",
        "command_id": new_id(),
        "by": staff(clinic),
    }
    first = move(**given, now=NOW)
    again = move(**given, now=NOW.replace(hour=10))
    assert again == first
    assert _events() == [("move_for_this_test", given["command_id"])]


@pytest.mark.django_db
def test_one_command_id_with_other_content_is_refused() -> None:
    clinic = make_clinic()
    enrolment, by, command_id = _enrolment(clinic), staff(clinic), new_id()
    move(enrolment_id=enrolment.id, stage="ready", command_id=command_id, by=by, now=NOW)
    with pytest.raises(InvalidInput, match="command_id"):
        move(enrolment_id=enrolment.id, stage="done", command_id=command_id, by=by, now=NOW)


@pytest.mark.django_db
def test_one_command_id_from_somebody_else_is_refused() -> None:
    clinic = make_clinic()
    given = {"enrolment_id": _enrolment(clinic).id, "stage": "ready", "command_id": new_id(), "now": NOW}
    move(**given, by=staff(clinic))
    with pytest.raises(InvalidInput):
        move(**given, by=staff(clinic))


@pytest.mark.django_db
def test_a_refused_action_leaves_nothing() -> None:
    clinic = make_clinic()
    enrolment = _enrolment(clinic)
    with pytest.raises(NotAllowed):
        move(enrolment_id=enrolment.id, stage="x", command_id=new_id(), by=staff(clinic, Role.COACH), now=NOW)
    assert _events() == []


@pytest.mark.django_db
def test_what_only_our_processes_do_is_refused_to_people() -> None:
    clinic = make_clinic()
    assert tidy(command_id=new_id(), by=jobs(clinic), now=NOW) == 3
    with pytest.raises(NotAllowed):
        tidy(command_id=new_id(), by=staff(clinic, *Role), now=NOW)


def test_two_actions_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="two actions"):
        command("move_for_this_test", Permission.SEE_CHART)(tidy)


def test_two_processes_with_one_command_id_do_it_once(either_postgres: Any) -> None:
    clinic = make_clinic()
    given = {"enrolment_id": _enrolment(clinic).id, "stage": "ready", "command_id": new_id()}
    given |= {"by": staff(clinic), "now": NOW}
    answers = at_once(4, lambda: move(**given))
    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert len(_events()) == 1
