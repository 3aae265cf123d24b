"""Items of preparation: each worded, placed and sourced."""

import pytest

from kairos.content.load_preparation import load_preparation
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint, read_source
from kairos.content.release import load_release

PATH = "preparation/items.yaml"
SHIPPED = next(file for file in read_source().files if file.path == PATH).data.decode()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("escort:", "parrot:", "no text preparation.item.parrot"),
        ("at: [clinic],", "at: [moon],", "at names where it counts"),
        ("at: [clinic],", "at: [],", "at names where it counts"),
        ("group: set,", "group: sets,", "group"),
        ("gate: false,", "gates: false,", "unexpected key 'gates'"),
    ],
)
def test_a_fault_is_named_by_its_line(before, after, said):
    assert before in SHIPPED
    release, lint = load_release(), Lint()
    lint.citations = frozenset(release.citations)
    source = ContentSource((ContentFile(PATH, SHIPPED.replace(before, after, 1).encode()),))
    load_preparation(source, lint, texts=release.texts)
    with pytest.raises(ContentError) as error:
        lint.finish()
    assert said in str(error.value)
