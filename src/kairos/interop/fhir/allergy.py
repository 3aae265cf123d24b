"""AllergyIntolerance: what someone reacts to, and the statement that nothing is known."""

from kairos.interop.fhir.elements import Json, child, children, partial_date, status_code, text, wordings
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
_DENIABLE = ("drug_allergy", "ketamine_allergy")
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
    for concept, (presence, understanding) in _concepts(draft).items():
        draft.add(
            concept,
            presence=stated if presence is Presence.PRESENT else _denial(stated, clinical),
            understanding=understanding if known else Understanding.NOT_UNDERSTOOD,
            **shared,
        )
    written = (onset, text(resource, "recordedDate"), text(resource, "lastOccurrence"))
    return draft.done(*(day_of(one) for one in written))


_Found = dict[str, tuple[Presence, Understanding]]
_NOT_UNDERSTOOD: _Found = {"": (Presence.PRESENT, Understanding.NOT_UNDERSTOOD)}


def _concepts(draft: Draft) -> _Found:
    """Return what the code says and, beside it, the substances of the reactions."""
    found = _said_of(draft, child(draft.resource, "code")) or dict(_NOT_UNDERSTOOD)
    for reaction in children(draft.resource, "reaction"):
        if child(reaction, "substance"):
            found |= _said_of(draft, child(reaction, "substance")) or _NOT_UNDERSTOOD
    return found


def _said_of(draft: Draft, substance: Json) -> _Found:
    """Return what a substance means by its codes, else by its words; ketamine is heard in words always."""
    listed = len(draft.unknown)
    meanings = draft.meanings(substance)
    ingredients = draft.reader.concepts.ingredients
    found: _Found = {}
    for meaning in meanings:
        concept = _of_ingredient(meaning.concept) if meaning.concept in ingredients else meaning.concept
        found[concept] = (meaning.presence, understanding_of(meaning))
    named = _named(draft, substance)
    if not meanings:
        found = named or _denied(draft, substance)
        del draft.unknown[listed if found else len(draft.unknown) :]
    elif "ketamine_allergy" in named and Presence.ABSENT not in {presence for presence, _ in found.values()}:
        found["ketamine_allergy"] = named["ketamine_allergy"]
    return found


def _named(draft: Draft, substance: Json) -> _Found:
    concepts = draft.reader.concepts
    names = (name for words in wordings(substance) for name in concepts.ingredients_named(words))
    return {_of_ingredient(name): (Presence.PRESENT, Understanding.EXACT) for name in names}


def _denied(draft: Draft, substance: Json) -> _Found:
    """Return the statement, in words alone, that no allergy is known."""
    concepts = draft.reader.concepts
    answers = ((one, concepts.answer(one, words)) for words in wordings(substance) for one in _DENIABLE)
    return {
        one: (answer.presence, Understanding.EXACT) for one, answer in answers if answer and answer.presence
    }


def _denial(stated: Presence, clinical: str) -> Presence:
    """Return what "no known allergy" states: nothing sure once it is itself doubted, refuted or over."""
    holds = stated is Presence.PRESENT and clinical in ("", "active")
    return Presence.ABSENT if holds else Presence.NOT_SURE


def _of_ingredient(ingredient: str) -> str:
    return "ketamine_allergy" if ingredient in _KETAMINE else "other_drug_allergy"
