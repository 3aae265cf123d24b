"""The import report: each resource of each file counts once; codes not understood are listed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kairos.interop.fhir.understanding import Outcome, UnknownCode

IMPORTED = "imported"
UNCHANGED = "unchanged"
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Noted:
    """How often something was noted of a file, and at which place first."""

    count: int
    first: str


@dataclass(slots=True)
class FileReport:
    """What one file held and what became of it."""

    file: str
    status: str = IMPORTED
    patients: int = 0
    resources: dict[str, Counter[Outcome]] = field(default_factory=dict)
    implausible: int = 0
    unknown: Counter[UnknownCode] = field(default_factory=Counter)
    notes: dict[str, Noted] = field(default_factory=dict)
    message: str = ""

    def count(self, resource_type: str, outcome: Outcome) -> None:
        """Count one resource."""
        self.resources.setdefault(resource_type, Counter())[outcome] += 1

    def note(self, place: str, notes: Iterable[str]) -> None:
        """Note what was odd about one resource; equal notes are counted."""
        for note in notes:
            held = self.notes.get(note, Noted(0, place))
            self.notes[note] = Noted(held.count + 1, held.first)

    def total(self, resource_type: str) -> int:
        """Return how many resources of a type the file holds."""
        return sum(self.resources.get(resource_type, {}).values())

    def as_json(self) -> Mapping[str, Any]:
        """Return the shape that machines rely on."""
        return {
            "file": self.file,
            "status": self.status,
            "patients": self.patients,
            "resources": {
                name: {outcome.value: counts[outcome] for outcome in Outcome}
                for name, counts in sorted(self.resources.items())
            },
            "implausible": self.implausible,
            "not_understood": [
                {"type": code.type, "system": code.system, "code": code.code, "count": count}
                for code, count in sorted(self.unknown.items(), key=_by_count)
            ],
            "notes": [
                {"note": note, "count": noted.count, "first": noted.first}
                for note, noted in self.notes.items()
            ],
            "message": self.message,
        }


@dataclass(slots=True)
class ImportReport:
    """The reports of all files of one set.

    ``lacks_questionnaires``: some response names a Questionnaire that is not at hand; kept ones may help.
    """

    files: list[FileReport] = field(default_factory=list)
    lacks_questionnaires: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether any file was refused; then nothing of the set is imported."""
        return any(file.status == REFUSED for file in self.files)

    def refuse_rest(self) -> None:
        """Mark the good files of a set in which another was refused: nothing is half imported."""
        for file in self.files:
            if file.status != REFUSED:
                file.status = REFUSED
                file.message = "not imported, because another file of this set was refused"

    def as_json(self) -> Mapping[str, Any]:
        """Return the shape that machines rely on."""
        return {"files": [file.as_json() for file in self.files]}


def refused_report(file: str, message: str) -> FileReport:
    """Return the report of a file that was refused before anything in it was counted."""
    return FileReport(file, status=REFUSED, message=message)


def lines_of(report: ImportReport) -> Iterable[str]:
    """Return the report in lines for people."""
    for file in report.files:
        yield f"{file.file}: {file.status}" + (f" - {file.message}" if file.message else "")
        if file.status == REFUSED:
            continue
        yield f"  people: {file.patients}; implausible values kept and not used: {file.implausible}"
        for name, counts in sorted(file.resources.items()):
            parts = ", ".join(f"{counts[outcome]} {outcome.replace('_', ' ')}" for outcome in Outcome)
            yield f"  {name}: {parts}"
        for code, count in sorted(file.unknown.items(), key=_by_count):
            yield f"  not understood: {code.type} {code.system} {code.code} ({count})"
        for note, noted in file.notes.items():
            yield f"  note: {note} ({noted.count}, first at {noted.first})"


def _by_count(item: tuple[UnknownCode, int]) -> tuple[int, str, str, str]:
    code, count = item
    return -count, code.type, code.system, code.code
