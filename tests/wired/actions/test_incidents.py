"""S-136 and S-133: an incident is on the board until it is reviewed; a count that differs raises one."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from kairos.actions.close_incident import close_incident
from kairos.actions.report_incident import report_incident
from kairos.queries.incidents import incident_board, incident_page
from kairos.store.ids import new_id
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role, Scope
from tests.support.clinic import Clinic, make_clinic, make_person, staff
from tests.unit.domain.safety.test_incidents import REPORT, REVIEW

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


def _reported(clinic: Clinic) -> object:
    by = staff(clinic, Role.COORDINATOR)
    told = {"programme_id": clinic.programme_id, "report": REPORT}
    return report_incident(**told, command_id=new_id(), by=by, now=NOW)


def test_an_incident_stands_on_the_board_until_it_is_reviewed() -> None:
    clinic = make_clinic()
    incident_id = _reported(clinic)
    lead, nurse = staff(clinic, Role.PROGRAMME_LEAD), staff(clinic, Role.NURSE)
    assert [each.reported.told for each in incident_board(by=nurse).open] == [REPORT.told]
    given = {"incident_id": incident_id, "review": REVIEW, "now": NOW}
    with pytest.raises(NotAllowed, match="medical director, programme lead"):
        close_incident(**given, command_id=new_id(), by=nurse)
    close_incident(**given, command_id=new_id(), by=lead)
    board = incident_board(by=nurse)
    assert board.open == ()
    assert board.closed[0].review is not None
    assert board.closed[0].review.causes == ("surroundings", "steps_unclear")
    assert incident_page(incident_id=incident_id, by=nurse).closed == board.closed
    with pytest.raises(NotAllowed, match="its review stands"):
        close_incident(**given, command_id=new_id(), by=lead)


def test_it_is_seen_by_its_own_programme_and_by_no_patient() -> None:
    clinic, other = make_clinic(), make_clinic()
    incident_id = _reported(clinic)
    with pytest.raises(Missing):
        incident_page(incident_id=incident_id, by=staff(other, Role.NURSE))
    with pytest.raises(NotAllowed):
        report_incident(
            programme_id=clinic.programme_id,
            report=REPORT,
            command_id=new_id(),
            by=staff(other, Role.NURSE),
            now=NOW,
        )
    own = Scope(clinic.organisation_id, clinic.scope.programme_ids, patient_id=make_person(clinic))
    with scoped(own), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_incident")
        assert cursor.fetchone() == (0,)


def test_neither_the_report_nor_its_review_is_ever_changed() -> None:
    clinic = make_clinic()
    _reported(clinic)
    for statement in ("UPDATE store_incident SET told = 'nothing'", "DELETE FROM store_incident"):
        with pytest.raises(DatabaseError), scoped(clinic.scope), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_empty_report_is_refused() -> None:
    clinic = make_clinic()
    with pytest.raises(InvalidInput):
        report_incident(
            programme_id=clinic.programme_id,
            report=type(REPORT)(REPORT.kind, REPORT.area, REPORT.happened_at, ""),
            command_id=new_id(),
            by=staff(clinic, Role.NURSE),
            now=NOW,
        )
