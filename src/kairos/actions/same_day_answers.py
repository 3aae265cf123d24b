"""What every action asks of an answer to the same-day check, before it stands in the record."""

from datetime import datetime

from kairos.domain.protocols.predose import NEVER, NOT_SURE
from kairos.domain.protocols.treatment_protocol import CheckItem, CheckKind, TreatmentProtocol
from kairos.vocab.errors import InvalidInput, Problem


def check_item_answer(
    protocol: TreatmentProtocol, item: str, answer: str, answered_at: datetime | None, now: datetime
) -> None:
    """Refuse an item that the protocol does not ask, and an answer that the item does not know.

    Raises
    ------
    InvalidInput
    """
    known = {each.id: each for each in protocol.checks}
    if item not in known:
        raise InvalidInput(Problem("item", "is no item of this protocol's check"))
    _check_answer(known[item], answer, answered_at, now)


def _check_answer(item: CheckItem, answer: str, answered_at: datetime | None, now: datetime) -> None:
    """Refuse what the item does not know, before it stands in the record."""
    if item.kind is CheckKind.LOOKED_UP:
        raise InvalidInput(Problem(item.id, "is looked up, not answered by hand; look again"))
    if item.kind is CheckKind.CHOICE and (answer not in (*item.answers, NOT_SURE) or answered_at):
        raise InvalidInput(Problem(item.id, "choose one of the answers"))
    if item.kind is CheckKind.SINCE and answered_at is None and answer not in (NEVER, NOT_SURE):
        raise InvalidInput(Problem(item.id, "enter when it last happened, or say never or not sure"))
    if answered_at is not None and answered_at > now:
        raise InvalidInput(Problem(item.id, "lies ahead of now; check date and time"))
