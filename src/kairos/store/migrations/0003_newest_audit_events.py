"""The order in which auditors read: the newest event first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_what_all_processes_remember"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["recorded_at", "id"], name="audit_newest"),
        ),
    ]
