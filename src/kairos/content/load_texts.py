"""Texts from ``text/<language>/*.yaml``: message id -> one sentence for each audience."""

from functools import partial

from kairos.content.loader import ContentFile, ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.texts import Audience, TextBook


def load_texts(source: ContentSource, lint: Lint, language: str = "en") -> TextBook:
    """Return every text of a language; a text without a patient's wording is for clinicians alone."""
    found: dict[tuple[str, str, Audience], str] = {}
    for file in source.under(f"text/{language}/"):
        each_entry([file], lint, partial(_keep, found, file))
    return TextBook(found)


def _keep(found: dict[tuple[str, str, Audience], str], file: ContentFile, name: str, entry: Table) -> None:
    entry.only(*Audience)
    language = file.path.split("/")[1]
    for audience in entry:
        key = (language, name, Audience(audience))
        if key in found:
            raise entry.fault(f"the text {name} stands twice in {language}")
        found[key] = entry.text(audience)
