"""Ask all rules about a person, for an indication and by a definition of resistance, and keep the answers."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.screening import enrolment_of, keep_screening
from kairos.content.screening_criteria import definitions_with
from kairos.domain.rules.target import Indication, Route, Setting, Target
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("screen_person", Permission.IMPORT_RECORD)
def screen_person(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    person_id: UUID,
    indication: Indication = Indication.TRD,
    route: Route = Route.IV,
    setting: Setting = Setting.CLINIC,
    definition: str = "",
) -> tuple[UUID, AuditNote]:
    """Screen a person as of today and return the id of the screening.

    Parameters
    ----------
    route, setting      which use is asked for; only one that a protocol of the content treats by
    definition : str    what counts as resistant; the usual one where empty

    Raises
    ------
    Missing       there is no such person in the actor's programmes
    NotAllowed    no protocol of the content in force is for this route and place
    """
    enrolment = enrolment_of(by.scope, person_id)
    release = content_of(by.scope, enrolment.programme_id).release
    if (route, setting) not in {(each.route, each.setting) for each in release.protocols.values()}:
        raise NotAllowed(f"the content has no protocol for {route}, {setting}; nobody is screened for it")
    defined = definitions_with(release.rules, definition)
    target = Target(route=route, setting=setting, indication=indication)
    kept = keep_screening(enrolment, by=by, now=now, target=target, definitions=defined)
    return kept.id, AuditNote(
        f"screening:{kept.id}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"advice": kept.advice.value, "indication": kept.indication, "content": kept.content_version},
    )
