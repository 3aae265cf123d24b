"""What is offered in the days after a session, from ``integration/days_after.yaml``."""

from collections.abc import Container

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.evidence.texts import Audience, TextBook
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.integration.plan import DaysAfter, HandOverReason, PlanStep, VisitField


def load_integration(
    source: ContentSource,
    lint: Lint,
    *,
    parameters: ParameterBook,
    texts: TextBook,
    claims: Container[str],
) -> dict[str, DaysAfter]:
    """Return the plans, each step worded for patients, each time a parameter, each claim in the registry."""
    found: dict[str, DaysAfter] = {}

    def keep(name: str, entry: Table) -> None:
        entry.only(
            *("version", "source", "claims", "window", "steps", "practices", "visit_fields", "reasons"),
        )
        window = entry.table("window")
        window.only("opens", "closes")
        found[name] = DaysAfter(
            id=name,
            version=int(entry.number("version")),
            steps=tuple(_step(each, parameters, texts) for each in entry.tables("steps")),
            opens=_parameter(window, "opens", parameters),
            closes=_parameter(window, "closes", parameters),
            claims=_claims(entry, claims),
            practices=_practices(entry, texts),
            visit_fields=tuple(_field(each, texts) for each in entry.tables("visit_fields")),
            reasons=tuple(_reason(each, texts) for each in entry.tables("reasons")),
            sources=lint.sources(entry),
        )

    each_entry(source.under("integration/"), lint, keep)
    return found


def _step(table: Table, parameters: ParameterBook, texts: TextBook) -> PlanStep:
    table.only("id", "due")
    name = table.text("id")
    _check_worded(table, "id", f"integration.step.{name}", Audience.PATIENT, texts)
    return PlanStep(name, _parameter(table, "due", parameters))


def _field(table: Table, texts: TextBook) -> VisitField:
    table.only("id", "is_required")
    name = table.text("id")
    _check_worded(table, "id", f"visit.field.{name}", Audience.CLINICIAN, texts)
    return VisitField(name, table.flag("is_required"))


def _claims(entry: Table, claims: Container[str]) -> tuple[str, ...]:
    named = entry.texts("claims")
    strange = [claim for claim in named if claim not in claims]
    if strange or not named:
        raise entry.fault(f"claims must name claims of the registry; not {', '.join(strange)}", "claims")
    return named


def _reason(table: Table, texts: TextBook) -> HandOverReason:
    table.only("id", "level")
    name = table.text("id")
    _check_worded(table, "id", f"integration.reason.{name}", Audience.CLINICIAN, texts)
    return HandOverReason(name, table.one_of("level", SafetyLevel))


def _practices(entry: Table, texts: TextBook) -> tuple[str, ...]:
    named = entry.texts("practices")
    for name in named:
        _check_worded(entry, "practices", f"integration.practice.{name}", Audience.PATIENT, texts)
    return named


def _check_worded(table: Table, key: str, text: str, audience: Audience, texts: TextBook) -> None:
    if ("en", text, audience) not in texts.templates:
        raise table.fault(f"there is no text {text} for a {audience}", key)


def _parameter(table: Table, key: str, parameters: ParameterBook) -> str:
    name = table.text(key)
    if name not in parameters:
        raise table.fault(f"{key} names the parameter {name!r}, which does not exist", key)
    return name
