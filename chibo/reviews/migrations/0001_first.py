import chibo.core.migrating
import chibo.reviews.rules
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
        ('tasks', '0001_first'),
        ('units', '0001_first'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('subject', models.CharField(choices=[('member', 'Đảng viên'), ('cell', 'Chi bộ'), ('cell_committee', 'Chi ủy'), ('ward_committee', 'Ban Thường vụ Đảng ủy')], max_length=14, verbose_name='đối tượng')),
                        ('duty', models.CharField(choices=[('reviewed', 'Kiểm điểm, xếp loại'), ('commented', 'Chỉ nhận xét'), ('excused', 'Không kiểm điểm')], default=chibo.reviews.rules.Duty['REVIEWED'], max_length=10, verbose_name='diện')),
                        ('why', models.CharField(blank=True, max_length=120, verbose_name='lý do không kiểm điểm')),
                        ('blank', models.CharField(choices=[('01', 'Mẫu 01: tập thể'), ('2A', 'Mẫu 2A: lãnh đạo, quản lý'), ('2B', 'Mẫu 2B: cán bộ, công chức, viên chức'), ('2C', 'Mẫu 2C: đảng viên khác'), ('02', 'Mẫu 02: lãnh đạo, quản lý'), ('02b', 'Mẫu 02: đảng viên')], max_length=3, verbose_name='mẫu')),
                        ('stage', models.CharField(choices=[('due', 'Chưa nộp'), ('sent', 'Đã nộp bản kiểm điểm'), ('voted', 'Đã họp, bỏ phiếu'), ('proposed', 'Đã đề nghị'), ('appraised', 'Đã thẩm định'), ('decided', 'Đã quyết định')], default=chibo.reviews.rules.Stage['DUE'], max_length=9, verbose_name='bước')),
                        ('results', models.TextField(blank=True, verbose_name='kết quả theo các tiêu chí')),
                        ('shortcomings', models.TextField(blank=True, verbose_name='hạn chế, khuyết điểm')),
                        ('causes', models.TextField(blank=True, verbose_name='nguyên nhân')),
                        ('explanations', models.TextField(blank=True, verbose_name='giải trình vấn đề được gợi ý')),
                        ('responsibility', models.TextField(blank=True, verbose_name='trách nhiệm')),
                        ('direction', models.TextField(blank=True, verbose_name='phương hướng, biện pháp khắc phục, thời hạn')),
                        ('own_level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('failed', 'Không hoàn thành nhiệm vụ')], max_length=9, verbose_name='tự xếp loại')),
                        ('sent_on', models.DateField(blank=True, null=True, verbose_name='ngày nộp')),
                        ('on_behalf', models.BooleanField(default=False, verbose_name='nhập thay')),
                        ('checked_on', models.DateField(blank=True, null=True, verbose_name='ngày tự soi 27 biểu hiện')),
                        ('suggestion', models.TextField(blank=True, verbose_name='gợi ý kiểm điểm của cấp trên')),
                        ('suggested_on', models.DateField(blank=True, null=True, verbose_name='ngày gợi ý')),
                        ('assigned', models.PositiveIntegerField(default=0, verbose_name='nhiệm vụ được giao')),
                        ('done', models.PositiveIntegerField(default=0, verbose_name='hoàn thành')),
                        ('late', models.PositiveIntegerField(default=0, verbose_name='hoàn thành chậm')),
                        ('exceeding', models.PositiveIntegerField(default=0, verbose_name='vượt mức')),
                        ('disciplined', models.BooleanField(default=False, verbose_name='bị kỷ luật trong kỳ')),
                        ('degraded', models.BooleanField(default=False, verbose_name='bị kết luận suy thoái, “tự diễn biến”')),
                        ('remedied', models.BooleanField(default=True, verbose_name='đã khắc phục 100% khuyết điểm cũ')),
                        ('led_meet', models.BooleanField(blank=True, null=True, verbose_name='đơn vị phụ trách đạt cùng mức')),
                        ('civil_level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('failed', 'Không hoàn thành nhiệm vụ')], max_length=9, verbose_name='xếp loại cán bộ, công chức')),
                        ('present', models.PositiveIntegerField(default=0, verbose_name='đảng viên chính thức có mặt')),
                        ('base', models.PositiveIntegerField(default=0, verbose_name='tổng số để tính quá nửa')),
                        ('collected', models.PositiveIntegerField(default=0, verbose_name='phiếu thu về')),
                        ('for_excellent', models.PositiveIntegerField(default=0, verbose_name='phiếu hoàn thành xuất sắc')),
                        ('for_good', models.PositiveIntegerField(default=0, verbose_name='phiếu hoàn thành tốt')),
                        ('for_done', models.PositiveIntegerField(default=0, verbose_name='phiếu hoàn thành')),
                        ('for_failed', models.PositiveIntegerField(default=0, verbose_name='phiếu không hoàn thành')),
                        ('invalid', models.PositiveIntegerField(default=0, verbose_name='phiếu không hợp lệ')),
                        ('proposed_level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('failed', 'Không hoàn thành nhiệm vụ')], max_length=9, verbose_name='chi bộ đề nghị')),
                        ('proposed_on', models.DateField(blank=True, null=True, verbose_name='ngày đề nghị')),
                        ('proposal_reason', models.TextField(blank=True, verbose_name='lý do đề nghị')),
                        ('appraised_level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('failed', 'Không hoàn thành nhiệm vụ')], max_length=9, verbose_name='thẩm định')),
                        ('appraised_on', models.DateField(blank=True, null=True, verbose_name='ngày thẩm định')),
                        ('appraisal', models.TextField(blank=True, verbose_name='căn cứ thẩm định')),
                        ('decided_level', models.CharField(blank=True, choices=[('excellent', 'Hoàn thành xuất sắc nhiệm vụ'), ('good', 'Hoàn thành tốt nhiệm vụ'), ('done', 'Hoàn thành nhiệm vụ'), ('failed', 'Không hoàn thành nhiệm vụ')], max_length=9, verbose_name='quyết định')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định')),
                        ('decision', models.CharField(blank=True, max_length=60, verbose_name='số quyết định')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='lý do quyết định khác thẩm định')),
                        ('answer', models.TextField(blank=True, verbose_name='ý kiến của người được xếp loại')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='meetings.meeting', verbose_name='cuộc họp')),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='members.member', verbose_name='đảng viên')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.round', verbose_name='đợt')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['round', 'unit', 'stage'], name='reviews_rev_round_i_9ba8f1_idx'), models.Index(fields=['unit', 'decided_level'], name='reviews_rev_unit_id_63bf1a_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('member__isnull', False)), fields=('round', 'member'), name='one_review_of_a_member'), models.UniqueConstraint(condition=models.Q(('member__isnull', True)), fields=('round', 'unit', 'subject'), name='one_review_of_a_collective'), models.CheckConstraint(condition=models.Q(models.Q(('member__isnull', False), ('subject', chibo.reviews.rules.Subject['MEMBER'])), models.Q(models.Q(('subject', chibo.reviews.rules.Subject['MEMBER']), _negated=True), ('member__isnull', True)), _connector='OR'), name='review_has_one_subject')],
                    },
                ),
                migrations.CreateModel(
                    name='Commitment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('shortcoming', models.CharField(max_length=300, verbose_name='khuyết điểm phải khắc phục')),
                        ('made_on', models.DateField(verbose_name='ngày cam kết')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='commitment', to='tasks.task')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='reviews.review')),
                    ],
                    options={
                        'ordering': ['made_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Comment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('source', models.CharField(choices=[('cell', 'Chi bộ, đảng viên góp ý'), ('residence', 'Chi ủy nơi cư trú'), ('mass', 'Mặt trận, đoàn thể'), ('superior', 'Cấp trên')], max_length=10, verbose_name='nguồn')),
                        ('giver', models.CharField(blank=True, max_length=120, verbose_name='người, tổ chức góp ý')),
                        ('text', models.TextField(verbose_name='nội dung góp ý')),
                        ('given_on', models.DateField(verbose_name='ngày')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='reviews.review')),
                    ],
                    options={
                        'ordering': ['given_on', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Round',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('first', models.DateField(verbose_name='từ ngày')),
                        ('last', models.DateField(verbose_name='đến ngày')),
                        ('as_of', models.DateField(verbose_name='tính đến ngày')),
                        ('opened_on', models.DateField(verbose_name='ngày mở đợt')),
                        ('cell_deadline', models.DateField(verbose_name='hạn của chi bộ')),
                        ('deadline', models.DateField(verbose_name='hạn quyết định')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('guidance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper', verbose_name='hướng dẫn')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-last', '-first'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'first', 'last'), name='one_round_a_period'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='round_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='SelfCheck',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('text', models.TextField(verbose_name='biểu hiện cụ thể, cách khắc phục')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('manifestation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.manifestation')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='self_checks', to='reviews.review')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['manifestation'],
                        'constraints': [models.UniqueConstraint(fields=('review', 'manifestation'), name='one_check_a_manifestation')],
                    },
                ),
                migrations.CreateModel(
                    name='Judgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=3, verbose_name='tiêu chí')),
                        ('own', models.CharField(blank=True, max_length=10, verbose_name='tự đánh giá')),
                        ('judged', models.CharField(blank=True, max_length=10, verbose_name='đánh giá')),
                        ('ground', models.CharField(blank=True, max_length=300, verbose_name='căn cứ')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='reviews.review')),
                    ],
                    options={
                        'ordering': ['code'],
                        'constraints': [models.UniqueConstraint(fields=('review', 'code'), name='one_judgement_a_criterion')],
                    },
                ),
            ],
        ),
    ]
