"""Findings and open questions of one person as the parts of the eligibility page."""

from collections.abc import Iterable
from dataclasses import dataclass

from kairos.content.release import ContentRelease
from kairos.domain.rules.explanation import Explainer
from kairos.domain.rules.rule import Question
from kairos.queries.eligibility import EligibilityPage
from kairos.vocab.facts import Fact, FactKind, Presence
from kairos.vocab.finding import Finding
from kairos.vocab.verdict import Severity, Verdict
from kairos.web.clinic.eligibility.forms import DecisionForm, field_of
from kairos.web.clinic.people.shown import entry_url
from kairos.web.clinic.words import chip_words
from kairos.web.design import parts

MANY_CHIPS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """One open question: why it is asked, and how it is answered."""

    question: Question
    title: str
    because: str
    severity: Severity
    chips: tuple[parts.FactChip, ...]
    rule: str
    is_silent: bool

    @property
    def form(self) -> str:
        """How it is answered: ``yes_no``, or by a result, a list or the ledger."""
        return self.question.form.form


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one person's page: findings become cards, what is unknown becomes questions."""

    page: EligibilityPage
    release: ContentRelease
    explainer: Explainer

    @classmethod
    def of(cls, page: EligibilityPage) -> "Reader":
        """Return the reader of a page, with the texts for clinicians."""
        release = page.content.release
        return cls(page, release, Explainer(release.texts))

    def found(self, verdict: Verdict, *severities: Severity) -> list[Finding]:
        """Return the findings of a verdict, the most severe first."""
        order = list(Severity)
        wanted = [f for f in self.page.findings if f.verdict is verdict]
        kept = [f for f in wanted if not severities or f.severity in severities]
        return sorted(kept, key=lambda f: order.index(f.severity))

    def title(self, rule: str) -> str:
        """Return what a rule is about."""
        return self.explainer.question(f"{rule}.subject")

    def card(self, finding: Finding, form: DecisionForm | None = None) -> parts.FindingCard:
        """Return one finding as a card; with a field for the reason, where one is wanted."""
        name = field_of(finding.rule)
        return parts.FindingCard(
            rule=finding.rule,
            severity=finding.severity.value,
            title=self.title(finding.rule),
            because=self.explainer.because(finding),
            source=self.sources(finding),
            version=self.page.screening.content_version[:8],
            facts=self.chips(finding.facts),
            reason_field=form[name] if form is not None and name in form.fields else None,
        )

    def sources(self, finding: Finding) -> str:
        """Return the titles of a finding's sources."""
        return "; ".join(self.release.citations[key].title for key in finding.sources)

    def chips(self, ids: Iterable[str]) -> tuple[parts.FactChip, ...]:
        """Return the facts used, each leading to its original entry."""
        used = [self.page.facts[one] for one in ids if one in self.page.facts]
        shown = used[-MANY_CHIPS:]
        return tuple(
            parts.FactChip(chip_words(f), entry_url(self.page.person_id, f.id)) for f in reversed(shown)
        )

    def questions(self) -> tuple[Asked, ...]:
        """Return what to ask, the gravest first, each question once."""
        asked: dict[str, Asked] = {}
        for finding in self.found(Verdict.UNKNOWN):
            for name in self._open_of(finding):
                asked.setdefault(name, self._asked(name, finding))
        return tuple(asked.values())

    def _open_of(self, finding: Finding) -> tuple[str, ...]:
        """Return the questions of a rule that are not answered today; all of them if that settled nothing."""
        rule = self.release.rules.get(finding.rule)
        names = rule.questions if rule else ()
        left = tuple(name for name in names if not self._is_answered(self.release.questions[name]))
        return left or names

    def _is_answered(self, question: Question) -> bool:
        concepts = {question.concept, *(c for of in question.states.values() for c in of)}
        return any(f.concept in concepts and self._settles(f) for f in self.page.facts.values())

    def _settles(self, fact: Fact) -> bool:
        if fact.presence is Presence.NOT_SURE:
            return False
        today = self.page.screening.as_of.on
        stated = fact.recorded_at.date() if fact.recorded_at else None
        return fact.kind is FactKind.DEMOGRAPHIC or (fact.kind is FactKind.ANSWER and stated == today)

    def _asked(self, name: str, finding: Finding) -> Asked:
        return Asked(
            question=self.release.questions[name],
            title=self.explainer.question(name),
            because=self.explainer.because(finding),
            severity=finding.severity,
            chips=self.chips(finding.facts),
            rule=finding.rule,
            is_silent=not finding.facts,
        )

    def unasked(self) -> list[Finding]:
        """Return what is unknown and has no question: it needs results or the record itself."""
        return [f for f in self.found(Verdict.UNKNOWN) if not self._open_of(f)]
