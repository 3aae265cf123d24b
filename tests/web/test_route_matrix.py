"""Every route as every role and as a stranger, against what it declares and the table of grants."""

from itertools import product
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver

from kairos.vocab.people import GRANTS, Role
from kairos.web.access import Route, describe_access, walk_routes
from scripts.print_routes import PAGE
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db

ROUTES = walk_routes(get_resolver().url_patterns)
BACKEND = "kairos.web.accounts.backends.ByPassword"
AT_HOME = {Role.PATIENT, Role.SUPPORT_PERSON}
ENDS_THE_SESSION = {"account_logout"}
EXAMPLES = {"uuid": str(UUID(int=7)), "int": "7", "str": "example", "slug": "example", "path": "a/b"}


def address_of(route: Route) -> str:
    """Return an address of the route with something in each of its places."""
    path = route.pattern
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        kind = path[start + 1 : end].partition(":")[0] if ":" in path[start:end] else "str"
        path = path[:start] + EXAMPLES.get(kind, "example") + path[end + 1 :]
    return path


def test_every_route_declares_who_may_open_it():
    assert [route.pattern for route in ROUTES if route.access is None] == []


def test_the_page_of_routes_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == describe_access(ROUTES), "run: make docs"


def test_strangers_reach_only_what_is_public():
    client = Client(raise_request_exception=False)
    for route in ROUTES:
        reply = client.get(address_of(route))
        is_sent_to_log_in = reply.status_code == 302 and reply["Location"].startswith("/log-in/?next=")
        assert is_sent_to_log_in or route.access.public, route


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_the_grants_name(role):
    clinic = make_clinic()
    person_id = make_person(clinic) if role in AT_HOME else None
    client = Client(raise_request_exception=False)
    client.force_login(_user(make_login(clinic, role, person_id=person_id).id), BACKEND)
    for route, method in product(ROUTES, ("get", "post")):
        if route.name in ENDS_THE_SESSION or route.access.public or route.access.signed_in:
            continue
        reply = getattr(client, method)(address_of(route))
        is_refused = reply.status_code == 403
        assert is_refused is (role not in GRANTS[route.access.permission]), (route, method, reply.status_code)


@pytest.mark.parametrize("role", Role)
def test_what_a_locked_screen_still_shows(role):
    clinic = make_clinic()
    client = Client(raise_request_exception=False)
    person_id = make_person(clinic) if role in AT_HOME else None
    client.force_login(_user(make_login(clinic, role, person_id=person_id).id), BACKEND)
    client.post("/account/lock/")
    for route in ROUTES:
        if route.access.public or route.access.while_locked:
            continue
        reply = client.get(address_of(route))
        is_kept_out = reply.status_code == 302 and reply["Location"].startswith("/account/unlock/")
        may_watch = route.access.watchable
        assert is_kept_out is not may_watch, (route, reply.status_code)


def _user(user_id):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=user_id)
