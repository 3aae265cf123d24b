"""The tables that the migrations make are the tables that the records describe."""

from django.apps import apps
from django.core.management.commands.makemigrations import Command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState

OURS = "store"


def test_nothing_is_left_to_migrate():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = Command.autodetector(
        loader.project_state(), ProjectState.from_apps(apps), NonInteractiveMigrationQuestioner({OURS})
    )
    changes = detector.changes(graph=loader.graph, trim_to_apps={OURS}, convert_apps={OURS})
    assert {
        app: [str(op) for m in migrations for op in m.operations] for app, migrations in changes.items()
    } == {}


def test_there_is_one_line_of_migrations():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    assert len(graph.leaf_nodes(OURS)) == 1


def test_only_the_store_has_models_of_ours():
    ours = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith("kairos") and [*config.get_models()]
    }
    assert ours == {OURS}
