"""Take in the records of people: originals, entries, facts; who they are; proposals to join two of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.imported_answers import AnswersOf, IncomingAnswers, keep_imported_answers
from kairos.domain.evidence.resource_versions import UNVERSIONED, ResourceVersion
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import facts, known_questionnaires, originals, people
from kairos.store.repositories.known_questionnaires import KnownQuestionnaire
from kairos.store.repositories.people import Identity
from kairos.store.vault import keyed_digest
from kairos.vocab.facts import Fact
from kairos.vocab.people import Actor, Permission, Scope

__all__ = [
    "Identity",
    "Imported",
    "ImportedFile",
    "IncomingAnswers",
    "IncomingEntry",
    "IncomingFile",
    "IncomingOriginal",
    "IncomingQuestionnaire",
    "IncomingRecord",
    "import_record",
]
FIRST_STAGE = "screening"
IMPORTED = "imported"
UNCHANGED = "unchanged"
_SAME_IDENTIFIER = "same_identifier"


@dataclass(frozen=True, slots=True)
class IncomingEntry:
    """One resource: its place in the original's bytes, what became of it, the facts and answers it states.

    ``source`` names it so that each version of it has the same name; empty where it has no identity, and
    then nothing ever supersedes it.
    """

    resource_type: str
    resource_id: str
    status: str
    start: int
    length: int
    facts: tuple[Fact, ...] = ()
    source: str = ""
    version: ResourceVersion = UNVERSIONED
    answers: tuple[IncomingAnswers, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingQuestionnaire:
    """Somebody else's Questionnaire out of a file, word for word; it is about nobody."""

    file: str
    url: str
    content: bytes


@dataclass(frozen=True, slots=True)
class IncomingOriginal:
    """The bytes of one file that are about one person; ``entries`` point into them."""

    file: str
    media_type: str
    content: bytes
    entries: tuple[IncomingEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingRecord:
    """One person's record out of one set of files. ``reference`` is the Patient's (``Patient/abc``)."""

    reference: str
    identity: Identity
    originals: tuple[IncomingOriginal, ...]


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file of the set as it came, and the report on it."""

    name: str
    content: bytes
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What the import of a file changed: ``imported``, or ``unchanged`` where everything was here already.

    ``run_id`` names the kept report. Names of files are not kept in it: they often name a person.
    """

    position: int
    status: str
    run_id: UUID


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the status of each file by its position, the people it touched, what it started."""

    files: tuple[ImportedFile, ...]
    person_ids: tuple[UUID, ...]
    new_people: int
    join_proposals: int
    safety_tasks: int = 0


@command("import_record", Permission.IMPORT_RECORD)
def import_record(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    programme_id: UUID,
    files: tuple[IncomingFile, ...],
    records: tuple[IncomingRecord, ...],
    questionnaires: tuple[IncomingQuestionnaire, ...] = (),
) -> tuple[Imported, AuditNote]:
    """Keep a set of files: all of it in one transaction, or nothing.

    What is here already changes nothing: entries are known by their bytes. A person is known again by
    an identifier and the birth date, or by the logical id where nothing disagrees; a name never joins
    anybody, it makes a proposal for a human. A newer version of an entry supersedes the older one: both
    originals stay, and only the facts of the newest count. What a newer file leaves out stays as it was.
    Answers of a questionnaire that are still acute start what they would start here.

    Parameters
    ----------
    programme_id : the programme the people are enrolled in
    files : every file of the set, with the report given to whoever imports
    records : the people in them
    questionnaires : those of others in them, kept so that later responses can be read

    Raises
    ------
    NotAllowed    the programme is outside the scope
    """
    keeper = _Keeper(by.scope, programme_id, by.id, now)
    for questionnaire in questionnaires:
        keeper.keep_questionnaire(questionnaire)
    person_ids = tuple(keeper.keep(record) for record in records)
    statuses = tuple(_keep_run(by, keeper, position, file) for position, file in enumerate(files))
    result = Imported(statuses, person_ids, keeper.new_people, keeper.proposals, keeper.safety_tasks)
    details: dict[str, Any] = {
        "people": len(person_ids),
        "new": keeper.new_people,
        "join_proposals": keeper.proposals,
        "entries": keeper.new_entries,
        "tasks": keeper.safety_tasks,
    }
    return result, AuditNote(f"import:{command_id}", programme_id=programme_id, details=details)


def _keep_run(by: Actor, keeper: "_Keeper", position: int, file: IncomingFile) -> ImportedFile:
    digest = keyed_digest(file.content)
    known = bool(originals.runs_of(by.scope, digest))
    has_people = bool(file.report.get("patients"))
    is_changed = file.name in keeper.changed_files
    status = UNCHANGED if not is_changed and (known or has_people) else IMPORTED
    people_here = [str(person_id) for person_id in keeper.people_of[file.name]]
    report = {**file.report, "file": "", "status": status, "people": people_here}
    run = originals.ImportRun(new_id(), keeper.programme_id, digest, status, report, by.id)
    originals.add_run(by.scope, run)
    return ImportedFile(position, status, run.id)


@dataclass(slots=True)
class _Keeper:
    """Keeps records one after the other, and counts."""

    scope: Scope
    programme_id: UUID
    by: UUID
    now: datetime
    new_people: int = 0
    new_entries: int = 0
    proposals: int = 0
    safety_tasks: int = 0
    changed_files: frozenset[str] = frozenset()
    people_of: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def keep_questionnaire(self, incoming: IncomingQuestionnaire) -> None:
        """Keep a Questionnaire once."""
        digest = keyed_digest(incoming.content)
        known = KnownQuestionnaire(
            new_id(), self.programme_id, digest, incoming.url, incoming.content, self.by
        )
        if known_questionnaires.keep_questionnaire(self.scope, known):
            self.changed_files |= {incoming.file}

    def keep(self, record: IncomingRecord) -> UUID:
        """Keep one record and return whose it is."""
        person_id = self._known(record)
        if person_id is None:
            person_id = self._add_person(record)
        else:
            self._add_identifiers(person_id, record.identity)
        for original in record.originals:
            self._keep_original(person_id, original)
        for file in {original.file for original in record.originals}:
            self.people_of[file].append(person_id)
        return person_id

    def _known(self, record: IncomingRecord) -> UUID | None:
        matches = people.possible_matches(self.scope, record.identity, without=UUID(int=0))
        held = people.identities(self.scope, matches)
        for person_id, reasons in matches.items():
            if _SAME_IDENTIFIER in reasons and held[person_id].born_on == record.identity.born_on:
                return person_id
        resource_type, _, resource_id = record.reference.partition("/")
        same_id = originals.person_of_resource(self.scope, resource_type, resource_id)
        found = people.identities(self.scope, [same_id]) if same_id else {}
        agrees = same_id in found and not _disagree(found[same_id], record.identity)
        return same_id if agrees else None

    def _add_person(self, record: IncomingRecord) -> UUID:
        person_id = new_id()
        enrolment = people.Enrolment(new_id(), person_id, self.programme_id, FIRST_STAGE)
        people.add_person(self.scope, enrolment, record.identity)
        self.new_people += 1
        matches = people.possible_matches(self.scope, record.identity, without=person_id)
        for other_id, reasons in matches.items():
            proposal = originals.JoinProposal(new_id(), self.programme_id, person_id, other_id, reasons)
            originals.propose_join(self.scope, proposal)
            self.proposals += 1
        return person_id

    def _add_identifiers(self, person_id: UUID, identity: Identity) -> None:
        held = people.identities(self.scope, [person_id])[person_id]
        more = tuple(one for one in identity.identifiers if one not in held.identifiers)
        if more:
            widened = replace(held, identifiers=(*held.identifiers, *more))
            people.change_identity(self.scope, person_id, widened)

    def _keep_original(self, person_id: UUID, incoming: IncomingOriginal) -> None:
        known = originals.known_digests(self.scope, person_id)
        digests = {at: keyed_digest(_bytes_of(incoming, at)) for at in range(len(incoming.entries))}
        fresh = {at: digest for at, digest in digests.items() if digest not in known}
        if incoming.entries and not fresh:
            return
        original = originals.Original(
            new_id(), self.programme_id, person_id, incoming.media_type, incoming.file, incoming.content
        )
        original_id = originals.keep_original(self.scope, original)
        rows = {position: _row(incoming.entries[position], digest) for position, digest in fresh.items()}
        keys = [row.source_key for row in rows.values() if row.source_key]
        newest = originals.newest_entries(self.scope, person_id, keys)
        self.new_entries += originals.add_entries(self.scope, original, original_id, rows.values())
        for at, row in rows.items():
            of = AnswersOf(self.programme_id, person_id, self.by, self.now, row.id)
            self.safety_tasks += keep_imported_answers(self.scope, of, incoming.entries[at].answers)
        self._keep_facts(person_id, [(incoming.entries[at], row.id) for at, row in rows.items()])
        originals.supersede(self.scope, original, _superseded(newest, rows.values()))
        if fresh:
            self.changed_files |= {incoming.file}

    def _keep_facts(self, person_id: UUID, entries: list[tuple[IncomingEntry, UUID]]) -> None:
        stated = [(fact, entry_id) for entry, entry_id in entries for fact in entry.facts]
        version, waiting = 1, stated
        while waiting:
            numbered = [(_versioned(fact, version), entry_id) for fact, entry_id in waiting]
            ids = [fact.id for fact, _ in numbered]
            held = facts.held_ids(self.scope, self.programme_id, person_id, ids)
            fresh = [pair for pair in numbered if pair[0].id not in held]
            facts.add_facts_of_entries(self.scope, self.programme_id, person_id, fresh)
            waiting = [pair for pair, done in zip(waiting, ids, strict=True) if done in held]
            version += 1


def _superseded(
    newest: dict[bytes, originals.Entry], entries: Iterable[originals.Entry]
) -> Iterator[tuple[UUID, UUID]]:
    """Let one version of each resource count: the newest by its own word, else the one that came last."""
    for entry in entries:
        key = entry.source_key
        held = newest.get(key) if key else None
        if key and held and _version(entry).is_older_than(_version(held)):
            yield entry.id, held.id
        elif key:
            if held:
                yield held.id, entry.id
            newest[key] = entry


def _version(entry: originals.Entry) -> ResourceVersion:
    return ResourceVersion(entry.version_number, entry.version_at)


def _bytes_of(incoming: IncomingOriginal, position: int) -> bytes:
    entry = incoming.entries[position]
    return incoming.content[entry.start : entry.start + entry.length]


def _row(entry: IncomingEntry, digest: bytes) -> originals.Entry:
    return originals.Entry(
        id=new_id(),
        resource_type=entry.resource_type,
        resource_id=entry.resource_id,
        status=entry.status,
        start=entry.start,
        length=entry.length,
        content_digest=digest,
        source_key=keyed_digest(entry.source.encode()) if entry.source else None,
        version_number=entry.version.number,
        version_at=entry.version.changed_at,
    )


def _versioned(fact: Fact, version: int) -> Fact:
    """Give the facts of a changed entry ids of their own: what was read before stays as it was."""
    return fact if version == 1 else replace(fact, id=f"{fact.id}~{version}")


def _disagree(held: Identity, given: Identity) -> bool:
    if held.born_on != given.born_on or held.family_name.lower() != given.family_name.lower():
        return True
    known = {one["system"]: one["value"] for one in held.identifiers}
    return any(known.get(one["system"], one["value"]) != one["value"] for one in given.identifiers)
