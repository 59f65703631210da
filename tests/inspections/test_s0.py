from datetime import date
from chibo.desk.management.scenarios.inspections import *
from chibo.access.charter import Post
from chibo.members.actions import appoint
from chibo.access.actor import SETUP
from tests.world import World
from chibo.inspections.selectors.dossiers import missing_of, sealed_copy

def test_run(world: World):
    five = world.members(world.cell5, 5); seven = world.members(world.cell7, 4)
    team = [world.member(world.cell7, f"Đoàn {n}", account=True) for n in range(3)]
    w = world.member(world.cell5, "Bí Thư Phường")
    appoint(world.ward, actor=SETUP, member=w, post=Post.WARD_SECRETARY, valid_from=date(2010,1,1))
    for c, m in ((world.cell5, five[0]), (world.cell7, seven[0])):
        appoint(c, actor=SETUP, member=m, post=Post.CELL_SECRETARY, valid_from=date(2010,1,1))
    x = found = None
    other = world.cell5
    extra = [world.member(world.ward if False else world.cell7)]
    i = open_inspection(world.ward, [world.cell5], team, decided_on=date(2020,7,30), begins_on=date(2020,8,3), content="Lãnh đạo thực hiện kế hoạch tu dưỡng", looked=(date(2020,1,1), date(2020,7,31)))
    s = i.subjects.get()
    look(i, date(2020,8,19), {s: [(FindingKind.SHORTCOMING, "Chưa đảm bảo 100% đảng viên có kế hoạch", 1, "plans.having")]})
    print(missing_of(i))
    conclude(i, date(2020,8,25), "Thực hiện tốt.")
    mend_and_close(i, date(2020,10,20))
    i.refresh_from_db()
    assert i.closed_on
    for p in i.pieces.all(): print(p.kind, p.symbol, p.title, p.issued_on)
    for st in i.steps.all(): print(st.code, st.due_on, st.done_on)
    print(len(sealed_copy(i)))
