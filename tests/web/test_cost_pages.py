"""Offers side by side, hours by way, the sheet for the insurer: for anyone, and kept nowhere."""

import pytest

pytestmark = pytest.mark.django_db

OFFERS = {
    "compare": "yes",
    "a-name": "Harbour <clinic>",
    "a-price": "600",
    "a-visits": "6",
    "a-later_a_month": "1",
    "a-watching": "included",
    "b-price": "399.50",
    "b-visits": "6",
    "b-watching": "extra",
    "b-watching_extra": "80",
    "b-medicine": "excluded",
}


def test_two_offers_are_compared_and_what_nobody_told_stays_open(client):
    assert "Side by side" not in client.get("/compare-offers/").content.decode()
    page = client.post("/compare-offers/", OFFERS).content.decode()
    for words in ("Harbour &lt;clinic&gt;", "Second offer", "3,600.00", "2,877.00", "10,800.00", "On top: "):
        assert words in page
    assert "or more: something was not told" in page
    assert "without what is not offered" in page
    refused = client.post("/compare-offers/", OFFERS | {"a-price": "-1"}).content.decode()
    assert "Side by side" not in refused


def test_hours_by_each_way(client):
    assert "Hours, at least" not in client.get("/your-time/").content.decode()
    given = {"first_visits": "6", "later_a_month": "0", "way_h": "1.5", "rest_h": "3"}
    page = client.post("/your-time/", given).content.decode()
    row = page.split("esketamine nose spray in the clinic</th>")[1].split("</tr>")[0]
    assert '<td class="num">2</td><td class="num">39 (21)</td>' in row
    unknown = client.post("/your-time/", {"first_visits": "6"}).content.decode()
    assert "not known" in unknown


def test_the_sheet_for_the_insurer_tells_the_two_drugs_apart(client):
    page = client.get("/insurance/").content.decode()
    assert "off-label" in page
    assert "Esketamine nose spray" in page
    assert page.count('class="blank"') == 10
