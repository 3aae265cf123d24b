"""What was sent beforehand: the resources, the facts in them, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from kairos.domain.evidence.concepts import ConceptMap
from kairos.interop.cds_hooks.offered import PREFETCH, STATED_BY
from kairos.interop.fhir.elements import Json, children, text
from kairos.interop.fhir.reading import read_contents
from kairos.interop.fhir.record_facts import facts_of
from kairos.vocab.facts import Fact

_NAME = "prefetch"


@dataclass(frozen=True, slots=True)
class Prefetched:
    """The resources that came with a request, each once, and the addresses they were found under."""

    patient_id: str
    held: Mapping[str, Any]
    resources: tuple[Json, ...]
    by_reference: Mapping[str, Json] = field(default_factory=dict)

    def follow(self, reference: str) -> Json:
        """Return the resource that a reference leads to; an empty one where it did not come along."""
        plain = reference.partition("/_history/")[0]
        return self.by_reference.get("/".join(plain.split("/")[-2:]), {})

    @property
    def missing(self) -> tuple[str, ...]:
        """The lists that did not come, failed to come, or came without their end."""
        present = {str(one.get("resourceType")) for one in self.resources}
        return tuple(key for key in PREFETCH if not self._has(key, present))

    def _has(self, key: str, present: set[str]) -> bool:
        held = self.held.get(key)
        if isinstance(held, dict) and _is_cut_off(held):
            return False
        if isinstance(held, dict) and held.get("resourceType") != "OperationOutcome":
            return True
        return not STATED_BY[key].isdisjoint(present)


def prefetched(request: Json, drafts: tuple[Json, ...] = ()) -> Prefetched:
    """Return what came with a request."""
    held = request.get("prefetch") or {}
    found = tuple(one for value in held.values() for one in _flat(value))
    named = {f"{one.get('resourceType')}/{one['id']}": one for one in (*found, *drafts) if text(one, "id")}
    return Prefetched(request["context"]["patientId"], held, found, named)


def facts_known(sent: Prefetched, beside: tuple[Json, ...], concepts: ConceptMap) -> tuple[Fact, ...]:
    """Return the facts of the person whom the request is about.

    Medicines drafted beside the order come as intended, so that they ask and do not state.

    Raises
    ------
    InvalidInput    a resource cannot be read as FHIR R4
    """
    person = f"Patient/{sent.patient_id}"
    resources = [*sent.resources, *map(_intended, beside)]
    if person not in sent.by_reference:
        resources.append({"resourceType": "Patient", "id": sent.patient_id})
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": one} for one in resources],
    }
    read = read_contents([(_NAME, orjson.dumps(bundle))], concepts=concepts)
    read.check()
    return next(facts_of(record) for record in read.patients if record.reference == person)


def _flat(value: Any) -> Iterator[Json]:
    """Return the resources of a value: one alone, or those of a Bundle, of a Bundle in it as well."""
    if not isinstance(value, dict):
        return
    if value.get("resourceType") == "Bundle":
        for entry in children(value, "entry"):
            yield from _flat(entry.get("resource"))
    elif value.get("resourceType") != "OperationOutcome":
        yield value


def _is_cut_off(bundle: Json) -> bool:
    return any(text(link, "relation") == "next" for link in children(bundle, "link"))


def _intended(draft: Json) -> Json:
    return {**draft, "status": "active", "intent": "plan"}
