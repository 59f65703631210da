import chibo.core.migrating
import chibo.tasks.rules
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('members', '0001_first'),
        ('papers', '0001_first'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Task',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('title', models.CharField(max_length=300, verbose_name='nội dung')),
                        ('measure', models.CharField(blank=True, max_length=200, verbose_name='cách đo')),
                        ('assigned_on', models.DateField(verbose_name='ngày giao')),
                        ('first_due_on', models.DateField(blank=True, null=True, verbose_name='thời hạn ban đầu')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='thời hạn')),
                        ('origin', models.CharField(choices=[('resolution', 'Nghị quyết chi bộ'), ('direction', 'Chỉ đạo'), ('remedy', 'Khắc phục khuyết điểm'), ('commitment', 'Cam kết'), ('briefing', 'Giao ban'), ('other', 'Việc khác')], max_length=10, verbose_name='nguồn')),
                        ('origin_text', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                        ('is_local', models.BooleanField(default=False, verbose_name='nhiệm vụ của địa phương')),
                        ('override_reason', models.CharField(blank=True, max_length=200, verbose_name='lý do vẫn giao')),
                        ('state', models.CharField(choices=[('open', 'Đang thực hiện'), ('done', 'Hoàn thành'), ('dropped', 'Thôi giao')], default=chibo.tasks.rules.TaskState['OPEN'], max_length=8, verbose_name='trạng thái')),
                        ('done_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                        ('result', models.TextField(blank=True, verbose_name='kết quả')),
                        ('escalated_on', models.DateField(blank=True, null=True, verbose_name='ngày báo cáo cấp trên')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('directive', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='papers.paper', verbose_name='văn bản thực hiện')),
                        ('doer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='members.member', verbose_name='người thực hiện')),
                        ('doer_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='units.unit', verbose_name='tổ chức thực hiện')),
                        ('escalated_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='báo cáo lên')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['due_on', 'pk'],
                        'indexes': [models.Index(fields=['unit', 'state', 'due_on'], name='tasks_task_unit_id_1cb4ac_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('doer__isnull', False), ('doer_unit__isnull', True)), models.Q(('doer__isnull', True), ('doer_unit__isnull', False)), _connector='OR'), name='task_has_one_doer'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('assigned_on'))), name='task_due_after_assigned')],
                    },
                ),
                migrations.CreateModel(
                    name='Progress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('noted_on', models.DateField(verbose_name='ngày')),
                        ('text', models.TextField(verbose_name='nội dung')),
                        ('percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mức hoàn thành (%)')),
                        ('new_due_on', models.DateField(blank=True, null=True, verbose_name='gia hạn đến')),
                        ('evidence', models.FileField(blank=True, upload_to='tasks/', verbose_name='tệp minh chứng')),
                        ('evidence_name', models.CharField(blank=True, max_length=160, verbose_name='tên tệp')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='tasks.task')),
                    ],
                    options={
                        'ordering': ['noted_on', 'pk'],
                        'indexes': [models.Index(fields=['task', 'noted_on'], name='tasks_progr_task_id_0e3044_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Holding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                        ('doer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                        ('doer_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='tasks.task')),
                    ],
                    options={
                        'ordering': ['valid_from', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('doer__isnull', False), ('doer_unit__isnull', True)), models.Q(('doer__isnull', True), ('doer_unit__isnull', False)), _connector='OR'), name='holding_has_one_doer')],
                    },
                ),
            ],
        ),
    ]
