"""A record as a FHIR R4 Bundle, as far as it maps: what was brought in as it came, what was stated here."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import orjson

from kairos.interop.own_record import resources
from kairos.interop.own_record.resources import Resource
from kairos.queries.own_record import OwnClinical

BASE = "https://kairos.invalid/fhir"
"""Stands before ids that are no UUID, so that references between the entries resolve; nobody asks there."""


def bundle(known: OwnClinical, *, at: datetime) -> bytes:
    """Return a Bundle of type ``collection``; an entry that was brought in keeps every value it had."""
    subject = f"urn:uuid:{known.person_id}"
    brought = [orjson.loads(one) for one in known.resources]
    made = [_patient(known, brought), *_stated(known, subject)]
    whole = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(),
        "entry": [{"fullUrl": address_of(one), "resource": one} for one in (*made, *brought)],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2)


def address_of(resource: dict[str, Any]) -> str:
    """Return the full address of an entry: its id, else one made from what it says."""
    known = str(resource.get("id", ""))
    kind = resource.get("resourceType", "")
    try:
        return f"urn:uuid:{UUID(known)}"
    except ValueError:
        made = known or uuid5(UUID(int=0), orjson.dumps(resource, option=orjson.OPT_SORT_KEYS).decode())
        return f"{BASE}/{kind}/{made}"


def _patient(known: OwnClinical, brought: Iterable[dict[str, Any]]) -> Resource:
    who = known.identity
    return resources.patient(
        known.person_id,
        family=who.family_name,
        given=who.given_names,
        born_on=who.born_on,
        sex=who.sex,
        identifiers=who.identifiers,
        contacts=who.contacts,
        others=[address_of(one) for one in brought if one.get("resourceType") == "Patient"],
    )


def _stated(known: OwnClinical, subject: str) -> Iterator[Resource]:
    for fact in known.facts:
        made = resources.of_fact(fact, subject, own_id=uuid5(known.person_id, fact.id))
        if made is not None:
            yield made
    for one in known.responses:
        yield resources.response(
            subject,
            own_id=one.id,
            instrument=one.instrument,
            answers=one.answers,
            answered_at=one.answered_at,
        )
    for each in known.consents:
        yield resources.consent(
            subject,
            own_id=each.signature.id,
            document=each.document.document,
            version=each.document.version,
            signed_at=each.signature.signed_at,
            is_in_force=each.is_in_force,
        )
