"""Name the adult who will be with a person during sessions at home."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.home_statements import state
from kairos.domain.protocols.at_home import SUPPORT_FIELDS, StatementKind, check_filled
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor, Permission


@command("name_support_person", Permission.PREPARE_HOME)
def name_support_person(
    *, person_id: UUID, words: Mapping[str, str], command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep who it is, and return their id; somebody named before has no more access.

    Parameters
    ----------
    words : by field    ``name`` and ``phone``

    Raises
    ------
    InvalidInput        a field is empty
    """
    told = check_filled(words, SUPPORT_FIELDS)
    programme_id, subject = programme_of(by.scope, person_id), new_id()
    state(
        StatementKind.SUPPORT_NAMED,
        subject,
        programme_id=programme_id,
        person_id=person_id,
        by=by,
        now=now,
        words=told,
    )
    return subject, AuditNote(f"support_person:{subject}", programme_id, person_id, why="named")
