"""The grid of medicines: what its loader refuses, and what it makes of a small one."""

import pytest

from kairos.content.load_interactions import load_interactions
from kairos.content.loader import ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release
from kairos.domain.rules.interactions import Column, InteractionLevel, PlanAction
from kairos.domain.rules.medicine_grades import grades_of
from tests.unit.content.test_load_kinds import rule_faults

ROW = """lithium:
  drugs: [lithium]
  level: {oral: low, nasal: high}
  home: high
  adds: {nasal: [sedation]}
  effects:
    - {drug: lithium, route: nasal, auc: 2, source: cite:kairos-default, certainty: default}
  plan: {oral: {action: continue}, nasal: {action: hold, from: medicines.caffeine_free}}
  source: cite:kairos-default
  basis: default
  certainty: default
"""
SHIPPED = {f.path: f for f in read_source().files if f.path.startswith("interactions/")}


def loaded(row=ROW, **files):
    """Return the grid of one row, the other files as shipped, and what is wrong with it."""
    named = {f"interactions/{name}.yaml": text for name, text in {"grid": row, **files}.items()}
    kept = {path: file for path, file in SHIPPED.items() if path not in named}
    given = [*kept.values(), *(ContentFile(path, text.encode()) for path, text in named.items())]
    lint, shipped = Lint(citations=frozenset(load_release().citations)), load_release()
    parts = {"concepts": shipped.concepts, "parameters": shipped.parameters, "texts": shipped.texts}
    return load_interactions(ContentSource(tuple(given)), lint, **parts), [str(f) for f in lint.faults]


def test_a_row_in_order_is_read():
    grid, faults = loaded()
    assert faults == []
    (row,) = grid.rows.values()
    assert row.levels == {Column.ORAL: InteractionLevel.LOW, Column.NASAL: InteractionLevel.HIGH}
    assert row.proposals[Column.NASAL].action is PlanAction.HOLD
    assert row.effects[0].peak is None
    assert grid.met("lithium", route="iv") is None
    assert grid.meeting("lithium", route="sl", is_home=True)[0].level is InteractionLevel.HIGH


def test_a_rule_names_only_the_routes_of_its_rows():
    grid, _ = loaded()
    reached = {route for grade in grades_of(grid, ["lithium"], asked_as="x") for route in grade.reach.routes}
    assert "iv" not in reached


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("drugs: [lithium]", "drugs: [lithum]", "drugs names the drug 'lithum'"),
        ("drugs: [lithium]", "classes: [rare]", "classes names the drug class 'rare'"),
        ("drugs: [lithium]", "leaves_out: [lithium]", "names no drug"),
        ("level: {oral: low,", "level: {rectal: low,", "unexpected key 'rectal'"),
        ("[sedation]", "[sleep]", "'sleep' is no flag"),
        ("drug: lithium", "drug: lithum", "the drug 'lithum' is not in concepts/drugs/"),
        ("oral: {action: continue}, ", "", "plan says nothing of oral"),
        ("action: continue", "action: stop", "action is 'stop'"),
        ("from: medicines.caffeine_free", "from: medicines.nothing", "from names 'medicines.nothing'"),
        ("{action: continue}", "{action: continue, holds: always}", "holds can only be dosing_day_only"),
        (
            "{action: continue}",
            "{action: continue, never_held_with: [gout]}",
            "names 'gout', which is no concept",
        ),
        ("lithium:\n", "sodium:\n", "the text interaction.sodium.name is missing"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_refused(old, new, fault):
    _, (found,) = loaded(ROW.replace(old, new, 1))
    assert fault in found


def test_advice_is_wanted_for_each_column():
    _, (found,) = loaded(ROW.replace("lithium:\n", "nasal_steroid:\n", 1))
    assert "the text interaction.nasal_steroid.advice.oral is missing" in found


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"routes": "rectal: {routes: [pr]}"}, "'rectal' is no column"),
        ({"others": "rare: {unplanned: ask, source: cite:kairos-default}"}, "'rare' is no case"),
        ({"others": "high: {unplanned: ask, source: cite:kairos-default}"}, "unlisted, not_understood"),
    ],
)
def test_the_files_beside_the_grid_are_checked(files, fault):
    _, faults = loaded(**files)
    assert any(fault in found for found in faults)


def test_a_rule_that_names_no_row_is_refused():
    text = (
        "eligibility.drug_maoi: {ref: X, interactions: [nothing], asked_as: taking_maoi, "
        "source: cite:kairos-default, in_force: 2026-01-01}"
    )
    (found,) = rule_faults(text)
    assert "interactions names 'nothing', which is no row of the grid" in found
