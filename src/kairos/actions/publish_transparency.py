"""Publish a version of a programme's own figures, made from its records at this moment."""

from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.programmes import check_ours
from kairos.domain.instruments.library import phq9
from kairos.domain.outcomes.definitions import definitions_for
from kairos.domain.outcomes.transparency import (
    check_tells_no_few,
    figures_of,
    from_details,
    shown_figures,
    to_details,
)
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import content, programme_record, published
from kairos.store.repositories.published import TRANSPARENCY
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import ONE


@command("publish_transparency", Permission.KEEP_READINESS)
def publish_transparency(
    *, programme_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[int, AuditNote]:
    """Keep the figures as anyone may see them, and return the number of the version.

    Raises
    ------
    NotAllowed    so few came to a figure since the last version that it would tell who they are
    Missing       no such programme
    """
    check_ours(by.scope, programme_id)
    content.hold_signing(programme_id)
    book, today = content_of(by.scope, programme_id).parameters, now.astimezone(UTC).date()
    smallest = int(book.quantity("published.smallest_count", on=today).value_in(ONE))
    people = programme_record.people_seen(by.scope, programme_id)
    figures = figures_of(people.values(), definitions_for(phq9.ID, book=book, on=today))
    shown = shown_figures(figures, smallest=smallest)
    kept = published.publications_of(by.scope, programme_id, TRANSPARENCY)
    if kept:
        check_tells_no_few(from_details(kept[0].details), shown, smallest=smallest)
    number = kept[0].version + 1 if kept else 1
    told = to_details(shown, smallest=smallest)
    published.add_publication(
        by.scope,
        published.Publication(*(new_id(), programme_id, TRANSPARENCY, number, today, told, by.id, now)),
    )
    note = AuditNote(f"programme:{programme_id}", programme_id, why=TRANSPARENCY, details={"version": number})
    return number, note
