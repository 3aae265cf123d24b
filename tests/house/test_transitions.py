"""Transition tables answer for every state and act, and every state can be reached and left as it should."""

import enum
import importlib
import pkgutil

import pytest

import kairos.domain
from kairos.domain.protocols.orders import ORDER_TRANSITIONS, OrderAct, OrderStatus
from kairos.domain.sessions import phases

TABLES = {
    "dosing session": (phases.TRANSITIONS, tuple(phases.Phase), phases.ACTS, phases.Phase.UNOPENED),
    "dose order": (ORDER_TRANSITIONS, tuple(OrderStatus), tuple(OrderAct), OrderStatus.PLACED),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_answers_every_act(name):
    table, states, acts, _ = TABLES[name]
    assert set(table) == {(state, act) for state in states for act in acts}


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached(name):
    table, states, _, start = TABLES[name]
    reached, before = {start}, set()
    while reached != before:
        before = set(reached)
        reached |= {to for (state, _), to in table.items() if state in before and to is not None}
    assert reached == set(states)


def test_final_phases_are_final():
    left = {
        (s, act, to)
        for (s, act), to in phases.TRANSITIONS.items()
        if s in phases.FINAL and to not in (None, s)
    }
    assert left == set()


def test_no_dose_without_a_go():
    """The infusion starts from one phase only, and that phase is entered by a go alone."""
    assert [s for s in phases.Phase if phases.TRANSITIONS[s, "infusion_started"]] == [phases.Phase.READY]
    entering = {
        act for (s, act), to in phases.TRANSITIONS.items() if to is phases.Phase.READY and s is not to
    }
    assert entering == {"go_decided_go"}


def test_nobody_is_released_while_the_infusion_runs():
    assert phases.TRANSITIONS[phases.Phase.INFUSING, "released"] is None
    assert phases.TRANSITIONS[phases.Phase.PAUSED, "released"] is None


def test_no_other_transition_table_escaped_this_list():
    """A dictionary in the domain whose keys are pairs led by an enum's member is such a table."""
    known = {id(table) for table, *_ in TABLES.values()}
    found = []
    for info in pkgutil.walk_packages(kairos.domain.__path__, "kairos.domain."):
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            if name.startswith("_") or not isinstance(value, dict) or id(value) in known or not value:
                continue
            key = next(iter(value))
            if isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, enum.Enum) for part in key):
                found.append(f"{info.name}.{name}")
    assert found == []
