"""Fees that are waived, and who reaches treatment by group: small counts are hidden from everybody."""

import re

import pytest

from kairos.store.repositories.people import Identity
from kairos.vocab.people import Role
from tests.support.clinic import make_clinic, make_person
from tests.support.courses import keep_decision
from tests.support.scores import add_course
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db


def person(clinic, sex, *, is_treated):
    found = make_person(clinic, Identity("Doe", "Jo", sex=sex))
    keep_decision(clinic, found)
    if is_treated:
        add_course(clinic, found, 21)
    return found


def test_a_fee_is_waived_and_counted_and_few_are_never_told():
    clinic = make_clinic()
    for is_treated in (True, False):
        people = [person(clinic, "female", is_treated=is_treated) for _ in range(5)]
    last = person(clinic, "male", is_treated=True)
    desk, lead = signed_in(clinic, Role.COORDINATOR), signed_in(clinic, Role.PROGRAMME_LEAD)
    address = f"/people/{last}/fee/"
    page = desk.get(address).content.decode()
    assert "Nobody asked to pay less" in page
    command = re.search('name="command_id" value="([^"]*)"', page)[1]
    assert desk.post(address, {"command_id": command}).status_code == 400
    assert desk.post(address, {"command_id": command, "state": "waived"}).status_code == 302
    assert "Fee waived, in whole or in part" in desk.get(address).content.decode()
    report = lead.get("/programme/access/").content.decode()
    by_sex = report.split("<caption>By sex</caption>")[1].split("</table>")[0]
    assert re.sub(r"<[^>]+>", " ", by_sex).split().count("hidden") == 4
    assert '<td class="num">5</td><td class="num">6</td>' in by_sex
    assert len(people) == 5
    assert signed_in(clinic, Role.NURSE).get("/programme/access/").status_code == 403
