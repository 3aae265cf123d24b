"""Readiness is looked at item by item with its file; then, and only then, a programme goes live."""

from datetime import timedelta

import pytest

from kairos.actions.check_readiness_item import MOST_MIB, Evidence, check_readiness_item
from kairos.actions.go_live import go_live
from kairos.actions.plan_course import plan_course
from kairos.content.release import load_release
from kairos.domain.protocols.readiness import ItemState
from kairos.queries.readiness import evidence_file, readiness_page
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import NOW, Clinic, make_clinic, staff
from tests.support.running_session import make_floor, opened

pytestmark = pytest.mark.django_db
ITEMS = [item.id for item in load_release().standards.readiness]
PAPER = Evidence("plan.pdf", "application/pdf", b"%PDF-1.7 a plan")
UNTIL = NOW.date() + timedelta(days=180)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic(is_live=False)


def look_at(clinic: Clinic, item: str, evidence: Evidence | None = PAPER, state=ItemState.HOLDS, by=None):
    lead = by or staff(clinic, Role.PROGRAMME_LEAD)
    about = {"programme_id": clinic.programme_id, "item": item, "until": UNTIL, "evidence": evidence}
    return check_readiness_item(**about, state=state, command_id=new_id(), by=lead, now=NOW)


def live(clinic: Clinic, is_live: bool = True, **kwargs):
    lead = staff(clinic, Role.MEDICAL_DIRECTOR)
    told = {"programme_id": clinic.programme_id} | kwargs
    return go_live(**told, is_live=is_live, command_id=new_id(), by=lead, now=NOW)


def page_of(clinic: Clinic):
    (found,) = readiness_page(by=staff(clinic, Role.AUDITOR), now=NOW)
    return found


def test_a_programme_goes_live_once_the_last_item_is_looked_at(clinic: Clinic) -> None:
    for item in ITEMS[:-1]:
        look_at(clinic, item)
    with pytest.raises(NotAllowed, match=ITEMS[-1].replace("_", " ")):
        live(clinic)
    look_at(clinic, ITEMS[-1])
    live(clinic)
    found = page_of(clinic)
    assert found.standing.is_live
    assert found.standing.score == (len(ITEMS), len(ITEMS))
    assert found.live_since is not None


def test_an_item_that_ended_ends_planning_and_a_programme_can_stop(clinic: Clinic) -> None:
    for item in ITEMS:
        look_at(clinic, item)
    live(clinic)
    look_at(clinic, ITEMS[0], None, ItemState.ENDED)
    assert (page_of(clinic).standing.went_live, page_of(clinic).standing.is_live) == (True, False)
    live(clinic, is_live=False)
    assert not page_of(clinic).standing.went_live


def test_the_file_is_kept_and_read_back_by_who_may(clinic: Clinic) -> None:
    look_at(clinic, ITEMS[0])
    told = {"programme_id": clinic.programme_id, "by": staff(clinic, Role.AUDITOR)}
    assert evidence_file(item=ITEMS[0], **told).content == PAPER.content
    with pytest.raises(Missing, match="no file"):
        evidence_file(item=ITEMS[1], **told)
    with pytest.raises(NotAllowed):
        evidence_file(item=ITEMS[0], programme_id=clinic.programme_id, by=staff(clinic, Role.NURSE))


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (None, "add the file"),
        (Evidence("a.exe", "application/octet-stream", b"MZ"), "must be a PDF"),
        (Evidence("a.pdf", "application/pdf", b""), "not empty"),
        (Evidence("a.pdf", "application/pdf", b"0" * (MOST_MIB * 2**20 + 1)), f"up to {MOST_MIB} MiB"),
    ],
)
def test_what_is_no_evidence_is_refused(clinic: Clinic, evidence, said) -> None:
    with pytest.raises(InvalidInput, match=said):
        look_at(clinic, ITEMS[0], evidence)


def test_strange_items_programmes_and_people_are_refused(clinic: Clinic) -> None:
    with pytest.raises(Missing, match="no item"):
        look_at(clinic, "luck")
    with pytest.raises(Missing, match="not one of yours"):
        live(clinic, programme_id=new_id())
    with pytest.raises(NotAllowed):
        look_at(clinic, ITEMS[0], by=staff(clinic, Role.NURSE))


def test_a_programme_that_is_not_live_plans_and_opens_nothing() -> None:
    floor = make_floor()
    lead = staff(floor.clinic, Role.PROGRAMME_LEAD)
    told = {"programme_id": floor.clinic.programme_id, "command_id": new_id(), "by": lead, "now": floor.start}
    go_live(is_live=False, **told)
    with pytest.raises(NotAllowed, match="this programme is not live"):
        opened(floor)
    about = {"person_id": floor.person_id, "protocol": "iv_racemic_clinic", "place_id": None}
    starts = [floor.at(3 * 24 * 60)]
    with pytest.raises(NotAllowed, match="this programme is not live"):
        floor.do(plan_course, 0, by=floor.prescriber, site_id=floor.clinic.site_id, starts=starts, **about)
