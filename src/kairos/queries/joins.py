"""Pairs of records that may be one person's, side by side."""

from dataclasses import dataclass
from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories import facts, originals, people
from kairos.store.repositories.people import Identity
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class JoinSide:
    """One of the two: who they are, and how much is known."""

    person_id: UUID
    identity: Identity
    facts: int


@dataclass(frozen=True, slots=True)
class JoinPair:
    """Two people who may be one, the newer first, and why."""

    id: UUID
    sides: tuple[JoinSide, ...]
    because: tuple[str, ...]


@reading(Permission.JOIN_RECORDS)
def list_joins(*, by: Actor) -> tuple[JoinPair, ...]:
    """Return what nobody has decided yet; pairs of which one was erased since are left out."""
    proposals = originals.open_joins(by.scope)
    ids = {one for proposal in proposals for one in (proposal.person_id, proposal.other_id)}
    known, counts = people.identities(by.scope, ids), facts.count_facts(by.scope, ids)
    return tuple(
        JoinPair(
            proposal.id,
            tuple(
                JoinSide(one, known[one], counts.get(one, 0))
                for one in (proposal.person_id, proposal.other_id)
            ),
            proposal.because,
        )
        for proposal in proposals
        if {proposal.person_id, proposal.other_id} <= set(known)
    )
