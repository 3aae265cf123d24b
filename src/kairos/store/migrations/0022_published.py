"""What a programme publishes, whose fee it waives, sheets that patients keep, licences that were looked at."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_OURS = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_OWN = f"{_OURS} AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
# A sheet that a patient keeps is theirs alone: no staff member sees one.
_MINE = f"{_OURS} AND person_id = (SELECT kairos_person())"
# Whoever logs in is shown their own licences before any scope is known: an expired one takes the role.
_LICENCE = f'{_OURS} OR "user" = (SELECT kairos_user())'
_TABLES = {
    "store_publication": (_OURS, _OURS),
    "store_feewaiver": (_OWN, _OWN),
    "store_keptsheet": (_MINE, _MINE),
    "store_credential": (_LICENCE, _OURS),
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING ({sees}) WITH CHECK ({writes});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=table
    )


def _row(*fields: tuple[str, models.Field], about: bool = False) -> list[tuple[str, models.Field]]:
    """Return the columns of a row of a programme, or about one of its patients."""
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
        ("by", models.UUIDField()),
        ("true_at", models.DateTimeField()),
        *([("person", _to("store.person"))] if about else []),
        ("programme", _to("store.programme")),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0021_preparation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=_row(
                ("kind", models.TextField()),
                ("version", models.IntegerField()),
                ("from_day", models.DateField()),
                ("details", models.JSONField()),
            ),
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=["programme", "kind", "version"], name="publication_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeWaiver",
            fields=_row(("state", models.TextField()), about=True),
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_feewa_person__a424ad_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptSheet",
            fields=_row(("kind", models.TextField()), ("words", models.BinaryField(null=True)), about=True),
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["person", "recorded_at"], name="store_kepts_person__9bc171_idx")
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=_row(
                ("user", models.UUIDField()),
                ("role", models.TextField()),
                ("source", models.TextField()),
                ("words", models.BinaryField()),
                ("checked_on", models.DateField()),
                ("until", models.DateField()),
            ),
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["user", "recorded_at"], name="credentials_of_a_user")],
            },
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, sees=sees, writes=writes), migrations.RunSQL.noop)
            for table, (sees, writes) in _TABLES.items()
        ),
    ]
