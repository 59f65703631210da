import chibo.core.migrating
import chibo.core.searching
import chibo.papers.rules.numbering
import chibo.papers.rules.register
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
                    name='Paper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('direction', models.CharField(default=chibo.papers.rules.register.Direction['INCOMING'], max_length=10, verbose_name='sổ')),
                        ('secrecy', models.CharField(default=chibo.papers.rules.register.Secrecy['OPEN'], max_length=10, verbose_name='độ mật')),
                        ('symbol', models.CharField(blank=True, max_length=40, verbose_name='số, ký hiệu')),
                        ('kind', models.CharField(max_length=40, verbose_name='thể loại')),
                        ('issuer', models.CharField(max_length=160, verbose_name='cơ quan ban hành')),
                        ('subject', models.CharField(blank=True, max_length=400, verbose_name='trích yếu')),
                        ('known_as', models.CharField(blank=True, max_length=120, verbose_name='tên gọi khác')),
                        ('signer', models.CharField(blank=True, max_length=120, verbose_name='người ký')),
                        ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                        ('received_on', models.DateField(blank=True, null=True, verbose_name='ngày đến')),
                        ('in_force_from', models.DateField(blank=True, null=True, verbose_name='hiệu lực từ ngày')),
                        ('in_force_to', models.DateField(blank=True, null=True, verbose_name='hiệu lực đến hết ngày')),
                        ('file', models.FileField(blank=True, upload_to='papers/', verbose_name='tệp')),
                        ('search_key', chibo.core.searching.SearchedField(default='', editable=False)),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['-issued_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('secrecy', chibo.papers.rules.register.Secrecy['OPEN']), models.Q(('file', ''), ('known_as', ''), ('signer', ''), ('subject', '')), _connector='OR'), name='paper_secret_is_its_number_only'), models.CheckConstraint(condition=models.Q(('in_force_to__isnull', True), ('in_force_from__isnull', True), ('in_force_to__gte', models.F('in_force_from')), _connector='OR'), name='paper_in_force_forwards')],
                    },
                ),
                migrations.CreateModel(
                    name='Enclosure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('name', models.CharField(max_length=120, verbose_name='tên tệp')),
                        ('file', models.FileField(upload_to='papers/', verbose_name='tệp')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enclosures', to='papers.paper')),
                    ],
                    options={
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='PaperLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('relation', models.CharField(max_length=10, verbose_name='quan hệ')),
                        ('since', models.DateField(verbose_name='từ ngày')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='papers.paper')),
                        ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links_to_it', to='papers.paper')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['since', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('paper', 'to', 'relation'), name='paper_link_once'), models.CheckConstraint(condition=models.Q(('paper', models.F('to')), _negated=True), name='paper_link_to_another')],
                    },
                ),
                migrations.CreateModel(
                    name='Series',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=40)),
                        ('term', models.CharField(max_length=40)),
                        ('last_number', models.PositiveIntegerField(default=0)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'kind', 'term'), name='series_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Number',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('number', models.PositiveIntegerField(verbose_name='số')),
                        ('kind', models.CharField(max_length=40, verbose_name='thể loại')),
                        ('state', models.CharField(default=chibo.papers.rules.numbering.NumberState['TAKEN'], max_length=10, verbose_name='trạng thái')),
                        ('reason', models.CharField(blank=True, max_length=200, verbose_name='lý do')),
                        ('given_on', models.DateField(verbose_name='ngày cấp')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                        ('paper', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='number', to='papers.paper')),
                        ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='papers.series')),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='number_once'), models.CheckConstraint(condition=models.Q(('state', chibo.papers.rules.numbering.NumberState['TAKEN']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='number_not_taken_says_why'), models.CheckConstraint(condition=models.Q(('paper__isnull', True), ('state', chibo.papers.rules.numbering.NumberState['TAKEN']), _connector='OR'), name='number_of_a_paper_is_taken')],
                    },
                ),
                migrations.CreateModel(
                    name='Template',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('kind', models.CharField(max_length=60, verbose_name='loại văn bản')),
                        ('number', models.PositiveIntegerField(verbose_name='bản thứ')),
                        ('valid_from', models.DateField(verbose_name='dùng từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='dùng đến ngày')),
                        ('file', models.FileField(upload_to='templates/', verbose_name='tệp')),
                        ('file_name', models.CharField(max_length=160, verbose_name='tên tệp')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['kind', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'kind', 'number'), name='template_once')],
                    },
                ),
            ],
        ),
    ]
