"""In which language a page speaks: the person's own, else this browser's choice, else what it asks for."""

import pytest
from django.test import Client

from kairos.store.repositories import accounts
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db
SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}


def language_of(client, path="/help/", **more):
    answer = client.get(path, **more)
    page = answer.content.decode()
    said = page.split('<html lang="', 1)[1].split('"', 1)[0]
    assert answer.headers["Content-Language"] == said
    return said


def choose(client, language, to="/help/"):
    return client.post("/language/", {"language": language, "next": to})


def test_a_stranger_is_answered_in_what_the_browser_asks_for():
    assert language_of(Client()) == "en"
    assert language_of(Client(), headers=SPANISH) == "es"
    assert language_of(Client(), headers={"accept-language": "fr"}) == "en", "English stands in for the rest"


def test_the_switch_is_kept_in_this_browser_and_goes_before_what_it_asks_for():
    client = Client()
    assert choose(client, "es")["Location"] == "/help/"
    assert language_of(client) == "es"
    choose(client, "en")
    assert language_of(client, headers=SPANISH) == "en"


def test_a_language_that_is_not_there_changes_nothing():
    client = Client()
    assert choose(client, "xx", to="https://elsewhere.example/")["Location"] == "/"
    assert language_of(client) == "en"


def test_the_words_of_crisis_come_in_spanish_with_the_way_to_be_answered_in_it():
    page = Client().get("/help/", headers=SPANISH).content.decode()
    assert "Llame al 988 y oprima dos" in page
    assert "Emergencia: llame ahora" in Client().get("/help/when-to-call/", headers=SPANISH).content.decode()


def test_the_aid_is_spanish_and_its_figures_are_the_same():
    page = Client().get("/aid/compare-the-ways/", headers=SPANISH).content.decode()
    assert "Mucho mejor un día después de una infusión: 64 de 100" in page
    assert '<html lang="es"' in page and "Much better" not in page


def test_a_person_keeps_the_language_in_their_account():
    clinic = make_clinic()
    account = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    client = Client()
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    assert language_of(client, "/my/today/", headers=SPANISH) == "es", "not chosen yet: as the browser asks"
    choose(client, "es")
    assert accounts.find_account(account.id).language == "es"
    elsewhere = Client()
    elsewhere.post("/log-in/", {"login": account.username, "password": PASSWORD})
    assert language_of(elsewhere, "/my/today/") == "es"


def test_pages_for_staff_stay_in_english():
    clinic = make_clinic()
    account = make_login(clinic, Role.NURSE)
    client = Client()
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    choose(client, "es")
    assert language_of(client, "/people/") == "en"
    assert language_of(client, "/account/") == "es"


def test_days_stand_in_the_order_of_the_language():
    clinic = make_clinic()
    account = make_login(clinic, Role.PATIENT, person_id=make_person(clinic))
    client = Client()
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    page = client.get("/account/", headers=SPANISH).content.decode()
    assert "Impreso el " in page and " de 20" in page
