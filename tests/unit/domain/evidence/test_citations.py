"""Citations lead to where they can be read."""

from datetime import date

import pytest

from kairos.domain.evidence.citations import Certainty, Citation, CitationKind


@pytest.mark.parametrize(
    ("doi", "page", "address"),
    [
        ("10.1000/182", "p. 12", "https://doi.org/10.1000/182"),
        ("", "https://example.org/label", "https://example.org/label"),
        ("", "p. 12", ""),
        ("", "", ""),
    ],
)
def test_a_citation_leads_to_its_doi_else_to_its_page(doi, page, address):
    citation = Citation(
        "key", "Title", CitationKind.ARTICLE, Certainty.VERIFIED, date(2026, 1, 1), doi=doi, page=page
    )
    assert citation.address == address
