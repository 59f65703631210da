
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('congresses', '0004_papers_hand_over_and_second_call'),
        ('papers', '0001_first'),
        ('units', '0002_plant_centre'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ballotentry',
            name='signed',
            field=models.CharField(blank=True, choices=[('own', 'bằng tài khoản riêng'), ('code', 'bằng mã riêng')], max_length=4, verbose_name='vào máy'),
        ),
        migrations.AddField(
            model_name='congress',
            name='codes_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='lý do cấp mã trở lại'),
        ),
        migrations.AddField(
            model_name='congress',
            name='own_log_ins',
            field=models.BooleanField(default=False, verbose_name='kiểm phiếu bằng tài khoản riêng, không cấp mã'),
        ),
        migrations.AddField(
            model_name='scananswer',
            name='signed',
            field=models.CharField(blank=True, choices=[('own', 'bằng tài khoản riêng'), ('code', 'bằng mã riêng')], max_length=4, verbose_name='vào máy'),
        ),
        migrations.AddField(
            model_name='strikebatch',
            name='signed',
            field=models.CharField(blank=True, choices=[('own', 'bằng tài khoản riêng'), ('code', 'bằng mã riêng')], max_length=4, verbose_name='vào máy'),
        ),
        migrations.CreateModel(
            name='KeptFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                ('sheet', models.TextField()),
                ('sheet_sha256', models.CharField(max_length=64)),
                ('docx', models.FileField(upload_to='congresses/')),
                ('pdf', models.FileField(upload_to='congresses/')),
                ('docx_sha256', models.CharField(max_length=64)),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handover', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='kept_handover', to='congresses.congress')),
                ('paper', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
                ('polling', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='congresses.polling')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('handover__isnull', True), ('paper__isnull', False), ('polling__isnull', True)), models.Q(('handover__isnull', True), ('paper__isnull', True), ('polling__isnull', False)), models.Q(('handover__isnull', False), ('paper__isnull', True), ('polling__isnull', True)), _connector='OR'), name='kept_of_one_paper')],
            },
        ),
    ]
