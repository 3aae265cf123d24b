"""The door: strangers, roles, locked screens, second factors, routes that declare nothing."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from kairos.queries.audit import newest_events
from kairos.vocab.people import Permission, Role
from kairos.web import lock
from kairos.web.access import Access, allow
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, staff

pytestmark = pytest.mark.django_db


def answer(request):
    return HttpResponse("read only" if request.is_locked else "open")


urlpatterns = [
    path("", include("kairos.web.urls")),
    path("undeclared/", lambda request: HttpResponse("never"), name="undeclared"),
    path(
        "watch/", allow(Permission.SEE_BOARD, watchable=True)(lambda request: answer(request)), name="watched"
    ),
    path("enter/", allow(Permission.RUN_SESSION)(lambda request: answer(request))),
]

handler403 = "kairos.settings.errors.not_allowed"


@pytest.fixture(autouse=True)
def _routes(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def nurse(client: Client, clinic):
    account = make_login(clinic, Role.NURSE)
    assert log_in(client, account).status_code == 302
    return account


def log_in(client, account, password=PASSWORD):
    return client.post("/log-in/", {"login": account.username, "password": password})


def wind_back(client, **amount):
    """Let time pass for this web session."""
    session = client.session
    for key in (lock.SIGNED_IN, lock.SEEN):
        session[key] = (timezone.now() - timedelta(**amount)).isoformat()
    session.save()


def test_a_stranger_is_sent_to_the_log_in_and_back(client):
    reply = client.get("/watch/?chair=3")
    assert reply.status_code == 302
    assert reply["Location"] == "/log-in/?next=%2Fwatch%2F%3Fchair%3D3"


def test_a_fragment_moves_its_whole_page(client):
    reply = client.get("/watch/", headers={"HX-Request": "true", "HX-Current-URL": "/board/"})
    assert reply.status_code == 401
    assert reply["HX-Redirect"] == "/log-in/?next=%2Fboard%2F"


def test_a_route_that_declares_nothing_is_refused_to_everybody(client, nurse):
    assert client.get("/undeclared/").status_code == 403
    assert Client().get("/undeclared/").status_code == 403


def test_a_permission_lets_in_whom_it_names(client, nurse, clinic):
    assert client.get("/enter/").content == b"open"
    other = Client()
    log_in(other, make_login(clinic, Role.COORDINATOR))
    refused = other.get("/enter/")
    assert refused.status_code == 403
    assert "run session is done by" in refused.content.decode()


def test_a_wrong_password_says_what_to_do(client, nurse):
    reply = log_in(Client(), nurse, "wrong")
    assert reply.status_code == 200
    assert "There is one thing to fix" in reply.content.decode()


def test_an_idle_screen_locks_entry_but_keeps_what_is_watched_in_sight(client, nurse):
    wind_back(client, minutes=11)
    assert client.get("/watch/").content == b"read only"
    entering = client.get("/enter/")
    assert entering.status_code == 302
    assert entering["Location"].startswith("/account/unlock/?next=%2Fenter%2F")
    posted = client.post("/watch/", headers={"Referer": "http://testserver/watch/"})
    assert posted["Location"].startswith("/account/unlock/")


def test_what_a_page_does_by_itself_does_not_keep_it_open(client, nurse):
    wind_back(client, minutes=9)
    client.get("/watch/", headers={"Kairos-Background": "1"})
    wind = client.session[lock.SEEN]
    assert timezone.now() - datetime.fromisoformat(wind) > timedelta(minutes=8)
    client.get("/watch/")
    assert timezone.now() - datetime.fromisoformat(client.session[lock.SEEN]) < timedelta(minutes=1)


def test_the_same_person_unlocks_with_the_password(client, nurse):
    client.post("/account/lock/", {"next": "/watch/"})
    assert client.get("/watch/").content == b"read only"
    assert client.post("/account/unlock/", {"password": "wrong"}).status_code == 400
    assert client.get("/watch/").content == b"read only"
    reply = client.post("/account/unlock/", {"password": PASSWORD, "next": "/watch/"})
    assert reply["Location"] == "/watch/"
    assert client.get("/watch/").content == b"open"


def test_the_next_person_takes_over_and_returns_to_the_same_screen(client, nurse, clinic):
    wind_back(client, minutes=11)
    after = make_login(clinic, Role.CLINICIAN)
    given = {"next-username": after.username, "next-password": PASSWORD, "next": "/watch/"}
    reply = client.post("/account/take-over/", given)
    assert reply["Location"] == "/watch/"
    assert client.get("/watch/").content == b"open"
    assert after.display_name in client.get("/account/").content.decode()
    told = [(line.action, line.actor, line.subject, line.details) for line in events_of(clinic)][:5]
    assert told == [
        ("take_over_screen", after.id, f"user:{nurse.id}", {"screen": "watched"}),
        ("log_in", after.id, f"user:{after.id}", {}),
        ("log_out", nurse.id, f"user:{nurse.id}", {}),
        ("hand_screen_over", nurse.id, f"user:{after.id}", {"screen": "watched"}),
        ("log_in", nurse.id, f"user:{nurse.id}", {}),
    ]


def events_of(clinic):
    return newest_events(by=staff(clinic, Role.AUDITOR))


@pytest.mark.parametrize("wanted", ["/nowhere/", ""])
def test_a_screen_that_is_none_of_ours_is_taken_over_without_a_name(client, nurse, clinic, wanted):
    after = make_login(clinic, Role.CLINICIAN)
    given = {"next-username": after.username, "next-password": PASSWORD, "next": wanted}
    assert client.post("/account/take-over/", given).status_code == 302
    assert events_of(clinic)[0].details == {"screen": "home" if wanted == "" else ""}


def test_who_has_no_role_any_more_takes_no_screen_over(client, nurse, clinic):
    stranger = get_user_model().objects.create_user("no-role", PASSWORD)
    given = {"next-username": stranger.username, "next-password": PASSWORD}
    assert client.post("/account/take-over/", given).status_code == 403
    assert nurse.display_name in client.get("/account/").content.decode()


def test_taking_over_wants_proof(client, nurse, clinic):
    after = make_login(clinic, Role.CLINICIAN)
    reply = client.post("/account/take-over/", {"next-username": after.username, "next-password": "wrong"})
    assert reply.status_code == 400
    assert "do not fit" in reply.content.decode()
    assert nurse.display_name in client.get("/account/").content.decode()


def test_nobody_is_sent_elsewhere_after_unlocking(client, nurse):
    reply = client.post("/account/unlock/", {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert reply["Location"] == "/"


def test_a_sign_in_too_old_locks_even_who_was_here_a_moment_ago(client, nurse, settings):
    session = client.session
    session[lock.SIGNED_IN] = (timezone.now() - settings.KAIROS_SIGN_IN_LASTS).isoformat()
    session.save()
    assert client.get("/watch/").content == b"read only"
    client.post("/account/unlock/", {"password": PASSWORD, "code": ""})
    assert client.get("/watch/").content == b"open"


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, nurse, settings):
    settings.KAIROS_SECOND_FACTOR = True
    assert client.get("/watch/")["Location"].startswith("/account/second-factor/")
    assert client.get("/account/second-factor/").status_code == 200


def test_an_ended_role_leaves_only_the_way_out(client, nurse, clinic):
    from kairos.store.repositories import account_keeping
    from kairos.store.scope import scoped

    with scoped(clinic.scope):
        account_keeping.set_active(clinic.scope, nurse.id, is_active=False)
    assert client.get("/watch/").status_code == 302


def test_every_answer_forbids_foreign_and_inline_code(client):
    policy = client.get("/log-in/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_form_from_elsewhere_is_refused_in_plain_words():
    reply = Client(enforce_csrf_checks=True).post("/log-in/", {"login": "a", "password": "b"})
    assert reply.status_code == 403
    assert "The form was open too long" in reply.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"public": True},
        {"signed_in": True},
        {"public": True, "signed_in": True, "reason": "both"},
        {"signed_in": True, "watchable": True, "reason": "no permission"},
    ],
)
def test_a_declaration_names_one_way_in_and_its_reason(given):
    with pytest.raises(ValueError, match=r"declare|why|watched"):
        Access(**given)


@pytest.mark.parametrize("address", ["/log-in/", "/account/", "/people/", "/people/new/", "/nowhere/"])
def test_a_page_is_asked_for_its_head_as_it_is_read(client: Client, clinic, address):
    log_in(client, make_login(clinic, Role.CLINICIAN))
    read, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (read.status_code, b"")
    assert head["Content-Type"] == read["Content-Type"]


def test_a_strangers_head_is_sent_to_the_log_in_too(client: Client):
    assert client.head("/people/")["Location"] == client.get("/people/")["Location"]
