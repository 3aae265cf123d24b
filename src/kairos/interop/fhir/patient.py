"""Patient: birth date, sex, death; and what identifies a person among records."""

from dataclasses import dataclass

from kairos.interop.fhir.elements import Json, children, number, partial_date, text
from kairos.interop.fhir.understanding import Draft, Reader, Understood, when
from kairos.vocab.facts import FactKind, Presence, Understanding
from kairos.vocab.instants import PartialDate

_WAYS = ("email", "phone")
_UNRANKED = 1000
_SEXES = ("female", "male", "other", "unknown")


@dataclass(frozen=True, slots=True)
class PatientIdentity:
    """What a record says of who someone is. Only ``identifiers`` can show that two records are one person.

    ``contacts`` are ways to reach them, as kind (``email``, ``phone``) and value, the preferred ones first.
    """

    identifiers: tuple[tuple[str, str], ...]
    family: str
    given: tuple[str, ...]
    birth_date: PartialDate | None
    sex: str
    language: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


def identity_of(resource: Json) -> PatientIdentity:
    """Return who a Patient resource says this is; the official name where there are several."""
    names = sorted(children(resource, "name"), key=lambda name: text(name, "use") != "official")
    name = names[0] if names else {}
    given = name.get("given")
    given = given if isinstance(given, list) else []
    identifiers = {
        (text(one, "system"), text(one, "value"))
        for one in children(resource, "identifier")
        if text(one, "system") and text(one, "value") and text(one, "use") != "old"
    }
    return PatientIdentity(
        identifiers=tuple(sorted(identifiers)),
        family=text(name, "family") or text(name, "text"),
        given=tuple(part.strip() for part in given if isinstance(part, str)),
        birth_date=partial_date(text(resource, "birthDate")),
        sex=text(resource, "gender"),
        contacts=_contacts(resource),
    )


def _contacts(resource: Json) -> tuple[tuple[str, str], ...]:
    """Return mail addresses and telephone numbers that are in use."""
    known = [one for one in children(resource, "telecom") if text(one, "use") != "old"]
    known.sort(key=lambda one: number(one, "rank") or _UNRANKED)
    pairs = ((text(one, "system"), text(one, "value").strip()) for one in known)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] in _WAYS and pair[1]))


def understand_patient(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of a Patient. That nothing is said of a death states nothing."""
    draft = Draft(reader, resource, ref, FactKind.DEMOGRAPHIC)
    _add_birth(draft)
    _add_sex(draft)
    died, _ = when(text(resource, "deceasedDateTime"))
    if text(resource, "deceasedDateTime") or resource.get("deceasedBoolean") is True:
        draft.add("deceased", true_from=died)
    elif resource.get("deceasedBoolean") is False:
        draft.add("deceased", presence=Presence.ABSENT)
    elif resource.get("deceasedBoolean") is not None:
        draft.list_unknown("deceased", "")
        draft.add("", understanding=Understanding.NOT_UNDERSTOOD)
    return draft.done(died.last if died else None)


def _add_birth(draft: Draft) -> None:
    written = text(draft.resource, "birthDate")
    born = partial_date(written)
    if born is not None:
        draft.add("birth_date", value=born)
    elif draft.resource.get("birthDate") is not None:
        draft.list_unknown("birthDate", "")
        draft.add("birth_date", understanding=Understanding.NOT_UNDERSTOOD)


def _add_sex(draft: Draft) -> None:
    written = text(draft.resource, "gender")
    if not written:
        return
    known = draft.status(written, _SEXES, system="gender")
    draft.add(
        "sex", value=written, understanding=Understanding.EXACT if known else Understanding.NOT_UNDERSTOOD
    )
