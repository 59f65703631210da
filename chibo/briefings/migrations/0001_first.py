import chibo.core.migrating
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('meetings', '0001_first'),
        ('tasks', '0001_first'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Briefing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('rhythm', models.CharField(choices=[('weekly', 'Giao ban tuần'), ('monthly', 'Giao ban tháng')], max_length=8, verbose_name='loại')),
                        ('reviewed_first', models.DateField(verbose_name='kiểm điểm từ ngày')),
                        ('reviewed_last', models.DateField(verbose_name='đến hết ngày')),
                        ('returns_due_on', models.DateField(verbose_name='hạn gửi báo cáo')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='briefing', to='meetings.meeting')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'reviewed_last'], name='briefings_b_unit_id_b73b68_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reviewed_last__gte', models.F('reviewed_first'))), name='briefing_reviews_forward')],
                    },
                ),
                migrations.CreateModel(
                    name='Direction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('told', models.CharField(max_length=200, verbose_name='giao cho')),
                        ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directions', to='briefings.briefing')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='direction', to='tasks.task')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['order', 'pk'],
                        'indexes': [models.Index(fields=['briefing', 'order'], name='briefings_d_briefin_e6cbb8_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Return',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('body', models.CharField(blank=True, max_length=120, verbose_name='đoàn thể')),
                        ('results', models.TextField(blank=True, verbose_name='kết quả trong kỳ')),
                        ('shortcomings', models.TextField(blank=True, verbose_name='hạn chế, khuyết điểm')),
                        ('causes', models.TextField(blank=True, verbose_name='nguyên nhân')),
                        ('next_tasks', models.TextField(blank=True, verbose_name='nhiệm vụ kỳ tới')),
                        ('difficulties', models.TextField(blank=True, verbose_name='khó khăn, vướng mắc')),
                        ('proposals', models.TextField(blank=True, verbose_name='đề xuất, kiến nghị')),
                        ('cultivation', models.TextField(blank=True, verbose_name='tu dưỡng, rèn luyện của đảng viên')),
                        ('sent_on', models.DateField(blank=True, null=True, verbose_name='ngày gửi')),
                        ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='briefings.briefing')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'sent_on'], name='briefings_r_unit_id_125308_idx')],
                        'constraints': [models.UniqueConstraint(fields=('briefing', 'unit', 'body'), name='one_return_a_briefing')],
                    },
                ),
            ],
        ),
    ]
