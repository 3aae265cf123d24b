"""What is approved, and how sure anyone is.

The table of status answers by product, use, place and day, and only where it has a row that surely holds.
Elsewhere it answers "not known", which is permission for nothing. Each use shows how sure anyone is that it
helps, by product and route; what was found of one route is never said of another.
"""

from datetime import date
from itertools import product

import pytest

from kairos.content.release import load_release
from kairos.domain.evidence.grades import Direction, Grade
from kairos.domain.evidence.regulation import (
    RegulatoryStatus,
    control_schedule,
    may_be_prescribed,
    regulatory_status,
)
from kairos.domain.evidence.texts import Audience
from kairos.vocab.verdict import Verdict

RELEASE = load_release()
BOOK = RELEASE.regulation
TODAY = date(2026, 11, 22)
USES = ("trd", "mdsi", "anxiety", "bipolar", "ptsd", "ocd", "pain")
ROUTES = ("iv", "im", "in", "esketamine", "oral", "sl")

STATUS_SITUATIONS = (
    ("route", "use", "place", "on", "status"),
    ("esketamine", "trd", "us", "2018-12-31", RegulatoryStatus.NOT_KNOWN),
    ("esketamine", "trd", "us", "2019-04-01", RegulatoryStatus.APPROVED),
    ("esketamine", "trd", "us", "2026-11-22", RegulatoryStatus.APPROVED),
    ("esketamine", "mdsi", "us", "2020-07-31", RegulatoryStatus.OFF_LABEL),
    ("esketamine", "mdsi", "us", "2020-08-15", RegulatoryStatus.NOT_KNOWN),
    ("esketamine", "mdsi", "us", "2020-09-01", RegulatoryStatus.APPROVED),
    ("esketamine", "anxiety", "us", "2026-11-22", RegulatoryStatus.OFF_LABEL),
    ("esketamine", "ptsd", "us", "2026-11-22", RegulatoryStatus.OFF_LABEL),
    ("iv", "trd", "us", "2026-11-22", RegulatoryStatus.OFF_LABEL),
    ("im", "pain", "us", "2026-11-22", RegulatoryStatus.OFF_LABEL),
    ("in", "trd", "us", "2026-11-22", RegulatoryStatus.COMPOUNDED_OFF_LABEL),
    ("oral", "ptsd", "us", "2026-11-22", RegulatoryStatus.COMPOUNDED_OFF_LABEL),
    ("sl", "anxiety", "us", "2026-11-22", RegulatoryStatus.COMPOUNDED_OFF_LABEL),
    ("esketamine", "trd", "eu", "2026-11-22", RegulatoryStatus.APPROVED),
    ("esketamine", "mdsi", "hk", "2026-11-22", RegulatoryStatus.APPROVED),
    ("esketamine", "mdsi", "gb", "2026-11-22", RegulatoryStatus.NOT_KNOWN),
    ("iv", "trd", "eu", "2026-11-22", RegulatoryStatus.NOT_KNOWN),
    ("iv", "trd", "nowhere", "2026-11-22", RegulatoryStatus.NOT_KNOWN),
)


@pytest.mark.parametrize(STATUS_SITUATIONS[0], STATUS_SITUATIONS[1:])
def test_s128_status_by_product_use_place_and_day(route, use, place, on, status):
    """S-128. Status by product, use, place and day; within a month known only as a month nothing is known."""
    standing = regulatory_status(BOOK, BOOK.product_by(route).id, use, place, on=date.fromisoformat(on))
    assert standing.status is status
    assert bool(standing.sources) is standing.is_known


@pytest.mark.parametrize(("route", "use"), list(product(ROUTES, USES)))
def test_s018_every_use_by_every_route_has_a_status_in_the_united_states(route, use):
    """S-018. In the United States every offered use has a status by every route."""
    standing = regulatory_status(BOOK, BOOK.product_by(route).id, use, "us", on=TODAY)
    assert standing.is_known and not standing.is_stale
    assert set(standing.conditions) <= {message for _, message, _ in RELEASE.texts.templates}


def test_an_antidepressant_by_mouth_was_a_condition_until_january_2025():
    """Esketamine for resistant depression needs no second antidepressant from 21 January 2025 on."""

    def conditions(on):
        return regulatory_status(BOOK, "esketamine_nasal", "trd", "us", on=on).conditions

    assert "regulatory.with_oral_antidepressant" in conditions(date(2025, 1, 20))
    assert "regulatory.with_oral_antidepressant" not in conditions(date(2025, 1, 21))
    assert "regulatory.rems_site" in conditions(date(2025, 1, 21))


@pytest.mark.parametrize("name", ["esketamine_nasal", "racemic_injection", "racemic_sublingual"])
def test_all_of_it_is_a_controlled_drug_in_the_united_states(name):
    """Ketamine and esketamine are controlled drugs of schedule CIII in the United States."""
    assert control_schedule(BOOK, name, "us", on=TODAY).schedule == "CIII"


LAW_SITUATIONS = (
    ("name", "means", "on", "verdict"),
    ("racemic_sublingual", "telehealth", "2026-12-31", Verdict.MET),
    ("racemic_sublingual", "telehealth", "2027-01-01", Verdict.UNKNOWN),
    ("esketamine_nasal", "home_use", "2026-11-22", Verdict.NOT_MET),
    ("racemic_oral", "home_use", "2026-11-22", Verdict.UNKNOWN),
)


@pytest.mark.parametrize(LAW_SITUATIONS[0], LAW_SITUATIONS[1:])
def test_s134_the_law_on_telehealth_has_an_end(name, means, on, verdict):
    """S-134. The law on telehealth has an end; after it, and where the table is silent, nothing is known."""
    assert may_be_prescribed(BOOK, name, "us", means=means, on=date.fromisoformat(on))[0] is verdict


EVIDENCE_SITUATIONS = (
    ("use", "route", "grade", "direction"),
    ("trd", "esketamine", Grade.MODERATE, Direction.FOR),
    ("trd", "iv", Grade.LOW, Direction.FOR),
    ("trd", "sl", Grade.VERY_LOW, Direction.FOR),
    ("mdsi", "esketamine", Grade.MODERATE, Direction.MIXED),
    ("anxiety", "iv", Grade.VERY_LOW, Direction.MIXED),
    ("bipolar", "iv", Grade.VERY_LOW, Direction.FOR),
    ("ptsd", "iv", Grade.LOW, Direction.MIXED),
    ("ocd", "iv", Grade.VERY_LOW, Direction.FOR),
    ("pain", "iv", Grade.LOW, Direction.NONE_SHOWN),
)


@pytest.mark.parametrize(EVIDENCE_SITUATIONS[0], EVIDENCE_SITUATIONS[1:])
def test_s018_each_use_shows_how_sure_anyone_is(use, route, grade, direction):
    """S-018. Each use shows how sure anyone is and which way it points, in words for patients as well."""
    known = BOOK.indications[use].evidence_for(BOOK.product_by(route).id, route)
    assert (known.grade, known.direction) == (grade, direction)
    assert RELEASE.texts.template(known.statement, audience=Audience.PATIENT)


def test_x13_what_was_found_of_one_route_is_not_said_of_another():
    """X-13. A trial of infusions says nothing of lozenges."""
    assert BOOK.indications["ptsd"].evidence_for("racemic_sublingual", "sl") is None


def test_s018_grief_and_a_change_in_life_have_no_evidence_base():
    """S-018. Grief and a change in life have no evidence base and are not offered."""
    assert not BOOK.indications["life_change"].is_offered
    assert BOOK.indications["life_change"].evidence == ()
    assert [name for name, use in BOOK.indications.items() if use.is_offered] == list(USES)
