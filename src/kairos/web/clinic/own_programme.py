"""The programme that somebody's entry goes into, where they did not name one."""

from uuid import UUID

from django.utils.translation import gettext as _

from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor


def own_programme(actor: Actor) -> UUID:
    """Return the one programme of this person; with several nothing is chosen in silence.

    Raises
    ------
    NotAllowed    none or several programmes
    """
    programmes = actor.scope.programme_ids
    if len(programmes) != 1:
        raise NotAllowed(
            _(
                "You work in {count} programmes, and this page does not ask which one. Use an account of "
                "that programme, or kairos import --programme."
            ).format(count=len(programmes))
        )
    (only,) = programmes
    return only
