"""Certification of sites and enrolment of people in the REMS, as dated statements. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_TABLES = {
    "store_sitecertification": "(SELECT kairos_person()) IS NULL",
    "store_remsenrolment": "((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))",
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]) AND {who});
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
        ("state", models.TextField()),
        ("on", models.DateField()),
        ("until", models.DateField(null=True)),
        ("by", models.UUIDField()),
        ("true_at", models.DateTimeField()),
        ("programme", _to("store.programme")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteCertification",
            fields=[*_kept(), ("reference", models.TextField()), ("site", _to("store.site"))],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["site", "recorded_at"], name="certification_of_a_site")],
            },
        ),
        migrations.CreateModel(
            name="RemsEnrolment",
            fields=[*_kept(), ("words", models.BinaryField()), ("person", _to("store.person"))],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_remse_person__f9d188_idx")
                ],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who), migrations.RunSQL.noop)
            for table, who in _TABLES.items()
        ),
    ]
