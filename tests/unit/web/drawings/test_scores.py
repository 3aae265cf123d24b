from dataclasses import replace

import pytest

from kairos.web.design.drawings.score_table import score_rows, scores_story
from kairos.web.design.drawings.scores import draw_scores
from tests.support.drawings import parsed, some_scores, texts


def classes(svg: str, class_: str) -> list:
    return [node for node in parsed(svg).iter() if node.get("class") == class_]


@pytest.mark.parametrize("narrow", [False, True])
def test_scores_sessions_and_lines_are_drawn(narrow):
    svg = draw_scores(some_scores(19, 12, 9, 11, 5), narrow=narrow)
    assert len(classes(svg, "mainf")) == 7
    assert len(classes(svg, "sess")) == 4
    assert len(classes(svg, "good")) == 2
    assert {"19", "5", "11", "Remission: under 5", "Today"} <= set(texts(svg))
    assert any(words.startswith("Sessions 1 to ") for words in texts(svg))
    assert ("Response 9" if narrow else "Response: 9 or less") in texts(svg)
    assert ("Severe" in texts(svg)) is not narrow


def test_a_missed_score_is_a_dashed_guess_with_its_word():
    svg = draw_scores(some_scores(19, None, 9))
    assert len(classes(svg, "miss")) == 1
    assert "missed" in texts(svg)


def test_a_score_missed_at_the_end_guesses_nothing():
    svg = draw_scores(some_scores(19, 12, None))
    assert not classes(svg, "miss")
    assert "missed" not in texts(svg)


def test_nothing_answered_yet_is_a_frame():
    svg = draw_scores(some_scores(None, today=None))
    assert not classes(svg, "main")
    assert not classes(svg, "nowline")


def test_without_lines_nothing_is_shaded():
    drawing = some_scores(19, 12)
    bare = replace(drawing, panels=tuple(replace(panel, lines=()) for panel in drawing.panels))
    assert not classes(draw_scores(bare), "band")


def test_the_story_counts_what_was_missed():
    assert scores_story(some_scores(19, None, 9)) == (
        "PHQ-9: 19 on 24 Nov 2026, 9 on 8 Dec 2026; lowest 9, missed 1 of 3. "
        "GAD-7: 19 on 24 Nov 2026, 19 on 24 Nov 2026; lowest 19, missed 1 of 2."
    )
    assert "PHQ-9: not answered in full yet." in scores_story(some_scores(None))


def test_the_table_twin_says_days_since_the_session_and_the_change():
    rows = score_rows(some_scores(20, 10, None, 0))
    assert [row.since_session for row in rows] == [
        "Before session 1",
        "3 days after session 2",
        "7 days after session 3",
        "14 days after session 3",
    ]
    phq9 = [row.cells[0] for row in rows]
    assert [(cell.total, cell.change) for cell in phq9] == [
        ("20", "baseline"),
        ("10", "-50 %"),
        ("missed", ""),
        ("0", "-100 %"),
    ]
    assert rows[3].cells[1].total == ""


def test_a_change_from_nought_is_not_known():
    assert score_rows(some_scores(0, 4))[1].cells[0].change == "not known"


def test_days_after_a_session_in_words():
    drawing = some_scores(20)
    first = drawing.panels[0].points[0].at
    same = [replace(drawing.sessions[0], at=first)]
    assert score_rows(replace(drawing, sessions=tuple(same)))[0].since_session == "Day of session 1"
    assert score_rows(replace(drawing, sessions=()))[0].since_session == ""
