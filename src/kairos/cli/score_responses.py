"""The rows of ``kairos score`` from FHIR: one QuestionnaireResponse, one row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from kairos.analytics.item_answers import Answers
from kairos.domain.instruments.questionnaire import Instrument, Item
from kairos.interop.fhir.documents import Entry, entries_of, unpacked
from kairos.interop.fhir.questionnaires import (
    ForeignQuestionnaire,
    ReadInstrument,
    read_questionnaire,
    read_response,
)
from kairos.vocab.errors import InvalidInput, Problem

_WITHDRAWN = "entered-in-error"
_READ = ("Questionnaire", "QuestionnaireResponse")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One response: its id and what it answers."""

    id: str
    read: ReadInstrument


def response_rows(
    path: Path,
    instrument: Instrument,
    instruments: Sequence[Instrument],
    *,
    questionnaire: Path | None,
    say: Callable[[str], None],
) -> list[ResponseRow]:
    """Return the responses of a file that answer an instrument.

    Raises
    ------
    InvalidInput    none does, or one of them cannot be read
    """
    given = [_form(questionnaire)] if questionnaire is not None else []
    entries = _entries(path)
    held = (entry for entry in entries if entry.type == "Questionnaire")
    forms = given or [read_questionnaire(entry.data, name=entry.place) for entry in held]
    responses = [entry for entry in entries if entry.type == "QuestionnaireResponse"]
    rows = [row for entry in responses for row in _row(entry, forms, instrument, instruments)]
    if not rows:
        raise InvalidInput(Problem(path.name, f"holds no response to {instrument.short_title}"))
    if len(rows) < len(responses):
        say(f"{len(responses) - len(rows)} responses left out: withdrawn, or of another questionnaire")
    wrong = sum(row.read.is_total_wrong for row in rows)
    if wrong:
        say(f"{wrong} responses state a wrong total; it was recomputed")
    return rows


def _form(path: Path) -> ForeignQuestionnaire:
    try:
        return read_questionnaire(path.read_bytes(), name=path.name)
    except FileNotFoundError as error:
        raise InvalidInput(Problem(path.name, "there is no such file")) from error


def answers_in(rows: Sequence[ResponseRow], items: Sequence[Item]) -> Answers:
    """Return the answers of responses, one row each."""
    given = [[row.read.answers.get(item.id, np.nan) for item in items] for row in rows]
    declined = [[item.id in row.read.declined for item in items] for row in rows]
    unread = [[item.id in row.read.unread for item in items] for row in rows]
    return Answers(np.array(given, dtype=np.float64), np.array(declined), np.array(unread))


def _row(
    entry: Entry,
    forms: Sequence[ForeignQuestionnaire],
    instrument: Instrument,
    instruments: Sequence[Instrument],
) -> Iterator[ResponseRow]:
    resource = orjson.loads(entry.data)
    canonical = str(resource.get("questionnaire") or "")
    form = next(
        (form for form in forms if form.is_meant_by(canonical)), forms[0] if len(forms) == 1 else None
    )
    if resource.get("status") == _WITHDRAWN:
        return
    read = read_response(resource, form, instruments, name=entry.place).of(instrument.id)
    if read is None and instrument.subset_of:
        read = read_response(resource, form, [instrument], name=entry.place).of(instrument.id)
    if read is not None:
        yield ResponseRow(entry.id, read)


def _entries(path: Path) -> list[Entry]:
    """Return the resources of a file: a Bundle, one a line, a list of them, or one alone."""
    data = unpacked(path.name, path.read_bytes()).removeprefix(_BOM)
    try:
        held = orjson.loads(data)
    except orjson.JSONDecodeError:
        return entries_of(path.name, data)
    resources = held if isinstance(held, list) else [held]
    if not all(isinstance(one, dict) and one.get("resourceType") in _READ for one in resources):
        return entries_of(path.name, data)
    return [_entry(path.name, one, number) for number, one in enumerate(resources, start=1)]


def _entry(file: str, resource: dict[str, Any], number: int) -> Entry:
    kind = str(resource["resourceType"])
    name = str(resource.get("id") or "")
    return Entry(file, f"{kind} {number}", kind, name, "", orjson.dumps(resource))
