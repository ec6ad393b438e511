"""接访登记表: blank for a paper day, or as a visit was recorded."""

from accounts.masking import mask_name, mask_phone
from appointments.enums import AppointmentKind, Category, VisitMethod, VisitOutcome
from appointments.models import Visit
from appointments.papers.form import Cell, Line, Paper, choice
from studios.models import Studio

YES_NO = (("True", "是"), ("False", "否"))
SIGNATURES = ("接待党代表（签名）", "来访人（签名）", "登记人（签名）")


def blank_visit_paper(studio: Studio | None, address: str) -> Paper:
    """To be filled in by hand; without a studio its name is left open, too."""
    name = studio.county.short_name if studio else ""
    lines = [
        Line([Cell("接访日期", "　　　年　　月　　日"), Cell("接待党代表")]),
        Line([Cell("约见方式", choice(AppointmentKind.choices))]),
        Line([Cell("来访方式", choice(VisitMethod.choices))]),
        Line([Cell("来访人"), Cell("联系电话")]),
        Line([Cell("人数", "　　　人"), Cell("是否党员", choice(YES_NO))]),
        Line([Cell("单位或住址")]),
        Line([Cell("类别", choice(Category.choices))]),
        Line([Cell("反映事项")], rules=6),
        Line([Cell("答复情况")], rules=4),
        Line([Cell("处理", choice(VisitOutcome.choices))]),
    ]
    return Paper(f"{name}党代表工作室接访登记表", "", studio.name if studio else "", lines, SIGNATURES, address)


def visit_paper(visit: Visit, address: str, *, is_full: bool) -> Paper:
    """As recorded. The visitor stands in it masked unless `is_full`, which the caller has put on record."""
    name, phone = visit.visitor_name, visit.visitor_phone
    if not is_full:
        name, phone = mask_name(name), mask_phone(phone)
    day, kind = visit.received_on, visit.appointment.kind if visit.appointment else ""
    lines = [
        Line(
            [Cell("接访日期", f"{day.year}年{day.month}月{day.day}日"), Cell("接待党代表", visit.representative.name)]
        ),
        Line([Cell("约见方式", choice(AppointmentKind.choices, kind))]),
        Line([Cell("来访方式", choice(VisitMethod.choices, visit.method))]),
        Line([Cell("来访人", name or "不愿透露"), Cell("联系电话", phone or "未留")]),
        Line([Cell("人数", f"{visit.people} 人"), Cell("是否党员", choice(YES_NO, str(visit.is_party_member)))]),
        Line([Cell("单位或住址", visit.visitor_unit or "未留")]),
        Line([Cell("类别", choice(Category.choices, visit.category))]),
        Line([Cell("反映事项", visit.matter)]),
        Line([Cell("答复情况", visit.answer)], rules=4),
        Line([Cell("处理", choice(VisitOutcome.choices, visit.outcome))]),
    ]
    title = f"{visit.county.short_name}党代表工作室接访登记表"
    return Paper(title, f"{day:%Y%m%d}-{visit.pk}", visit.studio.name, lines, SIGNATURES, address)
