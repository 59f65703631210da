import chibo.core.migrating
import chibo.journal.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Pen',
                    fields=[
                        ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                        ('entry_key', models.CharField(blank=True, default='', max_length=32)),
                        ('written', models.IntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Change',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('entry_key', models.CharField(max_length=32)),
                        ('table_name', models.CharField(max_length=63)),
                        ('row_id', models.CharField(max_length=40)),
                        ('op', models.CharField(max_length=1)),
                        ('old', chibo.journal.models.LiteralJSONField(default=dict)),
                        ('new', chibo.journal.models.LiteralJSONField(default=dict)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['entry_key', 'id'], name='journal_change_of_entry'), models.Index(fields=['table_name', 'row_id'], name='journal_change_of_row')],
                    },
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('seq', models.BigAutoField(primary_key=True, serialize=False)),
                        ('key', models.CharField(max_length=32, unique=True)),
                        ('at', models.DateTimeField(db_index=True, verbose_name='lúc')),
                        ('verb', models.CharField(max_length=80, verbose_name='việc')),
                        ('unit_path', models.CharField(db_index=True, max_length=200)),
                        ('subject', models.CharField(db_index=True, max_length=80)),
                        ('subject_label', models.CharField(max_length=200, verbose_name='đối tượng')),
                        ('details', chibo.journal.models.LiteralJSONField(default=dict)),
                        ('once', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                        ('prev_hash', models.CharField(max_length=64, unique=True)),
                        ('hash', models.CharField(max_length=64, verbose_name='dấu niêm phong')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                    ],
                ),
            ],
        ),
    ]
