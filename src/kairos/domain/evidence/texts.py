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
    """Templates by (language, message id, audience). Places to fill are written ``{name}``."""

    templates: Mapping[tuple[str, str, Audience], str]

    def __contains__(self, message: object) -> bool:
        """Whether the English sentence for clinicians is there."""
        return ("en", message, Audience.CLINICIAN) in self.templates

    def template(self, message: str, *, audience: Audience = Audience.CLINICIAN, language: str = "en") -> str:
        """Return the unfilled text.

        Raises
        ------
        NotInForce    no such text in this language, or for this audience
        """
        found = self.templates.get((language, message, audience))
        if found is None:
            raise NotInForce(f"no text {message} in {language} for a {audience}")
        return found

    def render(
        self,
        message: str,
        values: Mapping[str, object],
        *,
        audience: Audience = Audience.CLINICIAN,
        language: str = "en",
    ) -> str:
        """Return the sentence with its places filled."""
        return self.template(message, audience=audience, language=language).format_map(values)
