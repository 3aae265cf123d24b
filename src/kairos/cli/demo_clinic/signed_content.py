"""The demonstration's medical director signs the content that is installed, so that the clinic is at work."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from kairos.actions.register_content_release import register_content_release
from kairos.actions.review_parameters import review_parameters
from kairos.actions.sign_content import sign_content
from kairos.cli.demo_clinic.house import House
from kairos.content.loader import read_source
from kairos.content.packing import registration_id
from kairos.domain.evidence.review import ParameterDecision
from kairos.queries.sign_off import sign_off
from kairos.vocab.people import Role


def sign_installed_content(house: House, *, now: datetime) -> None:
    """Register the installed release and sign it as released; what a visitor set stays where it may."""
    register_content_release(command_id=registration_id(read_source().version), by=house.ours, now=now)
    director = house.staff[Role.MEDICAL_DIRECTOR]
    page = sign_off(by=director, now=now, programme_id=house.programme_id)
    if page.review.is_signed and page.review.version == page.review.signed_version:
        return
    common: dict[str, Any] = {"programme_id": house.programme_id, "by": director, "now": now}
    looked_at = tuple(ParameterDecision(item.id) for item in page.review.left)
    if looked_at:
        review_parameters(version=page.review.version, decisions=looked_at, command_id=uuid4(), **common)
    seen = sign_off(by=director, now=now, programme_id=house.programme_id).review.fingerprint
    sign_content(seen=seen, command_id=uuid4(), **common)
