"""Audit, content and programme as their readers open them."""

import re

import pytest

from kairos.actions.record_access import record_access
from kairos.content.release import load_release
from kairos.store.ids import new_id
from kairos.vocab.people import Role
from tests.support import canaries
from tests.support.accounts import PASSWORD, make_login
from tests.support.clinic import NOW, make_clinic, make_person, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def read(client, clinic):
    """Log in with a role and return a function that opens a page as it."""

    def as_role(role):
        account = make_login(clinic, role)
        client.post("/log-in/", {"login": account.username, "password": PASSWORD})
        return lambda address: client.get(address).content.decode()

    return as_role


def opened(clinic, times=1):
    person_id = make_person(clinic)
    for _ in range(times):
        by = staff(clinic)
        record_access(person_id=person_id, what="chart", command_id=new_id(), by=by, now=NOW)
    return person_id


def test_an_auditor_opens_on_the_audit_and_finds_ids_not_names(client, clinic, read) -> None:
    person_id = opened(clinic)
    page = read(Role.AUDITOR)("/audit/")
    assert client.get("/")["Location"] == "/audit/"
    assert "Record access" in page
    assert str(person_id) in page
    assert canaries.FAMILY not in page
    assert "Log in" in page


def test_a_programme_lead_sees_the_name_too(clinic, read) -> None:
    opened(clinic)
    assert canaries.FAMILY in read(Role.PROGRAMME_LEAD)("/audit/")


def test_narrowing_and_going_on(clinic, read) -> None:
    person_id = opened(clinic, times=52)
    look = read(Role.AUDITOR)
    first = look(f"/audit/?person_id={person_id}&action=Record+access")
    older = re.search(r'href="(\?[^"]*before=[^"]+)"', first)[1].replace("&amp;", "&")
    second = look(f"/audit/{older}")
    assert (first.count("Record access</a>"), second.count("Record access</a>")) == (50, 2)
    assert "Newest events" in second
    assert "Older events" not in second
    assert "No event fits that" in look("/audit/?day=2020-01-01")


@pytest.mark.parametrize("asked", ["person_id=nobody", "day=yesterday", "before=now", "before=2026~x"])
def test_what_cannot_be_looked_for_is_said_and_nothing_is_shown(client, clinic, read, asked) -> None:
    opened(clinic)
    read(Role.AUDITOR)
    answer = client.get(f"/audit/?{asked}")
    assert answer.status_code == 400
    assert "There is one thing to fix" in answer.content.decode()
    assert "Record access</a>" not in answer.content.decode()


def test_a_check_says_that_the_audit_is_whole(client, clinic, read) -> None:
    look = read(Role.AUDITOR)
    before = look("/audit/")
    assert "has not been checked here yet" in before
    command = re.search(r'name="command_id" value="([^"]+)"', before)[1]
    client.post("/audit/check/", {})
    assert "has not been checked here yet" in look("/audit/")
    client.post("/audit/check/", {"command_id": command})
    after = look("/audit/")
    assert "was whole at the last check" in after
    assert "kairos audit verify" in after


def test_every_rule_number_and_source_of_the_release_is_shown(read) -> None:
    release, look = load_release(), read(Role.NURSE)
    rules, numbers, sources = (look(f"/content/?kind={kind}") for kind in ("rules", "numbers", "sources"))
    assert release.version[:12] in rules
    assert [rule.id for rule in release.rules.values() if rule.id not in rules] == []
    assert [name for name in release.parameters if name not in numbers] == []
    assert [key for key in release.citations if key not in sources] == []


def test_words_narrow_every_kind(read) -> None:
    look = read(Role.CONTENT_EDITOR)
    page = look("/content/?q=pregnancy+SPRAVATO")
    assert "eligibility.pregnancy" in page
    assert "eligibility.deceased" not in page
    assert "Nothing here holds all of these words" in look("/content/?q=nosuchword&kind=sources")
    assert "eligibility.deceased" in look("/content/?kind=unheard-of")


def test_a_number_says_how_it_is_known(read) -> None:
    page = read(Role.AUDITOR)("/content/?kind=numbers&q=predose.systolic")
    assert "Read in this source" in page
    assert "not reviewed yet" in page


def test_the_programme_counts_people_and_says_what_it_does_not_measure(clinic, read) -> None:
    for _ in range(2):
        make_person(clinic)
    page = read(Role.PROGRAMME_LEAD)("/programme/")
    assert "2 people, by stage" in page
    assert "no comparison group" in page
    assert "under 5" not in page


def test_an_auditor_sees_no_small_count(clinic, read) -> None:
    make_person(clinic)
    assert "under 5" in read(Role.AUDITOR)("/programme/")
