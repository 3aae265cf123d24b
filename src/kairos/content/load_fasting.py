"""How long before a dose nothing is taken, from ``rules/fasting.yaml``."""

from kairos.content.load_rules import reach_of
from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.fasting import FastingRow, FastingStep, Intake
from kairos.vocab.verdict import Severity


def load_fasting(source: ContentSource, lint: Lint, *, parameters: ParameterBook) -> tuple[FastingRow, ...]:
    """Return the rows, every parameter in them checked."""
    rows: list[FastingRow] = []

    def keep(name: str, entry: Table) -> None:
        entry.only("ref", "intake", "routes", "steps", "source")
        rows.append(
            FastingRow(
                id=name,
                ref=entry.text("ref"),
                intake=entry.one_of("intake", Intake),
                reach=reach_of(entry),
                steps=tuple(_step(step, parameters) for step in entry.tables("steps")),
                sources=lint.sources(entry),
            )
        )

    each_entry(source.under("rules/fasting.yaml"), lint, keep)
    return tuple(rows)


def _step(table: Table, parameters: ParameterBook) -> FastingStep:
    table.only("severity", "least")
    least = table.text("least")
    if least not in parameters:
        raise table.fault(f"least names the parameter {least!r}, which does not exist", "least")
    return FastingStep(least, table.one_of("severity", Severity))
