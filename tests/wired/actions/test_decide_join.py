"""Two records of one person: a human compares and decides; nothing of either is lost."""

from dataclasses import replace

import pytest

from kairos.actions.decide_join import decide_join
from kairos.actions.import_record import (
    Identity,
    IncomingEntry,
    IncomingFile,
    IncomingOriginal,
    IncomingRecord,
    import_record,
)
from kairos.queries.joins import list_joins
from kairos.queries.originals import original_entry
from kairos.queries.people import list_people
from kairos.store.ids import new_id
from kairos.store.repositories import facts, people
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.facts import Origin, OriginKind
from kairos.vocab.instants import PartialDate
from kairos.vocab.stages import Stage
from tests.support.canaries import FAMILY, GIVEN
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.facts import condition
from tests.support.screened import NOW, keep

pytestmark = pytest.mark.django_db
WHO = Identity(FAMILY, GIVEN, born_on=PartialDate(1974, 2, 9), sex="female")


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def actor(clinic):
    return staff(clinic)


def bring(actor, clinic, number, resource, **entry):
    """Import a record of one condition, of somebody of this name with an identifier of their own."""
    content = b'{"resourceType":"Condition","id":"%s","note":"%d"}' % (resource.encode(), number)
    ref = f"Condition/{resource}"
    fact = replace(condition("migraine", id=f"{ref}#0"), origin=Origin(OriginKind.RECORD, ref))
    entries = (IncomingEntry("Condition", resource, "taken", 0, len(content), (fact,), **entry),)
    identity = replace(WHO, identifiers=({"system": "urn:x", "value": str(number)},))
    original = IncomingOriginal("a.json", "application/fhir+json", content, entries)
    record = IncomingRecord(f"Patient/{number}", identity, (original,))
    return import_record(
        command_id=new_id(),
        by=actor,
        now=NOW,
        programme_id=clinic.programme_id,
        files=(IncomingFile("a.json", content, {"patients": 1}),),
        records=(record,),
    ).person_ids[0]


def decide(actor, decision, **given):
    (pair,) = list_joins(by=actor)
    common = {"command_id": new_id(), "by": actor, "now": NOW} | given
    return decide_join(proposal_id=pair.id, decision=decision, **common)


def test_a_name_alone_joins_nobody_and_shows_both(clinic, actor):
    first, second = bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")
    assert first != second
    (pair,) = list_joins(by=actor)
    assert [side.person_id for side in pair.sides] == [second, first]
    assert [side.facts for side in pair.sides] == [1, 1]
    assert pair.because == ("same_name_and_birth_date",)


def test_kept_apart_nothing_changes_and_nobody_asks_again(clinic, actor):
    first, _second = bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")
    assert decide(actor, "apart") == first
    assert list_joins(by=actor) == ()
    assert list_people(by=actor).found == 2


def test_joined_everything_is_kept_of_the_one_who_was_here_before(clinic, actor):
    first, second = bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")
    keep(clinic, second, [condition("asthma", id="told/1", details={"refutes": "Condition/b#0"})])
    assert decide(actor, "join") == first
    with scoped(clinic.scope):
        held = {f.id for f in facts.facts_of(clinic.scope, first)}
        gone = people.find_person(clinic.scope, second)
        known_by = people.identities(clinic.scope, [first])[first].identifiers
    assert held == {"Condition/a#0", "Condition/b#0", "told/1"}
    assert [one["value"] for one in known_by] == ["1", "2"]
    assert (gone.identity, gone.enrolments[0].stage) == (None, Stage.JOINED)
    assert '"note": "2"' in original_entry(person_id=first, fact_id="Condition/b#0", by=actor).entries[0]
    assert list_people(by=actor).found == 1
    assert bring(actor, clinic, 2, "b") == first


def test_facts_of_one_name_in_both_records_are_both_kept(clinic, actor):
    first = bring(actor, clinic, 1, "a")
    bring(actor, clinic, 2, "a", source="two")
    decide(actor, "join")
    with scoped(clinic.scope):
        held = {f.id for f in facts.facts_of(clinic.scope, first)}
    assert held == {"Condition/a#0", "Condition/a#0~2"}


def test_what_was_superseded_stays_so(clinic, actor):
    first = bring(actor, clinic, 1, "a")
    second = bring(actor, clinic, 2, "b", source="two")
    content = b'{"resourceType":"Condition","id":"b","note":"newer"}'
    newer = IncomingEntry("Condition", "b", "taken", 0, len(content), (), source="two")
    record = IncomingRecord(
        "Patient/2",
        replace(WHO, identifiers=({"system": "urn:x", "value": "2"},)),
        (IncomingOriginal("b.json", "application/fhir+json", content, (newer,)),),
    )
    import_record(
        command_id=new_id(), by=actor, now=NOW, programme_id=clinic.programme_id, files=(), records=(record,)
    )
    with scoped(clinic.scope):
        assert facts.facts_of(clinic.scope, second) == ()
    decide(actor, "join")
    with scoped(clinic.scope):
        assert {f.id for f in facts.facts_of(clinic.scope, first)} == {"Condition/a#0"}


def test_whoever_is_past_screening_stays(clinic, actor):
    first, second = bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")
    move(clinic, second, Stage.ELIGIBLE)
    assert decide(actor, "join") == second
    assert first != second


def test_two_who_are_past_screening_are_not_joined(clinic, actor):
    for person_id in (bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")):
        move(clinic, person_id, Stage.IN_COURSE)
    with pytest.raises(NotAllowed, match="both are past screening"):
        decide(actor, "join")
    assert len(list_joins(by=actor)) == 1


def test_a_join_never_crosses_programmes(clinic, actor):
    other = make_clinic(clinic.organisation_id)
    both = replace(actor.scope, programme_ids=frozenset({clinic.programme_id, other.programme_id}))
    across = replace(actor, scope=both)
    bring(actor, clinic, 1, "a")
    bring(replace(across), other, 2, "b")
    with pytest.raises(NotAllowed, match="different programmes"):
        decide(across, "join")


def test_sent_twice_it_is_decided_once(clinic, actor):
    bring(actor, clinic, 1, "a"), bring(actor, clinic, 2, "b")
    (pair,) = list_joins(by=actor)
    given = {"command_id": new_id(), "by": actor, "now": NOW, "proposal_id": pair.id, "decision": "join"}
    assert decide_join(**given) == decide_join(**given)
    with pytest.raises(Missing):
        decide_join(**given | {"command_id": new_id()})


def move(clinic, person_id, stage):
    with scoped(clinic.scope):
        (enrolment,) = people.enrolments_of(clinic.scope, person_id)
        people.move_to_stage(clinic.scope, enrolment.id, stage)


def test_a_pair_of_which_one_was_erased_is_not_shown(clinic, actor):
    bring(actor, clinic, 1, "a")
    second = bring(actor, clinic, 2, "b")
    with scoped(clinic.scope):
        people.erase(clinic.scope, second, by=actor.id, now=NOW)
    assert list_joins(by=actor) == ()
    assert make_person(clinic)
