import chibo.core.migrating
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('centre', 'Trung ương'), ('province', 'Tỉnh, thành phố'), ('district', 'Quận, huyện (đến 30/6/2025)'), ('ward', 'Đảng ủy xã, phường'), ('cell', 'Chi bộ')], max_length=10, verbose_name='cấp')),
                        ('cell_kind', models.CharField(blank=True, choices=[('residential', 'Khu dân cư'), ('school', 'Trường học'), ('company', 'Doanh nghiệp'), ('police', 'Công an'), ('military', 'Quân sự'), ('agency', 'Cơ quan')], max_length=12, verbose_name='loại hình chi bộ')),
                        ('code', models.CharField(blank=True, max_length=20, verbose_name='mã tổ chức')),
                        ('key', models.SlugField(max_length=30, unique=True, verbose_name='mã ngắn')),
                        ('name', models.CharField(max_length=160, verbose_name='tên')),
                        ('sort_key', models.CharField(editable=False, max_length=400)),
                        ('path', models.CharField(editable=False, max_length=120, unique=True)),
                        ('valid_from', models.DateField(verbose_name='thành lập')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('province', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                        ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['ward', 'sort_key'], name='units_unit_ward_id_099086_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='unit_code_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='unit_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Placement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=160)),
                        ('path', models.CharField(db_index=True, max_length=120)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='child_placements', to='units.unit')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='units.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'valid_from'), name='placement_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='placement_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='Ordinance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60)),
                        ('value', models.JSONField()),
                        ('effective_from', models.DateField(verbose_name='áp dụng từ ngày')),
                        ('source', models.CharField(max_length=200, verbose_name='căn cứ')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ordinances', to='units.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('unit', 'code', 'effective_from'), name='ordinance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Lineage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('merged', 'Hợp nhất, sáp nhập'), ('split', 'Chia tách'), ('replaced', 'Thay thế')], max_length=10)),
                        ('on', models.DateField()),
                        ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='units.unit')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='units.unit')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='lineage_once')],
                    },
                ),
            ],
        ),
    ]
