import chibo.core.migrating
import chibo.study.rules
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('meetings', '0001_first'),
        ('members', '0001_first'),
        ('papers', '0001_first'),
        ('programmes', '0001_first'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Dissemination',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('opened_on', models.DateField(verbose_name='ngày bắt đầu')),
                        ('due_on', models.DateField(verbose_name='hạn phổ biến xong')),
                        ('digest', models.TextField(blank=True, verbose_name='nội dung chính')),
                        ('asks', models.TextField(blank=True, verbose_name='yêu cầu đối với chi bộ, đảng viên')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disseminations', to='papers.paper', verbose_name='văn bản')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disseminations', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-opened_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('theme__isnull', True)), models.Q(('paper__isnull', True), ('theme__isnull', False)), _connector='OR'), name='spreads_a_paper_or_a_theme'), models.UniqueConstraint(fields=('unit', 'paper'), name='paper_spread_once'), models.UniqueConstraint(fields=('unit', 'theme'), name='theme_spread_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Reach',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('reached_on', models.DateField(blank=True, null=True, verbose_name='ngày được phổ biến')),
                        ('way', models.CharField(blank=True, choices=[('meeting', 'Sinh hoạt chi bộ'), ('class', 'Hội nghị học tập'), ('paper', 'Gửi văn bản giấy'), ('portal', 'Đọc trên máy, sổ tay điện tử')], max_length=8, verbose_name='hình thức')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('dissemination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reaches', to='study.dissemination')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.meeting')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reaches', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'dissemination', 'reached_on'], name='study_reach_unit_id_1192e5_idx')],
                        'constraints': [models.UniqueConstraint(fields=('dissemination', 'member'), name='reach_once'), models.CheckConstraint(condition=models.Q(models.Q(('reached_on__isnull', True), ('way', '')), models.Q(('reached_on__isnull', False), models.Q(('way', ''), _negated=True)), _connector='OR'), name='reached_in_some_way')],
                    },
                ),
                migrations.CreateModel(
                    name='StudyClass',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('title', models.CharField(max_length=300, verbose_name='nội dung học tập')),
                        ('speaker', models.CharField(blank=True, max_length=160, verbose_name='báo cáo viên')),
                        ('essays_due_on', models.DateField(blank=True, null=True, verbose_name='hạn nộp bài thu hoạch')),
                        ('waived', models.CharField(blank=True, max_length=200, verbose_name='lý do không yêu cầu bài thu hoạch')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='study_class', to='meetings.meeting')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='papers.paper', verbose_name='văn bản')),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='programmes.programme', verbose_name='chương trình')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Essay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('state', models.CharField(choices=[('due', 'Chưa nộp'), ('handed_in', 'Chờ nhận xét'), ('passed', 'Đạt'), ('not_passed', 'Chưa đạt, viết lại')], default=chibo.study.rules.EssayState['DUE'], max_length=10, verbose_name='trạng thái')),
                        ('text', models.TextField(blank=True, verbose_name='bài thu hoạch')),
                        ('file', models.FileField(blank=True, upload_to='study/', verbose_name='tệp')),
                        ('file_name', models.CharField(blank=True, max_length=160, verbose_name='tên tệp')),
                        ('handed_in_on', models.DateField(blank=True, null=True, verbose_name='ngày nộp')),
                        ('on_behalf', models.BooleanField(default=False, verbose_name='nhập thay')),
                        ('comment', models.TextField(blank=True, verbose_name='nhận xét')),
                        ('marked_on', models.DateField(blank=True, null=True, verbose_name='ngày nhận xét')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='essays', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('study_class', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='essays', to='study.studyclass')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'state'], name='study_essay_unit_id_9cc292_idx')],
                        'constraints': [models.UniqueConstraint(fields=('study_class', 'member'), name='essay_once')],
                    },
                ),
            ],
        ),
    ]
