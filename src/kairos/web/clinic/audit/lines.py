"""Audit events in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kairos.queries.audit import AuditLine, AuditPage
from kairos.vocab.people import Role
from kairos.web.frames import ROLE_WORDS

NOBODY_ID = UUID(int=0)
SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Line:
    """One event, ready to be drawn: who, when, what, on whom, why."""

    at: datetime
    who: str
    roles: str
    what: str
    code: str
    person_id: UUID | None
    person: str
    subject: str
    why: str
    details: tuple[tuple[str, str], ...]


def lines_of(page: AuditPage) -> list[Line]:
    """Return the events of a page in words, in the site's time."""
    return [_line(line, page) for line in page.lines]


def _line(line: AuditLine, page: AuditPage) -> Line:
    return Line(
        at=line.recorded_at.astimezone(page.zone),
        who=_who(line, page),
        roles=_roles(line),
        what=in_words(line.action),
        code=line.action,
        person_id=line.person_id,
        person=page.people.get(line.person_id, "") if line.person_id else "",
        subject="" if line.subject == f"person:{line.person_id}" else line.subject,
        why=in_words(line.why),
        details=tuple((in_words(name), _said(value)) for name, value in line.details.items() if value != ""),
    )


def in_words(code: str) -> str:
    """Return a code as it is read: ``take_alarm`` is "Take alarm"."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _who(line: AuditLine, page: AuditPage) -> str:
    if line.roles == SYSTEM:
        return _("Kairos itself")
    if line.actor == NOBODY_ID:
        return _("Somebody not logged in")
    return page.actors.get(line.actor, "") or str(line.actor)


def _roles(line: AuditLine) -> str:
    held = [role for role in line.roles.split(",") if role and role != SYSTEM]
    return ", ".join(str(ROLE_WORDS[Role(role)]) for role in held)


def _said(value: object) -> str:
    if value is None:
        return _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
