"""Walked at random through the actions: a dose begins where nothing is missing, and nowhere else."""

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kairos.actions.answer_check import answer_check
from kairos.actions.bind_order import bind_order
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_vitals import record_vitals
from kairos.actions.start_infusion import start_infusion
from kairos.domain.sessions.events import DissociationScale, InfusionStarted
from kairos.domain.sessions.state import replay
from kairos.store.ids import new_id
from kairos.store.repositories import organisations, people, session_entries
from kairos.store.scope import scoped
from kairos.vocab.errors import KairosError
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Role
from tests.support import canaries, running_session
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.dosing_sessions import CHECK_ANSWERS, LAST_TAKEN, LOOKED_UP

pytestmark = pytest.mark.django_db

BEFORE = ("consent", "decision", "order", "second_check", "opened_day")
AT_THE_CHAIR = ("identity", "one_answer", "reading", "bound_order", "go")
NOTHING: frozenset[str] = frozenset()


def make(missing: frozenset[str], start: datetime = running_session.MORNING) -> running_session.Floor:
    """Return a clinic in which everything stands that a session needs, but for what is missing."""
    clinic, places = make_clinic(), (new_id(), new_id())
    nurse, prescriber = staff(clinic, Role.NURSE), staff(clinic, Role.CLINICIAN)
    born = PartialDate.parse(running_session.BORN)
    person_id = make_person(clinic, people.Identity(canaries.FAMILY, canaries.GIVEN, born_on=born))
    order_id = new_id()
    with scoped(clinic.scope):
        for place_id, name in zip(places, ("Chair 1", "Chair 2"), strict=True):
            place = organisations.Place(place_id, clinic.programme_id, clinic.site_id, name)
            organisations.add_place(clinic.scope, place)
        planned = running_session.plan_session(clinic, person_id, start, places[0])
        running_session.confirm_medicines(clinic, person_id, prescriber.id, start)
        if "consent" not in missing:
            running_session.give_consent(clinic, person_id, start)
        if "decision" not in missing:
            running_session.sign_eligible(clinic, person_id, prescriber.id, start)
        if "order" not in missing and "second_check" in missing:
            order_id = running_session.place_order(clinic, planned, prescriber.id, start)
        elif "order" not in missing:
            signed = (prescriber.id, nurse.id, start)
            order_id = running_session.place_verified_order(clinic, planned, *signed)
        if "opened_day" not in missing:
            running_session.open_day(clinic, start, prescriber.id)
    ids = (person_id, planned.id, order_id, start)
    return running_session.Floor(clinic, places, nurse, prescriber, *ids)


def sit_down(floor: running_session.Floor, missing: frozenset[str], left_out: str) -> list:
    """Try every step up to the first drop, whatever is refused on the way; return the entries."""
    try:
        session_id = running_session.opened(floor, -20)
    except KairosError:
        return []
    scale = DissociationScale.NOUGHT_TO_TEN
    steps = [
        (
            "identity",
            confirm_identity,
            {"said": {"name": running_session.NAME, "born_on": running_session.BORN}},
        )
    ]
    for item, answer in CHECK_ANSWERS.items():
        if item not in LOOKED_UP:
            steps.append((f"answer {item}", answer_check, {"item": item, "answer": answer}))
    for item, ago in LAST_TAKEN.items():
        steps.append((f"answer {item}", answer_check, {"item": item, "answered_at": floor.at(ago)}))
    steps += [
        ("wakefulness", rate_sedation, {"score": 5}),
        ("detachment", rate_dissociation, {"scale": scale, "score": 1}),
        ("reading", record_vitals, {"values": running_session.WELL}),
        ("bound_order", bind_order, {"order_id": floor.order_id}),
        ("go", decide_go, {}),
        ("start", start_infusion, {}),
    ]
    skipped = missing | ({f"answer {left_out}"} if "one_answer" in missing else set())
    for minute, (name, action, given_to) in enumerate(steps, start=-len(steps) - 1):
        if name not in skipped:
            try:
                floor.do(action, minute / 4, session_id=session_id, **given_to)
            except KairosError:
                continue
    with scoped(floor.clinic.scope):
        return list(session_entries.entries_of(floor.clinic.scope, session_id))


@settings(max_examples=6, deadline=None, derandomize=True)
@given(
    missing=st.frozensets(st.sampled_from((*BEFORE, *AT_THE_CHAIR)), max_size=3),
    left_out=st.sampled_from(sorted(set(CHECK_ANSWERS) - LOOKED_UP - {"consent_current"})),
)
@example(missing=NOTHING, left_out="alcohol")
@example(missing=frozenset({"opened_day"}), left_out="alcohol")
@example(missing=frozenset({"second_check"}), left_out="alcohol")
@example(missing=frozenset({"consent"}), left_out="alcohol")
@example(missing=frozenset({"one_answer"}), left_out="alcohol")
def test_a_dose_begins_where_nothing_is_missing_and_nowhere_else(missing, left_out):
    """Gate, consent, decision, verified order, opened day; and who is dosed is watched by somebody named."""
    entries = sit_down(make(missing), missing, left_out)
    has_begun = any(isinstance(entry.event, InfusionStarted) for entry in entries)
    assert has_begun == (not missing), f"missing {sorted(missing)}"
    if has_begun:
        assert replay(entries).watched_by is not None
