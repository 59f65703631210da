"""Words and rules of membership. Charter of the Party; Quy định 208-QĐ/TW (2026) and its predecessors; rulebook §7."""

from __future__ import annotations

from chibo.core.values import Word, gettext_noop


class Standing(Word):
    """Whether the member votes: official members do, probationary ones do not (Charter, art. 3)."""

    OFFICIAL = "official", gettext_noop("Chính thức")
    PROBATIONARY = "probationary", gettext_noop("Dự bị")


class Condition(Word):
    """How the member takes part in the cell's life in a time."""

    ACTIVE = "active", gettext_noop("Đang sinh hoạt")
    EXEMPT = "exempt", gettext_noop("Miễn công tác và sinh hoạt")
    TEMPORARY_ELSEWHERE = "elsewhere", gettext_noop("Sinh hoạt tạm thời nơi khác")
    TEMPORARY_HERE = "here", gettext_noop("Sinh hoạt tạm thời tại đây")
    SUSPENDED = "suspended", gettext_noop("Đình chỉ sinh hoạt")


COUNTED = (Condition.ACTIVE, Condition.EXEMPT, Condition.TEMPORARY_ELSEWHERE, Condition.SUSPENDED)
"""A member counts where they officially belong; "temporary here" is counted at home (208-QĐ/TW, rulebook §7.2)."""

EXPECTED = (Condition.ACTIVE, Condition.TEMPORARY_HERE)
"""Who is expected at a meeting: all but the exempt, the temporarily elsewhere and the suspended (rulebook §2.6)."""


class Leaving(Word):
    """Why a membership in a cell ended."""

    TRANSFERRED = "transferred", gettext_noop("Chuyển sinh hoạt")
    REMOVED = "removed", gettext_noop("Xóa tên")
    EXPELLED = "expelled", gettext_noop("Khai trừ")
    RESIGNED = "resigned", gettext_noop("Xin ra khỏi Đảng")
    DECEASED = "deceased", gettext_noop("Từ trần")
    CHANGED = "changed", gettext_noop("Thay đổi tình trạng")


class Sex(Word):
    MALE = "male", gettext_noop("Nam")
    FEMALE = "female", gettext_noop("Nữ")


class Qualification(Word):
    """Professional qualification (rulebook §7.4, item 6)."""

    DOCTOR = "doctor", gettext_noop("Tiến sĩ")
    MASTER = "master", gettext_noop("Thạc sĩ")
    BACHELOR = "bachelor", gettext_noop("Đại học")
    COLLEGE = "college", gettext_noop("Cao đẳng")
    INTERMEDIATE = "intermediate", gettext_noop("Trung cấp")
    ELEMENTARY = "elementary", gettext_noop("Sơ cấp")
    NONE = "none", gettext_noop("Chưa qua đào tạo")


class Theory(Word):
    """Political theory level (rulebook §7.4, item 8)."""

    ADVANCED = "advanced", gettext_noop("Cao cấp, cử nhân")
    INTERMEDIATE = "intermediate", gettext_noop("Trung cấp")
    ELEMENTARY = "elementary", gettext_noop("Sơ cấp")
    NONE = "none", gettext_noop("Chưa qua đào tạo")


class StaffKind(Word):
    """How somebody works for the ward's offices, if they do (seed S3: 8 + 12 + 1)."""

    CADRE = "cadre", gettext_noop("Cán bộ")
    CIVIL_SERVANT = "civil_servant", gettext_noop("Công chức")
    PUBLIC_EMPLOYEE = "public_employee", gettext_noop("Viên chức")
    CONTRACT = "contract", gettext_noop("Hợp đồng")
    NON_SPECIALISED = "non_specialised", gettext_noop("Không chuyên trách")
    RETIRED = "retired", gettext_noop("Nghỉ hưu")
    OTHER = "other", gettext_noop("Khác")


STAFF = (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.CONTRACT)
"""The establishment of a ward's offices, whose structure is reported with sums that must agree."""


class DatePrecision(Word):
    """How exactly a date is known: registers often hold only a year."""

    DAY = "day", gettext_noop("Ngày")
    MONTH = "month", gettext_noop("Tháng")
    YEAR = "year", gettext_noop("Năm")


DEFAULT_GROUPS = (
    gettext_noop("Cấp ủy viên"),
    gettext_noop("Phụ trách đoàn thể"),
    gettext_noop("Cán bộ, công chức, viên chức"),
    gettext_noop("Nghỉ hưu"),
    gettext_noop("Đảng viên trẻ"),
    gettext_noop("Đi làm ăn xa"),
)
"""The groups for guidance that seed S0-15 asks for; an office may add its own."""
