"""Confirm at the chair, by two things the person says, that this is who the session is for."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import IdentityConfirmed
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import people
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("confirm_identity", Permission.RUN_SESSION)
def confirm_identity(
    *, session_id: UUID, said: Mapping[str, str], command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Confirm who sits at the chair. The entry keeps which identifiers matched, never their values.

    Parameters
    ----------
    said : by identifier    two or more of ``name``, ``born_on`` (YYYY-MM-DD) and ``record_number``, as
                            the person says them or their wristband shows them

    Raises
    ------
    InvalidInput            fewer than two, or one that does not match
    """

    def say(sitting: Sitting) -> list[Saying]:
        identity = people.find_person(by.scope, sitting.stream.person_id).identity or Identity()
        given = {kind: value for kind, value in said.items() if value.strip()}
        wrong = [kind for kind, value in given.items() if not _matches(identity, kind, value)]
        if wrong:
            asked = "does not match this person; stop, and find out who is at the chair"
            raise InvalidInput(*(Problem(kind, asked) for kind in wrong))
        if len(given) < 2:
            raise InvalidInput(Problem("", "enter two identifiers: name, birth date, or record number"))
        first, second, *_ = sorted(given)
        return [Saying(IdentityConfirmed(identifiers=(first, second)))]

    return add_entries(session_id, say, by=by, now=now)


def _matches(identity: Identity, kind: str, value: str) -> bool:
    match kind:
        case "name":
            given, preferred = identity.given_names, identity.preferred_name
            names = [f"{first} {identity.family_name}" for first in (given, preferred) if first]
            return _plain(value) in {_plain(name) for name in (*names, identity.shown_name) if name}
        case "born_on":
            return value.strip() == str(identity.born_on or "")
        case "record_number":
            return _plain(value) in {_plain(each["value"]) for each in identity.identifiers}
        case _:
            return False


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
