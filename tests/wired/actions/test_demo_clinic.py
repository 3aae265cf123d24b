"""The demonstration's house and log-ins: only in a fresh database, only in a demonstration."""

from uuid import uuid4

import pytest

from kairos.actions.open_demo_clinic import DemoSite, open_demo_clinic
from kairos.actions.open_demo_log_in import open_demo_log_in
from kairos.queries.accounts import actor_for
from kairos.store.repositories import accounts, organisations
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from tests.support.clinic import NOW, jobs, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db

SITE = DemoSite("Alder House", "America/New_York", ("Chair 1", "Chair 2"))


def open_clinic():
    programme_id = uuid4()
    ours = Actor(uuid4(), frozenset(), Scope(uuid4(), frozenset({programme_id})), is_system=True)
    given = {"programme_id": programme_id, "name": "Alder", "programme_name": "Ketamine", "sites": (SITE,)}
    return ours, programme_id, open_demo_clinic(command_id=uuid4(), by=ours, now=NOW, **given)


def log_in(by, programme_id, username, role=Role.NURSE, person_id=None):
    return open_demo_log_in(
        command_id=uuid4(),
        by=by,
        now=NOW,
        programme_id=programme_id,
        username=username,
        display_name=username.title(),
        password="kairos-demo",
        role=role,
        person_id=person_id,
    )


def test_a_house_is_opened_with_its_site_and_chairs():
    ours, programme_id, (site,) = open_clinic()
    with scoped(ours.scope):
        (programme,) = organisations.list_programmes(ours.scope)
        (kept,) = organisations.list_sites(ours.scope)
        places = organisations.list_places(ours.scope)
    assert (programme.id, programme.is_demo) == (programme_id, True)
    assert (kept.id, kept.time_zone) == (site.id, "America/New_York")
    assert {(p.id, p.name) for p in places} == set(zip(site.place_ids, SITE.places, strict=True))


def test_it_is_never_opened_beside_another_organisation():
    make_clinic()
    with pytest.raises(InvalidInput, match="there is one already"):
        open_clinic()


def test_only_our_own_processes_open_it():
    clinic = make_clinic()
    with pytest.raises(NotAllowed):
        log_in(staff(clinic, Role.ADMINISTRATOR), clinic.programme_id, "someone")


@pytest.mark.parametrize("role", [Role.NURSE, Role.ADMINISTRATOR, Role.PATIENT])
def test_a_log_in_is_marked_and_has_its_role(role):
    ours, programme_id, _ = open_clinic()
    person_id = None
    if role is Role.PATIENT:
        clinic = type("Here", (), {"programme_id": programme_id, "scope": ours.scope})
        person_id = make_person(clinic)
    user_id = log_in(ours, programme_id, "someone", role, person_id)
    actor = actor_for(user_id)
    assert accounts.find_account(user_id).is_demo
    assert actor.roles == {role}
    assert actor.scope.patient_id == person_id
    assert actor.scope.programme_ids == (frozenset() if role is Role.ADMINISTRATOR else {programme_id})


def test_a_taken_name_is_refused():
    ours, programme_id, _ = open_clinic()
    log_in(ours, programme_id, "someone")
    with pytest.raises(InvalidInput, match="taken"):
        log_in(ours, programme_id, "Someone")


def test_a_programme_of_real_people_has_no_open_log_ins():
    clinic = make_clinic()
    with pytest.raises(NotAllowed, match="demonstration only"):
        log_in(jobs(clinic), clinic.programme_id, "someone")
