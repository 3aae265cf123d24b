"""Which medicines meet ketamine.

One grid says how heavily a medicine weighs by each route: what matters for a lozenge hardly matters
for a spray. Screening, the list of medicines, the plan and the same-day check all read it.
"""

# ruff: noqa: E501 - tables are read by the row

import pytest

from kairos.content.release import load_release
from kairos.domain.rules.interactions import SEVERITY_OF, InteractionLevel
from kairos.domain.rules.target import Route, Setting, Target
from kairos.vocab.verdict import Severity, Verdict
from tests.support.facts import drug, finding, screened

HIGH, MODERATE, LOW = InteractionLevel.HIGH, InteractionLevel.MODERATE, InteractionLevel.LOW
GRID = load_release().interactions


def weighs(medicine: str, route: str, place: str = "clinic"):
    """Return the heaviest row that a medicine meets."""
    return GRID.meeting(medicine, route=route, is_home=place == "home")[0]


CLARITHROMYCIN_SITUATIONS = (
    ("medicine", "route", "level", "source"),
    ("clarithromycin", "sl", HIGH, "hagelberg-2010"),
    ("clarithromycin", "oral", HIGH, "hagelberg-2010"),
    ("clarithromycin", "esketamine", LOW, "hagelberg-2010"),
)


@pytest.mark.parametrize(CLARITHROMYCIN_SITUATIONS[0], CLARITHROMYCIN_SITUATIONS[1:])
def test_ddi_01_clarithromycin_matters_for_a_lozenge_and_hardly_for_a_spray(medicine, route, level, source):
    """Clarithromycin raises a dose kept in the mouth many times over, and a sprayed dose hardly at all."""
    found = weighs(medicine, route)
    assert (found.row.id, found.level) == ("strong_cyp3a4_inhibitor", level)
    assert source in found.row.sources


SPRAY_SITUATIONS = (
    ("medicine", "route", "level", "what it adds"),
    ("lorazepam", "esketamine", MODERATE, ("sedation", "less_effect")),
    ("phenelzine", "esketamine", MODERATE, ("blood_pressure",)),
    ("methylphenidate", "esketamine", MODERATE, ("blood_pressure",)),
)


@pytest.mark.parametrize(("medicine", "route", "level", "adds"), SPRAY_SITUATIONS[1:])
def test_ddi_02_what_a_medicine_adds_beside_esketamine_is_named(medicine, route, level, adds):
    """A benzodiazepine adds sedation and may lessen the effect; an MAO inhibitor or a stimulant raises pressure."""
    found = weighs(medicine, route)
    assert (found.level, found.flags) == (level, adds)


ROUTE_SITUATIONS = (
    ("medicine", "route", "place", "level"),
    ("ticlopidine", "oral", "clinic", HIGH),
    ("ticlopidine", "esketamine", "clinic", MODERATE),
    ("theophylline", "iv", "clinic", HIGH),
    ("st_johns_wort", "sl", "clinic", MODERATE),
    ("oxycodone", "sl", "home", HIGH),
)


@pytest.mark.parametrize(ROUTE_SITUATIONS[0], ROUTE_SITUATIONS[1:])
def test_ddi_03_the_same_medicine_weighs_by_route_and_place(medicine, route, place, level):
    """How heavily a medicine weighs follows from the route, and from whether anybody watches."""
    assert weighs(medicine, route, place).level == level


GRID_SITUATIONS = (
    ("medicine", "by mouth", "infused or injected", "sprayed", "by mouth at home"),
    ("itraconazole", HIGH, LOW, LOW, HIGH),
    ("grapefruit", HIGH, LOW, LOW, HIGH),
    ("ticlopidine", HIGH, MODERATE, MODERATE, HIGH),
    ("clopidogrel", MODERATE, LOW, LOW, MODERATE),
    ("sertraline", LOW, LOW, LOW, LOW),
    ("rifampicin", HIGH, LOW, MODERATE, HIGH),
    ("carbamazepine", MODERATE, LOW, MODERATE, MODERATE),
    ("lorazepam", MODERATE, MODERATE, MODERATE, HIGH),
    ("oxycodone", MODERATE, MODERATE, MODERATE, HIGH),
    ("zolpidem", MODERATE, MODERATE, MODERATE, HIGH),
    ("pregabalin", MODERATE, MODERATE, MODERATE, HIGH),
    ("tranylcypromine", MODERATE, MODERATE, MODERATE, HIGH),
    ("modafinil", MODERATE, MODERATE, MODERATE, HIGH),
    ("pseudoephedrine", MODERATE, MODERATE, MODERATE, HIGH),
    ("theophylline", HIGH, HIGH, MODERATE, InteractionLevel.EXCLUDED),
    ("lamotrigine", LOW, LOW, LOW, LOW),
    ("naltrexone", LOW, LOW, LOW, LOW),
    ("memantine", MODERATE, MODERATE, MODERATE, MODERATE),
    ("lithium", LOW, LOW, LOW, LOW),
    ("venlafaxine", LOW, LOW, LOW, LOW),
    ("clozapine", LOW, LOW, LOW, LOW),
)


@pytest.mark.parametrize(("medicine", "mouth", "injected", "nose", "home"), GRID_SITUATIONS[1:])
def test_the_grid_weighs_each_class_by_route(medicine, mouth, injected, nose, home):
    """Every class of the grid has its level by mouth, injected, sprayed, and at home."""
    for route in ("oral", "sl"):
        assert weighs(medicine, route).level == mouth
        assert weighs(medicine, route, "home").level == home
    assert {weighs(medicine, route).level for route in ("iv", "im", "sc")} == {injected}
    assert {weighs(medicine, route).level for route in ("in", "esketamine")} == {nose}


SEVERITY_SITUATIONS = (
    ("level", "what it means to a decision"),
    (InteractionLevel.EXCLUDED, Severity.ABSOLUTE),
    (HIGH, Severity.RELATIVE),
    (MODERATE, Severity.CAUTION),
    (LOW, Severity.CAUTION),
)


@pytest.mark.parametrize(("level", "severity"), SEVERITY_SITUATIONS[1:])
def test_a_level_becomes_the_severity_of_a_finding(level, severity):
    """High asks for a prescriber's reason; moderate and low are shown and acknowledged."""
    assert SEVERITY_OF[level] is severity


def test_a_medicine_without_a_row_meets_nothing():
    """A medicine that the grid does not name has no interaction known to it."""
    assert GRID.meeting("omeprazole", route="iv") == ()


EFFECT_SITUATIONS = (
    ("medicine", "route", "exposure [times]", "peak [times]"),
    ("ticlopidine", "nasal", 1.29, 1.0),
    ("clarithromycin", "oral", 2.6, 3.6),
    ("grapefruit", "oral", 3.0, 2.1),
    ("ticlopidine", "oral", 2.4, None),
    ("itraconazole", "oral", 1.0, None),
    ("st_johns_wort", "oral", 0.42, 0.34),
)


@pytest.mark.parametrize(("medicine", "column", "auc", "peak"), EFFECT_SITUATIONS[1:])
def test_pk_20_measured_effects_are_kept_with_the_row(medicine, column, auc, peak):
    """What a study measured stands beside the level, with its source."""
    effects = [e for row in GRID.rows.values() for e in row.effects]
    (found,) = [e for e in effects if (e.drug, e.column) == (medicine, column)]
    assert (found.auc, found.peak) == (auc, peak)
    assert found.sources


RULE_SITUATIONS = (
    ("medicine", "route", "place", "rule", "severity"),
    ("clarithromycin", "sl", "clinic", "eligibility.drug_strong_cyp3a4_inhibitor", Severity.RELATIVE),
    ("clarithromycin", "iv", "clinic", "eligibility.drug_strong_cyp3a4_inhibitor", Severity.CAUTION),
    ("rifampicin", "oral", "clinic", "eligibility.drug_enzyme_inducer", Severity.RELATIVE),
    ("carbamazepine", "oral", "clinic", "eligibility.drug_enzyme_inducer", Severity.CAUTION),
    ("oxycodone", "sl", "home", "eligibility.drug_sedative", Severity.RELATIVE),
    ("theophylline", "sl", "home", "eligibility.drug_xanthine", Severity.ABSOLUTE),
    ("theophylline", "in", "clinic", "eligibility.drug_xanthine", Severity.CAUTION),
)


@pytest.mark.parametrize(("medicine", "route", "place", "rule", "severity"), RULE_SITUATIONS[1:])
def test_the_rules_of_eligibility_read_the_same_grid(medicine, route, place, rule, severity):
    """What the grid says of a route and place is how heavily the rule about a course weighs there."""
    target = Target(route=Route(route), setting=Setting(place))
    found = finding(screened([drug(medicine)], target=target), rule)
    assert (found.verdict, found.severity) == (Verdict.NOT_MET, severity)
