"""The check of the reading level: it counts as people speak, and it can fail."""

import pytest

from kairos.content.load_reading_level import load_reading_level
from kairos.content.loader import ContentFile, ContentSource, Lint
from scripts.check_reading_level import ease_faults, eases, faults, grades, needless, syllables

RULES = """
hardest_grade: 8
easiest_spanish: 60
shortest_sentence: 4
fewest_words: 5
exceptions: [{where: text/en/easy.yaml, reason: none}]
"""
HARD = (
    "Psychopharmacological considerations necessitate comprehensive multidisciplinary evaluation beforehand."
)
EASY = "We look at all of it with you. You can say no."


@pytest.mark.parametrize(
    ("word", "count"),
    [("blood", 1), ("ketamine", 3), ("people's", 2), ("100", 1), ("xbrake", 1), ("zolde", 1)],
)
def test_syllables_as_spoken_else_by_vowels(word, count):
    assert syllables(word) == count


def test_a_hard_text_fails_and_an_exception_that_is_not_needed_too():
    files = {"text/en/hard.yaml": HARD, "text/en/easy.yaml": EASY, "text/en/label.yaml": "Help now"}
    told = {name: f'a: {{patient: "{words}"}}' for name, words in files.items()}
    told["reading_level.yaml"] = RULES
    source = ContentSource(tuple(ContentFile(name, text.encode()) for name, text in told.items()))
    rules = load_reading_level(source, Lint())
    found = {where: grade for where, grade in grades(source, rules) if where.startswith("text/")}
    assert set(found) == {"text/en/hard.yaml", "text/en/easy.yaml"}
    wrong = list(faults(found, rules))
    assert any(line.startswith("text/en/hard.yaml: grade") for line in wrong)
    assert list(needless(found, {}, rules)) == ["reading_level.yaml: text/en/easy.yaml needs no exception"]


def test_spanish_is_held_by_its_own_formula():
    hard = (
        "Consideraciones psicofarmacológicas multidisciplinarias necesitan evaluaciones interdisciplinarias."
    )
    easy = "Lo vemos todo con usted. Usted puede decir que no."
    told = {"text/es/hard.yaml": hard, "text/es/easy.yaml": easy, "text/es/label.yaml": "Ayuda ahora"}
    files = {name: f'a: {{patient: "{words}"}}' for name, words in told.items()} | {
        "reading_level.yaml": RULES
    }
    source = ContentSource(tuple(ContentFile(name, text.encode()) for name, text in files.items()))
    rules = load_reading_level(source, Lint())
    found = {where: ease for where, ease in eases(source, rules) if where.startswith("text/")}
    assert set(found) == {"text/es/hard.yaml", "text/es/easy.yaml"}
    (wrong,) = ease_faults(found, rules)
    assert wrong.startswith("text/es/hard.yaml: ease -") and "at least 60" in wrong
