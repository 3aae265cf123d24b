"""What somebody says of a medicine becomes facts: still taken, stopped, added, corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.protocols.medicine_list import Medicine, MedicineState
from kairos.domain.rules.case import written_on
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactId, FactKind, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate

TOLD_BY = "told_by"


class Informant(StrEnum):
    """Who said so, where a member of the team wrote it down."""

    PERSON = "person"
    RELATIVE = "relative"
    PRESCRIBER = "prescriber"
    PHARMACY = "pharmacy"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class ToldMedicine:
    """A medicine as it was told: prescribed, bought or a supplement. What is empty was not known."""

    name: str
    informant: Informant
    dosage: str = ""
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Where a statement is kept, who wrote it down, and when."""

    ref: str
    by: str
    at: datetime


def facts_of_told(told: ToldMedicine, concepts: ConceptMap, *, said: Said) -> tuple[Fact, ...]:
    """Return what is stated: one fact for each drug that the name means; one not understood where none.

    Raises
    ------
    InvalidInput    no name, or a start that lies ahead
    """
    _check(told, said.at)
    named = concepts.ingredients_named(told.name)
    return tuple(
        _taken(told, concept, f"{said.ref}#{number}", said) for number, concept in enumerate(named or ("",))
    )


def fact_of_still_taken(medicine: Medicine, informant: Informant, *, said: Said) -> Fact:
    """Return somebody's word that a medicine is still taken as its newest entry says."""
    newest = medicine.newest
    return replace(
        newest,
        id=said.ref,
        kind=FactKind.MEDICATION,
        origin=Origin(OriginKind.PERSON, said.ref, said.by),
        presence=Presence.PRESENT,
        understanding=Understanding.EXACT,
        status="active",
        true_until=None,
        true_at=said.at,
        recorded_at=said.at,
        details={**newest.details, TOLD_BY: informant.value},
    )


def fact_of_stopped(medicine: Medicine, informant: Informant, *, said: Said) -> Fact:
    """Return somebody's word that a medicine is not taken.

    What was said before on the same day is taken back by name, and so is an entry nobody could read:
    by its day alone neither would give way.
    """
    refuted = [fact.id for fact in medicine.entries if not medicine.is_understood or _is_of(fact, said)]
    return _absent(medicine, informant, refuted, said)


def facts_of_correction(
    medicine: Medicine, told: ToldMedicine, concepts: ConceptMap, *, said: Said
) -> tuple[Fact, ...]:
    """Return what stands in the place of a line; where it is another drug, the old entries are taken back.

    A line that only named a class is not taken back: this is its name.

    Raises
    ------
    InvalidInput    no name, or a start that lies ahead
    """
    stated = facts_of_told(told, concepts, said=said)
    is_its_name = medicine.state is MedicineState.UNNAMED
    if is_its_name or medicine.key in {fact.concept for fact in stated}:
        return stated
    return (
        *stated,
        _absent(medicine, told.informant, medicine.facts, replace(said, ref=f"{said.ref}#not")),
    )


def _is_of(fact: Fact, said: Said) -> bool:
    written = written_on(fact)
    return fact.presence is not Presence.ABSENT and written is not None and written >= said.at.date()


def _check(told: ToldMedicine, now: datetime) -> None:
    if not told.name.strip():
        raise InvalidInput(Problem("name", "no medicine was named; write its name as the packet says it"))
    if told.since is not None and told.since.first > now.date():
        raise InvalidInput(Problem("since", f"{told.since} lies ahead; enter when it was begun"))


def _taken(told: ToldMedicine, concept: str, fact_id: FactId, said: Said) -> Fact:
    details: Iterable[tuple[str, str]] = (
        ("product", told.name.strip()),
        ("dosage_text", told.dosage.strip()),
        (TOLD_BY, told.informant.value),
    )
    return Fact(
        id=fact_id,
        kind=FactKind.MEDICATION,
        concept=concept,
        origin=Origin(OriginKind.PERSON, said.ref, said.by),
        understanding=Understanding.EXACT if concept else Understanding.NOT_UNDERSTOOD,
        code=Code("", "", told.name.strip()),
        status="active",
        true_from=told.since,
        true_at=said.at,
        recorded_at=said.at,
        details={name: words for name, words in details if words},
    )


def _absent(medicine: Medicine, informant: Informant, refuted: Sequence[FactId], said: Said) -> Fact:
    return Fact(
        id=said.ref,
        kind=FactKind.ANSWER,
        concept="" if medicine.state is MedicineState.UNREAD else medicine.key,
        origin=Origin(OriginKind.PERSON, said.ref, said.by),
        presence=Presence.ABSENT,
        true_from=PartialDate.of(said.at.date()),
        true_at=said.at,
        recorded_at=said.at,
        details={TOLD_BY: informant.value} | ({"refutes": " ".join(refuted)} if refuted else {}),
    )
