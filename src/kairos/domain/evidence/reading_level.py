"""How hard a text is to read: counts of it, and the two formulas by which the pages are held."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """How many sentences, words and syllables a text has."""

    sentences: int
    words: int
    syllables: int

    def __post_init__(self) -> None:
        """Refuse what is no text.

        Raises
        ------
        ValueError    no sentence, or fewer words than sentences, or fewer syllables than words
        """
        if not 1 <= self.sentences <= self.words <= self.syllables:
            raise ValueError("a text has a sentence, each sentence a word and each word a syllable")

    @property
    def words_a_sentence(self) -> float:
        """How long its sentences are."""
        return self.words / self.sentences

    @property
    def syllables_a_word(self) -> float:
        """How long its words are."""
        return self.syllables / self.words


def flesch_kincaid_grade(counts: ReadCounts) -> float:
    """Return the school year that an English text asks for; lower is easier.

    Source: Kincaid, Fishburne, Rogers, Chissom 1975, Research Branch Report 8-75.
    """
    return 0.39 * counts.words_a_sentence + 11.8 * counts.syllables_a_word - 15.59


def fernandez_huerta(counts: ReadCounts) -> float:
    """Return how easy a Spanish text is, about 0 to 100; higher is easier.

    Source: Fernandez Huerta 1959, with syllables per 100 words and words per sentence.
    """
    return 206.84 - 60 * counts.syllables_a_word - 1.02 * counts.words_a_sentence
