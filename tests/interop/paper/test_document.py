"""A document as a PDF: its words as they were given, readable by a screen reader, in any letters."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from kairos.interop.paper.document import Document, Sheet, Table, Words, as_pdf

TABLE = Table(("Field", "Value"), (("Name", "#strong[not markup] $x^2$ *"), ("Empty", "")), (1, 2), "Fields")


def document(*parts, title="Form"):
    sheets = (Sheet("First", tuple(parts)), Sheet("Second", (Words("The end", strong=True),)))
    return Document(title, "en", "Kairos", "Form 1", sheets)


def test_words_arrive_as_they_were_given_on_their_sheets():
    made = as_pdf(document(Words("Signed"), TABLE))
    reader = PdfReader(BytesIO(made))
    first, second = (page.extract_text() for page in reader.pages)
    assert "#strong[not markup] $x^2$ *" in first
    assert "Form 1" in first
    assert "The end" in second
    assert reader.metadata.title == "Form"
    assert b"pdfuaid:part>1" in made


def test_a_name_in_letters_without_a_font_does_not_keep_the_document_back():
    made = as_pdf(document(Words("\u6f22")))
    assert made.startswith(b"%PDF")
    assert b"pdfuaid:part" not in made


def test_a_row_that_does_not_fit_its_header_is_refused():
    with pytest.raises(ValueError, match="have 2 columns"):
        as_pdf(document(Table(("Field", "Value"), (("Name",),), (1, 2))))
