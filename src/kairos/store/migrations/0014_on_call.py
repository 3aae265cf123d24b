"""The on-call roster: duties, and those that were withdrawn. Never changed."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table}
    USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND (SELECT kairos_person()) IS NULL);
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
        ("by", models.UUIDField()),
        ("true_at", models.DateTimeField()),
        ("programme", _to("store.programme")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_rems"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnCallDuty",
            fields=[
                *_kept(),
                ("step", models.TextField()),
                ("who", models.UUIDField()),
                ("weekdays", models.JSONField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("site", _to("store.site", null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["programme", "recorded_at"], name="on_call_of_a_programme")],
            },
        ),
        migrations.CreateModel(
            name="OnCallWithdrawal",
            fields=[
                *_kept(),
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="store.oncallduty",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table), migrations.RunSQL.noop)
            for table in ("store_oncallduty", "store_oncallwithdrawal")
        ),
    ]
