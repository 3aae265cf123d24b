"""What was sent beforehand: the resources, the facts in them, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kairos.domain.evidence.concepts import ConceptMap
from kairos.interop.cds_hooks.offered import PREFETCH, STATED_BY
from kairos.interop.fhir.elements import Json, children, text
from kairos.interop.fhir.reading import read_resources
from kairos.interop.fhir.record_facts import facts_of
from kairos.vocab.facts import Fact

_NAME = "prefetch"
_READ = frozenset().union(*STATED_BY.values()) | {"Encounter", "Medication"}


class Sent(NamedTuple):
    """A resource and the address that its Bundle gave it, if any."""

    address: str
    resource: Json


@dataclass(frozen=True, slots=True)
class Prefetched:
    """The resources that came with a request: those fetched beforehand, and the drafts."""

    patient_id: str
    held: Mapping[str, Any]
    fetched: tuple[Sent, ...]
    drafted: tuple[Sent, ...]
    by_reference: Mapping[str, Json]

    @property
    def resources(self) -> tuple[Json, ...]:
        """What was fetched beforehand."""
        return tuple(one.resource for one in self.fetched)

    @property
    def drafts(self) -> tuple[Json, ...]:
        """The drafted orders."""
        return tuple(one.resource for one in self.drafted)

    def follow(self, reference: str) -> Json:
        """Return the resource that a reference leads to; an empty one where it did not come along."""
        plain = reference.partition("/_history/")[0]
        found = self.by_reference.get(plain) or self.by_reference.get("/".join(plain.split("/")[-2:]))
        return found or {}

    @property
    def missing(self) -> tuple[str, ...]:
        """The lists that did not come, failed to come, or came without their end."""
        present = {str(one.resource.get("resourceType")) for one in self.fetched}
        return tuple(key for key in PREFETCH if not self._has(key, present))

    def _has(self, key: str, present: set[str]) -> bool:
        held = self.held.get(key)
        if isinstance(held, dict) and _is_cut_off(held):
            return False
        if isinstance(held, dict) and held.get("resourceType") != "OperationOutcome":
            return True
        return not STATED_BY[key].isdisjoint(present)


def prefetched(request: Json) -> Prefetched:
    """Return what came with a request."""
    context, held = request["context"], request.get("prefetch") or {}
    fetched = tuple(one for value in held.values() for one in _flat(value))
    drafted = tuple(_flat(context.get("draftOrders")))
    every = (*fetched, *drafted)
    named = {f"{r.get('resourceType')}/{r['id']}": r for _, r in every if text(r, "id")}
    addressed = {address: resource for address, resource in every if address}
    return Prefetched(context["patientId"], held, fetched, drafted, named | addressed)


def facts_known(sent: Prefetched, beside: tuple[Json, ...], concepts: ConceptMap) -> tuple[Fact, ...]:
    """Return the facts of the person whom the request is about.

    Medicines drafted beside the order come as intended, so that they ask and do not state. Other people's
    entries, and resources that no rule reads, are left out.

    Raises
    ------
    InvalidInput    a resource cannot be read as FHIR R4
    """
    person = f"Patient/{sent.patient_id}"
    medications = (one for one in sent.drafted if one.resource.get("resourceType") == "Medication")
    given = [one for one in (*sent.fetched, *medications) if _is_read(one.resource, sent.patient_id)]
    given += [Sent("", _intended(draft)) for draft in beside]
    if person not in sent.by_reference:
        given.append(Sent("", {"resourceType": "Patient", "id": sent.patient_id}))
    read = read_resources(_NAME, given, concepts=concepts)
    read.check()
    return next(facts_of(record) for record in read.patients if record.reference == person)


def _is_read(resource: Json, patient_id: str) -> bool:
    kind = resource.get("resourceType")
    return kind in _READ and (kind != "Patient" or resource.get("id") == patient_id)


def _flat(value: Any, address: str = "") -> Iterator[Sent]:
    """Return the resources of a value: one alone, or those of a Bundle, of a Bundle in it as well."""
    if not isinstance(value, dict):
        return
    if value.get("resourceType") == "Bundle":
        for entry in children(value, "entry"):
            yield from _flat(entry.get("resource"), text(entry, "fullUrl"))
    elif value.get("resourceType") != "OperationOutcome":
        yield Sent(address, value)


def _is_cut_off(bundle: Json) -> bool:
    return any(text(link, "relation") == "next" for link in children(bundle, "link"))


def _intended(draft: Json) -> Json:
    return {**draft, "status": "active", "intent": "plan"}
