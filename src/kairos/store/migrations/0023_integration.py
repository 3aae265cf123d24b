"""The days after a session: plans, what is said of them, hours that coaches offer. Never changed."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_SHOWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_OWN = f"{_SHOWN} AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
_MINE = f"{_OWN} AND ((SELECT kairos_person()) IS NOT NULL OR NOT is_private)"
_TABLES = {
    "store_integrationplan": _OWN,
    "store_integrationstatement": _MINE,
    "store_coachinghour": _SHOWN,
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING ({who});
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
    """Return what every row of a programme begins with."""
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
    ]


def _said() -> list[tuple[str, models.Field]]:
    """Return who said something, when, and in which words."""
    return [
        ("words", models.BinaryField(null=True)),
        ("by", models.UUIDField()),
        ("true_at", models.DateTimeField()),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0022_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="IntegrationPlan",
            fields=[
                *_kept(),
                ("person", _to("store.person")),
                (
                    "dosing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.plannedsession",
                    ),
                ),
                ("template", models.TextField()),
                ("content_version", models.TextField()),
                ("anchored_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_integ_person__658cd3_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="IntegrationStatement",
            fields=[
                *_kept(),
                ("person", _to("store.person")),
                ("kind", models.TextField()),
                ("subject", models.UUIDField()),
                ("plan", _to("store.integrationplan", null=True)),
                ("state", models.TextField()),
                ("is_private", models.BooleanField(default=False)),
                ("details", models.JSONField(default=dict)),
                *_said(),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "kind", "recorded_at"], name="statements_of_a_kind"),
                    models.Index(fields=["subject"], name="statements_of_a_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachingHour",
            fields=[
                *_kept(),
                ("hour", models.UUIDField()),
                ("user", models.UUIDField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("way", models.TextField()),
                ("seats", models.IntegerField()),
                ("state", models.TextField()),
                ("seat", models.IntegerField(default=0)),
                *_said(),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["programme", "starts_at"], name="hours_of_a_programme")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken")),
                        fields=("hour", "seat"),
                        name="seat_taken_once",
                    )
                ],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
    ]
