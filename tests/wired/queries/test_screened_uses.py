"""Every route and place for one person, and what changed since a clinician signed."""

from datetime import timedelta

import pytest

from kairos.actions.acknowledge_changes import acknowledge_changes
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.queries.screened_uses import changes_since_signed, screened_uses
from kairos.store.ids import new_id
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.verdict import Advice
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import drug
from tests.support.screened import NOW, keep, seen_by, sign, well_known_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def prescriber(clinic):
    return staff(clinic)


def test_every_route_and_place_is_answered_side_by_side(clinic, prescriber):
    person_id = well_known_person(clinic)
    uses = screened_uses(person_id=person_id, now=NOW, by=prescriber)
    answers = {one.target: one for one in uses.answers}
    assert set(answers) == {Target(route, setting) for route in Route for setting in Setting}
    assert answers[Target()].screening.advice is Advice.MAY_PROCEED
    assert answers[Target(Route.IV, Setting.HOME)].screening.advice is Advice.EXCLUDED
    assert not uses.known[Target(Route.IV, Setting.HOME)].is_offered
    anxious = screened_uses(
        person_id=make_person(clinic), now=NOW, by=prescriber, indication=Indication.ANXIETY
    )
    assert {one.target.indication for one in anxious.answers} == {Indication.ANXIETY}


def test_a_medicine_begun_since_the_signature_is_named(clinic, prescriber):
    person_id = well_known_person(clinic)
    asked = {"person_id": person_id, "now": NOW + timedelta(days=1), "by": prescriber}
    assert changes_since_signed(**asked) is None
    sign(prescriber, person_id)
    unchanged = changes_since_signed(**asked)
    assert not unchanged.changed.needs_acknowledgement
    keep(clinic, person_id, [drug("lorazepam", "2026-05-30")])
    found = changes_since_signed(**asked)
    assert "lorazepam" in {change.concept for change in found.changed.facts}
    assert found.changed.needs_acknowledgement
    given = {"command_id": new_id(), "by": prescriber, "now": NOW, "person_id": person_id}
    with pytest.raises(NotAllowed, match="has changed since you opened the page"):
        acknowledge_changes(**given, seen="another page")
    acknowledge_changes(**given | {"command_id": new_id()}, seen=seen_by(prescriber, person_id))
    seen = changes_since_signed(**asked)
    assert not seen.changed.facts and seen.since.id != found.since.id


def test_who_is_not_there_has_no_answers(clinic, prescriber):
    for query in (screened_uses, changes_since_signed):
        with pytest.raises(Missing):
            query(person_id=new_id(), now=NOW, by=prescriber)
