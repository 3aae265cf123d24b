"""What counts as response, remission and worsening.

Each word has a definition with a source, and the definition is shown with the result. Where the
scores cannot tell, the answer is "not known", and it is never read as success.
"""

import pytest

from kairos.content.release import load_release
from kairos.domain.outcomes.change import (
    Change,
    classify,
    deterioration,
    noticeable_improvement,
    reliable_change,
    remission,
    response,
)
from kairos.domain.outcomes.course_review import review_course
from kairos.vocab.verdict import Verdict
from tests.support.outcomes import TODAY, the_definitions

PHQ9_SITUATIONS = (
    ("baseline", "now", "response", "remission"),
    (18, 9, Verdict.MET, Verdict.NOT_MET),
    (18, 4, Verdict.MET, Verdict.MET),
    (18, 5, Verdict.MET, Verdict.NOT_MET),
    (18, 10, Verdict.NOT_MET, Verdict.NOT_MET),
    (8, 4, Verdict.UNKNOWN, Verdict.MET),
    (9, 4, Verdict.UNKNOWN, Verdict.MET),
    (10, 5, Verdict.MET, Verdict.NOT_MET),
    (None, 4, Verdict.UNKNOWN, Verdict.MET),
    (18, None, Verdict.UNKNOWN, Verdict.UNKNOWN),
    (0, 0, Verdict.UNKNOWN, Verdict.MET),
)

WORSENING_SITUATIONS = (
    ("baseline", "best_of_course", "now", "worse"),
    (15, None, 20, Verdict.MET),
    (15, None, 19, Verdict.NOT_MET),
    (15, 6, 11, Verdict.MET),
    (15, 6, 10, Verdict.NOT_MET),
    (None, None, 20, Verdict.UNKNOWN),
    (15, 6, None, Verdict.UNKNOWN),
)

SMALL_CHANGE_SITUATIONS = (
    ("baseline", "now", "noticeable", "reliable", "response"),
    (16, 12, Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET),
    (16, 13, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.NOT_MET),
    (24, 20, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.NOT_MET),
    (20, 16, Verdict.MET, Verdict.NOT_MET, Verdict.NOT_MET),
    (16, 10, Verdict.MET, Verdict.MET, Verdict.NOT_MET),
    (10, 16, Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET),
    (None, 12, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.UNKNOWN),
)

STOP_SITUATIONS = (
    ("infusions", "baseline", "now", "proposal"),
    (2, 20, 19, "go_on"),
    (3, 20, 19, "review"),
    (5, 20, 19, "go_on"),
    (6, 20, 16, "stop_rule"),
    (6, 20, 15, "clinician_decides"),
    (6, 20, 11, "clinician_decides"),
    (6, 20, 10, "maintenance_decision"),
    (6, 20, 24, "stop_rule"),
    (6, 20, None, "not_known"),
    (6, None, 10, "not_known"),
    (8, 20, 15, "clinician_decides"),
)


@pytest.mark.parametrize(("baseline", "now", "responds", "remits"), PHQ9_SITUATIONS[1:])
def test_phq_02_response_needs_half_and_remission_needs_under_five(baseline, now, responds, remits):
    """Response is half or less of a baseline of 10 or more; remission is under 5 whatever the baseline."""
    change = Change(baseline, now)
    definitions = the_definitions("phq9")
    assert response(change, definitions).verdict is responds
    assert remission(change, definitions).verdict is remits


@pytest.mark.parametrize(WORSENING_SITUATIONS[0], WORSENING_SITUATIONS[1:])
def test_a_rise_of_five_is_worse(baseline, best_of_course, now, worse):
    """Five points over the score before the course, or over its best score, count as worse."""
    change = Change(baseline, now, best_of_course)
    assert deterioration(change, the_definitions("phq9")).verdict is worse


@pytest.mark.parametrize(("baseline", "now", "noticed", "reliable", "responds"), SMALL_CHANGE_SITUATIONS[1:])
def test_mcid_01_a_small_fall_can_be_noticed_without_being_a_response(
    baseline, now, noticed, reliable, responds
):
    """A fall people notice, one beyond measurement error, and a response are three different things."""
    change = Change(baseline, now)
    definitions = the_definitions("phq9")
    assert noticeable_improvement(change, definitions).verdict is noticed
    assert reliable_change(change, definitions).verdict is reliable
    assert response(change, definitions).verdict is responds


def test_mcid_01_sixteen_to_twelve_is_below_the_classic_five_points():
    """A fall of 4 (25 %) is noticed, is under the 5 points long used, and is no response."""
    change, definitions = Change(16, 12), the_definitions("phq9")
    assert (change.fall, change.fraction) == (4, 0.25)
    assert (definitions.value("classic_points"), definitions.value("reliable_change")) == (5, 6)
    assert noticeable_improvement(change, definitions).verdict is Verdict.MET
    assert reliable_change(change, definitions).verdict is Verdict.NOT_MET
    assert response(change, definitions).verdict is Verdict.NOT_MET


OTHER_SCALES_SITUATIONS = (
    ("scale", "baseline", "now", "response", "remission", "noticeable"),
    ("madrs", 30, 15, Verdict.MET, Verdict.NOT_MET, Verdict.MET),
    ("madrs", 30, 12, Verdict.MET, Verdict.MET, Verdict.MET),
    ("madrs", 30, 13, Verdict.MET, Verdict.NOT_MET, Verdict.MET),
    ("madrs", 20, 15, Verdict.NOT_MET, Verdict.NOT_MET, Verdict.NOT_MET),
    ("qids_sr16", 16, 8, Verdict.MET, Verdict.NOT_MET, Verdict.MET),
    ("qids_sr16", 16, 5, Verdict.MET, Verdict.MET, Verdict.MET),
    ("hamd17", 22, 7, Verdict.MET, Verdict.MET, Verdict.MET),
    ("hamd17", 22, None, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.UNKNOWN),
    ("pcl5", 50, 40, None, None, Verdict.MET),
    ("pcl5", 50, 41, None, None, Verdict.NOT_MET),
    ("who5", 32, 44, None, None, Verdict.MET),
    ("who5", 44, 32, None, None, Verdict.NOT_MET),
)


@pytest.mark.parametrize(
    ("scale", "baseline", "now", "responds", "remits", "noticed"), OTHER_SCALES_SITUATIONS[1:]
)
def test_other_scales_have_their_own_definitions(scale, baseline, now, responds, remits, noticed):
    """A scale has the definitions published for it and borrows none; for WHO-5 a rise is the better way."""
    definitions = the_definitions(scale)
    found = {f.rule.rpartition(".")[2]: f.verdict for f in classify(Change(baseline, now), definitions)}
    assert found.get("response") is responds
    assert found.get("remission") is remits
    assert found.get("noticeable", found.get("noticeable_rise")) is noticed


@pytest.mark.parametrize(STOP_SITUATIONS[0], STOP_SITUATIONS[1:])
def test_the_stop_rule_is_asked_after_six_infusions(infusions, baseline, now, proposal):
    """Under a quarter better: stop rule. A quarter to half: the clinician decides. Half: maintenance."""
    review = review_course(
        Change(baseline, now), infusions_given=infusions, book=load_release().parameters, on=TODAY
    )
    assert review.proposal == proposal
