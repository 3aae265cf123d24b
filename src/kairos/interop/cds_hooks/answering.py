"""Answer a question of another system with cards. Nothing about other orders; nothing is fetched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from kairos.content.in_force import ContentInForce, built_release, shipped_content
from kairos.content.release import ContentRelease, load_release
from kairos.content.screening_criteria import screen_as_of
from kairos.domain.rules.explanation import Explainer
from kairos.interop.cds_hooks.cards import CardWriter, GivenCard, Judged
from kairos.interop.cds_hooks.drafted_orders import KetamineOrder, OrderReader
from kairos.interop.cds_hooks.prefetched import Prefetched, facts_known, prefetched
from kairos.interop.fhir.elements import Json
from kairos.vocab.facts import AskedAsOf, Fact

_MEDICINE = "MedicationRequest"


@dataclass(frozen=True, slots=True)
class Answer:
    """The cards of an answer as they are sent, and what is kept of each."""

    document: dict[str, Any]
    given: tuple[GivenCard, ...]


NOTHING_TO_SAY = Answer({"cards": []}, ())


def answer(
    request: Json, *, today: date, new_id: Callable[[], UUID], content: ContentInForce | None = None
) -> Answer:
    """Return the cards for a request that was found without a fault that hinders reading.

    Parameters
    ----------
    today : date    the day as of which the person is judged
    new_id          makes the ids of cards and suggestions
    content         in force for the programme of the asking system; the shipped one where left out

    Raises
    ------
    InvalidInput    a resource that came along cannot be read as FHIR R4
    """
    judging = content or shipped_content()
    sent = prefetched(request)
    reader = OrderReader(judging.release.concepts, load_release().orders, sent.follow)
    orders = _asked(request, reader, sent)
    if not orders:
        return NOTHING_TO_SAY
    beside = tuple(d for d in sent.drafts if d.get("resourceType") == _MEDICINE and not reader.drug_of(d))
    facts = facts_known(sent, beside, reader.concepts)
    writer = _writer(judging.release, new_id)
    cards = [
        card
        for order in orders
        for card in writer.cards(_judge(order, facts, today, judging, sent.missing, bool(beside)))
    ]
    return Answer({"cards": cards}, tuple(writer.given))


def _asked(request: Json, reader: OrderReader, sent: Prefetched) -> tuple[KetamineOrder, ...]:
    """Return the orders asked about: the drafts; on opening a chart the current medicines."""
    if request["hook"] == "patient-view":
        return reader.current(sent.resources)
    return reader.drafts(sent.drafts)


def _judge(
    order: KetamineOrder,
    facts: tuple[Fact, ...],
    today: date,
    content: ContentInForce,
    missing: tuple[str, ...],
    has_drafts_beside: bool,
) -> Judged:
    screening = screen_as_of(AskedAsOf(today), facts, target=order.target, content=content)
    return Judged(order, screening, content, missing, has_drafts_beside)


@lru_cache(maxsize=4)
def _explainer(version: str) -> Explainer:
    return Explainer(built_release(version).texts)


def _writer(release: ContentRelease, new_id: Callable[[], UUID]) -> CardWriter:
    installed = (
        load_release()
    )  # how orders and cards are worded is the program's, whatever content is in force
    return CardWriter(
        words=installed.texts,
        texts=release.texts,
        explainer=_explainer(release.version),
        citations=release.citations,
        reasons=installed.orders.override_reasons,
        new_id=new_id,
    )
