import chibo.core.migrating
import chibo.outreach.rules.articles
import chibo.outreach.rules.exemplars
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
                    name='Exemplar',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('topic', models.CharField(blank=True, max_length=160, verbose_name='chủ đề')),
                        ('name', models.CharField(blank=True, max_length=160, verbose_name='tên người hoặc tập thể')),
                        ('is_group', models.BooleanField(default=False, verbose_name='là tập thể')),
                        ('about', models.CharField(blank=True, max_length=160, verbose_name='là ai, ở đâu')),
                        ('title', models.CharField(max_length=300, verbose_name='việc làm tốt')),
                        ('story', models.TextField(verbose_name='nội dung')),
                        ('search_key', models.CharField(editable=False, max_length=500)),
                        ('found_on', models.DateField(verbose_name='phát hiện ngày')),
                        ('month', models.DateField(editable=False, verbose_name='tháng')),
                        ('state', models.CharField(choices=[('found', 'Phát hiện'), ('proposed', 'Đề nghị'), ('returned', 'Trả lại'), ('approved', 'Đã duyệt'), ('presented', 'Đã giới thiệu'), ('commended', 'Đã biểu dương, khen thưởng')], default=chibo.outreach.rules.exemplars.Step['FOUND'], max_length=10, verbose_name='trạng thái')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member', verbose_name='đảng viên')),
                        ('praised_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức đảng')),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='chương trình')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-found_on', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'state'], name='outreach_ex_unit_id_1c42b0_idx'), models.Index(fields=['unit', 'month'], name='outreach_ex_unit_id_754b87_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('member__isnull', False), ('name', ''), ('praised_unit__isnull', True)), models.Q(('member__isnull', True), ('name', ''), ('praised_unit__isnull', False)), models.Q(('member__isnull', True), ('praised_unit__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='exemplar_is_one')],
                    },
                ),
                migrations.CreateModel(
                    name='Item',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('topic', models.CharField(blank=True, max_length=160, verbose_name='chủ đề')),
                        ('kind', models.CharField(choices=[('portal', 'Tin, bài trên cổng thông tin'), ('loudspeaker', 'Phát thanh, loa truyền thanh'), ('banner', 'Băng rôn, khẩu hiệu, pa nô'), ('bulletin', 'Bản tin'), ('television', 'Truyền hình'), ('talk', 'Tuyên truyền miệng, nói chuyện chuyên đề')], max_length=12, verbose_name='hình thức')),
                        ('held_on', models.DateField(verbose_name='ngày đăng, phát')),
                        ('month', models.DateField(editable=False, verbose_name='tháng')),
                        ('title', models.CharField(max_length=300, verbose_name='tiêu đề, nội dung')),
                        ('search_key', models.CharField(editable=False, max_length=400)),
                        ('link', models.CharField(blank=True, max_length=500, verbose_name='đường dẫn')),
                        ('link_key', models.CharField(blank=True, editable=False, max_length=500)),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='số phút')),
                        ('pieces', models.PositiveIntegerField(blank=True, null=True, verbose_name='số lượng')),
                        ('place', models.CharField(blank=True, max_length=160, verbose_name='nơi đăng, phát, treo')),
                        ('picture', models.FileField(blank=True, upload_to='outreach/', verbose_name='ảnh')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='chương trình')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-held_on', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'month', 'kind'], name='outreach_it_unit_id_d3b6a3_idx'), models.Index(fields=['link_key'], name='outreach_it_link_ke_8cd16e_idx'), models.Index(fields=['theme', 'unit', 'held_on'], name='outreach_it_theme_i_14dd6c_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Article',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('topic', models.CharField(blank=True, max_length=160, verbose_name='chủ đề')),
                        ('asked', models.CharField(max_length=300, verbose_name='bài viết về')),
                        ('asked_on', models.DateField(verbose_name='ngày yêu cầu')),
                        ('month', models.DateField(editable=False, verbose_name='tháng')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn gửi')),
                        ('title', models.CharField(blank=True, max_length=300, verbose_name='tiêu đề')),
                        ('text', models.TextField(blank=True, verbose_name='bài viết')),
                        ('picture', models.FileField(blank=True, upload_to='outreach/', verbose_name='ảnh')),
                        ('state', models.CharField(choices=[('asked', 'Chờ bài'), ('sent', 'Chờ duyệt'), ('returned', 'Trả lại để sửa'), ('approved', 'Đã duyệt'), ('published', 'Đã đăng')], default=chibo.outreach.rules.articles.ArticleState['ASKED'], max_length=10, verbose_name='trạng thái')),
                        ('first_sent_on', models.DateField(blank=True, null=True, verbose_name='gửi lần đầu')),
                        ('sent_on', models.DateField(blank=True, null=True, verbose_name='ngày gửi')),
                        ('judged_on', models.DateField(blank=True, null=True, verbose_name='ngày duyệt, trả lại')),
                        ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do trả lại')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='chương trình')),
                        ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.theme', verbose_name='chuyên đề')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='article', to='outreach.item')),
                        ('week', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='outreach.week')),
                    ],
                    options={
                        'ordering': ['-asked_on', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'state', 'due_on'], name='outreach_ar_unit_id_2afaa5_idx'), models.Index(fields=['unit', 'month'], name='outreach_ar_unit_id_112fce_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Publication',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('title', models.CharField(max_length=300, verbose_name='tiêu đề')),
                        ('byline', models.CharField(blank=True, max_length=200, verbose_name='về')),
                        ('text', models.TextField(verbose_name='nội dung')),
                        ('picture', models.CharField(blank=True, editable=False, max_length=100)),
                        ('shown_on', models.DateField(verbose_name='công khai từ ngày')),
                        ('shown_at', models.DateTimeField()),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='gỡ ngày')),
                        ('article', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='outreach.article')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('exemplar', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='outreach.exemplar')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-shown_on', '-pk'],
                        'indexes': [models.Index(fields=['unit', 'withdrawn_on', 'shown_on'], name='outreach_pu_unit_id_288063_idx')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('article__isnull', True), ('exemplar__isnull', True), _connector='XOR'), name='publication_of_one')],
                    },
                ),
                migrations.CreateModel(
                    name='RoadStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('step', models.CharField(choices=[('found', 'Phát hiện'), ('proposed', 'Đề nghị'), ('returned', 'Trả lại'), ('approved', 'Đã duyệt'), ('presented', 'Đã giới thiệu'), ('commended', 'Đã biểu dương, khen thưởng')], max_length=10, verbose_name='bước')),
                        ('on', models.DateField(verbose_name='ngày')),
                        ('month', models.DateField(editable=False, verbose_name='tháng')),
                        ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi chú')),
                        ('channel', models.CharField(blank=True, choices=[('meeting', 'Sinh hoạt chi bộ, hội nghị'), ('portal', 'Cổng thông tin của phường'), ('loudspeaker', 'Loa truyền thanh'), ('bulletin', 'Bản tin của cấp trên'), ('television', 'Truyền hình')], max_length=12, verbose_name='nơi giới thiệu')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('exemplar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='road', to='outreach.exemplar')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='outreach.item')),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['on', 'pk'],
                        'indexes': [models.Index(fields=['unit', 'step', 'month'], name='outreach_ro_unit_id_e9f264_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='Week',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('starts_on', models.DateField(verbose_name='tuần từ ngày')),
                        ('text', models.TextField(verbose_name='nội dung định hướng')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-starts_on', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'starts_on'), name='outreach_week_once')],
                    },
                ),
            ],
        ),
    ]
