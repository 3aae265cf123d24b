"""A screen handed to a patient: entry is locked, and the pages of that one person's consent stay open."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kairos.vocab.errors import NotAllowed
from kairos.web import lock
from kairos.web.access import ActingRequest

HANDED = "kairos_handed_to"


def hand_over(request: ActingRequest, person_id: UUID) -> None:
    """Lock the screen and remember whose consent may be read on it."""
    request.session[HANDED] = str(person_id)
    lock.lock(request.session, timezone.now())


def check_handed(request: ActingRequest, person_id: UUID) -> None:
    """Refuse a locked screen that was not handed to this person. Raises NotAllowed."""
    if request.is_locked and request.session.get(HANDED) != str(person_id):
        raise NotAllowed(_("this screen is locked; whoever works here signs in first"))
