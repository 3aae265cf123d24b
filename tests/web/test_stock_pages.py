"""Stock pages: received, counted blind, a difference reviewed, destroyed before a witness, printed."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from kairos.domain.stock.dose_source import Keeping
from kairos.store.repositories import stock
from kairos.store.scope import scoped
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import declare_keeping, make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    clinic = make_clinic()
    with scoped(clinic.scope):
        declare_keeping(clinic, Keeping.HERE)
    return clinic


def signed_in(clinic, *roles):
    client, account = Client(), make_login(clinic, *roles)
    client.post("/log-in/", {"login": account.username, "password": PASSWORD})
    client.username = account.username
    return client


def command_of(page):
    return re.findall(r'name="command_id" value="([^"]+)"', page.content.decode())[-1]


def send(client, address, **given):
    """Open a page with a form and send it filled in."""
    given["command_id"] = command_of(client.get(address))
    return client.post(address, given, follow=True)


def receive(client, clinic, **more):
    until = timezone.now().date() + timedelta(days=300)
    given = {"site_id": clinic.site_id, "product": "racemic_injection", "name": "Ketamine 50 mg in 5 mL"}
    given |= {"lot_number": "KT1", "expires_on": until.isoformat(), "container_mg": "50", "containers": "4"}
    return send(client, "/stock/receive/", **given, reference="Invoice 12", **more)


@pytest.fixture
def lot(clinic):
    receive(signed_in(clinic, Role.PHARMACIST), clinic)
    with scoped(clinic.scope):
        return stock.lots_of(clinic.scope)[0]


def balance_of(clinic, lot):
    with scoped(clinic.scope):
        return stock.balances_of(clinic.scope, [lot.id])[lot.id].in_mg


def test_before_it_is_declared_the_page_says_so_and_whom_to_ask():
    clinic = make_clinic()
    with scoped(clinic.scope):
        declare_keeping(clinic)
    lead = signed_in(clinic, Role.PROGRAMME_LEAD)
    assert "Park Pharmacy keeps the stock" in lead.get("/stock/").content.decode()
    done = send(lead, "/stock/keeping/", kept="here").content.decode()
    assert "Declared" in done
    assert "Nothing in stock here" in done
    refused = send(lead, "/stock/keeping/", kept="elsewhere")
    assert "name the pharmacy" in refused.content.decode()


def test_a_delivery_is_received_and_stands_in_the_register(clinic):
    page = receive(signed_in(clinic, Role.PHARMACIST), clinic).content.decode()
    assert "Register of lot KT1" in page
    assert "200.000" in page
    assert "Invoice 12" in page


def test_a_delivery_with_a_wrong_field_is_refused_beside_it(clinic):
    page = receive(signed_in(clinic, Role.PHARMACIST), clinic, is_multidose="on")
    again = send(
        signed_in(clinic, Role.NURSE), "/stock/receive/", site_id=clinic.site_id, product="racemic_injection"
    )
    assert page.status_code == 200
    assert again.status_code == 400
    assert "errm" in again.content.decode()


def test_the_count_shows_nothing_of_the_book_and_a_difference_is_closed_by_another(clinic, lot):
    nurse, pharmacist = signed_in(clinic, Role.NURSE), signed_in(clinic, Role.PHARMACIST)
    address = f"/stock/count/{clinic.site_id}/"
    assert "200" not in re.sub(r"<[^>]+>", "", nurse.get(address).content.decode())
    assert "Nothing is counted yet" in send(nurse, address).content.decode()
    counted = {f"{lot.id}.closed": "3", f"{lot.id}.opened": "49.375"}
    done = send(nurse, address, **counted).content.decode()
    assert "One lot differs from the book" in done
    assert "0.625" not in done
    review = re.findall(r'href="(/stock/discrepancies/[^"]+)"', done)[0]
    assert "somebody else reviews it" in nurse.get(review).content.decode()
    closed = send(pharmacist, review, reason="spilled_or_broken", account="A drop on the tray.")
    assert "Closed, with its reason" in closed.content.decode()
    assert balance_of(clinic, lot) == Decimal("199.375")
    read = pharmacist.get(review).content.decode()
    assert "A drop on the tray." in read
    agrees = send(nurse, address, **counted).content.decode()
    assert "Every lot agrees" in agrees


def test_an_inventory_names_every_lot_and_is_printed(clinic, lot):
    nurse = signed_in(clinic, Role.NURSE)
    address = f"/stock/inventory/{clinic.site_id}/"
    assert send(nurse, address, at_moment="close").status_code == 400
    page = send(nurse, address, at_moment="close", **{f"{lot.id}.closed": "4"}).content.decode()
    assert "Inventory of Main house" in page
    assert "200.000" in page
    assert "The next one is due by" in nurse.get("/stock/").content.decode()


def test_stock_is_destroyed_only_before_a_second_person(clinic, lot):
    nurse, other = signed_in(clinic, Role.NURSE), make_login(clinic, Role.PHARMACIST)
    address = f"/stock/lots/{lot.id}/destroy/"
    waste = {"amount_mg": "50", "reason": "expired"}
    assert "sees it and signs" in send(nurse, address, **waste).content.decode()
    wrong = send(nurse, address, **waste, username=other.username, password="wrong")
    assert "do not fit" in wrong.content.decode()
    itself = send(nurse, address, **waste, username=nurse.username, password=PASSWORD)
    assert "second person" in itself.content.decode()
    assert balance_of(clinic, lot) == 200
    done = send(nurse, address, **waste, username=other.username, password=PASSWORD).content.decode()
    assert "Destroyed and witnessed" in done
    assert "seen by" in done
    assert balance_of(clinic, lot) == 150


def test_stock_is_sent_back_and_an_entry_taken_back(clinic, lot):
    nurse = signed_in(clinic, Role.NURSE)
    address = f"/stock/lots/{lot.id}/send-back/"
    too_much = send(nurse, address, amount_mg="200.001", reference="Supplier").content.decode()
    assert "the lot has 200.000 mg" in too_much
    done = send(nurse, address, amount_mg="50", reference="Supplier").content.decode()
    entry = re.findall(r'href="(/stock/entries/[^"]+/correct/)"', done)[-1]
    back = send(nurse, entry, reason="Two were meant to stay").content.decode()
    assert "Taken back" in back
    assert "taken back by entry 3" in back
    assert balance_of(clinic, lot) == 200
    assert "was corrected before" in send(nurse, entry, reason="again").content.decode()


def test_who_sees_no_patients_reads_the_register_and_changes_nothing(clinic, lot):
    auditor = signed_in(clinic, Role.AUDITOR)
    page = auditor.get(f"/stock/lots/{lot.id}/").content.decode()
    assert "Register of lot" in page
    assert "Correct</a>" not in page
    assert auditor.get(f"/stock/lots/{lot.id}/destroy/").status_code == 403
    assert signed_in(clinic, Role.COACH).get("/stock/").status_code == 403
