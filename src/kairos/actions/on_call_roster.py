"""Who is on call, for the actions that call somebody: an alarm's next step, a message nobody answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.on_call import OnCall, OnCallStep, on_call
from kairos.store.repositories import on_call as roster
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class Called:
    """Who is on call, and whether this programme keeps a roster at all."""

    on_call: OnCall
    is_kept: bool


def who_is_on_call(
    scope: Scope, *, programme_id: UUID, step: OnCallStep, at: datetime, site_id: UUID | None = None
) -> Called:
    """Return who is on call in a programme for a step at an instant.

    ``Called.on_call.verdict`` is UNKNOWN where the roster names nobody: then nobody may be taken as told.
    A welfare check that nobody is named for falls to the prescriber on call.

    Parameters
    ----------
    site_id : the site it is about; without one only duties of the whole programme count
    at : aware instant, by the database's clock
    """
    kept = roster.duties(scope, programme_id)
    called = on_call(kept, step, at=at, site_id=site_id)
    if step is OnCallStep.WELFARE and called.first is None:
        called = on_call(kept, OnCallStep.PRESCRIBER, at=at, site_id=site_id)
    return Called(called, bool(kept))
