"""A screening keeps its place and law, and the answers by the definitions that were not chosen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_cards_for_other_systems"),
    ]

    operations = [
        migrations.AddField(
            model_name="screening",
            name="setting",
            field=models.TextField(db_default="clinic"),
        ),
        migrations.AddField(
            model_name="screening",
            name="jurisdiction",
            field=models.TextField(db_default="us"),
        ),
        migrations.AddField(
            model_name="screening",
            name="otherwise",
            field=models.JSONField(db_default=models.Value([], models.JSONField())),
        ),
    ]
