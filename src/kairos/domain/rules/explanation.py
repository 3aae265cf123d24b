"""Sentences for findings: the text of the message, filled with the rule's subject and the values."""

from kairos.domain.evidence.texts import Audience, TextBook
from kairos.vocab.codes import Code
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.quantities import DAY, MMHG, ONE, WEEK, YEAR, Quantity
from kairos.vocab.verdict import Verdict

_UNITS = {ONE: "", MMHG: "mmHg", YEAR: "years", DAY: "days", WEEK: "weeks", "kg/m2": "kg/m²"}


class Explainer:
    """Renders findings for one reader. Templates are put together once for each rule and message."""

    def __init__(
        self, texts: TextBook, *, audience: Audience = Audience.CLINICIAN, language: str = "en"
    ) -> None:
        self._texts = texts
        self._audience = audience
        self._language = language
        self._templates: dict[tuple[str, str, Verdict], str] = {}

    def because(self, finding: Finding) -> str:
        """Return the sentence that says why, with value, limit and unit where there are any."""
        key = (finding.rule, finding.message, finding.verdict)
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._template(finding)
        if not finding.values:
            return template.format_map(finding.values)
        return template.format_map({name: _shown(value) for name, value in finding.values.items()})

    def question(self, question: str) -> str:
        """Return the wording of a question."""
        return self._text(question)

    def _template(self, finding: Finding) -> str:
        subject = self._text(f"{finding.rule}.subject")
        sentence = self._text(finding.message).replace("{subject}", subject)
        reason = f"{finding.rule}.reason"
        if finding.verdict is Verdict.NOT_MET and reason in self._texts:
            sentence = f"{sentence} {self._text(reason)}"
        return sentence

    def _text(self, message: str) -> str:
        return self._texts.template(message, audience=self._audience, language=self._language)


def _shown(value: FindingValue) -> str:
    if isinstance(value, Code):
        return value.display.strip() or value.code
    if isinstance(value, Quantity):
        return f"{value.value:g} {_UNITS.get(value.unit, value.unit)}".strip()
    return str(value)
