"""From findings to cards: what speaks against an order, what is not known, why, and on whose authority."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.domain.eligibility.screening import Screening
from kairos.domain.evidence.citations import Citation
from kairos.domain.evidence.texts import TextBook
from kairos.domain.rules.explanation import Explainer
from kairos.interop.cds_hooks.drafted_orders import KetamineOrder
from kairos.interop.cds_hooks.response_document import LONGEST_SUMMARY
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Advice, Severity, Verdict

TOPICS = "urn:kairos:topics"
OVERRIDE_REASONS = "urn:kairos:override-reasons"
CRITICAL, WARNING, INFO = "critical", "warning", "info"
_SUMMARIES = {
    Severity.ABSOLUTE: ("cds.summary.excluded", CRITICAL),
    Severity.RELATIVE: ("cds.summary.relative", WARNING),
    Severity.DEFER: ("cds.summary.defer", WARNING),
    Severity.CAUTION: ("cds.summary.caution", INFO),
}


@dataclass(frozen=True, slots=True)
class GivenCard:
    """What is kept of a card, so that feedback can be tied to it: no word about the person."""

    id: UUID
    indicator: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """An order, what the rules answered about it, and which lists were missing."""

    order: KetamineOrder
    screening: Screening
    content: ContentInForce
    missing: tuple[str, ...] = ()
    has_drafts_beside: bool = False


@dataclass(slots=True)
class CardWriter:
    """Writes the cards of one answer, and remembers what was given."""

    words: TextBook
    texts: TextBook
    explainer: Explainer
    citations: Mapping[str, Citation]
    reasons: tuple[str, ...]
    new_id: Callable[[], UUID]
    given: list[GivenCard] = field(default_factory=list)

    def cards(self, judged: Judged) -> list[dict[str, Any]]:
        """Return the cards about one order, from the gravest down."""
        against = [f for f in judged.screening.findings if f.verdict is Verdict.NOT_MET]
        grave = [f for f in against if f.severity is not Severity.CAUTION]
        cautions = tuple(f for f in against if f.severity is Severity.CAUTION)
        cards = [self._finding_card(judged, (f,)) for f in grave]
        cards += [self._finding_card(judged, cautions)] if cautions else []
        open_ones = tuple(f for f in judged.screening.findings if f.is_open)
        cards += [self._open_card(judged, open_ones)] if open_ones else []
        return cards or [self._clear_card(judged)]

    def _finding_card(self, judged: Judged, findings: tuple[Finding, ...]) -> dict[str, Any]:
        first = findings[0]
        message, indicator = _SUMMARIES[first.severity]
        message = message if len(findings) == 1 else "cds.summary.cautions"
        told = {"subject": self._subject(first), "count": len(findings)}
        detail = "\n\n".join(self._about(finding) for finding in findings)
        exclusion = [self._text("cds.detail.exclusion")] if indicator == CRITICAL else []
        card = self._card(
            judged, self._summary(judged, message, told), indicator, [detail, *exclusion], findings
        )
        if indicator == CRITICAL:
            return card | self._removal(judged.order)
        return card | {"overrideReasons": self._override_reasons()}

    def _open_card(self, judged: Judged, findings: tuple[Finding, ...]) -> dict[str, Any]:
        is_settled = judged.screening.advice is Advice.EXCLUDED
        summary = self._summary(judged, "cds.summary.missing", {"count": len(findings)})
        asked = [f"- {self.explainer.question(name)}" for name in judged.screening.questions]
        named = [f"- {self.explainer.because(finding)} (`{finding.rule}`)" for finding in findings]
        parts = [
            self._missing(judged),
            "\n".join([f"**{self._text('cds.detail.open')}**", "", *named]),
            "\n".join([f"**{self._text('cds.detail.questions')}**", "", *asked]) if asked else "",
        ]
        card = self._card(judged, summary, INFO if is_settled else WARNING, parts, findings)
        return card | {"overrideReasons": self._override_reasons()}

    def _clear_card(self, judged: Judged) -> dict[str, Any]:
        return self._card(judged, self._summary(judged, "cds.summary.clear", {}), INFO, [], ())

    def _card(
        self, judged: Judged, summary: str, indicator: str, parts: list[str], findings: tuple[Finding, ...]
    ) -> dict[str, Any]:
        given = GivenCard(self.new_id(), indicator, tuple(finding.rule for finding in findings))
        self.given.append(given)
        detail = [part for part in parts if part] + list(self._judged_as(judged)) + [self._version(judged)]
        cited = findings[0].sources if len(findings) == 1 else ()
        return {
            "uuid": str(given.id),
            "summary": summary,
            "indicator": indicator,
            "detail": "\n\n".join(detail),
            "source": self._source(next(iter(cited), "")),
        } | self._links(cited[1:])

    def _about(self, finding: Finding) -> str:
        text = self._text
        lines = [
            f"**{text('cds.detail.why')}**: {self.explainer.because(finding)}",
            f"**{text('cds.detail.rule')}**: `{finding.rule}` ({finding.ref}, {finding.severity})",
            f"**{text('cds.detail.sources')}**: {'; '.join(map(self._cited, finding.sources))}",
        ]
        return "  \n".join(lines)

    def _missing(self, judged: Judged) -> str:
        if not judged.missing:
            return self._text("cds.detail.nothing_missing")
        named = ", ".join(self._text(f"cds.missing.{key}") for key in judged.missing)
        return self._text("cds.detail.missing").format(missing=named)

    def _judged_as(self, judged: Judged) -> Iterator[str]:
        target = judged.order.target
        words = {
            "route": self._text(f"cds.route.{target.route}"),
            "setting": self._text(f"cds.setting.{target.setting}"),
            "indication": self._text(f"cds.indication.{target.indication}"),
        }
        yield self._text("cds.detail.judged_as").format(**words)
        if not judged.order.names_route:
            yield self._text("cds.detail.no_route").format(**words)
        if not judged.order.names_reason:
            yield self._text("cds.detail.no_reason").format(**words)
        if judged.has_drafts_beside:
            yield self._text("cds.detail.draft_medicines")
        yield self._text("cds.detail.advice")

    def _version(self, judged: Judged) -> str:
        overlay = judged.content.overlay_version
        named = f"`{judged.content.version}`" + (f" + `{overlay}`" if overlay else "")
        signed = "" if judged.content.is_signed else f" {self._text('cds.detail.unsigned')}"
        return f"**{self._text('cds.detail.content')}**: {named}.{signed}"

    def _summary(self, judged: Judged, message: str, told: Mapping[str, object]) -> str:
        drug = self._text(f"cds.drug.{judged.order.drug}")
        summary = self._text(message).format(drug=drug, **told)
        return summary if len(summary) <= LONGEST_SUMMARY else f"{summary[: LONGEST_SUMMARY - 1]}…"

    def _source(self, key: str) -> dict[str, Any]:
        citation = self.citations.get(key)
        topic = {"system": TOPICS, "code": "eligibility", "display": self._text("cds.topic")}
        if citation is None:
            return {"label": self._text("cds.source"), "topic": topic}
        address = {"url": citation.address} if citation.address else {}
        return {"label": citation.title, **address, "topic": topic}

    def _links(self, keys: tuple[str, ...]) -> dict[str, Any]:
        found = (self.citations[key] for key in keys if key in self.citations)
        links = [{"label": c.title, "url": c.address, "type": "absolute"} for c in found if c.address]
        return {"links": links} if links else {}

    def _cited(self, key: str) -> str:
        citation = self.citations[key]
        return f"[{citation.title}]({citation.address})" if citation.address else citation.title

    def _removal(self, order: KetamineOrder) -> dict[str, Any]:
        """Return the suggestion to take the order back, where it has an id to name it by."""
        if not order.reference:
            return {}
        drug = {"drug": self._text(f"cds.drug.{order.drug}").lower()}
        action = {
            "type": "delete",
            "description": self._text("cds.suggest.remove_done").format(**drug),
            "resourceId": order.reference,
        }
        label = self._text("cds.suggest.remove").format(**drug)
        suggestion = {"uuid": str(self.new_id()), "label": label, "actions": [action]}
        return {"suggestions": [suggestion], "selectionBehavior": "at-most-one"}

    def _override_reasons(self) -> list[dict[str, str]]:
        return [
            {"system": OVERRIDE_REASONS, "code": reason, "display": self._text(f"cds.override.{reason}")}
            for reason in self.reasons
        ]

    def _subject(self, finding: Finding) -> str:
        return self.texts.template(f"{finding.rule}.subject")

    def _text(self, message: str) -> str:
        return self.words.template(message)
