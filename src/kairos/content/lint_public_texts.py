"""The texts of the content that patients and strangers read, held against what may be said to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from kairos.content.loader import ContentFault, ContentFile, ContentSource, Table
from kairos.domain.evidence.public_words import PublicWords

_NO_WORDS = frozenset(
    ("id", "version", "source", "language", "href", "claim", "claims", "figures", "kind", "country", "name")
)
_CITED = ("consents/", "crisis/")  # these name the sources of their numbers


@dataclass(frozen=True, slots=True)
class PublicText:
    """One text, its place, and whether it names the sources of its numbers itself."""

    file: str
    line: int
    text: str
    is_cited: bool = False


def public_text_faults(source: ContentSource, words: PublicWords) -> list[ContentFault]:
    """Return every fault of the English texts that patients and strangers read, and overrides of nothing."""
    texts = list(public_texts(source))
    faults = [
        ContentFault(each.file, each.line, fault)
        for each in texts
        for fault in words.faults(each.file, each.text, numbers=not each.is_cited)
    ]
    return faults + [
        ContentFault("public_words.yaml", 1, f"nothing needs {override.says!r} in {override.where}")
        for override in words.overrides
        if not override.where.startswith("web/")
        and not any(override.lets_stand(each.file, each.text) for each in texts)
    ]


def public_texts(source: ContentSource) -> Iterator[PublicText]:
    """Yield the texts: those with the wording of a patient, and all that whole files say to patients."""
    for file in source.under("text/en/"):
        yield from _for_patients(file)
    for file in source.under("consents/", "crisis/", "aid/", "mechanism/", "scorecard/"):
        top = file.table()
        if top.get("language", "en") == "en":
            yield from _all_of(file.path, top)


def _for_patients(file: ContentFile) -> Iterator[PublicText]:
    top = file.table()
    for name in top:
        entry = top.table(name)
        if "patient" in entry:
            yield PublicText(file.path, entry.lines["patient"], entry.text("patient"))


def _all_of(path: str, value: object, line: int = 1) -> Iterator[PublicText]:
    if isinstance(value, Table):
        for key, inner in value.items():
            if key not in _NO_WORDS:
                yield from _all_of(path, inner, value.lines[key])
    elif isinstance(value, list):
        for inner in value:
            yield from _all_of(path, inner, line)
    elif isinstance(value, str):
        yield PublicText(path, line, value, path.startswith(_CITED))
