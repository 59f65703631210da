import chibo.access.charter
import chibo.core.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        chibo.core.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=60, unique=True, verbose_name='tên đăng nhập')),
                        ('name', models.CharField(max_length=80, verbose_name='họ và tên')),
                        ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                        ('language', models.CharField(default='vi', max_length=5, verbose_name='ngôn ngữ')),
                        ('large_type', models.BooleanField(default=False, verbose_name='chữ lớn')),
                        ('theme', models.CharField(blank=True, default='', max_length=5, verbose_name='nền')),
                        ('looked_at', models.DateTimeField(blank=True, null=True, verbose_name='xem lần cuối')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Grant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.CharField(choices=[(chibo.access.charter.Post['WARD_SECRETARY'], 'Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_DEPUTY'], 'Phó Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_COMMITTEE'], 'Ủy viên Ban Chấp hành Đảng bộ'), (chibo.access.charter.Post['CLERK'], 'Văn phòng Đảng ủy'), (chibo.access.charter.Post['INSPECTOR'], 'Ủy ban Kiểm tra Đảng ủy'), (chibo.access.charter.Post['PROGRAMME_HEAD'], 'Phụ trách chương trình'), (chibo.access.charter.Post['CELL_SECRETARY'], 'Bí thư chi bộ'), (chibo.access.charter.Post['CELL_DEPUTY'], 'Phó Bí thư chi bộ'), (chibo.access.charter.Post['CELL_COMMITTEE'], 'Chi ủy viên'), (chibo.access.charter.Post['FOLLOWER'], 'Đảng ủy viên theo dõi chi bộ'), (chibo.access.charter.Post['TEAM_MEMBER'], 'Thành viên đoàn kiểm tra'), (chibo.access.charter.Post['SETUP'], 'Cài đặt')], max_length=20, verbose_name='chức vụ')),
                        ('valid_from', models.DateField(verbose_name='từ ngày')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                    ],
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code_hash', models.CharField(max_length=64, unique=True)),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
            ],
        ),
    ]
