"""Surveys and other data sets whose columns and codes are known."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty

BY_HAND = "named_columns"
"""The entry whose codes hold where the columns of a file are named by hand."""


@dataclass(frozen=True, slots=True)
class SurveySource:
    """One data set: the columns of each instrument's scored questions, in order, and its codes.

    ``refused`` and ``dont_know`` are values that are no answers; the words are the same written out, in
    lower case. ``respondent`` is the column that names the person within the data set.
    """

    id: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    refused: frozenset[int]
    dont_know: frozenset[int]
    refused_words: frozenset[str]
    dont_know_words: frozenset[str]
    respondent: str
    sources: tuple[str, ...]
    certainty: Certainty

    @property
    def codes(self) -> frozenset[int]:
        """Every value that stands for refused or don't know."""
        return self.refused | self.dont_know

    @property
    def words(self) -> frozenset[str]:
        """Every word that stands for refused or don't know."""
        return self.refused_words | self.dont_know_words
