"""Licences of the staff (S-155): looked at in a register on a day, and until when they hold."""

from dataclasses import dataclass
from datetime import date

from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict

LICENSED = (
    *(Role.CLINICIAN, Role.MEDICAL_DIRECTOR, Role.NURSE),
    *(Role.THERAPIST, Role.COACH, Role.PHARMACIST),
)
"""The roles whose licence or training somebody looks at, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What was found: in which register, under which number, on which day, and its last day."""

    source: str
    reference: str
    checked_on: date
    until: date


def credential_standing(until: date | None, *, today: date) -> Verdict:
    """Return whether a licence holds; UNKNOWN where nobody looked at one."""
    if until is None:
        return Verdict.UNKNOWN
    return Verdict.MET if until >= today else Verdict.NOT_MET


def check_credential(found: Credential, role: Role, *, today: date) -> None:
    """Refuse a check that does not say where it was made, or that was not made yet.

    Raises
    ------
    InvalidInput    every fault at once, each beside its field
    """
    problems = []
    if role not in LICENSED:
        problems.append(Problem("role", "has no licence to look at"))
    if not found.source.strip():
        problems.append(Problem("source", "is empty; name the register or the paper that was looked at"))
    if not found.reference.strip():
        problems.append(Problem("reference", "is empty; give the number that it stands under"))
    if found.checked_on > today:
        problems.append(Problem("checked_on", f"must be {today} or earlier; it says when somebody looked"))
    if problems:
        raise InvalidInput(*problems)
