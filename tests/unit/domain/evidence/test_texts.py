"""Texts by language and audience."""

import pytest

from kairos.domain.evidence.texts import Audience, TextBook
from kairos.vocab.errors import NotInForce

BOOK = TextBook({("en", "a", Audience.CLINICIAN): "Limit {limit}."})


def test_a_text_is_filled_with_values():
    assert BOOK.render("a", {"limit": 3}) == "Limit 3."
    assert "a" in BOOK and "b" not in BOOK


@pytest.mark.parametrize(
    ("message", "audience", "language"),
    [
        ("b", Audience.CLINICIAN, "en"),
        ("a", Audience.PATIENT, "en"),
        ("a", Audience.CLINICIAN, "es"),
    ],
)
def test_a_text_that_is_not_there_is_told(message, audience, language):
    with pytest.raises(NotInForce, match=f"no text {message} in {language} for a {audience}"):
        BOOK.template(message, audience=audience, language=language)
