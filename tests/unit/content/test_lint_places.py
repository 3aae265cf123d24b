"""Places of content: what nothing reads, and what is expected and not there."""

from kairos.content.lint_places import place_faults, places_read
from kairos.content.loader import ContentFile, ContentSource, read_source


def faults(*files):
    """Return what is said of content that consists of these files."""
    return [str(fault) for fault in place_faults(ContentSource(files))]


def test_the_content_that_ships_fills_every_place():
    assert place_faults(read_source()) == []
    assert {"citations.yaml", "rules/eligibility/", "instruments/"} <= set(places_read())


def test_a_misspelt_folder_and_a_misspelt_name_are_named():
    kept = read_source().files
    unread = [
        ContentFile("rulse/a.yaml", b""),
        ContentFile("rules/use.yaml", b""),
        ContentFile("a.yaml", b""),
    ]
    told = faults(*kept, *unread)
    assert [line.partition(": ")[0] for line in told] == ["rulse/a.yaml:1", "rules/use.yaml:1", "a.yaml:1"]
    assert "uses.yaml" in told[1]


def test_a_kind_of_which_nothing_is_there_is_named():
    kept = [file for file in read_source().files if not file.path.startswith("crisis/")]
    assert faults(*kept) == ["crisis/:1: is missing; a release has something there"]
