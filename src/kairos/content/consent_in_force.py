"""Which consent document is in force for a treatment on a day."""

from datetime import date

from kairos.content.release import ContentRelease
from kairos.domain.evidence.consent import ConsentDocument, current_document
from kairos.vocab.errors import NotInForce

IV_KETAMINE = "iv_racemic_ketamine"


def consent_in_force(release: ContentRelease, *, on: date, document: str = IV_KETAMINE) -> ConsentDocument:
    """Return the version in force.

    Raises
    ------
    NotInForce    the content has no version of this document yet on that day
    """
    found = current_document([d for d in release.consents.values() if d.id == document], on=on)
    if found is None:
        raise NotInForce(f"the consent document {document} has no version in force on {on.isoformat()}")
    return found
