"""Sentences for findings: the text of the message, filled with the rule's subject and the values."""

from collections.abc import Callable
from string import Formatter
from typing import NamedTuple

from kairos.domain.evidence.texts import Audience, TextBook
from kairos.vocab.codes import Code
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import DAY, MMHG, ONE, WEEK, YEAR, Quantity
from kairos.vocab.verdict import Severity, Verdict

_UNITS = {
    ONE: "",
    MMHG: "mmHg",
    YEAR: "years",
    DAY: "days",
    WEEK: "weeks",
    "kg/m2": "kg/m²",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "m[IU]/L": "mIU/L",
}
_LISTS_OF_CONCEPTS = frozenset({"asked", "missing"})
_Key = tuple[str, str, Verdict, Severity | None]


class _Template(NamedTuple):
    """A sentence to be filled, and the names of its places: the other values of a finding are not written."""

    fill: Callable[..., str]
    places: tuple[str, ...]


def _places(sentence: str) -> tuple[str, ...]:
    return tuple({name: None for _, name, _, _ in Formatter().parse(sentence) if name})


class Explainer:
    """Renders findings for one reader. Templates are put together once for each rule and message.

    The last sentence of each rule is kept, so that what silence says is not written anew for every person.
    """

    def __init__(
        self, texts: TextBook, *, audience: Audience = Audience.CLINICIAN, language: str = ""
    ) -> None:
        self._texts = texts
        self._audience = audience
        self._language = language
        self._templates: dict[_Key, _Template] = {}
        self._said: dict[str, tuple[Finding, str]] = {}
        self._names: dict[str, str] = {}
        self._dates: dict[PartialDate, str] = {}
        self._months = self._text("date.months").split()

    def because(self, finding: Finding) -> str:
        """Return the sentence that says why, with value, limit and unit where there are any."""
        said = self._said.get(finding.rule)
        if said is None or said[0] is not finding:
            said = self._said[finding.rule] = finding, self._filled(finding)
        return said[1]

    def _filled(self, finding: Finding) -> str:
        key = (finding.rule, finding.message, finding.verdict, finding.unsettled)
        template = self._templates.get(key)
        if template is None:
            sentence = self._template(finding)
            template = self._templates[key] = _Template(sentence.format, _places(sentence))
        values = finding.values
        return template.fill(**{name: self._shown(name, values[name]) for name in template.places})

    def question(self, question: str) -> str:
        """Return the wording of a question."""
        return self._text(question)

    def _template(self, finding: Finding) -> str:
        subject = self._text(f"{finding.rule}.subject")
        sentence = self._text(finding.message).replace("{subject}", subject)
        reason = f"{finding.rule}.reason"
        if finding.verdict is Verdict.NOT_MET and reason in self._texts:
            sentence = f"{sentence} {self._text(reason)}"
        if finding.unsettled is not None:
            sentence = f"{sentence} {self._text('finding.unsettled').format(severity=finding.unsettled)}"
        return sentence

    def _text(self, message: str) -> str:
        return self._texts.template(message, audience=self._audience, language=self._language)

    def _shown(self, name: str, value: FindingValue) -> str:
        if isinstance(value, str):
            return self._named(value) if name in _LISTS_OF_CONCEPTS else self._worded(name, value)
        if isinstance(value, Code):
            return value.display.strip() or value.code
        if isinstance(value, Quantity):
            return f"{value.value:g} {_UNITS.get(value.unit, value.unit)}".strip()
        return self._dated(value) if isinstance(value, PartialDate) else str(value)

    def _named(self, concepts: str) -> str:
        """Return the names of concepts, which stand in one text with spaces between them."""
        found = self._names.get(concepts)
        if found is None:
            found = self._names[concepts] = ", ".join(map(self._name, concepts.split()))
        return found

    def _worded(self, name: str, value: str) -> str:
        """Return a word as it is, but the item of a questionnaire that an entry answers by its name."""
        return self._name(value) if name == "what" and "." in value else value

    def _name(self, concept: str) -> str:
        known = f"name.{concept}" in self._texts
        return self._text(f"name.{concept}") if known else concept.replace("_", " ")

    def _dated(self, day: PartialDate) -> str:
        """Return a date as far as it is known, the month by its name."""
        found = self._dates.get(day)
        if found is None:
            form = "date.day" if day.day else "date.month"
            month = self._months[(day.month or 1) - 1]
            text = self._text(form).format(day=day.day, month=month, year=day.year)
            found = self._dates[day] = text if day.month else str(day.year)
        return found
