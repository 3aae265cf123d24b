"""Medicines kept at hand, from ``rescue/medicines.yaml``."""

from decimal import Decimal

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.texts import TextBook
from kairos.domain.rules.interactions import drugs_of
from kairos.domain.safety.rescue import (
    GivingRoute,
    KnownDose,
    RescueCaution,
    RescueMedicine,
    RescueMedicines,
)
from kairos.vocab.verdict import Severity, Verdict


def load_rescue(
    source: ContentSource, lint: Lint, *, concepts: ConceptMap, texts: TextBook
) -> RescueMedicines:
    """Return every medicine by its drug. A drug, class, condition or text that does not exist is a fault."""
    found: dict[str, RescueMedicine] = {}

    def keep(drug: str, entry: Table) -> None:
        entry.only("for", "doses", "cautions", "source", "certainty")
        if drug not in concepts.ingredients:
            raise entry.fault(f"{drug!r} is no drug of concepts/drugs/")
        found[drug] = RescueMedicine(
            drug=drug,
            problems=entry.texts("for"),
            doses=tuple(_dose(table) for table in entry.tables("doses")),
            cautions=tuple(_caution(table, concepts) for table in entry.tables("cautions")),
            certainty=entry.one_of("certainty", Certainty),
            sources=lint.sources(entry),
        )
        _check_texts(found[drug], entry, texts)

    each_entry(source.under("rescue/"), lint, keep)
    return found


def _dose(table: Table) -> KnownDose:
    table.only("routes", "low", "high", "unit", "problem")
    low, high = (Decimal(str(table.number(name))).normalize() for name in ("low", "high"))
    if not 0 < low <= high:
        raise table.fault(f"low {low} and high {high} are no range", "low")
    return KnownDose(_routes(table, "routes"), low, high, table.text("unit"), table.text("problem", ""))


def _caution(table: Table, concepts: ConceptMap) -> RescueCaution:
    table.only("id", "drugs", "classes", "conditions", "severity", "routes", "given_by")
    for condition in table.texts("conditions"):
        if concepts.concept(condition) is None:
            raise table.fault(f"{condition!r} is no concept", "conditions")
    for drug in table.texts("drugs"):
        if drug not in concepts.ingredients:
            raise table.fault(f"{drug!r} is no drug of concepts/drugs/", "drugs")
    for each in table.texts("classes"):
        if not concepts.ingredients_of(each):
            raise table.fault(f"no drug is of the class {each!r}", "classes")
    return RescueCaution(
        id=table.text("id"),
        severity=table.one_of("severity", Severity),
        drugs=drugs_of(concepts, drugs=table.texts("drugs"), classes=table.texts("classes")),
        conditions=frozenset(table.texts("conditions")),
        routes=frozenset(_routes(table, "routes")),
        given_by=frozenset(_routes(table, "given_by")),
    )


def _routes(table: Table, key: str) -> tuple[GivingRoute, ...]:
    words = table.texts(key)
    for word in words:
        if word not in list(GivingRoute):
            raise table.fault(f"{word!r} is no way to give; expected one of {', '.join(GivingRoute)}", key)
    return tuple(GivingRoute(word) for word in words)


def _check_texts(medicine: RescueMedicine, entry: Table, texts: TextBook) -> None:
    wanted = [medicine.name, medicine.note]
    wanted += [f"{caution.text}.{verdict}" for caution in medicine.cautions for verdict in Verdict]
    missing = [each for each in wanted if each not in texts]
    if missing:
        raise entry.fault(f"these texts are missing: {', '.join(missing)}")
