"""The 27 manifestations, as a reference list the office may word anew."""

from django.db import migrations

from chibo.programmes.rules import MANIFESTATIONS


def plant(apps, schema_editor):
    model = apps.get_model("programmes", "Manifestation")
    model.objects.bulk_create([model(code=code, text=text) for code, text in MANIFESTATIONS], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_first")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
