"""Findings for the person whom they are about: the team's own, rendered for another reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import ContentRelease
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.objections import ObjectionKind
from kairos.domain.evidence.standing_words import tell_evidence, tell_standing
from kairos.domain.evidence.texts import Audience
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.target import Setting
from kairos.queries.own_eligibility import Objected, OwnEligibility
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Advice, Severity, Verdict
from kairos.web.design.dates import dated
from kairos.web.languages import read_in

PATIENT = Audience.PATIENT
_STOPS = (Severity.ABSOLUTE, Severity.DEFER)
_WEIGHT_WORDS: dict[Severity, tuple[str, Promise]] = {
    Severity.ABSOLUTE: ("emergency", gettext_lazy("Because of this it is not offered")),
    Severity.DEFER: ("urgent", gettext_lazy("Not yet. This can change")),
    Severity.RELATIVE: ("caution", gettext_lazy("A clinician looks at this with you")),
    Severity.CAUTION: ("info", gettext_lazy("Good to know")),
}
_ADVICE_WORDS: dict[Advice, Promise] = {
    Advice.EXCLUDED: gettext_lazy("By the rules, this treatment is not offered to you as things are."),
    Advice.INCOMPLETE: gettext_lazy("Your team does not know enough yet. Nothing starts before it does."),
    Advice.NEEDS_REVIEW: gettext_lazy("A clinician has to look at something with you first."),
    Advice.MAY_PROCEED: gettext_lazy(
        "Nothing that is known speaks against it. A clinician still decides with you."
    ),
}
_HOLDS = (Advice.EXCLUDED, Advice.INCOMPLETE)
_DECISION_WORDS: dict[str, Promise] = {
    Decision.START: gettext_lazy("You may start"),
    Decision.NOT_NOW: gettext_lazy("Not now"),
    Decision.REFER: gettext_lazy("Another treatment, or another place"),
    Decision.NO: gettext_lazy("Not this treatment"),
}
_PLACE_WORDS: dict[Setting, Promise] = {
    Setting.CLINIC: gettext_lazy("in the clinic"),
    Setting.HOME: gettext_lazy("at home"),
}


@dataclass(frozen=True, slots=True)
class OwnReader:
    """Renders one person's findings in the words that content has for them."""

    page: OwnEligibility
    explainer: Explainer

    @classmethod
    def of(cls, page: OwnEligibility) -> "OwnReader":
        """Return the reader of a page."""
        return cls(page, Explainer(read_in(page.content.release).texts, audience=PATIENT))

    @property
    def release(self) -> ContentRelease:
        """The content in force, in the words of this page's language."""
        return read_in(self.page.content.release)

    def title(self, rule: str) -> str:
        """Return what a rule is about."""
        return self.explainer.question(f"{rule}.subject")

    def sentence(self, finding: Finding) -> str:
        """Return the sentence of a finding, without the title that stands above it."""
        said = self.explainer.because(finding).removeprefix(f"{self.title(finding.rule)}: ")
        return said[:1].upper() + said[1:]

    def reason(self, rule: str) -> str:
        """Return why a rule matters, without what the record says."""
        return self.explainer.question(f"{rule}.reason")

    def is_about_suicide(self, finding: Finding) -> bool:
        """Whether its rule starts the safety pathway: then people come first, and no weight is named."""
        rule = self.release.rules.get(finding.rule)
        return rule is not None and any(grade.pathway for grade in rule.grades)

    def against(self, *severities: Severity) -> list[Finding]:
        """Return what speaks against it by its weight, but for what belongs beside the crisis card."""
        return [
            f
            for severity in severities
            for f in self.page.screening.findings
            if f.verdict is Verdict.NOT_MET and f.severity is severity and not self.is_about_suicide(f)
        ]


def own_page(page: OwnEligibility) -> dict[str, Any]:
    """Return everything the page shows."""
    reader = OwnReader.of(page)
    cared = [
        f for f in page.screening.findings if f.verdict is Verdict.NOT_MET and reader.is_about_suicide(f)
    ]
    status, *conditions = tell_standing(page.known.status, reader.release.texts, audience=PATIENT)
    return {
        "page": page,
        "asked": _asked(page, reader),
        "advice": _ADVICE_WORDS[page.screening.advice],
        "decision": _decision(page),
        "cared": [own_row(reader, f) | {"reason": reader.reason(f.rule)} for f in cared],
        "stops": _rows(reader, reader.against(*_STOPS)),
        "looks": _rows(reader, reader.against(Severity.RELATIVE)),
        "notes": _rows(reader, reader.against(Severity.CAUTION)),
        "questions": _questions(reader),
        "status": status,
        "conditions": conditions,
        "grade": page.known.evidence.grade.value if page.known.evidence else "none",
        "evidence": tell_evidence(page.known.evidence, reader.release.texts, audience=PATIENT),
        "second_look": waits_words(page, page.waits_for(ObjectionKind.SECOND_LOOK)),
    }


def _asked(page: OwnEligibility, reader: OwnReader) -> str:
    target = page.screening.target
    named = {
        "what": reader.explainer.question(f"product.{page.known.status.product}"),
        "place": _PLACE_WORDS[target.setting],
        "why": reader.explainer.question(f"indication.{target.indication}"),
    }
    return _("This is about %(what)s, %(place)s, for %(why)s.") % named


def _decision(page: OwnEligibility) -> dict[str, Any] | None:
    decision = page.decision
    if decision is None:
        return None
    waits = decision.decision == Decision.START and page.screening.advice in _HOLDS
    decided = _DECISION_WORDS[decision.decision]
    return {
        "word": _("Something has to be cleared up first") if waits else decided,
        "decided": decided,
        "by": page.decided_by,
        "on": day_words(page, decision.signed_at),
        "why": decision.words.get("why", "") if decision.decision == Decision.NO else "",
    }


def day_words(page: OwnEligibility, at: datetime) -> str:
    """Return a day with its name, where the person is treated."""
    return dated(at.astimezone(page.zone), "l j F")


def _rows(reader: OwnReader, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [own_row(reader, finding) for finding in findings]


def own_row(reader: OwnReader, finding: Finding) -> dict[str, Any]:
    """Return one finding: what it is, why, what comes next, and whether one has objected to it."""
    icon, word = _WEIGHT_WORDS[finding.severity]
    waits = reader.page.waits_for(ObjectionKind.NOT_RIGHT, finding.rule)
    steps = [step.step for step in reader.page.screening.steps if step.rule == finding.rule]
    return {
        "rule": finding.rule,
        "icon": icon,
        "word": word,
        "title": reader.title(finding.rule),
        "sentence": reader.sentence(finding),
        "steps": [reader.explainer.question(step) for step in steps],
        "waits": waits_words(reader.page, waits),
        "can_object": finding.rule in reader.release.rules,
    }


def waits_words(page: OwnEligibility, waits: Objected | None) -> str:
    """Return what stands where one has objected already; nothing where one has not."""
    if waits is None:
        return ""
    said = day_words(page, waits.said.said_at)
    if waits.answer_by is None:
        return _("You told your team on %(said)s.") % {"said": said}
    named = {"said": said, "by": day_words(page, waits.answer_by)}
    return _("You told your team on %(said)s. Somebody answers you by %(by)s.") % named


def _questions(reader: OwnReader) -> Sequence[str]:
    """Return what is still to ask, each once, as the person is asked it."""
    texts, asked = reader.release.texts, []
    for finding in reader.page.screening.findings:
        if finding.is_open:
            rule = reader.release.rules.get(finding.rule)
            own = [q for q in (rule.questions if rule else ()) if ("en", q, PATIENT) in texts.templates]
            asked += [reader.explainer.question(q) for q in own] or [reader.title(finding.rule)]
    return tuple(dict.fromkeys(asked))
