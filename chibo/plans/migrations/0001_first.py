import chibo.core.migrating
import chibo.plans.rules
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
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                        ('opened_on', models.DateField(verbose_name='ngày phát động')),
                        ('deadline', models.DateField(verbose_name='hạn đăng ký')),
                        ('form_title', models.CharField(choices=[('plan', 'Kế hoạch'), ('commitment', 'Bản cam kết')], default=chibo.plans.rules.FormTitle['PLAN'], max_length=10, verbose_name='tên mẫu')),
                        ('sections', models.JSONField(default=list, verbose_name='các mục của mẫu')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('guidance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper', verbose_name='hướng dẫn')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='chương trình')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-year'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='one_campaign_a_year')],
                    },
                ),
                migrations.CreateModel(
                    name='Plan',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                        ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('registered', 'Đã đăng ký, chờ chi ủy'), ('returned', 'Trả lại để bổ sung'), ('confirmed', 'Chi ủy xác nhận'), ('concluded', 'Đã đánh giá cuối năm')], default=chibo.plans.rules.PlanState['DRAFT'], max_length=10, verbose_name='trạng thái')),
                        ('registered_on', models.DateField(blank=True, null=True, verbose_name='ngày đăng ký')),
                        ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='ngày xác nhận')),
                        ('concluded_on', models.DateField(blank=True, null=True, verbose_name='ngày đánh giá cuối năm')),
                        ('on_behalf', models.BooleanField(default=False, verbose_name='nhập thay')),
                        ('committee_comment', models.TextField(blank=True, verbose_name='ý kiến chi ủy')),
                        ('result', models.CharField(blank=True, choices=[('excellent', 'Xuất sắc'), ('good', 'Tốt'), ('average', 'Trung bình'), ('poor', 'Kém')], max_length=10, verbose_name='kết quả năm')),
                        ('result_comment', models.TextField(blank=True, verbose_name='nhận xét cuối năm')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='plans.campaign')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'year', 'state'], name='plans_plan_unit_id_b11720_idx')],
                        'constraints': [models.UniqueConstraint(fields=('member', 'campaign'), name='one_plan_a_campaign')],
                    },
                ),
                migrations.CreateModel(
                    name='Evaluation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('month', models.DateField(verbose_name='tháng')),
                        ('reported', models.TextField(blank=True, verbose_name='đảng viên báo cáo')),
                        ('level', models.CharField(choices=[('excellent', 'Xuất sắc'), ('good', 'Tốt'), ('average', 'Trung bình'), ('poor', 'Kém')], max_length=10, verbose_name='mức')),
                        ('remark', models.CharField(blank=True, choices=[('commend', 'Biểu dương'), ('remind', 'Nhắc nhở'), ('criticise', 'Phê bình')], max_length=10, verbose_name='biểu dương, nhắc nhở')),
                        ('comment', models.TextField(blank=True, verbose_name='ý kiến chi bộ')),
                        ('answer', models.TextField(blank=True, verbose_name='đảng viên tiếp thu')),
                        ('on_behalf', models.BooleanField(default=False, verbose_name='nhập thay')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='meetings.meeting')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='plans.plan')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'month', 'level'], name='plans_evalu_unit_id_b52f3d_idx')],
                        'constraints': [models.UniqueConstraint(fields=('plan', 'month'), name='one_evaluation_a_month')],
                    },
                ),
                migrations.CreateModel(
                    name='PlanItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.CharField(choices=[('1', 'Về tư tưởng chính trị'), ('2', 'Về phẩm chất đạo đức, lối sống'), ('3', 'Về ý thức tổ chức kỷ luật'), ('4', 'Về tác phong, lề lối làm việc'), ('5', 'Về thực hiện chức trách, nhiệm vụ được giao'), ('6', 'Về khắc phục những hạn chế, khuyết điểm'), ('7', 'Kế hoạch hành động thực hiện nghị quyết đại hội')], max_length=1, verbose_name='mục')),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('statement', models.TextField(verbose_name='nội dung phấn đấu')),
                        ('measure', models.CharField(blank=True, max_length=200, verbose_name='chỉ tiêu, cách đo')),
                        ('deadline', models.DateField(blank=True, null=True, verbose_name='thời hạn')),
                        ('on_theme', models.BooleanField(default=False, verbose_name='theo chuyên đề')),
                        ('own_result', models.TextField(blank=True, verbose_name='tự đánh giá')),
                        ('manifestation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.manifestation')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='plans.plan')),
                    ],
                    options={
                        'ordering': ['section', 'order', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='SelfReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('month', models.DateField(verbose_name='tháng')),
                        ('reported', models.TextField(verbose_name='kết quả thực hiện')),
                        ('on_behalf', models.BooleanField(default=False, verbose_name='nhập thay')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_reports', to='plans.plan')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('plan', 'month'), name='one_self_report_a_month')],
                    },
                ),
                migrations.CreateModel(
                    name='Suggestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.CharField(choices=[('1', 'Về tư tưởng chính trị'), ('2', 'Về phẩm chất đạo đức, lối sống'), ('3', 'Về ý thức tổ chức kỷ luật'), ('4', 'Về tác phong, lề lối làm việc'), ('5', 'Về thực hiện chức trách, nhiệm vụ được giao'), ('6', 'Về khắc phục những hạn chế, khuyết điểm'), ('7', 'Kế hoạch hành động thực hiện nghị quyết đại hội')], max_length=1, verbose_name='mục')),
                        ('statement', models.CharField(max_length=400, verbose_name='nội dung')),
                        ('measure', models.CharField(blank=True, max_length=200, verbose_name='chỉ tiêu, cách đo')),
                        ('on_theme', models.BooleanField(default=False, verbose_name='theo chuyên đề')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='plans.campaign')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.group')),
                    ],
                    options={
                        'ordering': ['section', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Turn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('month', models.DateField(verbose_name='tháng')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('member', 'month'), name='one_turn_a_month')],
                    },
                ),
            ],
        ),
    ]
