"""What offices keep beside the cases of the demonstration: reply templates, and notes on the newest cases."""

from datetime import date

from appointments.enums import Category
from demo.county import County
from demo.meetings import at
from suggestions.enums import State
from suggestions.models import PrivateNote, ReplyTemplate, Suggestion

TEMPLATES = (
    (Category.ROADS, "已修复", "{代表}代表：您提出的“{标题}”（{编号}）收悉。{承办单位}已到现场查看并修复，请您监督。"),
    (Category.ROADS, "列入计划", "{代表}代表：您提出的“{标题}”（{编号}）收悉，已列入养护计划，完成时间见承诺日期。"),
    (Category.WATER, "已清淤", "{代表}代表：您提出的“{标题}”收悉。{承办单位}已组织清淤，灌溉期前保证通水。"),
    (Category.OTHER, "暂不具备条件", "{代表}代表：您提出的“{标题}”（{编号}）收悉。经研究，目前暂不具备条件，原因是："),
    (Category.OTHER, "留作参考", "{代表}代表：您提出的“{标题}”收悉，已转有关科室研究参考。{承办单位} {日期}"),
)
NOTES = ("已电话了解，属老路段，明年大修范围。", "与上月另一件相近，答复口径保持一致。", "代表希望会前答复。")


def write_office(county: County, today: date) -> None:
    """Templates of the county, and a note of the county office and of the unit on cases being handled."""
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(county=county.root, category=category, name=name, text=text) for category, name, text in TEMPLATES
    )
    handled = Suggestion.objects.filter(county=county.root, state=State.HANDLING).select_related("unit").order_by("-pk")
    PrivateNote.objects.bulk_create(
        PrivateNote(
            suggestion=case,
            organization=organization,
            text=NOTES[place % len(NOTES)],
            author=author,
            at=at(today, 8, place),
        )
        for place, case in enumerate(handled[:12])
        if case.unit is not None
        for organization, author in ((county.root, county.county_office), (case.unit, county.handlers[case.unit.pk]))
    )
