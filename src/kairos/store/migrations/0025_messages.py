"""Messages between a patient and the team, who read them, and how people said they were. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_SHOWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_OWN = f"{_SHOWN} AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
_TABLES = ("store_patientmessage", "store_messagereading", "store_checkinanswer")
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING ({who});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str, *, is_indexed: bool = False, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        db_index=is_indexed,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=table,
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
        *fields,
        ("person", _to("store.person")),
        ("programme", _to("store.programme")),
    ]


def _by(name: str) -> dict[str, object]:
    return {"abstract": False, "indexes": [models.Index(fields=["person", "recorded_at"], name=name)]}


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0024_journal"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatientMessage",
            fields=_row(
                ("thread", models.UUIDField()),
                ("kind", models.TextField()),
                ("is_urgent", models.BooleanField()),
                ("is_from_patient", models.BooleanField()),
                ("words", models.BinaryField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
            ),
            options=_by("store_patie_person__e06652_idx"),
        ),
        migrations.CreateModel(
            name="MessageReading",
            fields=_row(
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("message", _to("store.patientmessage", is_indexed=True, related_name="readings")),
            ),
            options=_by("store_messa_person__e169a6_idx")
            | {"constraints": [models.UniqueConstraint(fields=("message", "by"), name="message_read_once")]},
        ),
        migrations.CreateModel(
            name="CheckInAnswer",
            fields=_row(
                ("moment", models.TextField()),
                ("answer", models.TextField()),
                ("words", models.BinaryField(null=True)),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession")),
            ),
            options=_by("store_check_person__aa2d6c_idx"),
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=_OWN), migrations.RunSQL.noop)
            for table in _TABLES
        ),
    ]
