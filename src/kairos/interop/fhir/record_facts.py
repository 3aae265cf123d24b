"""The facts that a record hands to the rules: what its entries say, and that its newest entry was made."""

from kairos.interop.fhir.reading import PatientRecord
from kairos.vocab.facts import Fact, FactKind, Origin, OriginKind
from kairos.vocab.instants import PartialDate


def facts_of(record: PatientRecord) -> tuple[Fact, ...]:
    """Return the facts of a record, and that its newest entry, of whatever type, was made."""
    if record.newest_entry is None:
        return record.facts
    newest = Fact(
        id=f"{record.reference}#newest-entry",
        kind=FactKind.ENCOUNTER,
        concept="record_entry",
        origin=Origin(OriginKind.RECORD, record.reference),
        true_from=PartialDate.of(record.newest_entry),
    )
    return (*record.facts, newest)
