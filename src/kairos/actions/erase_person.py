"""Forget a person: delete who they are and destroy their key."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import accounts, links, people
from kairos.store.scope import scoped
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission, Scope


@command("erase_person", Permission.ERASE_PERSON)
def erase_person(
    *, person_id: UUID, why: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Forget a person and return their id, which stays as a tombstone.

    Names, contacts, log-ins and the data key go; ids, codes and numbers stay, so that counts, streams
    and the audit remain valid. What was written under the key stays closed, in old backups too.

    Parameters
    ----------
    why : str     a code of the reason, such as ``asked_by_person``

    Raises
    ------
    Missing       there is no such person in the actor's programmes
    NotAllowed    the person is also enrolled in a programme outside the actor's scope
    """
    person = people.find_person(by.scope, person_id)
    whole = Scope(by.scope.organisation_id, accounts.programmes_of(by.scope.organisation_id))
    with scoped(whole):
        if len(people.enrolments_of(whole, person_id)) > len(person.enrolments):
            raise NotAllowed("this person is in another programme too; ask someone who leads both to do it")
        links.revoke_links(whole, person_id)
        accounts.close_accounts_of(whole, person_id, now=now)
        people.erase(whole, person_id, by=by.id, now=now)
    programme_id = person.enrolments[0].programme_id
    note = AuditNote(f"person:{person_id}", programme_id=programme_id, person_id=person_id, why=why)
    return person_id, note
