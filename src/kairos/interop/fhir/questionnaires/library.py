"""The Questionnaires at hand, and which of them a response answers.

Asked in this order: the one the response contains, those given for the purpose, those in the same files,
those kept from earlier imports, our own. Two different ones under one name decide nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import orjson

from kairos.domain.instruments.questionnaire import Instrument
from kairos.interop.fhir.documents import Entry, refused
from kairos.interop.fhir.elements import Json, text
from kairos.interop.fhir.questionnaires.foreign import ForeignQuestionnaire, read_questionnaire
from kairos.interop.fhir.questionnaires.recognition import recognised_in
from kairos.interop.fhir.questionnaires.response import ReadResponse, contained_questionnaire, read_response
from kairos.interop.fhir.questionnaires.shipped import address_of, as_questionnaire
from kairos.interop.fhir.questionnaires.stu3 import as_r4, is_stu3
from kairos.vocab.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class QuestionnaireLibrary:
    """Questionnaires by where they came from, and the instruments to look for in them."""

    instruments: tuple[Instrument, ...] = ()
    given: tuple[ForeignQuestionnaire, ...] = ()
    in_files: tuple[ForeignQuestionnaire, ...] = ()
    kept: tuple[ForeignQuestionnaire, ...] = ()

    def read(self, resource: Json, name: str) -> ReadResponse:
        """Return what a response answers.

        Raises
        ------
        InvalidInput    no Questionnaire that says what it answers, or it cannot be read
        """
        return read_response(resource, self.questionnaire_of(resource, name), self.instruments, name=name)

    def questionnaire_of(self, resource: Json, name: str) -> ForeignQuestionnaire | None:
        """Return the Questionnaire that a response answers, if it is at hand.

        Raises
        ------
        InvalidInput    several different ones are at hand under the name that the response gives
        """
        resource = as_r4(resource) if is_stu3(resource) else resource
        held = contained_questionnaire(resource, name)
        canonical = text(resource, "questionnaire")
        nameable = (self.given, self.in_files, self.kept) if canonical else (self.given,)
        for questionnaires in nameable if held is None else ():
            meant = [foreign for foreign in questionnaires if foreign.is_meant_by(canonical)]
            if len({_meaning(foreign) for foreign in meant}) > 1:
                raise refused(name, "several Questionnaires at hand are the one it names, and differ")
            if meant:
                return meant[0]
        return held or self._own(canonical) or self._given_for(canonical)

    def _own(self, canonical: str) -> ForeignQuestionnaire | None:
        """Return the form that we ourselves hand out, where the response names it in the version we have."""
        address, _, version = canonical.partition("|")
        for instrument in self.instruments:
            if address == address_of(instrument) and version in ("", instrument.version):
                return read_questionnaire(as_questionnaire(instrument), name=instrument.id)
        return None

    def _given_for(self, canonical: str) -> ForeignQuestionnaire | None:
        """Return the only one that was given; a copy at another address is the one that was meant."""
        if len(self.given) != 1:
            return None
        given = self.given[0]
        return replace(given, stands_at=canonical) if given.is_named_like(canonical) else given

    def recognises(self, foreign: ForeignQuestionnaire) -> bool:
        """Whether a Questionnaire asks an instrument that is looked for."""
        return bool(recognised_in(foreign.questions.values(), foreign.codes, self.instruments))


def questionnaires_in(entries: Iterable[Entry]) -> dict[Entry, ForeignQuestionnaire | InvalidInput]:
    """Return the Questionnaires among the entries of files, or why one of them cannot be used."""
    found: dict[Entry, ForeignQuestionnaire | InvalidInput] = {}
    for entry in entries:
        if entry.type == "Questionnaire":
            try:
                foreign = read_questionnaire(orjson.loads(entry.data), name=entry.file)
                found[entry] = replace(foreign, stands_at=entry.full_url)
            except InvalidInput as error:
                found[entry] = error
    return found


def as_foreign(contents: Iterable[bytes]) -> tuple[ForeignQuestionnaire, ...]:
    """Return Questionnaires that were kept as bytes."""
    return tuple(
        read_questionnaire(orjson.loads(content), name="a kept Questionnaire") for content in contents
    )


def _meaning(foreign: ForeignQuestionnaire) -> frozenset[object]:
    """Return what makes two Questionnaires the same for whoever reads answers to them."""
    return frozenset((q.link_id, q.codes, q.options, q.lowest, q.highest) for q in foreign.questions.values())
