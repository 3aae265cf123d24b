"""AllergyIntolerance: what someone reacts to, and the statement that nothing is known."""

from kairos.interop.fhir.elements import Json, child, partial_date, status_code, text, wordings
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Draft,
    Reader,
    Understood,
    day_of,
    first_code,
    span,
    understanding_of,
    when,
)
from kairos.vocab.facts import FactKind, Presence, Understanding

_PRESENCE = {
    "": Presence.PRESENT,
    "confirmed": Presence.PRESENT,
    "unconfirmed": Presence.NOT_SURE,
    "presumed": Presence.NOT_SURE,
    "refuted": Presence.ABSENT,
}
_CLINICAL = ("", "active", "inactive", "resolved")
_KETAMINE = frozenset({"ketamine", "esketamine"})


def understand_allergy(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of an AllergyIntolerance; a drug is recognised by code, then by its listed names."""
    verification = status_code(resource, "verificationStatus")
    if verification == "entered-in-error":
        return STORED_ONLY
    draft = Draft(reader, resource, ref, FactKind.ALLERGY)
    known = draft.status(verification, _PRESENCE, system="verificationStatus")
    clinical = status_code(resource, "clinicalStatus")
    known &= draft.status(clinical, _CLINICAL, system="clinicalStatus")
    stated = _PRESENCE.get(verification, Presence.NOT_SURE)
    onset = span(resource, "onsetDateTime", "onsetPeriod")[0]
    shared = {
        "code": first_code(child(resource, "code")),
        "status": clinical,
        "true_from": partial_date(onset),
        "recorded_at": when(text(resource, "recordedDate"))[1],
    }
    found = _concepts(draft)
    for concept, presence, understanding in found:
        draft.add(
            concept,
            presence=stated if presence is Presence.PRESENT else presence,
            understanding=understanding if known else Understanding.NOT_UNDERSTOOD,
            **shared,
        )
    if not found:
        draft.add("", presence=stated, understanding=Understanding.NOT_UNDERSTOOD, **shared)
    written = (onset, text(resource, "recordedDate"), text(resource, "lastOccurrence"))
    return draft.done(*(day_of(one) for one in written))


def _concepts(draft: Draft) -> list[tuple[str, Presence, Understanding]]:
    meanings = draft.meanings(child(draft.resource, "code"))
    ingredients = draft.reader.concepts.ingredients
    found: dict[str, tuple[str, Presence, Understanding]] = {}
    for meaning in meanings:
        concept = _of_ingredient(meaning.concept) if meaning.concept in ingredients else meaning.concept
        found[concept] = (concept, meaning.presence, understanding_of(meaning))
    if not meanings:
        for concept in _named(draft):
            found[concept] = (concept, Presence.PRESENT, Understanding.EXACT)
    return list(found.values())


def _named(draft: Draft) -> list[str]:
    concepts = draft.reader.concepts
    words = wordings(child(draft.resource, "code"))
    named = [_of_ingredient(i) for wording in words for i in concepts.ingredients_named(wording)]
    if named:
        draft.unknown.clear()
    return named


def _of_ingredient(ingredient: str) -> str:
    return "ketamine_allergy" if ingredient in _KETAMINE else "other_drug_allergy"
