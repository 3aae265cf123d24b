"""A patient's own costs: the planned course at the price list of today, on paper too; offers they keep."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from kairos.actions.keep_offers import keep_offers
from kairos.actions.publish_prices import publish_prices
from kairos.domain.evidence.price_list import PriceItem, PriceLine, PriceList, Provider
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, Missing
from kairos.vocab.people import Role
from tests.support.canaries import FAMILY
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.courses import make_course
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


def publish(clinic, *lines, newest=0):
    provider = Provider("Lindenhof LLC", "1 Main Street, Vermont", "1234567893", "12-3456789")
    prices = PriceList("USD", timezone.localdate(), lines, provider)
    given = {"command_id": new_id(), "by": staff(clinic, Role.PROGRAMME_LEAD), "now": timezone.now()}
    publish_prices(programme_id=clinic.programme_id, prices=prices, newest=newest, **given)


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def test_a_planned_course_is_estimated_on_the_page_and_on_paper():
    clinic = make_clinic()
    person_id = make_person(clinic)
    patient = signed_in(clinic, Role.PATIENT, person_id=person_id)
    assert "There is no estimate yet" in patient.get("/my/costs/").content.decode()
    assert patient.get("/my/costs/estimate.pdf").status_code == 404
    make_course(clinic, person_id, first=next_monday(), now=timezone.now())
    publish(clinic, PriceLine("visit.iv_racemic_clinic", Decimal("485.50"), "96365", "watching"))
    page = patient.get("/my/costs/").content.decode()
    assert "2,913 USD" in page
    assert "at least 400 US dollars" in page
    paper = patient.get("/my/costs/estimate.pdf")
    assert paper["Content-Type"] == "application/pdf"
    told = " ".join(PdfReader(BytesIO(paper.content)).pages[0].extract_text().split())
    wanted = (
        "Good-faith estimate",
        FAMILY,
        "Lindenhof LLC",
        "1234567893",
        "12-3456789",
        "Main house",
        "96365",
    )
    for words in (
        *wanted,
        "485.50 USD",
        "6",
        "2,913 USD",
        "no contract",
        "400 US dollars",
        "120 days",
        "version 1",
    ):
        assert words in told, words
    desk = signed_in(clinic, Role.COORDINATOR).post(f"/people/{person_id}/estimate/", {"diagnosis": "F33.2"})
    assert "F33.2" in PdfReader(BytesIO(desk.content)).pages[0].extract_text()
    publish(clinic, PriceLine(PriceItem.TESTS, Decimal(1)), newest=1)
    assert "or more: something has no price" in patient.get("/my/costs/").content.decode()


def test_offers_are_kept_where_a_patient_wishes_and_for_nobody_else():
    clinic = make_clinic()
    person_id = make_person(clinic)
    patient = signed_in(clinic, Role.PATIENT, person_id=person_id)
    page = patient.get("/my/costs/offers/").content.decode()
    command = {"command_id": re.search('name="command_id" value="([^"]*)"', page)[1]}
    offers = {"compare": "yes", "a-name": "Harbour", "a-price": "600", "a-visits": "6", "keep": "yes"}
    assert patient.post("/my/costs/offers/", offers).status_code == 400
    assert patient.post("/my/costs/offers/", command | offers | {"a-price": "-1"}).status_code == 400
    assert patient.post("/my/costs/offers/", command | offers).status_code == 302
    kept = patient.get("/my/costs/offers/").content.decode()
    assert "Harbour" in kept
    assert "3,600.00" in kept
    other = signed_in(clinic, Role.PATIENT, person_id=make_person(clinic), username="other")
    assert "Harbour" not in other.get("/my/costs/offers/").content.decode()
    command = {"command_id": re.search('name="command_id" value="([^"]*)"', kept)[1]}
    assert patient.post("/my/costs/offers/", command | {"forget": "yes"}).status_code == 302
    assert "Harbour" not in patient.get("/my/costs/offers/").content.decode()


def test_more_than_two_offers_hold_is_refused_and_only_a_patient_keeps_any():
    clinic = make_clinic()
    lead = staff(clinic, Role.PATIENT)
    with pytest.raises(Missing, match="no record of your own"):
        keep_offers(offers={}, command_id=new_id(), by=lead, now=timezone.now())
    own = replace(lead, scope=replace(lead.scope, patient_id=make_person(clinic)))
    for offers in ({str(n): "x" for n in range(81)}, {"a-name": "x" * 101}):
        with pytest.raises(InvalidInput, match="more than two offers"):
            keep_offers(offers=offers, command_id=new_id(), by=own, now=timezone.now())
