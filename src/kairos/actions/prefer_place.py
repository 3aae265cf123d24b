"""Say where one would rather have the sessions, and what matters in it; it stands with the course."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.danger_words import look_for_danger
from kairos.content.release import load_release
from kairos.domain.evidence.preference import PlacePreference, PreferredPlace, check_matters
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import preferences
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("prefer_place", Permission.PREPARE_SESSION)
def prefer_place(
    *,
    place: PreferredPlace,
    matters: Collection[str] = (),
    said: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[PreferredPlace, AuditNote]:
    """Keep the preference. It changes no rule: what is found about a person's health outranks it.

    Raises
    ------
    InvalidInput    something matters that the aid does not offer
    Missing         no record of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    programme_id = programme_of(by.scope, person_id)
    offered = [choice.id for choice in load_release().aid["en"].values]
    told = PlacePreference(place, check_matters(matters, offered), said.strip(), now)
    stream = preferences.preference_stream(programme_id, person_id)
    preferences.keep_preference(by.scope, stream, told, by=by.id, now=now)
    about = {"subject": stream.id, "programme_id": programme_id, "person_id": person_id}
    look_for_danger(told.said, place=DangerPlace.ANSWER, by=by, now=now, **about)
    return place, AuditNote(
        f"preference:{stream.id}", programme_id, person_id, details={"place": place.value}
    )
