import chibo.core.migrating
import chibo.imports.models
import chibo.imports.rules
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('importer', models.CharField(max_length=40)),
                        ('file', models.FileField(max_length=200, storage=chibo.imports.models.private_files, upload_to=chibo.imports.models.generated_name, verbose_name='tệp')),
                        ('file_name', models.CharField(max_length=200, verbose_name='tên tệp')),
                        ('tables', models.JSONField(default=list)),
                        ('left_out', models.JSONField(default=list)),
                        ('remembered', models.BooleanField(default=False)),
                        ('encoding', models.CharField(blank=True, max_length=10)),
                        ('counts', models.JSONField(default=dict)),
                        ('digest', models.CharField(blank=True, max_length=64)),
                        ('state', models.CharField(choices=[('uploaded', 'Đang đọc'), ('mapping', 'Chờ chọn cột'), ('preview', 'Chờ xác nhận'), ('applying', 'Đang ghi'), ('applied', 'Đã ghi'), ('undoing', 'Đang hoàn tác'), ('undone', 'Đã hoàn tác'), ('refused', 'Không đọc được'), ('discarded', 'Đã bỏ')], default=chibo.imports.rules.RunState['UPLOADED'], max_length=10, verbose_name='tình trạng')),
                        ('problem', models.TextField(blank=True)),
                        ('kept', models.JSONField(default=list)),
                        ('asked_at', models.DateTimeField(auto_now_add=True)),
                        ('applied_at', models.DateTimeField(null=True, verbose_name='ghi lúc')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người nhập')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Mapping',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('importer', models.CharField(max_length=40)),
                        ('headings', models.CharField(max_length=64)),
                        ('columns', models.JSONField(default=dict)),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'importer', 'headings'), name='mapping_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Row',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sheet', models.CharField(max_length=100)),
                        ('number', models.PositiveIntegerField()),
                        ('label', models.CharField(max_length=200)),
                        ('target', models.BigIntegerField()),
                        ('before', models.JSONField(default=dict)),
                        ('after', models.JSONField(default=dict)),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='imports.run')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('run', 'sheet', 'number'), name='import_row_once')],
                    },
                ),
            ],
        ),
    ]
