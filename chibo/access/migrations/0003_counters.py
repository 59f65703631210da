
import chibo.access.charter
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_posts_of_units'),
    ]

    operations = [
        migrations.AlterField(
            model_name='grant',
            name='post',
            field=models.CharField(choices=[(chibo.access.charter.Post['WARD_SECRETARY'], 'Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_DEPUTY'], 'Phó Bí thư Đảng ủy'), (chibo.access.charter.Post['WARD_COMMITTEE'], 'Ủy viên Ban Chấp hành Đảng bộ'), (chibo.access.charter.Post['CLERK'], 'Văn phòng Đảng ủy'), (chibo.access.charter.Post['INSPECTOR'], 'Ủy ban Kiểm tra Đảng ủy'), (chibo.access.charter.Post['PROGRAMME_HEAD'], 'Phụ trách chương trình'), (chibo.access.charter.Post['CELL_SECRETARY'], 'Bí thư chi bộ'), (chibo.access.charter.Post['CELL_DEPUTY'], 'Phó Bí thư chi bộ'), (chibo.access.charter.Post['CELL_COMMITTEE'], 'Chi ủy viên'), (chibo.access.charter.Post['FOLLOWER'], 'Đảng ủy viên theo dõi chi bộ'), (chibo.access.charter.Post['TEAM_MEMBER'], 'Thành viên đoàn kiểm tra'), (chibo.access.charter.Post['COUNTER'], 'Thành viên ban kiểm phiếu'), (chibo.access.charter.Post['SETUP'], 'Cài đặt')], max_length=20, verbose_name='chức vụ'),
        ),
    ]
