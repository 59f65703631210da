"""How many days each step took; of steps that were done before, nothing is claimed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0002_pictures")]

    operations = [
        migrations.AddField(
            model_name="step",
            name="took",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="số ngày"),
        ),
    ]
