"""What people read of a file, and where it stands there."""

import pytest

from kairos.domain.evidence.readable import TextForm, readable
from kairos.domain.evidence.sentences import sentences_of


def read(raw, form):
    """Return each sentence that people read, with what stands at its place in the file."""
    seen = readable(raw, form)
    found = sentences_of(seen.text)
    return [(each.words, raw[slice(*seen.place(each.start, each.end))], each.lead) for each in found]


def test_plain_text_is_read_as_it_stands():
    assert read("One.\nTwo.", TextForm.PLAIN) == [("One.", "One.", ""), ("Two.", "Two.", "")]


@pytest.mark.parametrize(
    ("raw", "words", "at"),
    [
        ("# A *big* heading", "A big heading", "A *big* heading"),
        ("It is **not** a [cure](https://a.example/x), `no`.", "It is not a cure, no.", None),
        ("> __Quoted__ snake_case", "Quoted snake_case", "Quoted__ snake_case"),
        ('![A picture](p.png "t")', "A picture", "A picture"),
    ],
)
def test_marks_of_markdown_are_not_words(raw, words, at):
    found = read(raw, TextForm.MARKDOWN)
    assert [each[0] for each in found] == [words]
    assert at is None or found[0][1] == at


def test_items_of_markdown_are_items():
    assert read("For:\n* one\n* two", TextForm.MARKDOWN)[2] == ("two", "two", "For:")


def test_a_page_is_read_without_its_tags():
    raw = (
        "<!DOCTYPE html><html><head><title>Title</title><script>var x = '<p>no</p>';</script></head>\n<body>"
        "<!-- not read --><p>It&rsquo;s <b>never</b>\n a cure. Or?</p><p>Good for:</p><ul><li>mood</li></ul>"
        "<table><tr><td>a</td><td title='x > y'>b</td></tr></table>One<br>Two &amp; three</body></html>"
    )
    found = read(raw, TextForm.HTML)
    assert [each[0] for each in found] == [
        "Title",
        "It’s never  a cure.",
        "Or?",
        "Good for:",
        "mood",
        "| a |  | b |",
        "One",
        "Two & three",
    ]
    assert found[1][1] == "It&rsquo;s <b>never</b>\n a cure."
    assert found[4][2] == "Good for:"
    assert found[-1][1] == "Two &amp; three"
