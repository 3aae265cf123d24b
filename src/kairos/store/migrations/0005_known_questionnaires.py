"""Other people's Questionnaires, that say what later responses answer: of a programme, never changed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import kairos.store.ids

_WALLS = """
ALTER TABLE store_knownquestionnaire ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON store_knownquestionnaire
    USING (programme_id = ANY ((SELECT kairos_programmes())::uuid[]));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON store_knownquestionnaire
    FOR EACH ROW EXECUTE FUNCTION kairos_refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON store_knownquestionnaire
    FOR EACH STATEMENT EXECUTE FUNCTION kairos_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0004_sign_off_of_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="KnownQuestionnaire",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kairos.store.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("digest", models.BinaryField()),
                ("url", models.TextField(blank=True)),
                ("content", models.BinaryField()),
                ("by", models.UUIDField()),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.programme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "digest"), name="questionnaire_kept_once")
                ],
            },
        ),
        migrations.RunSQL(_WALLS, migrations.RunSQL.noop),
    ]
