"""Findings as JSON and back: what was judged in the open, what it was judged from under the key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kairos.vocab.codes import Code
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Severity, Verdict


def findings_to_json(findings: Sequence[Finding]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the open part (rule, verdict, sources) and the part to close (values, facts), in order."""
    judged = [
        {
            "rule": finding.rule,
            "ref": finding.ref,
            "verdict": finding.verdict,
            "severity": finding.severity,
            "unsettled": finding.unsettled,
            "message": finding.message,
            "sources": list(finding.sources),
        }
        for finding in findings
    ]
    used = [
        {
            "values": {name: _encode(value) for name, value in finding.values.items()},
            "facts": list(finding.facts),
        }
        for finding in findings
    ]
    return judged, used


def findings_from_json(judged: Sequence[Any], used: Sequence[Any]) -> tuple[Finding, ...]:
    """Return the findings again."""
    return tuple(
        Finding(
            rule=open_part["rule"],
            ref=open_part["ref"],
            verdict=Verdict(open_part["verdict"]),
            severity=Severity(open_part["severity"]),
            message=open_part["message"],
            values={name: _decode(value) for name, value in closed_part["values"].items()},
            facts=tuple(closed_part["facts"]),
            sources=tuple(open_part["sources"]),
            unsettled=Severity(open_part["unsettled"]) if open_part.get("unsettled") else None,
        )
        for open_part, closed_part in zip(judged, used, strict=True)
    )


def _encode(value: FindingValue) -> list[Any]:
    match value:
        case Quantity():
            return ["quantity", value.value, value.unit]
        case Code():
            return ["code", value.system, value.code, value.display]
        case PartialDate():
            return ["date", str(value)]
        case datetime():
            return ["instant", value.isoformat()]
    return ["text", value]


def _decode(value: Sequence[Any]) -> FindingValue:
    kind, *parts = value
    match kind:
        case "quantity":
            return Quantity(*parts)
        case "code":
            return Code(*parts)
        case "date":
            return PartialDate.parse(parts[0])
        case "instant":
            return datetime.fromisoformat(parts[0])
    return str(parts[0])
