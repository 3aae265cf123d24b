"""How people can be reached, and what was told to whom by which way. Never changed."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[])
    AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person())));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=table, **more
    )


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
        ("channel", models.TextField()),
        ("true_at", models.DateTimeField()),
        ("person", _to("store.person", null=True)),
        ("programme", _to("store.programme")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0018_psychotherapy"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactWay",
            fields=[
                *_kept(),
                ("user", models.UUIDField()),
                ("way", models.UUIDField()),
                ("is_on", models.BooleanField()),
                ("words", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["user", "recorded_at"], name="contact_ways_of_a_user")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                *_kept(),
                ("subject", models.UUIDField()),
                ("step", models.IntegerField()),
                ("user", models.UUIDField(null=True)),
                ("outcome", models.TextField()),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["subject", "recorded_at"], name="deliveries_of_a_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["subject", "step"],
                        condition=models.Q(("outcome", "taken")),
                        name="told_once_a_step",
                    )
                ],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table), migrations.RunSQL.noop)
            for table in ("store_contactway", "store_delivery")
        ),
    ]
