"""What the law makes a clinic keep, read from content."""

import pytest

from kairos.content.load_keeping import load_keeping
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.content.release import load_release
from kairos.vocab.quantities import Quantity


def read(text):
    release = load_release()
    lint = Lint(citations=frozenset(release.citations))
    found = load_keeping(
        ContentSource((ContentFile("keeping/xx.yaml", text.encode()),)), lint, texts=release.texts
    )
    lint.finish()
    return found


def test_each_country_names_its_laws_with_their_marks():
    found = load_release().keeping
    assert {"US", "DE", "GB"} <= set(found)
    (record,) = [line for line in found["DE"] if line.id == "record"]
    assert record.time == Quantity(10, "a") and record.sources == ("bgb-630f",)


def test_a_line_without_words_for_patients_is_refused():
    line = "{id: a, text: no.such.text, certainty: memory, source: cite:gdpr-17}"
    with pytest.raises(ContentError, match="no English text for patients"):
        read(f"country: XX\nlines:\n  - {line}\n")
