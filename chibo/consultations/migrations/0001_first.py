import chibo.consultations.rules
import chibo.consultations.rules.suggestions
import chibo.core.migrating
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('meetings', '0001_first'),
        ('members', '0001_first'),
        ('papers', '0001_first'),
        ('tasks', '0001_first'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Consultation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('title', models.CharField(max_length=200, verbose_name='tên đợt')),
                        ('opens_on', models.DateField(verbose_name='từ ngày')),
                        ('closes_on', models.DateField(verbose_name='đến hết ngày')),
                        ('least', models.PositiveSmallIntegerField(null=True, verbose_name='số phiếu ít nhất để công bố')),
                        ('state', models.CharField(choices=[('draft', 'Đang soạn'), ('open', 'Đang lấy ý kiến'), ('closed', 'Đã tổng hợp')], default=chibo.consultations.rules.ConsultationState['DRAFT'], max_length=8, verbose_name='trạng thái')),
                        ('closed_on', models.DateField(null=True, verbose_name='ngày tổng hợp')),
                        ('basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper', verbose_name='văn bản')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-opens_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='consultation_runs_forward')],
                    },
                ),
                migrations.CreateModel(
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=160, verbose_name='nhóm')),
                        ('answered', models.PositiveSmallIntegerField(null=True, verbose_name='số phiếu thu về')),
                        ('is_shown', models.BooleanField(default=False, verbose_name='công bố riêng')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='consultations.consultation')),
                    ],
                    options={
                        'ordering': ['order'],
                        'constraints': [models.UniqueConstraint(fields=('consultation', 'order'), name='group_order_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Ballot',
                    fields=[
                        ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('filled', models.JSONField()),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='consultations.group')),
                    ],
                ),
                migrations.CreateModel(
                    name='Invitee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('name', models.CharField(max_length=120, verbose_name='họ và tên')),
                        ('sort_key', models.CharField(editable=False, max_length=300)),
                        ('has_slip', models.BooleanField(default=False, verbose_name='đã nhận phiếu')),
                        ('has_sent', models.BooleanField(default=False, verbose_name='đã gửi phiếu')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='consultations.consultation')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='consultations.group')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['group__order', 'sort_key', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('member__isnull', False)), fields=('consultation', 'member'), name='asked_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('kind', models.CharField(choices=[('levels', 'Chọn mức'), ('text', 'Ý kiến')], max_length=6, verbose_name='loại')),
                        ('text', models.CharField(max_length=400, verbose_name='câu hỏi')),
                        ('levels', models.JSONField(default=list, verbose_name='các mức')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='consultations.consultation')),
                    ],
                    options={
                        'ordering': ['order'],
                        'constraints': [models.UniqueConstraint(fields=('consultation', 'order'), name='question_order_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Slip',
                    fields=[
                        ('code_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='consultations.group')),
                    ],
                ),
                migrations.CreateModel(
                    name='Subject',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=160, verbose_name='họ tên, tập thể')),
                        ('post', models.CharField(blank=True, max_length=200, verbose_name='chức vụ')),
                        ('reply', models.TextField(blank=True, verbose_name='tiếp thu, giải trình')),
                        ('replied_on', models.DateField(null=True, verbose_name='ngày tiếp thu')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subjects', to='consultations.consultation')),
                        ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='consultations.group')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['order'],
                        'constraints': [models.UniqueConstraint(fields=('consultation', 'order'), name='subject_order_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Suggestion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('channel', models.CharField(choices=[('box', 'Hòm thư góp ý'), ('paper', 'Thư giấy'), ('contact', 'Tiếp xúc cử tri'), ('reception', 'Tiếp công dân')], default=chibo.consultations.rules.suggestions.Channel['BOX'], max_length=10, verbose_name='nguồn')),
                        ('received_on', models.DateField(verbose_name='ngày nhận')),
                        ('text', models.TextField(verbose_name='nội dung')),
                        ('sender', models.CharField(blank=True, max_length=120, verbose_name='người góp ý')),
                        ('contact', models.CharField(blank=True, max_length=160, verbose_name='liên hệ')),
                        ('code_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                        ('state', models.CharField(choices=[('received', 'Mới nhận'), ('assigned', 'Đang giải quyết'), ('answered', 'Đã trả lời'), ('dismissed', 'Không giải quyết')], default=chibo.consultations.rules.suggestions.SuggestionState['RECEIVED'], max_length=9, verbose_name='trạng thái')),
                        ('topic', models.CharField(blank=True, max_length=120, verbose_name='nhóm vấn đề')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn trả lời')),
                        ('answer', models.TextField(blank=True, verbose_name='trả lời')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                        ('summary', models.CharField(blank=True, max_length=400, verbose_name='tóm tắt để công khai')),
                        ('published_on', models.DateField(blank=True, null=True, verbose_name='ngày công khai')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting', verbose_name='buổi tiếp xúc')),
                        ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestion', to='tasks.task', verbose_name='nhiệm vụ')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-received_on', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'state', 'due_on'], name='consultatio_unit_id_7c02ae_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.SmallIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.group')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.question')),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='consultations.subject')),
                    ],
                    options={
                        'ordering': ['level'],
                    },
                ),
                migrations.CreateModel(
                    name='Theme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='nhóm ý kiến')),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='consultations.subject')),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('subject', 'name'), name='theme_named_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('text', models.TextField(verbose_name='ý kiến')),
                        ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.question')),
                        ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='consultations.subject')),
                        ('themes', models.ManyToManyField(related_name='opinions', to='consultations.theme')),
                    ],
                    options={
                        'ordering': ['key'],
                    },
                ),
            ],
        ),
    ]
