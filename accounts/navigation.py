"""The staff navigation as one table: what each role is offered. It opens no door: every page checks for itself."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.enums import OFFICE_ROLES, Role
from accounts.scope import Scope

READS_FIGURES = OFFICE_ROLES | {Role.LEADER}
RECORDS_VISITS = frozenset({Role.LIAISON})
READS_REGISTERS = READS_FIGURES | {Role.LIAISON}
READS_VISITS = READS_FIGURES | {Role.LIAISON, Role.REPRESENTATIVE}
READS_CASES = READS_VISITS | {Role.UNIT_HANDLER}


@dataclass(frozen=True)
class Entry:
    """One entry: word, address name, drawing, who is offered it, and who finds it in the phone's bottom bar."""

    label: str
    url_name: str
    icon: str
    roles: frozenset[Role]
    primary_for: frozenset[Role] = frozenset()
    also: tuple[str, ...] = ()
    """Addresses of other pages that belong to it."""
    keys: str = ""
    """What leads there from the keyboard: the help dialog and static/js/keys.js read it from here."""


@dataclass(frozen=True)
class NavItem:
    """An entry as one user sees it on one page."""

    label: str
    url: str
    icon: str
    primary: bool
    active: bool
    keys: str


EVERYBODY = frozenset(Role)
DESK_USERS = EVERYBODY - {Role.REPRESENTATIVE}
ENTRIES = (
    Entry("工作台", "reports:desk", "home", DESK_USERS, DESK_USERS, keys="g h"),
    Entry("我的", "reports:me", "user", frozenset({Role.REPRESENTATIVE}), frozenset({Role.REPRESENTATIVE}), keys="g h"),
    Entry(
        "我的值班",
        "appointments:my_duty",
        "calendar",
        frozenset({Role.REPRESENTATIVE}),
        frozenset({Role.REPRESENTATIVE}),
        also=("/me/swaps/",),
    ),
    Entry("登记", "suggestions:visit_create", "plus", RECORDS_VISITS, RECORDS_VISITS, keys="n"),
    Entry("建议", "suggestions:list", "case", READS_CASES, READS_CASES, keys="g s", also=("/desk/views/cases/",)),
    Entry("答复转交", "suggestions:replies", "reply", OFFICE_ROLES, OFFICE_ROLES, also=("/desk/reply-templates/",)),
    Entry("督办", "suggestions:supervision_list", "alert", READS_FIGURES | {Role.UNIT_HANDLER}),
    Entry(
        "接访登记簿",
        "appointments:visit_list",
        "visit",
        READS_VISITS,
        frozenset({Role.LIAISON, Role.REPRESENTATIVE}),
        also=("/desk/views/visits/",),
        keys="g v",
    ),
    Entry("约见", "appointments:list", "calendar", READS_VISITS, also=("/desk/attendances/",)),
    Entry("值班表", "appointments:roster_list", "calendar", READS_VISITS, also=("/desk/duty-settings/",)),
    Entry(
        "换班请假",
        "appointments:swap_list",
        "s-redo",
        READS_FIGURES | {Role.LIAISON},
        also=("/desk/leaves/", "/desk/gaps/"),
    ),
    Entry(
        "主题约见",
        "appointments:topic_list",
        "star",
        READS_REGISTERS,
        also=("/desk/findings/", "/desk/questionnaires/", "/desk/themes/", "/desk/trips/", "/desk/questions/"),
    ),
    Entry("集中约见", "appointments:collective_list", "people", READS_FIGURES),
    Entry("指定约见", "appointments:booking_list", "phone", READS_REGISTERS),
    Entry("指定约见", "appointments:my_bookings", "phone", frozenset({Role.REPRESENTATIVE}), also=("/desk/bookings/",)),
    Entry("工作室", "studios:list", "place", READS_REGISTERS),
    Entry(
        "检查整改",
        "studios:inspection_list",
        "check",
        READS_FIGURES | {Role.LIAISON},
        also=("/desk/rectifications/", "/desk/compliance/", "/desk/checklist/"),
    ),
    Entry("办公日历", "studios:calendar", "calendar", READS_REGISTERS, also=("/desk/standards/", "/desk/deadlines/")),
    Entry("党代表", "representatives:list", "people", READS_REGISTERS),
    Entry("联系卡", "representatives:cards", "print", OFFICE_ROLES | {Role.LIAISON}),
    Entry("看板", "reports:board", "board", READS_FIGURES, READS_FIGURES),
    Entry("统计报表", "reports:index", "chart", READS_FIGURES, frozenset({Role.LEADER})),
    Entry("账号", "accounts:users", "people", frozenset({Role.SYSTEM_ADMIN}), frozenset({Role.SYSTEM_ADMIN})),
    Entry("承办单位", "accounts:units", "people", frozenset({Role.COUNTY_OFFICE, Role.SYSTEM_ADMIN})),
    Entry("导入导出", "accounts:imports", "download", OFFICE_ROLES | {Role.SYSTEM_ADMIN}),
    Entry("审计日志", "accounts:audit", "lock", frozenset({Role.AUDITOR}), frozenset({Role.AUDITOR})),
    Entry("提醒", "notifications:inbox", "bell", EVERYBODY),
)


def nav_items(scope: Scope, path: str) -> list[NavItem]:
    """The entries `scope` is offered; the one `path` lies under (the longest address wins) is active."""
    offered = [(entry, reverse(entry.url_name)) for entry in ENTRIES if scope.roles & entry.roles]
    places = ((url, place) for entry, url in offered for place in (url, *entry.also) if path.startswith(place))
    here, _place = max(places, key=lambda pair: len(pair[1]), default=("", ""))
    return [
        NavItem(entry.label, url, entry.icon, bool(scope.roles & entry.primary_for), url == here, entry.keys)
        for entry, url in offered
    ]
