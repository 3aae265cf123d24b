"""Cutting a text into sentences that know their places."""

import pytest

from kairos.domain.evidence.sentences import sentences_of


def cut(text):
    found = sentences_of(text)
    assert all(text[each.start : each.end] == each.words for each in found)
    return [each.words for each in found]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("  \n\n ***\n", []),
        ("One goes. Two stays! Three?", ["One goes.", "Two stays!", "Three?"]),
        (
            "Dr. Day of the U.S. Army gave 0.5 mg. Then he left.",
            ["Dr. Day of the U.S. Army gave 0.5 mg.", "Then he left."],
        ),
        ("As found (Day et al. 2012). It held.", ["As found (Day et al. 2012).", "It held."]),
        ('He said "It works." She wrote it down.', ['He said "It works."', "She wrote it down."]),
        ("A heading\nThe text below it.", ["A heading", "The text below it."]),
        (
            "Feature | This | That\n---|---|---\nSpeed | slow | fast",
            ["Feature | This | That", "Speed | slow | fast"],
        ),
        ("First half\nand the other half. End.", ["First half\nand the other half.", "End."]),
    ],
)
def test_where_sentences_end(text, sentences):
    assert cut(text) == sentences


def test_lines_broken_by_a_margin_are_read_as_one():
    first = (
        "This paragraph was written with a margin so that its lines are\n"
        "Broken where the next word would have stood beyond the border."
    )
    assert cut(f"{first}\nA short end.\n") == [first, "A short end."]


def test_an_item_goes_on_from_the_line_before_the_list():
    found = sentences_of("It helps people with:\n- low mood\n- pain. Really.\n\nDone.\n- apart")
    assert [(each.words, each.lead) for each in found] == [
        ("It helps people with:", ""),
        ("low mood", "It helps people with:"),
        ("pain.", "It helps people with:"),
        ("Really.", "It helps people with:"),
        ("Done.", ""),
        ("apart", ""),
    ]


def test_a_list_with_nothing_before_it_has_no_lead():
    assert [each.lead for each in sentences_of("- one\n- two")] == ["", ""]


@pytest.mark.parametrize("answer", ["Yes, very.", "For most the answer is yes.", "That's right."])
def test_an_answer_goes_on_from_its_question(answer):
    assert sentences_of(f"Does it last? {answer}")[1].lead == "Does it last?"
    assert sentences_of(f"It lasts. {answer}")[1].lead == ""


def test_what_is_no_answer_stands_alone():
    assert sentences_of("Does it last? Ask your doctor.")[1].lead == ""
