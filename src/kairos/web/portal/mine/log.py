"""Lines of one's own log in words: who, in which part, what, when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kairos.queries.audit import AT_HOME, AuditLine
from kairos.queries.own_log import LOOK, OwnLog
from kairos.vocab.people import Role
from kairos.web.frames import ROLE_WORDS
from kairos.web.portal.mine.words import LOOKED, LOOKED_AT_IT, WORDS, WORKED_ON_IT

_SYSTEM = "system"
_BETWEEN = "~"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, who, in which part, and what they did."""

    at: datetime
    who: str
    part: str
    what: str | Promise


def log_lines(log: OwnLog, me: UUID) -> list[LogLine]:
    """Return the lines of a page of the log, in the time of the person."""
    return [_line(line, log, me) for line in log.lines]


def _line(line: AuditLine, log: OwnLog, me: UUID) -> LogLine:
    held = [Role(role) for role in line.roles.split(",") if role in set(Role)]
    part = "" if line.actor == me else _(", ").join(str(ROLE_WORDS[role]) for role in held)
    return LogLine(line.recorded_at.astimezone(log.zone), _who(line, log, me), part, _what(line))


def _who(line: AuditLine, log: OwnLog, me: UUID) -> str:
    if line.actor == me:
        return _("You")
    if line.roles == _SYSTEM:
        return _("Kairos itself, by a clock or a rule")
    if AT_HOME & set(line.roles.split(",")):
        return _("You or your support person, by a link")
    return log.names.get(line.actor) or _("Somebody whose log-in has no name")


def _what(line: AuditLine) -> str | Promise:
    if line.action == LOOK:
        return LOOKED.get(str(line.details.get("what", "")), LOOKED_AT_IT)
    return WORDS.get(line.action, WORKED_ON_IT)


def mark_of(place: tuple[datetime, UUID] | None) -> str:
    """Return where a page of the log ends, as one word of an address."""
    return f"{place[0].isoformat()}{_BETWEEN}{place[1]}" if place else ""


def place_of(mark: str) -> tuple[datetime, UUID] | None:
    """Return where a page of the log begins; what cannot be read begins at the newest."""
    at, _bar, last = mark.partition(_BETWEEN)
    try:
        found = datetime.fromisoformat(at)
        return (found, UUID(last)) if found.tzinfo else None
    except ValueError:
        return None
