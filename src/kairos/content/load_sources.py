"""Known data sets from ``sources/<id>.yaml``: the columns of their questions and their codes."""

from collections.abc import Mapping

from kairos.content.loader import ContentSource, Lint, Table
from kairos.domain.evidence.citations import Certainty
from kairos.domain.instruments.questionnaire import Instrument
from kairos.domain.instruments.survey import SurveySource

_KEYS = (
    *("id", "title", "certainty", "source", "respondent", "columns"),
    *("refused", "dont_know", "refused_words", "dont_know_words"),
)


def load_sources(
    source: ContentSource, lint: Lint, *, instruments: Mapping[str, Instrument]
) -> Mapping[str, SurveySource]:
    """Return the known data sets by id."""
    found: dict[str, SurveySource] = {}
    for file in source.under("sources/"):
        with lint.collecting():
            survey = _survey(file.table(), lint, instruments)
            found[survey.id] = survey
    return found


def _survey(table: Table, lint: Lint, instruments: Mapping[str, Instrument]) -> SurveySource:
    table.only(*_KEYS)
    columns = table.table("columns")
    return SurveySource(
        id=table.text("id"),
        title=table.text("title"),
        columns={name: _columns(columns, name, instruments) for name in columns},
        refused=_codes(table, "refused"),
        dont_know=_codes(table, "dont_know"),
        refused_words=frozenset(word.casefold() for word in table.texts("refused_words")),
        dont_know_words=frozenset(word.casefold() for word in table.texts("dont_know_words")),
        respondent=table.text("respondent", ""),
        sources=lint.sources(table),
        certainty=table.one_of("certainty", Certainty),
    )


def _columns(columns: Table, name: str, instruments: Mapping[str, Instrument]) -> tuple[str, ...]:
    if name not in instruments:
        raise columns.fault(f"{name} is not an instrument of this content", name)
    named, wanted = columns.texts(name), len(instruments[name].scored_ids)
    if len(named) != wanted or len(set(named)) != wanted:
        raise columns.fault(f"{name} has {wanted} scored questions; name a column for each", name)
    return named


def _codes(table: Table, key: str) -> frozenset[int]:
    codes = table.get(key, [])
    if not isinstance(codes, list) or not all(type(code) is int for code in codes):
        raise table.fault(f"{key} must be a list of whole numbers", key)
    return frozenset(codes)
