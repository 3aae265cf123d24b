"""A patient's journal: closed keys and entries, what is shared, and the copy that ends with the sharing."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_OWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND person_id = (SELECT kairos_person())"
_SHOWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_WITH_ME = "jsonb_exists(with_whom, (SELECT kairos_user())::text)"
# Beyond the patient, a reader sees that an entry was shared with them, and its copy while there is one.
_READERS = {
    "store_journalshare": f"{_SHOWN} AND {_WITH_ME}",
    "store_journalcopy": f"{_SHOWN} AND EXISTS (SELECT FROM store_journalshare s"  # nosec B608 - our own words
    f" WHERE s.id = share_id AND {_WITH_ME})",
}
_KEPT = ("store_journalkey", "store_journalentry", "store_journalshare")
_WALL = f"""
ALTER TABLE {{table}} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {{table}} USING ({_OWN});
"""
_READER = "CREATE POLICY reader ON {table} FOR SELECT USING ({who});"
_NEVER_CHANGED = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=table
    )


def _row(*fields: tuple[str, models.Field]) -> list[tuple[str, models.Field]]:
    """Return the columns of a row about a patient."""
    return [
        (
            "id",
            models.UUIDField(
                default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
            ),
        ),
        (
            "recorded_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        ("programme", _to("store.programme")),
        ("person", _to("store.person")),
        *fields,
    ]


def _said() -> list[tuple[str, models.Field]]:
    return [("by", models.UUIDField()), ("true_at", models.DateTimeField())]


def _of_person(name: str) -> dict[str, object]:
    return {"abstract": False, "indexes": [models.Index(fields=["person", "recorded_at"], name=name)]}


def _run(statement: str) -> migrations.RunSQL:
    return migrations.RunSQL(statement, migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0023_integration"),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalKey",
            fields=_row(
                ("key", models.UUIDField()),
                ("way", models.TextField()),
                ("notice", models.TextField()),
                ("words", models.BinaryField()),
                *_said(),
            ),
            options=_of_person("store_journ_person__d9a0ab_idx"),
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=_row(
                ("entry", models.UUIDField()),
                ("version", models.IntegerField()),
                ("key", models.UUIDField()),
                ("words", models.BinaryField()),
                *_said(),
            ),
            options=_of_person("store_journ_person__01365e_idx")
            | {
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="one_entry_a_version")
                ]
            },
        ),
        migrations.CreateModel(
            name="JournalShare",
            fields=_row(
                ("entry", models.UUIDField()),
                ("version", models.IntegerField()),
                ("state", models.TextField()),
                ("with_whom", models.JSONField()),
                *_said(),
            ),
            options=_of_person("store_journ_person__74ef4c_idx"),
        ),
        migrations.CreateModel(
            name="JournalCopy",
            fields=_row(
                (
                    "share",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copy",
                        to="store.journalshare",
                    ),
                ),
                ("words", models.BinaryField()),
            ),
            options=_of_person("store_journ_person__00d29b_idx"),
        ),
        *(_run((_WALL + _NEVER_CHANGED).format(table=table)) for table in _KEPT),
        _run(_WALL.format(table="store_journalcopy")),
        *(_run(_READER.format(table=table, who=who)) for table, who in _READERS.items()),
    ]
