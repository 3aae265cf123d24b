"""Reading FHIR R4 files: bytes -> resources -> facts and a report. Pure of the database and of Django.

``read_files(paths) -> ReadSet``: several files of one set are read together, references resolve across
them, several people may be in one set. ``ReadSet.patients`` holds one ``PatientRecord`` for each person
(``reference``, ``facts``, ``newest_entry``, ``identity``, ``entries``); ``ReadSet.report`` counts each
resource once.
If any file is refused, ``patients`` is empty and ``check()`` raises ``InvalidInput`` with every message.

``PatientRecord.newest_entry`` is the newest day of anything clinical that happened: conditions (onset, end,
recording), medicines, allergies, procedures, encounters, observations, immunisations, reports, images,
documents, plans (their start), and death. Claims, benefits, coverage, provenance, planned or cancelled
encounters and what was entered in error do not count.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from kairos.content.release import load_release
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.resource_versions import UNVERSIONED, ResourceVersion
from kairos.interop.fhir.allergy import understand_allergy
from kairos.interop.fhir.condition import understand_condition
from kairos.interop.fhir.documents import Entry, entries_given, entries_of, refused
from kairos.interop.fhir.elements import Json, child, children, text, version_of
from kairos.interop.fhir.encounter import understand_encounter
from kairos.interop.fhir.medication import understand_medication
from kairos.interop.fhir.observation import understand_observation
from kairos.interop.fhir.pairs import paired
from kairos.interop.fhir.patient import PatientIdentity, identity_of, understand_patient
from kairos.interop.fhir.people import people_of
from kairos.interop.fhir.procedure import understand_procedure
from kairos.interop.fhir.questionnaire_response import understand_response
from kairos.interop.fhir.questionnaires.foreign import ForeignQuestionnaire
from kairos.interop.fhir.questionnaires.library import QuestionnaireLibrary, questionnaires_in
from kairos.interop.fhir.questionnaires.response import ReadInstrument
from kairos.interop.fhir.references import ReferenceIndex
from kairos.interop.fhir.report import REFUSED, FileReport, ImportReport, refused_report
from kairos.interop.fhir.understanding import Outcome, Reader, Understood, UnknownCode, day_of, span
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, Understanding

Mapper = Callable[[Json, str, Reader], Understood]
_MAPPERS: dict[str, Mapper] = {
    "Patient": understand_patient,
    "Condition": understand_condition,
    "MedicationRequest": understand_medication,
    "MedicationStatement": understand_medication,
    "MedicationAdministration": understand_medication,
    "MedicationDispense": understand_medication,
    "AllergyIntolerance": understand_allergy,
    "Procedure": understand_procedure,
    "Encounter": understand_encounter,
    "Observation": understand_observation,
    "QuestionnaireResponse": understand_response,
}
_DATES_OF_UNREAD = {
    "Immunization": ("occurrenceDateTime",),
    "DiagnosticReport": ("effectiveDateTime", "effectivePeriod", "issued"),
    "ImagingStudy": ("started",),
    "DocumentReference": ("date",),
    "ClinicalImpression": ("effectiveDateTime", "date"),
    "ServiceRequest": ("authoredOn",),
    "CarePlan": ("period",),
}
_OF_QUESTIONNAIRES = {"Questionnaire", "ValueSet", "CodeSystem"}
_OF_ANSWERS = _OF_QUESTIONNAIRES | {"Patient", "QuestionnaireResponse"}
_PERSON_KEYS = ("subject", "patient", "beneficiary", "individual", "for")


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One resource of a person's record: the original bytes and what was understood of them."""

    reference: str
    type: str
    file: str
    place: str
    outcome: Outcome
    body: bytes
    facts: tuple[Fact, ...] = ()
    source: str = ""
    version: ResourceVersion = UNVERSIONED
    answered: tuple[ReadInstrument, ...] = ()
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class ReadQuestionnaire:
    """A Questionnaire of the files: where it stood, its bytes, what it asks."""

    file: str
    body: bytes
    foreign: ForeignQuestionnaire


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """Everything a set of files says of one person. ``facts`` are those of the newest versions alone;
    ``entries`` hold the older versions too.
    """

    reference: str
    identity: PatientIdentity
    facts: tuple[Fact, ...]
    newest_entry: date | None
    entries: tuple[ReadEntry, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadSet:
    """The people of a set of files, the report, the files as they came, the Questionnaires in them."""

    patients: tuple[PatientRecord, ...]
    report: ImportReport
    originals: tuple[tuple[str, bytes], ...] = ()
    questionnaires: tuple[ReadQuestionnaire, ...] = ()

    def check(self) -> None:
        """Refuse a set that cannot be imported.

        Raises
        ------
        InvalidInput    one problem for each refused file
        """
        problems = [Problem(file.file, file.message) for file in self.report.files if file.status == REFUSED]
        if problems:
            raise InvalidInput(*problems)

    def left_out(self) -> tuple[str, ...]:
        """Return what of files that were read belongs to none of their people, one line a file."""
        return tuple(f"{file.file}: {file.message}" for file in self.report.files if file.message)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An entry of a person: what it says, which resource of which source it is a version of."""

    entry: Entry
    understood: Understood
    source: str
    version: ResourceVersion


@dataclass(slots=True)
class _Person:
    entry: Entry
    kept: list[_Kept] = field(default_factory=list)


Progress = Callable[[str], None]
Original = tuple[str, bytes]
ForeignByEntry = dict[Entry, ForeignQuestionnaire | InvalidInput]


@dataclass(frozen=True, slots=True)
class QuestionnairesAtHand:
    """Files of the set that hold the Questionnaires of its responses, and those kept from earlier imports."""

    given: frozenset[str] = frozenset()
    kept: tuple[ForeignQuestionnaire, ...] = ()


NONE_AT_HAND = QuestionnairesAtHand()


def read_files(
    paths: Sequence[Path | str],
    *,
    concepts: ConceptMap | None = None,
    at_hand: QuestionnairesAtHand = NONE_AT_HAND,
    progress: Progress = lambda line: None,
) -> ReadSet:
    """Read one set of files.

    Parameters
    ----------
    paths : files, plain or gzipped, in any order
    concepts : the clinical concepts; those that ship with the program where left out
    at_hand : Questionnaires that say what responses answer, beside those in the files
    progress : called with one line for each step, for people who wait

    Returns
    -------
    ReadSet    never half of a set: with one file refused there are no patients
    """
    named = [_content(Path(name)) for name in dict.fromkeys(str(path) for path in paths)]
    return read_contents(named, concepts=concepts, at_hand=at_hand, progress=progress)


def read_contents(
    contents: Iterable[tuple[str, bytes | InvalidInput]],
    *,
    concepts: ConceptMap | None = None,
    at_hand: QuestionnairesAtHand = NONE_AT_HAND,
    progress: Progress = lambda line: None,
) -> ReadSet:
    """Read files that are already in memory: pairs of name and bytes, or the reason why there are none."""
    report = ImportReport()
    entries: list[Entry] = []
    originals: list[Original] = []
    for name, raw in contents:
        progress(f"reading {name}")
        try:
            if isinstance(raw, InvalidInput):
                raise raw
            found = entries_of(name, raw)
        except InvalidInput as error:
            report.files.append(refused_report(name, "; ".join(p.message for p in error.problems)))
            continue
        report.files.append(FileReport(name))
        entries.extend(found)
        originals.append((name, raw))
    return _read(entries, tuple(originals), report, concepts, at_hand, progress)


def read_resources(
    name: str, given: Iterable[tuple[str, Json]], *, concepts: ConceptMap | None = None
) -> ReadSet:
    """Read resources that were parsed already, each with its address or an empty one, as one set.

    Raises
    ------
    InvalidInput    one of them is not FHIR R4
    """
    report = ImportReport(files=[FileReport(name)])
    return _read(entries_given(name, given), (), report, concepts, NONE_AT_HAND, lambda line: None)


def _read(
    entries: list[Entry],
    originals: tuple[Original, ...],
    report: ImportReport,
    concepts: ConceptMap | None,
    at_hand: QuestionnairesAtHand,
    progress: Progress,
) -> ReadSet:
    questionnaires = questionnaires_in(entries)
    reader = Reader(concepts or load_release().concepts, questionnaires=_library(questionnaires, at_hand))
    patients = _understand_all(entries, report, reader, questionnaires, progress)
    if report.is_refused:
        report.refuse_rest()
        return ReadSet((), report)
    usable = (
        (entry, foreign)
        for entry, foreign in questionnaires.items()
        if isinstance(foreign, ForeignQuestionnaire)
    )
    held = tuple(ReadQuestionnaire(entry.file, entry.data, foreign) for entry, foreign in usable)
    return ReadSet(patients, report, originals, held)


def _library(questionnaires: ForeignByEntry, at_hand: QuestionnairesAtHand) -> QuestionnaireLibrary:
    usable = [
        (entry.file, foreign)
        for entry, foreign in questionnaires.items()
        if isinstance(foreign, ForeignQuestionnaire)
    ]
    return QuestionnaireLibrary(
        instruments=tuple(load_release().instruments.values()),
        given=tuple(foreign for file, foreign in usable if file in at_hand.given),
        in_files=tuple(foreign for file, foreign in usable if file not in at_hand.given),
        kept=at_hand.kept,
    )


def _content(path: Path) -> tuple[str, bytes | InvalidInput]:
    try:
        return str(path), path.read_bytes()
    except OSError as error:
        return str(path), refused(str(path), f"cannot be read: {error.strerror or 'unknown cause'}")


def _understand_all(
    entries: list[Entry],
    report: ImportReport,
    reader: Reader,
    questionnaires: ForeignByEntry,
    progress: Progress,
) -> tuple[PatientRecord, ...]:
    if report.is_refused or not report.files:
        return ()
    index = ReferenceIndex(entries)
    try:
        stands_for = people_of([e for e in entries if e.type == "Patient"], index)
    except InvalidInput as error:
        _refuse(report, error)
        return ()
    people = {first: _Person(first) for first in stands_for.values()}
    files = {file.file: file for file in report.files}
    seen = _Seen()
    owners = _Owners(index, stands_for)
    readers = {name: replace(reader, follow=partial(index.resource, name)) for name in files}
    for position, entry in enumerate(entries):
        if position % 5000 == 4999:
            progress(f"understood {position + 1} of {len(entries)} entries")
        resource = entry.resource
        patient = owners.patient_of(entry, resource)
        owner = stands_for[patient] if patient is not None else None
        if questionnaires and entry in questionnaires:
            understood = _of_questionnaire(questionnaires[entry], reader.questionnaires)
        else:
            understood = _understand(entry, resource, owner, readers[entry.file])
        files[entry.file].count(entry.type, understood.outcome)
        files[entry.file].unknown.update(understood.unknown)
        files[entry.file].note(entry.place, understood.notes)
        report.lacks_questionnaires |= understood.lacks_questionnaire
        seen.note(entry, owner, understood.outcome)
        if patient is not None and owner is not None:
            source = entry.source_under(patient.id)
            people[owner].kept.append(_Kept(entry, understood, source, version_of(resource)))
    _close(files, seen, bool(people))
    return tuple(_record(person, index, reader.concepts, files) for person in people.values())


@dataclass(slots=True)
class _Seen:
    """What was seen of each file: whose entries, of which types, how many that belong to nobody."""

    people: dict[str, set[Entry]] = field(default_factory=lambda: defaultdict(set))
    types: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    homeless: Counter[str] = field(default_factory=Counter)

    def note(self, entry: Entry, owner: Entry | None, outcome: Outcome) -> None:
        """Note one entry."""
        self.types[entry.file].add(entry.type)
        if owner is not None:
            self.people[entry.file].add(owner)
        elif outcome is Outcome.REFUSED and entry.type != "Questionnaire":
            self.homeless[entry.file] += 1


def _of_questionnaire(
    foreign: ForeignQuestionnaire | InvalidInput, library: QuestionnaireLibrary
) -> Understood:
    if isinstance(foreign, InvalidInput):
        return Understood(Outcome.REFUSED, notes=tuple(problem.message for problem in foreign.problems))
    notes = (f"converted from FHIR {foreign.converted}",) if foreign.converted else ()
    return Understood(Outcome.TAKEN if library.recognises(foreign) else Outcome.STORED_ONLY, notes=notes)


@dataclass(frozen=True, slots=True)
class _Owners:
    index: ReferenceIndex
    stands_for: dict[Entry, Entry]

    def patient_of(self, entry: Entry, resource: Json) -> Entry | None:
        """Return the Patient entry that an entry belongs to, if it is in the set."""
        if entry.type == "Patient":
            return entry
        for key in _PERSON_KEYS:
            found = self._referred(entry.file, child(resource, key))
            if found is not None:
                return found
        return None

    def _referred(self, file: str, reference: Json) -> Entry | None:
        target = self.index.entry(file, text(reference, "reference"))
        if target is None and child(reference, "identifier"):
            identifier = child(reference, "identifier")
            query = f"Patient?identifier={text(identifier, 'system')}|{text(identifier, 'value')}"
            target = self.index.entry(file, query)
        return target if target in self.stands_for else None


def _understand(entry: Entry, resource: Json, owner: Entry | None, reader: Reader) -> Understood:
    mapper = _MAPPERS.get(entry.type)
    if entry.type == "Medication":
        return Understood(Outcome.TAKEN)
    if mapper is None:
        start, _ = span(resource, *_DATES_OF_UNREAD.get(entry.type, ()))
        return Understood(Outcome.STORED_ONLY, day=day_of(start))
    if owner is None:
        return Understood(Outcome.REFUSED)
    understood = mapper(resource, entry.reference, reader)
    modifiers = children(resource, "modifierExtension")
    is_statement = entry.type not in ("Patient", "QuestionnaireResponse") and bool(understood.facts)
    return _modified(understood, entry.type, modifiers) if modifiers and is_statement else understood


def _modified(understood: Understood, kind: str, modifiers: list[Json]) -> Understood:
    """Return what was read as not understood: a modifier that nobody here knows may turn it round."""
    listed = (UnknownCode(kind, "modifierExtension", text(one, "url")) for one in modifiers)
    facts = tuple(replace(f, understanding=Understanding.NOT_UNDERSTOOD) for f in understood.facts)
    return replace(
        understood,
        outcome=Outcome.NOT_UNDERSTOOD,
        facts=facts,
        unknown=(*understood.unknown, *listed),
    )


def _close(files: dict[str, FileReport], seen: _Seen, anyone: bool) -> None:
    for name, file in files.items():
        file.patients = len(seen.people[name])
        message = _why_refused(file, seen.types[name], seen.homeless[name], anyone)
        if message:
            file.status = REFUSED
            file.message = message
        elif seen.homeless[name]:
            file.message = (
                f"{seen.homeless[name]} entries belong to nobody in these files and were not imported"
            )


def _why_refused(file: FileReport, types: set[str], homeless: int, anyone: bool) -> str:
    if not anyone and not ("Questionnaire" in types and types <= _OF_QUESTIONNAIRES):
        return (
            f"no record of a person: there is no Patient in these files (found: {', '.join(sorted(types))}); "
            "give the file that holds the Patient in the same command"
        )
    if homeless and not file.patients:
        return (
            f"{homeless} entries belong to people whose Patient entries are not in these files; "
            "give the file that holds them in the same command"
        )
    judged = "QuestionnaireResponse" if "QuestionnaireResponse" in types else "Questionnaire"
    outcomes = set(file.resources.get(judged, Counter[Outcome]()))
    if types <= _OF_ANSWERS and outcomes == {Outcome.REFUSED}:
        return "; ".join(f"{noted.first}: {note}" for note, noted in file.notes.items())
    return ""


def _refuse(report: ImportReport, error: InvalidInput) -> None:
    for problem in error.problems:
        for file in report.files:
            if file.file == problem.field:
                file.status = REFUSED
                file.message = problem.message


def _record(
    person: _Person, index: ReferenceIndex, concepts: ConceptMap, files: dict[str, FileReport]
) -> PatientRecord:
    unique = _unique(person.kept)
    newest = _newest(unique)
    facts = paired([fact for kept in newest for fact in kept.understood.facts], Reader(concepts))
    by_ref: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_ref[fact.origin.ref].append(fact)
    entries = tuple(_read_entry(kept, by_ref) for kept in unique)
    for entry in entries:
        implausible = sum(fact.understanding is Understanding.IMPLAUSIBLE for fact in entry.facts)
        files[entry.file].implausible += implausible
    days = [kept.understood.day for kept in newest if kept.understood.day is not None]
    return PatientRecord(
        reference=person.entry.reference,
        identity=identity_of(index.parsed(person.entry)),
        facts=tuple(facts),
        newest_entry=max(days, default=None),
        entries=entries,
        files=tuple(dict.fromkeys(kept.entry.file for kept in unique)),
    )


def _unique(stated: list[_Kept]) -> list[_Kept]:
    """Leave out entries that stand twice, word for word; another text under the same id is kept beside it."""
    unique: dict[tuple[str, bytes], _Kept] = {}
    versions: Counter[str] = Counter()
    for kept in stated:
        reference = kept.entry.reference
        if (reference, kept.entry.data) in unique:
            continue
        versions[reference] += 1
        if versions[reference] > 1:
            ref = f"{reference}~{versions[reference]}"
            kept = replace(kept, understood=_renumbered(kept.understood, ref))
        unique[reference, kept.entry.data] = kept
    return list(unique.values())


def _newest(unique: list[_Kept]) -> list[_Kept]:
    """Leave out what a newer version of the same resource superseded; what has no identity stays."""
    newest: dict[str, _Kept] = {}
    for number, kept in enumerate(unique):
        name = kept.source or f"entry {number}"
        held = newest.get(name)
        if held is None or not kept.version.is_older_than(held.version):
            newest[name] = kept
    return list(newest.values())


def _renumbered(result: Understood, ref: str) -> Understood:
    facts = tuple(
        replace(fact, id=f"{ref}#{number}", origin=replace(fact.origin, ref=ref))
        for number, fact in enumerate(result.facts)
    )
    return replace(result, facts=facts)


def _read_entry(kept: _Kept, by_ref: dict[str, list[Fact]]) -> ReadEntry:
    """Return the entry with its facts; those of a superseded version as they were alone."""
    entry, understood = kept.entry, kept.understood
    reference = understood.facts[0].origin.ref if understood.facts else entry.reference
    return ReadEntry(
        reference=reference,
        type=entry.type,
        file=entry.file,
        place=entry.place,
        outcome=understood.outcome,
        body=entry.data,
        facts=tuple(by_ref.get(reference, understood.facts)),
        source=kept.source,
        version=kept.version,
        answered=understood.answered,
        answered_on=understood.answered_on,
    )
