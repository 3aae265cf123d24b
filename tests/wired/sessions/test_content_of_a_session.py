"""A session keeps the content it was opened with; under unsigned content production doses nobody."""

from dataclasses import replace

import pytest

from kairos.actions.bind_order import bind_order
from kairos.actions.content_in_force import content_of_session as actions_of_session
from kairos.actions.open_session import open_session
from kairos.actions.start_infusion import start_infusion
from kairos.domain.evidence.review import ParameterDecision
from kairos.queries.board import board
from kairos.queries.content_in_force import content_of_session
from kairos.queries.dosing_sessions import session_page
from kairos.store.ids import new_id
from kairos.store.repositories import content, orders
from kairos.store.scope import scoped
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import staff
from tests.support.content import LOWER_SYSTOLIC, SYSTOLIC, changed_source, register, review, sign_all
from tests.support.running_session import checked, make_floor, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def floor():
    return make_floor()


@pytest.fixture
def director(floor):
    return staff(floor.clinic, Role.MEDICAL_DIRECTOR)


def page(floor, session_id):
    return session_page(session_id=session_id, by=floor.nurse, now=floor.at(5))


def limit(picture):
    return picture.limits.quantity(SYSTOLIC).value


def test_a_running_session_keeps_release_and_own_values_to_its_end(floor, director):
    clinic = floor.clinic
    review(clinic, director, ParameterDecision(SYSTOLIC, 150, "ours"), version=register(clinic))
    sign_all(clinic, director)
    session_id = opened(floor)
    register(clinic, changed_source(*LOWER_SYSTOLIC))
    review(clinic, director, ParameterDecision(SYSTOLIC))
    sign_all(clinic, director)
    found = page(floor, session_id)
    assert limit(found.picture) == 150
    (seat,) = board(by=floor.nurse, now=floor.at(5)).seats
    assert limit(seat.picture) == 150
    event = found.entries[0].event
    with scoped(clinic.scope):
        first = content.signatures_of(clinic.scope, clinic.programme_id)[-1]
    assert (event.content_version, event.overlay_version) == (first.version, first.overlay_version)
    assert event.overlay_version


@pytest.mark.parametrize("found_by", [actions_of_session, content_of_session], ids=["actions", "queries"])
def test_a_session_whose_release_is_gone_is_watched_by_the_installed_one(floor, found_by):
    session_id = opened(floor)
    entries = page(floor, session_id).entries
    lost = replace(entries[0], event=replace(entries[0].event, content_version="f" * 64))
    clinic = floor.clinic
    with scoped(clinic.scope):
        found = found_by(clinic.scope, clinic.programme_id, (lost, *entries[1:]))
        nothing = found_by(clinic.scope, clinic.programme_id, ())
    assert found.parameters.quantity(SYSTOLIC, on=floor.start.date()).value == 160
    assert nothing.version == found.version


def test_in_production_unsigned_content_opens_no_session_and_starts_no_pump(floor, director, settings):
    register(floor.clinic)
    session_id = checked(floor)
    settings.KAIROS_REFUSES_UNSIGNED = True
    with pytest.raises(NotAllowed, match="nobody is dosed under it until the medical director"):
        floor.do(start_infusion, 6, session_id=session_id)
    other = make_floor()
    register(other.clinic)
    with pytest.raises(NotAllowed, match="is not signed for this programme"):
        other.do(open_session, 0, planned_session_id=other.planned_id, place_id=other.places[0])


def test_an_order_that_a_limit_signed_later_does_not_allow_is_not_bound(floor, director):
    register(floor.clinic)
    review(floor.clinic, director, ParameterDecision("dosing.iv_cap_mg", 30, "our people are frail"))
    sign_all(floor.clinic, director)
    session_id = opened(floor)
    with pytest.raises(NotAllowed, match="34 mg is over 30 mg, the most in one session"):
        floor.do(bind_order, 1, session_id=session_id, order_id=floor.order_id)


def test_an_order_placed_under_the_content_of_the_session_is_bound_as_it_is(floor):
    version, clinic = register(floor.clinic), floor.clinic
    session_id = opened(floor)
    with scoped(clinic.scope):
        first = orders.find_order(clinic.scope, floor.order_id).order
        details = {**first.details, "content_version": version, "overlay_version": ""}
        again = replace(first, id=new_id(), details=details)
        orders.place(clinic.scope, again)
        check = (new_id(), clinic.programme_id, floor.person_id, again.id, floor.nurse.id, floor.start)
        orders.verify(clinic.scope, orders.DoseOrderVerification(*check))
    assert floor.do(bind_order, 1, session_id=session_id, order_id=again.id).seq > 1
