"""The rules of the reading level as content: what ships, and what is refused."""

from kairos.content.load_reading_level import load_reading_level
from kairos.content.loader import ContentFile, ContentSource, Lint, read_source


def test_what_ships_asks_for_the_eighth_year_at_most():
    lint = Lint()
    rules = load_reading_level(read_source(), lint)
    assert lint.faults == []
    assert (rules.hardest_grade, rules.easiest_spanish) == (8, 60)


def test_an_unknown_key_is_a_fault_and_nothing_passes_then():
    lint = Lint()
    source = ContentSource((ContentFile("reading_level.yaml", b"hardest: 20"),))
    assert load_reading_level(source, lint).hardest_grade == 0
    assert "unexpected key 'hardest'" in str(lint.faults[0])
