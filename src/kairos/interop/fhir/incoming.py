"""From what was read of files to what the action ``import_record`` keeps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from kairos.actions.import_record import (
    Identity,
    IncomingAnswers,
    IncomingEntry,
    IncomingFile,
    IncomingOriginal,
    IncomingQuestionnaire,
    IncomingRecord,
)
from kairos.interop.fhir.documents import unpacked
from kairos.interop.fhir.elements import instant, partial_date
from kairos.interop.fhir.patient import PatientIdentity
from kairos.interop.fhir.questionnaires.library import as_foreign
from kairos.interop.fhir.reading import PatientRecord, QuestionnairesAtHand, ReadEntry, ReadSet, read_contents
from kairos.queries.questionnaires import kept_questionnaires
from kairos.vocab.people import Actor

_FHIR_JSON = "application/fhir+json"
_FHIR_NDJSON = "application/fhir+ndjson"
_GZIP = "application/gzip"
_NOON = time(12, tzinfo=UTC)


def read_with_kept(contents: Sequence[tuple[str, bytes]], *, programme_id: UUID, by: Actor) -> ReadSet:
    """Read files; where a response needs it, with the Questionnaires that the programme kept from before."""
    read = read_contents(contents)
    if not read.report.lacks_questionnaires:
        return read
    kept = as_foreign(kept_questionnaires(programme_id=programme_id, by=by))
    return read_contents(contents, at_hand=QuestionnairesAtHand(kept=kept)) if kept else read


def incoming_files(read: ReadSet) -> tuple[IncomingFile, ...]:
    """Return the files of a set with their reports."""
    reports = {file.file: file for file in read.report.files}
    return tuple(IncomingFile(name, raw, reports[name].as_json()) for name, raw in read.originals)


def incoming_records(read: ReadSet) -> tuple[IncomingRecord, ...]:
    """Return the people of a set, each with the bytes that are about them."""
    contents = dict(read.originals)
    alone = {file.file for file in read.report.files if file.patients == 1}
    return tuple(_record(record, contents, alone) for record in read.patients)


def incoming_questionnaires(read: ReadSet) -> tuple[IncomingQuestionnaire, ...]:
    """Return the Questionnaires of a set, to be known from now on."""
    return tuple(
        IncomingQuestionnaire(held.file, held.foreign.url, held.body) for held in read.questionnaires
    )


def _record(record: PatientRecord, contents: dict[str, bytes], alone: set[str]) -> IncomingRecord:
    by_file: dict[str, list[ReadEntry]] = defaultdict(list)
    for entry in record.entries:
        by_file[entry.file].append(entry)
    originals: list[IncomingOriginal] = []
    for file, entries in by_file.items():
        raw = contents[file]
        whole = unpacked(file, raw)
        if file not in alone:
            originals.append(_own_part(file, entries))
            continue
        if whole != raw:
            originals.append(IncomingOriginal(file, _GZIP, raw))
        originals.append(IncomingOriginal(file, _FHIR_JSON, whole, _placed(whole, entries)))
    return IncomingRecord(record.reference, _identity(record.identity), tuple(originals))


def _own_part(file: str, entries: Sequence[ReadEntry]) -> IncomingOriginal:
    """Return one person's lines of a file about several: word for word, one to a line."""
    content = b"\n".join(entry.body for entry in entries)
    return IncomingOriginal(file, _FHIR_NDJSON, content, _placed(content, entries))


def _placed(content: bytes, entries: Sequence[ReadEntry]) -> tuple[IncomingEntry, ...]:
    placed = []
    position = 0
    for entry in entries:
        start = content.find(entry.body, position)
        start = start if start >= 0 else content.find(entry.body)
        position = start + len(entry.body)
        placed.append(_entry(entry, start))
    return tuple(placed)


def _entry(entry: ReadEntry, start: int) -> IncomingEntry:
    resource_type, _, resource_id = entry.reference.partition("/")
    return IncomingEntry(
        resource_type=resource_type,
        resource_id=resource_id,
        status=entry.outcome,
        start=start,
        length=len(entry.body),
        facts=entry.facts,
        source=entry.source,
        version=entry.version,
        answers=tuple(_answers(entry)),
    )


def _answers(entry: ReadEntry) -> Iterator[IncomingAnswers]:
    """Yield the answers of a response that says on which day they were given; a bare day counts at noon."""
    at = instant(entry.answered_on)
    day = partial_date(entry.answered_on)
    if at is None and day is not None and day.first == day.last:
        at = datetime.combine(day.first, _NOON)
    for one in entry.answered if at is not None else ():
        if one.answers and at is not None:
            yield IncomingAnswers(
                instrument=one.instrument.id,
                version=one.instrument.version,
                language=one.instrument.language,
                answers=one.answers,
                answered_at=at,
                score=one.score,
            )


def _identity(identity: PatientIdentity) -> Identity:
    return Identity(
        family_name=identity.family,
        given_names=" ".join(identity.given),
        born_on=identity.birth_date,
        sex=identity.sex,
        contacts=tuple({"kind": kind, "value": value} for kind, value in identity.contacts),
        identifiers=tuple({"system": system, "value": value} for system, value in identity.identifiers),
    )
