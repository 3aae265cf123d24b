"""What the other questionnaires add up to.

Each is added up as its file in the content says: some answers count the other way round, some count
once together, some totals are multiplied. A line is a screening result and never a diagnosis; where it
depends on the sex and that is not known, or an answer is missing, the result is not known.
"""

import pytest

from kairos.content.release import load_release
from kairos.domain.instruments.library import goal_attainment
from kairos.domain.instruments.scorers import score_answers
from kairos.domain.instruments.scoring import entered_score
from kairos.domain.instruments.subset import answers_to_part
from kairos.vocab.verdict import Verdict
from tests.support.instruments import answers_adding_up_to, the_instrument
from tests.support.outcomes import TODAY

RANGE_SITUATIONS = (
    ("instrument", "lowest", "highest"),
    ("phq2", 0, 6),
    ("audit_c", 0, 12),
    ("dast10", 0, 10),
    ("pcl5", 0, 80),
    ("who5", 0, 100),
    ("moaas", 0, 5),
    ("cadss", 0, 92),
    ("cadss6", 0, 24),
    ("mdq", 0, 13),
    ("bpic_ss", 0, 38),
    ("icsi", 0, 20),
    ("icpi", 0, 16),
    ("madrs", 0, 60),
    ("qids_sr16", 0, 27),
    ("hamd17", 0, 52),
    ("hama", 0, 56),
    ("craving", 0, 100),
    ("orientation", 0, 4),
    ("goal_attainment", -2, 2),
    ("expectancy", 0, 10),
)

BAND_SITUATIONS = (
    ("instrument", "total", "band"),
    ("dast10", 0, "none"),
    ("dast10", 2, "low"),
    ("dast10", 5, "moderate"),
    ("dast10", 8, "substantial"),
    ("dast10", 9, "severe"),
    ("madrs", 6, "normal"),
    ("madrs", 19, "mild"),
    ("madrs", 34, "moderate"),
    ("madrs", 35, "severe"),
    ("qids_sr16", 5, "none"),
    ("qids_sr16", 10, "mild"),
    ("qids_sr16", 15, "moderate"),
    ("qids_sr16", 20, "severe"),
    ("qids_sr16", 21, "very_severe"),
    ("hamd17", 7, "normal"),
    ("hamd17", 23, "very_severe"),
    ("hama", 17, "mild"),
    ("hama", 25, "severe"),
    ("hama", 31, None),
)

LINE_SITUATIONS = (
    ("instrument", "total", "sex", "line", "reached"),
    ("phq2", 3, "", "positive", Verdict.MET),
    ("phq2", 2, "", "positive", Verdict.NOT_MET),
    ("audit_c", 4, "male", "positive_men", Verdict.MET),
    ("audit_c", 3, "male", "positive_men", Verdict.NOT_MET),
    ("audit_c", 3, "female", "positive_women", Verdict.MET),
    ("audit_c", 3, "male", "positive_women", None),
    ("audit_c", 3, "", "positive_women", Verdict.UNKNOWN),
    ("audit_c", 8, "", "high", Verdict.MET),
    ("pcl5", 33, "", "probable_ptsd", Verdict.MET),
    ("pcl5", 32, "", "probable_ptsd", Verdict.NOT_MET),
    ("pcl5", 31, "", "probable_ptsd_lower", Verdict.MET),
    ("who5", 48, "", "poor", Verdict.MET),
    ("who5", 52, "", "poor", Verdict.NOT_MET),
    ("who5", 28, "", "depression", Verdict.MET),
    ("moaas", 5, "", "sedation", Verdict.NOT_MET),
    ("moaas", 4, "", "sedation", Verdict.MET),
    ("cadss", 4, "", "dissociation", Verdict.NOT_MET),
    ("cadss", 5, "", "dissociation", Verdict.MET),
    ("bpic_ss", 19, "", "suggests", Verdict.MET),
    ("icsi", 6, "", "suggests", Verdict.MET),
    ("icpi", 5, "", "suggests", Verdict.NOT_MET),
    ("craving", 30, "", "review", Verdict.MET),
    ("orientation", 3, "", "oriented", Verdict.NOT_MET),
    ("orientation", 4, "", "oriented", Verdict.MET),
    ("phq9", 10, "", "case", Verdict.MET),
    ("gad7", 8, "", "case_uk", Verdict.MET),
    ("madrs", None, "", None, None),
)

LOINC_SITUATIONS = (
    ("instrument", "panel", "total"),
    ("phq9", "44249-1", "44261-6"),
    ("gad7", "69737-5", "70274-6"),
    ("cssrs_screener", "93373-9", "93374-7"),
    ("phq2", "55757-9", "55758-7"),
    ("audit_c", "72109-2", "75626-2"),
    ("dast10", "82666-9", "82667-7"),
)


@pytest.mark.parametrize(RANGE_SITUATIONS[0], RANGE_SITUATIONS[1:])
def test_a_total_lies_between_two_ends(instrument, lowest, highest):
    """The smallest and the largest total of each questionnaire are those published."""
    found = the_instrument(instrument)
    assert (found.lowest_total, found.highest_total) == (lowest, highest)


@pytest.mark.parametrize(BAND_SITUATIONS[0], BAND_SITUATIONS[1:])
def test_a_total_has_the_name_of_its_band(instrument, total, band):
    """A total lies in one band; where none was published for it, it has no name."""
    assert entered_score(the_instrument(instrument), total).band == band


@pytest.mark.parametrize(LINE_SITUATIONS[0], LINE_SITUATIONS[1:])
def test_a_line_is_reached_or_not_or_not_known(instrument, total, sex, line, reached):
    """Each published line, on both sides of it; without a total none is reached."""
    lines = {one.id: one for one in the_instrument(instrument).cut_offs}
    assert all(one.judge(None) is Verdict.UNKNOWN for one in lines.values())
    if line:
        assert lines[line].judge(total, sex=sex) is reached


@pytest.mark.parametrize(LOINC_SITUATIONS[0], LOINC_SITUATIONS[1:])
def test_loinc_01_panels_and_totals_carry_their_codes(instrument, panel, total):
    """Panel and total are named by their LOINC codes."""
    found = the_instrument(instrument)
    assert (found.panel.code, found.total.code) == (panel, total)


def test_cadss_01_all_four_is_ninety_two_and_twenty_four():
    """The 23 questions of the CADSS, all answered 4, make 92; its six of the CADSS-6 make 24."""
    whole, part = the_instrument("cadss"), the_instrument("cadss6")
    answers = {f"cadss.{number}": 4 for number in range(1, 24)}
    six = answers_to_part(answers, whole=whole, part=part)
    assert sorted(six) == sorted(f"cadss6.{number}" for number in (1, 2, 6, 7, 15, 22))
    assert (score_answers(whole, answers).total, score_answers(part, six).total) == (92, 24)


def test_question_three_of_the_dast_counts_the_other_way_round():
    """All "no" makes 1, since not always able to stop counts; all "yes" makes 9."""
    instrument = the_instrument("dast10")
    assert score_answers(instrument, dict.fromkeys(instrument.item_ids, 0)).total == 1
    assert score_answers(instrument, dict.fromkeys(instrument.item_ids, 1)).total == 9


def test_who5_is_four_times_the_sum():
    """The five answers, times four."""
    instrument = the_instrument("who5")
    assert score_answers(instrument, dict.fromkeys(instrument.item_ids, 3)).total == 60


GOAL_SITUATIONS = (
    ("goals", "t_score"),
    ((0, 0, 0), 50.0),
    ((1,), 60.0),
    ((-2,), 30.0),
    ((1, 1, 1), 63.7),
    ((2, -1, 0, 1), 57.3),
    ((), None),
)


@pytest.mark.parametrize(GOAL_SITUATIONS[0], GOAL_SITUATIONS[1:])
def test_several_goals_come_to_one_score_around_fifty(goals, t_score):
    """Goals as expected make 50; no goal makes nothing. The figures are worked by hand from the formula."""
    book = load_release().parameters
    correlation = book.quantity("outcomes.goal_attainment.correlation", on=TODAY).value
    found = goal_attainment.t_score(
        goals, instrument=the_instrument("goal_attainment"), correlation=correlation
    )
    assert (found if found is None else round(found, 1)) == t_score


QIDS_SITUATIONS = (
    ("answered_with_three", "total"),
    ((1,), 3),
    ((1, 2, 3, 4), 3),
    ((4, 9, 16), 9),
    ((15, 16), 3),
    ((5, 10, 11, 12, 13, 14), 18),
)


@pytest.mark.parametrize(QIDS_SITUATIONS[0], QIDS_SITUATIONS[1:])
def test_in_the_qids_the_highest_of_a_domain_counts_once(answered_with_three, total):
    """Four questions on sleep, four on appetite and weight and two on movement count once each."""
    instrument = the_instrument("qids_sr16")
    answers = {
        item: 3 * (int(item.rpartition(".")[2]) in answered_with_three) for item in instrument.item_ids
    }
    assert score_answers(instrument, answers).total == total


MDQ_SITUATIONS = (
    ("yes", "together", "problem", "positive"),
    (7, 1, 2, Verdict.MET),
    (6, 1, 3, Verdict.NOT_MET),
    (13, 0, 3, Verdict.NOT_MET),
    (13, 1, 1, Verdict.NOT_MET),
    (13, None, 3, Verdict.UNKNOWN),
    (6, None, None, Verdict.NOT_MET),
)


@pytest.mark.parametrize(MDQ_SITUATIONS[0], MDQ_SITUATIONS[1:])
def test_the_mania_screen_needs_seven_together_and_a_problem(yes, together, problem, positive):
    """Seven of thirteen, several at the same time, and at least a moderate problem."""
    instrument = the_instrument("mdq")
    answers = answers_adding_up_to(yes, instrument=instrument)
    more = {"mdq.14": together, "mdq.15": problem}
    answers |= {item: value for item, value in more.items() if value is not None}
    assert instrument.criteria[0].judge(answers) is positive


def test_symptoms_by_cluster_need_every_cluster():
    """PCL-5: one of B, one of C, two of D and two of E, each answered "moderately" or more."""
    (clusters,) = the_instrument("pcl5").criteria
    met = {f"pcl5.{n}": 2 * (n in (1, 6, 8, 9, 15, 16)) for n in range(1, 21)}
    assert clusters.judge(met) is Verdict.MET
    assert clusters.judge({**met, "pcl5.16": 1}) is Verdict.NOT_MET
    assert clusters.judge({item: value for item, value in met.items() if item != "pcl5.1"}) is Verdict.UNKNOWN


@pytest.mark.parametrize("instrument", [row[0] for row in RANGE_SITUATIONS[1:] if row[0] != "bpic_ss"])
def test_one_missing_answer_leaves_any_total_unknown(instrument):
    """Whatever the questionnaire: with a question open there is no total, and the question is named."""
    found = the_instrument(instrument)
    left_out, *others = found.scored_ids
    score = score_answers(found, {item: found.item(item).values[0] for item in others})
    assert (score.total, score.band, score.missing) == (None, None, (left_out,))
