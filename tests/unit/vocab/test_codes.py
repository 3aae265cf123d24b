"""A code is its system and its code; the display is for people."""

from kairos.vocab.codes import ICD9CM, ICD10CM, Code


def test_display_is_never_compared():
    assert Code(ICD10CM, "F32.9", "Depression").same_as(Code(ICD10CM, "F32.9"))


def test_the_same_letters_in_another_system_are_another_code():
    assert not Code(ICD10CM, "311").same_as(Code(ICD9CM, "311"))
