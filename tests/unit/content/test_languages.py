"""Words of another language over the English content: the same shape, the same numbers, nothing else."""

from dataclasses import replace

import pytest

from kairos.content.languages import in_language
from kairos.content.lint_languages import banned_faults, language_faults
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.content.release import ContentRelease, load_release
from kairos.content.words_over import copies_in_words, differs, in_words_of, languages_of
from kairos.domain.evidence.texts import Audience, TextBook

ENGLISH = """
language: en
version: 1
source: cite:kairos-default
promise: I stay.
pages: [{title: One, text: "Wait {time} for 15 minutes."}]
questions:
  - {id: q, text: Ask, options: {a: Yes now, b: Not now}, right: a, explanation: Because}
  - {id: r, text: More, options: {a: Yes now, b: Not now}, right: a, explanation: Because}
"""
SPANISH = """
promise: Me quedo.
pages: [{title: Uno, text: "Espere {time} por 15 minutos."}]
questions:
  q: {text: Pregunta, options: {a: Ahora sí, b: Ahora no}, explanation: Porque}
"""


def source_of(words: str, english: str = ENGLISH) -> ContentSource:
    """Return a training in English with these words of Spanish."""
    files = (
        ContentFile("home/en.yaml", english.encode()),
        ContentFile("language/es/home.yaml", words.encode()),
    )
    return ContentSource(files)


def told(words: str, english: str = ENGLISH) -> list[str]:
    lint = Lint()
    in_words_of(source_of(words, english), "es", lint)
    return [str(fault) for fault in lint.faults]


def release_of(source: ContentSource) -> ContentRelease:
    texts = TextBook(
        {
            ("en", "t", Audience.PATIENT): "In {n} days",
            ("en", "u", Audience.PATIENT): "Two",
            ("en", "t", Audience.CLINICIAN): "x",
        }
    )
    return replace(load_release(), version=source.version, texts=texts, source=source)


def test_words_are_laid_over_and_the_rest_stays():
    lint = Lint()
    (file, _words) = in_words_of(source_of(SPANISH), "es", lint).files
    worded = file.table()
    assert not lint.faults
    assert (worded["language"], worded["version"], worded["promise"]) == ("es", 1, "Me quedo.")
    assert worded["pages"][0]["text"] == "Espere {time} por 15 minutos."
    first, second = worded["questions"]
    assert (first["id"], first["right"], first["text"]) == ("q", "a", "Pregunta")
    assert second["text"] == "More", "what has no words yet is told in English"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("pages: [{text: 'Espere {time} por 20 minutos.'}]", "the numbers are ['20']"),
        ("pages: [{text: 'Espere por 15 minutos.'}]", "the places to fill differ"),
        ("pages: [{text: a}, {text: b}]", "expected 1 entries"),
        ("pages: [a]", "expected a mapping"),
        ("questions: {z: {text: Otra}}", "z is no entry of the English file"),
        ("questions: {q: {sound: x}}", "sound is not in the English file"),
        ("version: dos", "only words can be put"),
        ("source: [a, b]", "only words can be put"),
    ],
)
def test_what_does_not_fit_is_a_fault(words, fault):
    (found,) = told(words)
    assert found.startswith("language/es/home.yaml:") and fault in found


def test_a_worded_file_has_a_copy_below_its_language():
    files = {"consents/a.yaml": "title: One", "consents/b.yaml": "title: Two"}
    files["language/es/consents/a.yaml"] = "title: Uno"
    source = ContentSource(tuple(ContentFile(path, text.encode()) for path, text in files.items()))
    (copy,) = copies_in_words(source, "consents/", Lint())
    assert copy.path == "consents/es/a.yaml" and copy.table() == {"title": "Uno"}


def test_a_list_of_texts_keeps_its_length():
    english = ENGLISH + "paragraphs: [One, Two]\n"
    assert told("paragraphs: [Uno, Dos]", english) == []
    assert "expected 2 texts" in told("paragraphs: [Uno]", english)[0]
    assert "expected 2 texts" in told("paragraphs: Uno", english)[0]


def test_a_file_that_names_no_language_goes_without():
    files = {"figures/a.yaml": "f: {states: 8 of 100}", "language/es/figures/a.yaml": "f: {states: 8 de 100}"}
    source = ContentSource(tuple(ContentFile(path, text.encode()) for path, text in files.items()))
    assert in_words_of(source, "es", Lint()).files[0].table() == {"f": {"states": "8 de 100"}}


def test_a_text_may_not_state_another_number():
    assert differs("8 of 100, {a}", "{a}, 8 de 100") == ""
    assert "numbers" in differs("8 of 100", "8 de 10")


def test_what_a_language_lacks_is_named():
    files = (
        *source_of(SPANISH).files,
        ContentFile("text/es/a.yaml", b"t: {patient: 'En {m} d'}\nv: {patient: x}"),
    )
    source = ContentSource(files)
    faults = [str(fault) for fault in language_faults(source, release_of(source), "es")]
    assert "language/es/home.yaml:1: questions[1].text has no words yet" in faults
    assert "language/es/home.yaml:1: questions[1].options.a has no words yet" in faults
    assert "text/es/:1: the text u has no words yet" in faults
    assert "text/es/:1: t: the places to fill differ from the English text: ['{n}']" in faults
    assert "text/es/:1: the text v is not in English for a patient" in faults
    assert not [fault for fault in faults if "questions[0]" in fault]
    assert languages_of(source) == ("es",)


def test_a_file_without_words_lacks_them_all():
    source = ContentSource(source_of("{}").files[:1])
    faults = [fault.fault for fault in language_faults(source, release_of(source), "es")]
    assert "pages[0].title has no words yet" in faults and "promise has no words yet" in faults


def test_words_by_order_are_found_by_order():
    source = source_of("questions: [{text: P, options: {a: A, b: B}, explanation: E}, {text: Q}]")
    faults = [fault.fault for fault in language_faults(source, release_of(source), "es")]
    assert "questions[1].explanation has no words yet" in faults
    assert not [each for each in faults if each.startswith(("questions[0]", "questions[1].text"))]


def test_the_words_of_nothing_are_a_fault():
    files = (*source_of(SPANISH).files, ContentFile("language/es/other.yaml", b"a: b"))
    source = ContentSource(files)
    faults = [str(fault) for fault in language_faults(source, release_of(source), "es")]
    assert "language/es/other.yaml:1: there is no English file of which these are the words" in faults


def test_words_that_promise_are_banned_unless_let_stand():
    banned = (
        "banned: [cura*, sin riesgo]\noverrides: [{where: text/es/a.yaml, says: no es una cura, reason: r}]"
    )
    told = "a: {patient: Esto cura, a: [1, Sin Riesgo]}\nb: {patient: No es una CURA}"
    files = {"language/es/banned_words.yaml": banned, "text/es/a.yaml": told}
    source = ContentSource(tuple(ContentFile(path, text.encode()) for path, text in files.items()))
    faults = [str(fault) for fault in banned_faults(source, "es")]
    assert faults == [
        "text/es/a.yaml:1: has the banned words 'cura': 'Esto cura'",
        "text/es/a.yaml:1: has the banned words 'sin riesgo': 'Sin Riesgo'",
    ]


def test_a_release_speaks_the_languages_it_has():
    shipped = load_release()
    assert in_language(shipped, "en") is shipped and in_language(shipped, None) is shipped
    assert in_language(shipped, "fr-ca") is shipped, "a language nobody wrote is told in English"
    spanish = in_language(shipped, "es-mx")
    assert spanish.version == shipped.version and spanish.rules is shipped.rules
    assert spanish.texts.language == "es"
    assert in_language(shipped, "es").aid is spanish.aid, "read once"


def test_broken_words_are_refused():
    source = source_of("version: dos")
    with pytest.raises(ContentError):
        in_language(replace(release_of(source), version="broken"), "es")


def test_the_figures_of_claims_are_the_same_in_every_language():
    shipped = load_release()
    for language in languages_of(shipped.source):
        worded = in_language(shipped, language)
        assert set(worded.claims) == set(shipped.claims) and set(worded.figures) == set(shipped.figures)
        for name, claim in shipped.claims.items():
            other = worded.claims[name]
            assert (other.grade, other.direction, other.sources) == (
                claim.grade,
                claim.direction,
                claim.sources,
            )
        for name, figure in shipped.figures.items():
            assert not differs(figure.states, worded.figures[name].states)
