"""Who does what at an appointment, and what was stated of a programme's readiness. Never changed."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_TABLES = {
    "store_appointmentduty": "((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))",
    "store_readinessstatement": "(SELECT kairos_person()) IS NULL",
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND {who});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=table, **more)


def _kept() -> list[tuple[str, models.Field]]:
    """Return what both tables begin with."""
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
        ("by", models.UUIDField()),
        ("true_at", models.DateTimeField()),
        ("programme", _to("store.programme", db_index=False)),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0014_on_call"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppointmentDuty",
            fields=[
                *_kept(),
                ("duty", models.TextField()),
                ("who", models.UUIDField(null=True)),
                ("person", _to("store.person", db_index=False)),
                ("planned_session", _to("store.plannedsession")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_appoi_person__f4f94a_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadinessStatement",
            fields=[
                *_kept(),
                ("item", models.TextField()),
                ("state", models.TextField()),
                ("until", models.DateField(null=True)),
                ("evidence", _to("store.storedfile", null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["programme", "recorded_at"], name="readiness_of_a_programme")
                ],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
    ]
