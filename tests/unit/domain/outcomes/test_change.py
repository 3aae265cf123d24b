import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.content.release import load_release
from kairos.domain.outcomes.change import Change, classify
from kairos.domain.outcomes.claims import claim_of_change, claim_of_course, claims_of_definitions
from kairos.domain.outcomes.course_review import review_course
from kairos.domain.outcomes.definitions import definitions_for
from kairos.vocab.errors import NotInForce
from kairos.vocab.verdict import Verdict
from tests.support.outcomes import START, TODAY, the_definitions, weekly

TOTALS = st.one_of(st.none(), st.integers(0, 27))


def test_definitions_of_an_unknown_scale_are_not_in_force():
    with pytest.raises(NotInForce, match=r"outcomes.sleep"):
        definitions_for("sleep", book=load_release().parameters, on=TODAY)


def test_nothing_known_is_never_met():
    assert {finding.verdict for finding in classify(Change(None, None), the_definitions("phq9"))} == {
        Verdict.UNKNOWN
    }


@settings(max_examples=80)
@given(TOTALS, TOTALS, TOTALS, st.sampled_from(["phq9", "gad7", "madrs", "who5"]))
def test_every_finding_has_a_text_and_a_source(baseline, current, best, scale):
    texts = load_release().texts
    for finding in classify(Change(baseline, current, best), the_definitions(scale)):
        assert finding.sources
        assert texts.render(finding.message, finding.values)


@settings(max_examples=80)
@given(st.integers(10, 27), st.integers(0, 26))
def test_a_higher_score_never_becomes_a_response(baseline, current):
    definitions = the_definitions("phq9")
    lower, higher = Change(baseline, current), Change(baseline, current + 1)
    if classify(lower, definitions)[0].verdict is Verdict.NOT_MET:
        assert classify(higher, definitions)[0].verdict is Verdict.NOT_MET


def said(change: Change, *, audience: str = "clinician") -> list[str]:
    texts, definitions = load_release().texts, the_definitions("phq9")
    name = texts.render("scale.phq9", {})
    claims = (
        claim_of_change(change, definitions, scale_name=name),
        *claims_of_definitions(change, definitions),
    )
    return [texts.render(claim.message, claim.values, audience=audience) for claim in claims]


@pytest.mark.parametrize(
    ("baseline", "current", "sentence"),
    [
        (18, 9, "Depression score (PHQ-9) fell from 18 to 9 (50 %)."),
        (18, 10, "Depression score (PHQ-9) fell from 18 to 10 (44 %)."),
        (18, 18, "Depression score (PHQ-9) is 18, as before the course."),
        (18, 20, "Depression score (PHQ-9) rose from 18 to 20 (11 %)."),
        (18, None, "Depression score (PHQ-9) was 18 before the course. No full score since."),
        (None, 9, "Depression score (PHQ-9) has no full score from before the course yet."),
    ],
)
def test_the_claim_says_what_happened_and_no_more(baseline, current, sentence):
    assert said(Change(baseline, current))[0] == sentence


def test_the_definitions_stand_beside_the_claim():
    assert said(Change(18, 9))[1:] == [
        "Response by the definition: a fall of 50 % or more from a baseline of 10 or more.",
        "Remission was not reached: it means a score under 5.",
    ]
    assert "cannot be told from a baseline below 10" in said(Change(8, 4))[1]


@settings(max_examples=60)
@given(TOTALS, TOTALS, st.sampled_from(["clinician", "patient"]))
def test_every_claim_has_words_for_both_readers(baseline, current, audience):
    assert all(said(Change(baseline, current), audience=audience))


@pytest.mark.parametrize("infusions", [1, 3, 6])
@pytest.mark.parametrize("current", [None, 5, 14, 19, 25])
def test_every_proposal_has_words(infusions, current):
    release = load_release()
    review = review_course(Change(20, current), infusions_given=infusions, book=release.parameters, on=TODAY)
    claim = claim_of_course(review)
    assert str(infusions) in release.texts.render(claim.message, claim.values)
    assert claim.sources


def test_the_baseline_is_the_last_score_before_the_course():
    series = weekly(20, 18, None, 9, 7, course_began_at=START.replace(day=10))
    assert (series.baseline.total, series.change) == (18, Change(18, 7, 7))
    assert series.missed == 1


def test_without_a_score_before_the_course_there_is_no_baseline():
    series = weekly(9, 7, course_began_at=START.replace(year=2025))
    assert (series.baseline, series.change) == (None, Change(None, 7, 7))


def test_without_a_course_the_first_score_is_the_baseline():
    assert weekly(None, 12, 10, 14).change == Change(12, 14, 10)
    assert weekly().change == weekly(None).change == Change(None, None, None)
    assert weekly(12).change == Change(12, None, None)
