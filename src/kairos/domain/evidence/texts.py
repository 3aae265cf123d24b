"""Texts for people: sentences by language and audience, filled with the values of a finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kairos.vocab.errors import NotInForce


class Audience(StrEnum):
    """Who reads a sentence."""

    CLINICIAN = "clinician"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class TextBook:
    """Templates by (language, message id, audience). Places to fill are written ``{name}``.

    ``language`` is the one the book is read in; what it lacks in that language is told in English.
    """

    templates: Mapping[tuple[str, str, Audience], str]
    language: str = "en"

    def __contains__(self, message: object) -> bool:
        """Whether the English sentence for clinicians is there."""
        return ("en", message, Audience.CLINICIAN) in self.templates

    def template(self, message: str, *, audience: Audience = Audience.CLINICIAN, language: str = "") -> str:
        """Return the unfilled text: in ``language``, or else in that of the book or in English.

        Raises
        ------
        NotInForce    no such text in this language, or for this audience
        """
        for code in (language,) if language else (self.language, "en"):
            if (code, message, audience) in self.templates:
                return self.templates[code, message, audience]
        raise NotInForce(f"no text {message} in {language or self.language} for a {audience}")

    def render(
        self,
        message: str,
        values: Mapping[str, object],
        *,
        audience: Audience = Audience.CLINICIAN,
        language: str = "",
    ) -> str:
        """Return the sentence with its places filled."""
        return self.template(message, audience=audience, language=language).format_map(values)
