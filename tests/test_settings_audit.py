"""Whoever changes a setting leaves an audit entry: what changed from what to what (reliability.md, who may see what §6).

Every right to set something is in the table, so that a new settings form cannot forget the log.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.test import Client

from accounts.changes import difference_words, shown
from accounts.dated import DatedQuerySet
from accounts.enums import AuditAction
from accounts.models import AuditEntry, User
from suggestions.models import DeadlinePolicy, ReplyTemplate
from tests.cast import Cast
from tests.suggestions.test_deadline_pages import TYPED as RULES

Login = Callable[[User], Client]
DUTY = {
    "effective_from": "2026-12-01",
    "gap_weeks": "4",
    "publish_days": "5",
    "swap_days": "2",
    "reminder_days": "5、1",
}
STANDARD = {
    "effective_from": "2026-12-01",
    "duty_weekday": "6",
    "duty_starts_at": "08:30",
    "duty_ends_at": "11:00",
    "county_min_area": "25",
    "town_min_area": "16",
    "rectification_days": "20",
}
FORMS: dict[str, tuple[str, dict[str, str], str, list[str]]] = {
    "can_set_deadlines": (
        "/desk/deadlines/new/", RULES, "期限规定", ["简单事项办理天数 10→12", "按工作日计算 否→是", "逾期几天起督办 3→2"],
    ),
    "can_set_duty_rules": (
        "/desk/duty-settings/", DUTY, "值班设置", ["两次值班至少间隔（周） 3→4", "值班提醒（提前几天） 3、1→5、1"],
    ),
    "can_set_standard": (
        "/desk/standards/new/", STANDARD, "工作室标准", ["2026年12月1日起：值班日 周六→周日", "值班开始 09:00→08:30",
        "县工作室最小面积 20→25"],
    ),
    "can_set_phrases": (
        "/desk/phrases/?category=ROADS", {"matter": "路灯不亮", "answer": ""}, "常用语", ["道路交通：", "→路灯不亮"],
    ),
    "can_set_templates": (
        "/desk/reply-templates/new/", {"category": "ROADS", "name": "道路", "text": "已列入计划。"}, "答复模板",
        ["道路：类别 无→道路交通；名称 无→道路；内容 无→已列入计划。"],
    ),
    "can_set_themes": (
        "/desk/themes/new/", {"county": "{county}", "month": "2026-12", "title": "冬季供暖", "background": "群众关心"}, "每月主题",
        ["主题 无→冬季供暖"],
    ),
    "can_set_collective_day": (
        "/desk/collective/day/?q=2026Q4", {"held_on": "2026-12-20", "reason": "年底忙"}, "集中约见日",
        ["2026-12-27→2026-12-20，理由：年底忙"],
    ),
    "can_publish_checklist": (
        "/desk/checklist/new/", {"base_version": "1", "text_0": "一盏灯"}, "检查表", ["第 2 版", "无→一盏灯"],
    ),
    "can_change_calendar": (
        "/desk/calendar/days/new/", {"day": "2026-11-30", "kind": "HOLIDAY", "name": "县庆", "reason": "县办通知"},
        "办公日历", ["2026-11-30 平常→放假 县庆"],
    ),
}  # fmt: skip
DATED = {
    "DeadlinePolicy": "can_set_deadlines",
    "DutyPolicy": "can_set_duty_rules",
    "StudioStandard": "can_set_standard",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24 09:30 +0800", tick=False):
        yield


def _settings() -> Iterator[AuditEntry]:
    yield from AuditEntry.objects.filter(action=AuditAction.SETTINGS).order_by("pk")


@pytest.mark.parametrize("right", FORMS)
def test_a_setting_tells_from_what_to_what(cast: Cast, login: Login, right: str) -> None:
    url, typed, subject, words = FORMS[right]
    client = login(cast.county_office)
    client.get(url)
    answer = client.post(url, {name: value.format(county=cast.county.pk) for name, value in typed.items()})
    assert answer.status_code == 302, answer.context["form"].errors
    (entry,) = _settings()
    assert (entry.actor, entry.county, entry.subject) == (cast.county_office, cast.county, subject)
    assert all(said in entry.detail for said in words), entry.detail


def test_every_right_to_set_something_is_in_the_table() -> None:
    texts = (path.read_text() for path in Path().glob("*/permissions*.py"))
    found = {
        name
        for text in texts
        for name in re.findall(r"^def (can_(?:set_\w+|change_calendar|publish_checklist))", text, re.MULTILINE)
    }
    assert found == set(FORMS)
    dated = {row.__name__ for row in apps.get_models() if isinstance(row._default_manager.all(), DatedQuerySet)}
    assert dated == set(DATED)
    assert set(DATED.values()) <= set(FORMS)


def test_a_refused_setting_leaves_none(cast: Cast, login: Login) -> None:
    answer = login(cast.county_office).post("/desk/duty-settings/", DUTY | {"effective_from": "2026-11-23"})
    assert answer.status_code == 422
    assert list(_settings()) == []


def test_a_correction_tells_from_what_to_what_and_why(cast: Cast, login: Login) -> None:
    policy = DeadlinePolicy.objects.create(county=cast.county, effective_from="2026-01-01")
    login(cast.county_office).post(f"/desk/deadlines/{policy.pk}/edit/", RULES | {"reason": "看错一行"})
    (entry,) = _settings()
    assert "简单事项办理天数 10→12" in entry.detail
    assert "看错一行" in entry.detail


def test_a_template_tells_its_change_and_its_end(cast: Cast, login: Login) -> None:
    template = ReplyTemplate.objects.create(county=cast.county, category="OTHER", name="一般", text="已办。")
    client = login(cast.county_office)
    client.post(f"/desk/reply-templates/{template.pk}/edit/", {"category": "OTHER", "name": "一般", "text": "已办结。"})
    client.post(f"/desk/reply-templates/{template.pk}/delete/")
    assert [entry.detail for entry in _settings()] == [
        "一般：内容 已办。→已办结。",
        "一般：类别 其他→无；名称 一般→无；内容 已办结。→无",
    ]


def test_words_of_settings() -> None:
    assert difference_words({"甲": 1, "乙": True, "丙": []}, {"甲": 2, "乙": False, "丙": []}) == "甲 1→2；乙 是→否"
    assert difference_words({"甲": 0}, {}) == "甲 0→无"
    assert difference_words({"甲": ""}, {}) == ""
    assert shown("长" * 101) == "长" * 100 + "…"
