"""What a patient prepares: intentions that are private unless shared, goals, checklists. Never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_SHOWN = "programme_id = ANY ((SELECT kairos_programmes())::uuid[])"
_OWN = f"{_SHOWN} AND ((SELECT kairos_person()) IS NULL OR person_id = (SELECT kairos_person()))"
# The newest word on sharing decides for all versions of a text; without one it is private.
_SHARED = (
    f"{_SHOWN} AND (person_id = (SELECT kairos_person()) OR ((SELECT kairos_person()) IS NULL AND"  # nosec B608
    " COALESCE((SELECT s.is_shared FROM store_intentionsharing s WHERE s.dosing_id = store_intention.dosing_id"
    " ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1), false)))"
)
_MINE = f"{_SHOWN} AND person_id = (SELECT kairos_person())"
_TABLES = {
    "store_intentionsharing": (_OWN, _MINE),
    "store_intention": (_SHARED, _MINE),
    "store_preparationstatement": (_OWN, _OWN),
    "store_goal": (_OWN, _OWN),
    "store_goalrating": (_OWN, _OWN),
}
_WALL = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON {table} USING ({who}) WITH CHECK ({writes});
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


def _to(table: str, *, is_null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False,
        null=is_null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
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
        ("store", "0020_own_protocols"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intention",
            fields=_row(
                ("part", models.TextField()),
                ("words", models.BinaryField()),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession")),
            ),
            options=_by("store_inten_person__b9aeae_idx"),
        ),
        migrations.CreateModel(
            name="IntentionSharing",
            fields=_row(
                ("is_shared", models.BooleanField()),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession")),
            ),
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dosing", "recorded_at"], name="sharing_of_an_intention")],
            },
        ),
        migrations.CreateModel(
            name="PreparationStatement",
            fields=_row(
                ("kind", models.TextField()),
                ("item", models.TextField()),
                ("details", models.JSONField()),
                ("words", models.BinaryField(null=True)),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
                ("dosing", _to("store.plannedsession", is_null=True)),
            ),
            options=_by("store_prepa_person__02506b_idx"),
        ),
        migrations.CreateModel(
            name="Goal",
            fields=_row(
                ("goal", models.UUIDField()),
                ("is_on", models.BooleanField()),
                ("details", models.JSONField()),
                ("words", models.BinaryField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
            ),
            options=_by("store_goal_person__788f1c_idx"),
        ),
        migrations.CreateModel(
            name="GoalRating",
            fields=_row(
                ("goal", models.UUIDField()),
                ("details", models.JSONField()),
                ("by", models.UUIDField()),
                ("true_at", models.DateTimeField()),
            ),
            options=_by("store_goalr_person__852b09_idx"),
        ),
        *(
            migrations.RunSQL(_WALL.format(table=table, who=who, writes=writes), migrations.RunSQL.noop)
            for table, (who, writes) in _TABLES.items()
        ),
    ]
