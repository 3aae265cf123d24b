"""Sessions at home: the switch of a programme, statements about a home, the last word of a telephone."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_TABLES = {
    "store_homeswitch": "true",
    "store_homestatement": "((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))",
}
_SCOPE = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND {who});
"""
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


def _kept() -> list[tuple[str, models.Field]]:
    """Return what all three tables begin with."""
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


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_day_and_readiness"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeSwitch",
            fields=[
                *_kept(),
                ("state", models.TextField()),
                ("agreed", models.JSONField(default=list)),
                ("phone", models.TextField(blank=True)),
                ("content_version", models.TextField(blank=True)),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["programme", "recorded_at"], name="home_switch_of_a_programme")
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeStatement",
            fields=[
                *_kept(),
                ("kind", models.TextField()),
                ("subject", models.UUIDField()),
                ("session", models.UUIDField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("details", models.JSONField(default=dict)),
                ("words", models.BinaryField(null=True)),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("person", _to("store.person")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_homes_person__4db0ce_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneContact",
            fields=[
                *_kept(),
                ("link", models.UUIDField(unique=True)),
                ("session", models.UUIDField()),
                ("who", models.TextField()),
                ("seen_at", models.DateTimeField()),
                ("person", _to("store.person")),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_phone_person__7f6ab4_idx")
                ],
            },
        ),
        *(
            migrations.RunSQL((_SCOPE + _NEVER_CHANGED).format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
        migrations.RunSQL(
            _SCOPE.format(table="store_phonecontact", who=_TABLES["store_homestatement"]),
            migrations.RunSQL.noop,
        ),
    ]
