"""Nobody becomes eligible but by a prescriber's signature over findings that allow it."""

import pytest

from kairos.actions.answer_screening_question import answer_screening_question
from kairos.actions.confirm_list import confirm_list
from kairos.actions.screen_person import screen_person
from kairos.domain.eligibility.decision import Decision
from kairos.domain.rules.rule import Indication
from kairos.queries.eligibility import eligibility
from kairos.store.ids import new_id
from kairos.store.repositories import people, screenings
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Advice
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import fact, yes
from tests.support.screened import NOW, keep, sign, well_known_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def prescriber(clinic):
    return staff(clinic)


def stage_of(clinic, person_id):
    with scoped(clinic.scope):
        return people.enrolments_of(clinic.scope, person_id)[0].stage


def newest(clinic, person_id):
    with scoped(clinic.scope):
        return screenings.newest_screening(clinic.scope, person_id)


def common(actor):
    return {"command_id": new_id(), "by": actor, "now": NOW}


def test_a_signed_start_makes_eligible_and_keeps_what_it_rests_on(clinic, prescriber):
    person_id = well_known_person(clinic)
    signed = sign(prescriber, person_id)
    with scoped(clinic.scope):
        (decision,) = screenings.decisions_of(clinic.scope, person_id)
        kept = screenings.find_screening(clinic.scope, decision.screening_id)
    assert (decision.id, decision.decision, decision.words["why"]) == (signed, "start", "two trials failed")
    assert kept.advice is Advice.MAY_PROCEED
    assert kept.content_version
    assert stage_of(clinic, person_id) == Stage.ELIGIBLE
