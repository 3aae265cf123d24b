"""Auditor, programme lead and content editor read: every size, light and dark."""

import pytest

from kairos.actions.record_access import record_access
from kairos.actions.seal_audit import seal_audit
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import NOW, make_clinic, make_person, staff

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = {
    "audit": "/audit/",
    "audit-nothing-fits": "/audit/?day=2020-01-01",
    "content-rules": "/content/?q=pregnancy",
    "content-numbers": "/content/?kind=numbers&q=predose",
    "content-sources": "/content/?kind=sources&q=label",
    "programme": "/programme/",
}


@pytest.mark.parametrize("size", ["phone", "desk", "narrow"])
def test_a_programme_lead_reads_audit_content_and_numbers(live_server, open_screen, settings, tmp_path, size):
    settings.KAIROS_HOME = tmp_path  # the heads that are sealed here are this database's alone
    clinic = make_clinic()
    for stage in ("screening", "screening", "in_course", "follow_up"):
        person_id = make_person(clinic, stage=stage)
        record_access(person_id=person_id, what="chart", command_id=new_id(), by=staff(clinic), now=NOW)
    screen = open_screen(size)
    screen.log_in(live_server.url, make_login(clinic, Role.PROGRAMME_LEAD).username, PASSWORD)
    for name, address in PAGES.items():
        screen.goto(live_server.url + address)
        screen.picture(name)
        screen.check()
    seal_audit()
    screen.goto(live_server.url + "/audit/")
    screen.page.get_by_role("button", name="Check the whole audit now").click()
    screen.page.get_by_role("heading", name="The audit was whole at the last check").wait_for()
    screen.picture("audit-checked")
    screen.check()
