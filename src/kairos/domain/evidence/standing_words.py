"""The status of a use and the evidence for it, in sentences for one reader."""

from kairos.domain.evidence.regulation import IndicationEvidence, RegulatoryStanding
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.vocab.errors import NotInForce


def tell_standing(
    standing: RegulatoryStanding,
    texts: TextBook,
    *,
    audience: Audience = Audience.CLINICIAN,
    language: str = "",
) -> tuple[str, ...]:
    """Return the status of a use, then its conditions one by one, then that nobody looked again in time.

    Raises
    ------
    NotInForce    a text is missing in this language or for this audience
    """

    def named(kind: str, name: str) -> str:
        return texts.template(f"{kind}.{name}", audience=audience, language=language)

    values = {
        "product": named("product", standing.product),
        "indication": named("indication", standing.indication),
        "jurisdiction": _place(standing.jurisdiction, texts, audience, language),
    }
    status = texts.render(
        f"regulatory.status.{standing.status}", values, audience=audience, language=language
    )
    conditions = [texts.template(c, audience=audience, language=language) for c in standing.conditions]
    told = [status[:1].upper() + status[1:], *conditions]
    if standing.row is not None and standing.is_stale:
        days = {"checked": standing.row.checked_on, "review_by": standing.row.review_by}
        told.append(texts.render("regulatory.stale", days, audience=audience, language=language))
    return tuple(told)


def tell_evidence(
    known: IndicationEvidence | None,
    texts: TextBook,
    *,
    audience: Audience = Audience.CLINICIAN,
    language: str = "",
) -> str:
    """Return what is known of a product by a route for a use; where nothing was found, that.

    Raises
    ------
    NotInForce    the text is missing in this language or for this audience
    """
    message = known.statement if known else "evidence.nothing_found"
    return texts.template(message, audience=audience, language=language)


def _place(jurisdiction: str, texts: TextBook, audience: Audience, language: str) -> str:
    """Return what a place is called; one of which nothing is known is called by its code."""
    try:
        return texts.template(f"jurisdiction.{jurisdiction}", audience=audience, language=language)
    except NotInForce:
        return jurisdiction.upper()
