import chibo.access.charter
import chibo.core.migrating
import chibo.members.rules
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
                    name='Group',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('name', models.CharField(max_length=80, verbose_name='tên nhóm')),
                        ('order', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'ordering': ['order', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('unit', 'name'), name='group_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('full_name', models.CharField(max_length=80, verbose_name='họ và tên')),
                        ('sort_key', models.CharField(editable=False, max_length=300)),
                        ('search_key', models.CharField(editable=False, max_length=200)),
                        ('birth_date', models.DateField(blank=True, null=True, verbose_name='ngày sinh')),
                        ('birth_precision', models.CharField(choices=[('day', 'Ngày'), ('month', 'Tháng'), ('year', 'Năm')], default=chibo.members.rules.DatePrecision['DAY'], max_length=5)),
                        ('sex', models.CharField(blank=True, choices=[('male', 'Nam'), ('female', 'Nữ')], max_length=6, verbose_name='giới tính')),
                        ('citizen_id', models.CharField(blank=True, max_length=12, verbose_name='số định danh cá nhân')),
                        ('card_number', models.CharField(blank=True, max_length=20, verbose_name='số thẻ đảng viên')),
                        ('phone', models.CharField(blank=True, max_length=20, verbose_name='điện thoại')),
                        ('address', models.CharField(blank=True, max_length=200, verbose_name='nơi ở')),
                        ('occupation', models.CharField(blank=True, max_length=160, verbose_name='nghề nghiệp, chức vụ chính quyền, đoàn thể')),
                        ('admitted_on', models.DateField(blank=True, null=True, verbose_name='ngày vào Đảng')),
                        ('official_on', models.DateField(blank=True, null=True, verbose_name='ngày chính thức')),
                        ('qualification', models.CharField(blank=True, choices=[('doctor', 'Tiến sĩ'), ('master', 'Thạc sĩ'), ('bachelor', 'Đại học'), ('college', 'Cao đẳng'), ('intermediate', 'Trung cấp'), ('elementary', 'Sơ cấp'), ('none', 'Chưa qua đào tạo')], max_length=14, verbose_name='trình độ chuyên môn')),
                        ('theory', models.CharField(blank=True, choices=[('advanced', 'Cao cấp, cử nhân'), ('intermediate', 'Trung cấp'), ('elementary', 'Sơ cấp'), ('none', 'Chưa qua đào tạo')], max_length=14, verbose_name='lý luận chính trị')),
                        ('staff_kind', models.CharField(blank=True, choices=[('cadre', 'Cán bộ'), ('civil_servant', 'Công chức'), ('public_employee', 'Viên chức'), ('contract', 'Hợp đồng'), ('non_specialised', 'Không chuyên trách'), ('retired', 'Nghỉ hưu'), ('other', 'Khác')], max_length=16, verbose_name='đối tượng')),
                        ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='member', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('groups', models.ManyToManyField(related_name='members', to='members.group', verbose_name='nhóm')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'sort_key'], name='members_mem_unit_id_2904d0_idx'), models.Index(fields=['sort_key', 'id'], name='members_mem_sort_ke_998fcb_idx')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('citizen_id', ''), _negated=True), fields=('citizen_id',), name='member_citizen_id_once'), models.UniqueConstraint(condition=models.Q(('card_number', ''), _negated=True), fields=('card_number',), name='member_card_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('standing', models.CharField(choices=[('official', 'Chính thức'), ('probationary', 'Dự bị')], max_length=14, verbose_name='đảng viên')),
                        ('condition', models.CharField(choices=[('active', 'Đang sinh hoạt'), ('exempt', 'Miễn công tác và sinh hoạt'), ('elsewhere', 'Sinh hoạt tạm thời nơi khác'), ('here', 'Sinh hoạt tạm thời tại đây'), ('suspended', 'Đình chỉ sinh hoạt')], default=chibo.members.rules.Condition['ACTIVE'], max_length=12, verbose_name='tình trạng')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('leaving', models.CharField(blank=True, choices=[('transferred', 'Chuyển sinh hoạt'), ('removed', 'Xóa tên'), ('expelled', 'Khai trừ'), ('resigned', 'Xin ra khỏi Đảng'), ('deceased', 'Từ trần'), ('changed', 'Thay đổi tình trạng')], max_length=12, verbose_name='lý do kết thúc')),
                        ('note', models.CharField(blank=True, max_length=200, verbose_name='ghi chú')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['unit', 'condition', 'valid_from', 'valid_to'], name='members_mem_unit_id_eb8e66_idx')],
                        'constraints': [models.UniqueConstraint(fields=('member', 'unit', 'valid_from'), name='membership_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='PostTerm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveIntegerField(default=0, editable=False)),
                        ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                        ('changed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sửa lúc')),
                        ('post', models.CharField(choices=[(chibo.access.charter.Post['WARD_SECRETARY'], 'Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_DEPUTY'], 'Phó Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_COMMITTEE'], 'Ủy viên Ban Chấp hành Đảng bộ'), (chibo.access.charter.Post['CLERK'], 'Văn phòng Đảng ủy'), (chibo.access.charter.Post['INSPECTOR'], 'Ủy ban Kiểm tra Đảng ủy'), (chibo.access.charter.Post['PROGRAMME_HEAD'], 'Phụ trách chương trình'), (chibo.access.charter.Post['CELL_SECRETARY'], 'Bí thư chi bộ'), (chibo.access.charter.Post['CELL_DEPUTY'], 'Phó Bí thư chi bộ'), (chibo.access.charter.Post['CELL_COMMITTEE'], 'Chi ủy viên'), (chibo.access.charter.Post['FOLLOWER'], 'Đảng ủy viên theo dõi chi bộ')], max_length=20, verbose_name='chức vụ')),
                        ('term', models.CharField(blank=True, max_length=20, verbose_name='nhiệm kỳ')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                        ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_terms', to='members.member')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='tổ chức')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('member', 'unit', 'post', 'valid_from'), name='post_term_once'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_term_ends_after_it_begins')],
                    },
                ),
            ],
        ),
    ]
