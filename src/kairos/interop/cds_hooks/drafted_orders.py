"""Which orders are of ketamine or esketamine, and what each is for: route, setting, indication."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kairos.content.load_order_words import OrderWords
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Route, Setting, Target
from kairos.interop.fhir.elements import Json, child, children, codings, text, wordings
from kairos.interop.fhir.medication import understand_medication
from kairos.interop.fhir.understanding import Reader
from kairos.vocab.facts import FactKind

ESKETAMINE, KETAMINE = "esketamine", "ketamine"
_ENDED = ("entered-in-error", "cancelled", "stopped", "completed", "revoked")
_CURRENT = ("active", "on-hold", "intended", "in-progress", "unknown")
_CURRENT_TYPES = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
_WORD = re.compile(r"[a-z]+")
Follow = Callable[[str], Json]


@dataclass(frozen=True, slots=True)
class KetamineOrder:
    """An order of ketamine or esketamine. ``reference`` is empty where it has no id, or is no draft."""

    reference: str
    drug: str
    target: Target
    names_route: bool
    names_reason: bool


@dataclass(frozen=True, slots=True)
class OrderReader:
    """Reads orders with the concepts and words of the content; ``follow`` leads to a Medication."""

    concepts: ConceptMap
    words: OrderWords
    follow: Follow

    def drafts(self, resources: Iterable[Json]) -> tuple[KetamineOrder, ...]:
        """Return the drafted orders of ketamine or esketamine."""
        return tuple(self._orders(resources, is_draft=True))

    def current(self, resources: Iterable[Json]) -> tuple[KetamineOrder, ...]:
        """Return ketamine and esketamine among the current medicines; the same for the same purpose once."""
        medicines = [
            one
            for one in resources
            if one.get("resourceType") in _CURRENT_TYPES and text(one, "status") in _CURRENT
        ]
        return tuple(dict.fromkeys(self._orders(medicines, is_draft=False)))

    def _orders(self, resources: Iterable[Json], *, is_draft: bool) -> Iterator[KetamineOrder]:
        for resource in resources:
            drug = self.drug_of(resource)
            if drug:
                yield self._order(resource, drug, is_draft=is_draft)

    def drug_of(self, resource: Json) -> str:
        """Return ``ketamine``, ``esketamine`` or nothing. Codes and words both count: either may be wrong."""
        if resource.get("doNotPerform") is True or text(resource, "status") in _ENDED:
            return ""
        if resource.get("resourceType") in _CURRENT_TYPES:
            named = self._named_medicine(resource)
        else:
            named = self._named(child(resource, "code"))
        return ESKETAMINE if ESKETAMINE in named else KETAMINE if KETAMINE in named else ""

    def _named_medicine(self, resource: Json) -> set[str]:
        reader = Reader(self.concepts, self.follow)
        understood = understand_medication({**resource, "status": "active"}, "", reader)
        named = {fact.concept for fact in understood.facts if fact.kind is FactKind.MEDICATION}
        return named | self._named(child(resource, "medicationCodeableConcept"))

    def _named(self, concept: Json) -> set[str]:
        return {name for wording in wordings(concept) for name in self.concepts.ingredients_named(wording)}

    def _order(self, resource: Json, drug: str, *, is_draft: bool) -> KetamineOrder:
        stated = self._route(resource, drug)
        route = stated or (Route.ESKETAMINE if drug == ESKETAMINE else DEFAULT_TARGET.route)
        indication = self._indication(resource)
        identifier = text(resource, "id")
        return KetamineOrder(
            reference=f"{resource['resourceType']}/{identifier}" if is_draft and identifier else "",
            drug=drug,
            target=Target(
                route=route,
                setting=self._setting(resource, route),
                indication=indication or DEFAULT_TARGET.indication,
            ),
            names_route=stated is not None or drug == ESKETAMINE,
            names_reason=indication is not None,
        )

    def _route(self, resource: Json, drug: str) -> Route | None:
        dosages = [*children(resource, "dosageInstruction"), *children(resource, "dosage")]
        concepts = [child(dosage, "route") for dosage in dosages]
        routes = [*(self._coded_route(one) for one in concepts)]
        said = [*(" ".join(wordings(one)) for one in concepts), *(text(one, "text") for one in dosages)]
        product = child(resource, "medicationCodeableConcept") or child(resource, "code")
        routes += [self._worded_route(words) for words in (*said, " ".join(wordings(product)))]
        found = next((route for route in routes if route is not None), None)
        return Route.ESKETAMINE if found is Route.NASAL and drug == ESKETAMINE else found

    def _coded_route(self, concept: Json) -> Route | None:
        routes = (self.words.route_codes.get(coding.code.upper()) for coding in codings(concept))
        return next((route for route in routes if route is not None), None)

    def _worded_route(self, words: str) -> Route | None:
        """Return the route of the longest word that names one: a sublingual lozenge is no oral tablet."""
        padded = f" {' '.join(_WORD.findall(words.lower()))} "
        named = [word for word in self.words.route_words if f" {word} " in padded]
        return self.words.route_words[max(named, key=len)] if named else None

    def _setting(self, resource: Json, route: Route) -> Setting:
        categories = (code.code for one in children(resource, "category") for code in codings(one))
        stated = (self.words.setting_of_category.get(category) for category in categories)
        return next((s for s in stated if s is not None), self.words.setting_of_route[route])

    def _indication(self, resource: Json) -> Indication | None:
        reasons = [
            *children(resource, "reasonCode"),
            *(
                child(self.follow(text(one, "reference")), "code")
                for one in children(resource, "reasonReference")
            ),
        ]
        for reason in reasons:
            for code in codings(reason):
                for meaning in self.concepts.meanings(code, kind=FactKind.CONDITION):
                    if meaning.concept in self.words.indications:
                        return self.words.indications[meaning.concept]
        return None
