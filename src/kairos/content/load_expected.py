"""Which models draw the expected window of a substance, from ``expected/*.yaml``."""

from collections.abc import Mapping

from kairos.content.loader import ContentFile, ContentSource, Lint
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.texts import TextBook
from kairos.domain.pharmacology.expected_by import ExpectedBy
from kairos.domain.pharmacology.pk_model import PKModel


def load_expected(
    source: ContentSource, lint: Lint, *, models: Mapping[str, PKModel], texts: TextBook
) -> Mapping[str, ExpectedBy]:
    """Return the choice of models by substance."""
    found: dict[str, ExpectedBy] = {}
    for file in source.under("expected/"):
        with lint.collecting():
            chosen = _chosen(file, lint, models, texts)
            found[chosen.substance] = chosen
    return found


def _chosen(file: ContentFile, lint: Lint, models: Mapping[str, PKModel], texts: TextBook) -> ExpectedBy:
    top = file.table()
    top.only("substance", "models", "text", "source", "certainty")
    if top.text("text") not in texts:
        raise top.fault(f"text names {top['text']!r}, which does not exist", "text")
    names = top.texts("models")
    for name in names:
        if name not in models or models[name].substance != top.text("substance"):
            raise top.fault(f"models names {name!r}, which is no model of {top['substance']}", "models")
    if not names:
        raise top.fault("models is missing", "models")
    return ExpectedBy(
        substance=top.text("substance"),
        models=tuple(models[name] for name in names),
        text=top.text("text"),
        certainty=top.one_of("certainty", Certainty),
        sources=lint.sources(top),
    )
