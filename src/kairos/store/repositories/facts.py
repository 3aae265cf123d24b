"""Facts: codes and numbers in columns, words under the person's key, back again exactly as they were."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Count, Q

from kairos.store.records.originals import Fact as FactRecord
from kairos.store.repositories.patient_rows import open_words, purpose_of
from kairos.store.repositories.rows import insert_many
from kairos.store.scope import check_within, within
from kairos.store.vault import PersonKey, key_of
from kairos.vocab.codes import Code
from kairos.vocab.facts import Fact, FactId, FactKind, FactValue, Origin, OriginKind, Presence, Understanding
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Scope
from kairos.vocab.quantities import Quantity


def add_facts(scope: Scope, programme_id: UUID, person_id: UUID, facts: Iterable[Fact]) -> int:
    """Keep facts of one person in one statement, and return how many were not there yet."""
    return add_facts_of_entries(scope, programme_id, person_id, ((fact, None) for fact in facts))


def add_facts_of_entries(
    scope: Scope, programme_id: UUID, person_id: UUID, stated: Iterable[tuple[Fact, UUID | None]]
) -> int:
    """Keep facts, each with the entry of a record that states it, in one statement; return how many were new.

    They count as long as that entry is not superseded.
    """
    check_within(scope, programme_id, person_id)
    key = key_of(person_id)
    common = {"programme_id": programme_id, "person_id": person_id}
    rows = [
        common | {"entry_id": entry} | _columns(fact, row_id(programme_id, person_id, fact.id), key)
        for fact, entry in stated
    ]
    return insert_many(FactRecord, rows, skip_known=True)


def facts_of(scope: Scope, person_id: UUID, *, kinds: Iterable[FactKind] = ()) -> tuple[Fact, ...]:
    """Return the facts of a person that count, in the order they were kept; of these kinds, if any are named.

    Those of an entry that a newer version superseded do not count; ``find_facts`` still finds them.
    """
    counting = FactRecord.objects.filter(person_id=person_id, entry__superseded__isnull=True)
    rows = within(counting, scope)
    wanted = list(kinds)
    found = list((rows.filter(kind__in=wanted) if wanted else rows).order_by("recorded_at", "id"))
    if not found:
        return ()
    key = key_of(person_id)
    return tuple(_fact(row, key) for row in found)


def facts_known_at(scope: Scope, person_id: UUID, at: datetime) -> tuple[Fact, ...]:
    """Return the facts of a person that counted at a moment, as they were kept by then; for a replay."""
    superseded_later = Q(entry__superseded__isnull=True) | Q(entry__superseded__recorded_at__gt=at)
    rows = FactRecord.objects.filter(superseded_later, person_id=person_id, recorded_at__lte=at)
    found = list(within(rows, scope).order_by("recorded_at", "id"))
    key = key_of(person_id) if found else None
    return tuple(_fact(row, key) for row in found if key)


def all_facts(scope: Scope, person_id: UUID) -> tuple[Fact, ...]:
    """Return every fact ever kept of a person, whether it still counts or not."""
    found = list(within(FactRecord.objects.filter(person_id=person_id), scope).order_by("recorded_at", "id"))
    key = key_of(person_id) if found else None
    return tuple(_fact(row, key) for row in found if key)


def facts_as_of(scope: Scope, person_id: UUID, moment: datetime) -> tuple[Fact, ...]:
    """Return the facts of a person that counted at a moment of the past, in the order they were kept."""
    later = Q(entry__superseded__isnull=True) | Q(entry__superseded__recorded_at__gt=moment)
    counted = FactRecord.objects.filter(later, person_id=person_id, recorded_at__lte=moment)
    found = list(within(counted, scope).order_by("recorded_at", "id"))
    key = key_of(person_id) if found else None
    return tuple(_fact(row, key) for row in found if key)


def count_facts(scope: Scope, person_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many facts are kept of each of these people, in one query."""
    rows = within(FactRecord.objects.filter(person_id__in=list(person_ids)), scope)
    return dict(rows.order_by().values_list("person_id").annotate(Count("id")))


def find_facts(scope: Scope, person_id: UUID, ids: Iterable[FactId]) -> tuple[Fact, ...]:
    """Return these facts of a person, such as the ones a finding used."""
    keys = [row_id(programme, person_id, fact_id) for fact_id in ids for programme in scope.programme_ids]
    rows = within(FactRecord.objects.filter(id__in=keys, person_id=person_id), scope)
    found = list(rows.order_by("recorded_at", "id"))
    key = key_of(person_id) if found else None
    return tuple(_fact(row, key) for row in found if key)


def held_ids(scope: Scope, programme_id: UUID, person_id: UUID, ids: Iterable[FactId]) -> frozenset[FactId]:
    """Return which of these ids facts of a person already have, whether they still count or not."""
    keys = {row_id(programme_id, person_id, fact_id): fact_id for fact_id in ids}
    rows = within(FactRecord.objects.filter(id__in=list(keys), person_id=person_id), scope)
    return frozenset(keys[row] for row in rows.values_list("id", flat=True))


def row_id(programme_id: UUID, person_id: UUID, fact_id: FactId) -> UUID:
    """Return the key of a fact's row. The same id in another person's or programme's record is another."""
    return uuid5(person_id, f"{programme_id}/{fact_id}")


def _columns(fact: Fact, row: UUID, key: PersonKey) -> dict[str, Any]:
    value, value_words = _split(fact.value)
    details = {name: _split(detail) for name, detail in fact.details.items()}
    words = {
        "id": fact.id,
        "ref": fact.origin.ref,
        "group": fact.group,
        "code": fact.code.display if fact.code else "",
        "value": value_words,
        "details": {name: part for name, (_, part) in details.items()},
    }
    return {
        "id": row,
        "kind": fact.kind,
        "concept": fact.concept,
        "presence": fact.presence,
        "understanding": fact.understanding,
        "status": fact.status,
        **value,
        "code_system": fact.code.system if fact.code else None,
        "code": fact.code.code if fact.code else None,
        "true_from": str(fact.true_from) if fact.true_from else None,
        "true_until": str(fact.true_until) if fact.true_until else None,
        "true_at": fact.true_at,
        "stated_at": fact.recorded_at,
        "origin_kind": fact.origin.kind,
        "origin_by": fact.origin.by,
        "details": {name: plain for name, (plain, _) in details.items()},
        "words": key.seal_words(words, purpose_of(FactRecord, row)),
    }


_NOTHING: Mapping[str, Any] = {
    "value_kind": "none",
    "value_number": None,
    "value_unit": None,
    "value_system": None,
    "value_code": None,
}


def _split(value: FactValue) -> tuple[dict[str, Any], str]:
    """Divide a value into open columns and words to close."""
    columns, words = dict(_NOTHING), ""
    match value:
        case Quantity():
            columns |= {"value_kind": "quantity", "value_number": value.value, "value_unit": value.unit}
        case Code():
            columns |= {"value_kind": "code", "value_system": value.system, "value_code": value.code}
            words = value.display
        case PartialDate():
            columns |= {"value_kind": "date", "value_code": str(value)}
        case bool():
            columns |= {"value_kind": "truth", "value_number": float(value)}
        case str():
            columns["value_kind"], words = "words", value
        case None:
            pass
    return columns, words


def _join(columns: Mapping[str, Any], words: str) -> Any:
    match columns["value_kind"]:
        case "quantity":
            return Quantity(float(columns["value_number"]), columns["value_unit"])
        case "code":
            return Code(columns["value_system"], columns["value_code"], words)
        case "date":
            return PartialDate.parse(columns["value_code"])
        case "truth":
            return bool(columns["value_number"])
        case "words":
            return words
    return None


def _fact(row: FactRecord, key: PersonKey) -> Fact:
    words = open_words(row, key)
    return Fact(
        id=words["id"],
        kind=FactKind(row.kind),
        concept=row.concept,
        origin=Origin(OriginKind(row.origin_kind), words["ref"], row.origin_by),
        presence=Presence(row.presence),
        understanding=Understanding(row.understanding),
        value=_join({name: getattr(row, name) for name in _NOTHING}, words["value"]),
        code=Code(row.code_system, row.code, words["code"]) if row.code is not None else None,  # type: ignore[arg-type]
        status=row.status,
        true_from=_date(row.true_from),
        true_until=_date(row.true_until),
        true_at=row.true_at,
        recorded_at=row.stated_at,
        group=words["group"],
        details={name: _join(part, words["details"][name]) for name, part in row.details.items()},
    )


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
