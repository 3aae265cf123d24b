"""The lint of places: files that nothing reads, and places where the program expects content and finds none.

Which places there are is written down nowhere: they are those asked for when the content that ships is read.
"""

from dataclasses import dataclass, field
from functools import cache

from kairos.content.claim_reader import read_claim_reader
from kairos.content.lint_languages import language_faults
from kairos.content.load_public_words import load_public_words
from kairos.content.load_reading_level import load_reading_level
from kairos.content.loader import ContentFault, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import build_release
from kairos.content.words_over import languages_of


@dataclass(frozen=True, slots=True)
class _Watched(ContentSource):
    """Content that notes the places it is asked for."""

    asked: set[str] = field(default_factory=set)

    def under(self, *folders: str) -> list[ContentFile]:
        self.asked.update(folders)
        return [file for file in self.files if file.path.startswith(folders) and file.path.endswith(".yaml")]


@cache
def places_read() -> tuple[str, ...]:
    """Return the folders (``rules/eligibility/``) and single files that are read."""
    shipped = _Watched(read_source().files)
    release = build_release(shipped)
    for language in languages_of(shipped):
        language_faults(shipped, release, language)
    load_public_words(shipped, Lint(), read_claim_reader(shipped))
    load_reading_level(shipped, Lint())
    return tuple(sorted(shipped.asked))


def place_faults(source: ContentSource) -> list[ContentFault]:
    """Return a fault for each file that nothing reads, and for each place without any file."""
    places = places_read()
    unread = [file.path for file in source.files if not file.path.startswith(places)]
    empty = [place for place in places if not source.under(place)]
    return [
        *(ContentFault(path, 1, f"nothing reads this file; {_meant(path)}") for path in unread),
        *(ContentFault(place, 1, "is missing; a release has something there") for place in empty),
    ]


def _meant(path: str) -> str:
    folder = f"{path.partition('/')[0]}/" if "/" in path else ""
    beside = [place for place in places_read() if folder and place.startswith(folder)]
    if beside:
        return f"under {folder} there are {', '.join(place.removeprefix(folder) for place in beside)}"
    tops = dict.fromkeys(place.partition("/")[0] for place in places_read())
    return f"there are {', '.join(tops)}"
