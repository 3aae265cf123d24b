"""Keep what the medical director decided about values of a release, on the way to a signature."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.content_review import offered_release, review_so_far
from kairos.domain.evidence.review import ParameterDecision, ReviewItem, own_value
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import content
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("review_parameters", Permission.SIGN_CONTENT)
def review_parameters(
    *,
    programme_id: UUID,
    version: str,
    decisions: Sequence[ParameterDecision],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[int, AuditNote]:
    """Keep decisions about parameters, and return how many are left to decide. Nothing comes into force yet.

    Parameters
    ----------
    version : str    the release that was on the screen

    Raises
    ------
    NotAllowed      another release is on offer by now
    InvalidInput    a value outside its range, without a reason, or of a parameter without a choice
    Missing         the release has no such parameter
    """
    offered = offered_release()
    if offered.version != version:
        raise NotAllowed("a newer release is on offer by now; open the page again and review that one")
    items = {item.id: item for item in review_so_far(by.scope, programme_id, offered, now).items}
    _check(items, decisions)
    content.keep_review(
        by.scope,
        [
            content.ReviewedParameter(programme_id, version, d.parameter, d.value, d.reason.strip(), by.id)
            for d in decisions
        ],
    )
    left = review_so_far(by.scope, programme_id, offered, now).left
    return len(left), AuditNote(
        f"content:{version}",
        programme_id,
        why="reviewed",
        details={"parameters": [d.parameter for d in decisions], "left": len(left)},
    )


def _check(items: dict[str, ReviewItem], decisions: Sequence[ParameterDecision]) -> None:
    """Refuse with all problems at once."""
    problems: list[Problem] = []
    for each in decisions:
        if each.parameter not in items:
            raise Missing(f"{each.parameter} is not a parameter of this release")
        if each.value is None:
            continue
        try:
            own_value(items[each.parameter].offered, each.value, each.reason)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(*problems)
