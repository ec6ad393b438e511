"""Themed appointments in full: months with themes, guests, villages visited, a questionnaire, findings, two cases."""

import uuid
from datetime import date, timedelta
from random import Random

from appointments.enums import (
    AppointmentKind,
    AppointmentStatus,
    AttendanceStatus,
    FindingAdoption,
    QuestionKind,
    QuestionnaireStatus,
)
from appointments.models import (
    Answer,
    Appointment,
    Attendance,
    FieldTrip,
    Finding,
    MonthlyTheme,
    Question,
    Questionnaire,
    Response,
)
from demo.county import County
from demo.meetings import at
from demo.texts import THEMES
from studios.enums import DUTY_ENDS, DUTY_STARTS
from suggestions.enums import Level, State, Verb
from suggestions.models import Suggestion, SuggestionTransition

MONTHS, RECENT, RESPONSES, VILLAGES = 4, 6, 40, 5
"""Months with a theme, recent events written out, answers, villages visited for each event."""
QUESTIONS: tuple[tuple[QuestionKind, str, list[str]], ...] = (
    (QuestionKind.SINGLE, "您家门口的路好走吗", ["好走", "一般", "不好走"]),
    (QuestionKind.MULTIPLE, "最希望先办哪几件事", ["修路", "装路灯", "清理河道", "增加公交"]),
    (QuestionKind.TEXT, "还有什么想对党代表说的", []),
)
WORDS = ("希望早点修好", "晚上路口太黑", "公交班次少", "谢谢代表上门来听")
PROPOSALS: tuple[tuple[str, str, FindingAdoption, str], ...] = (
    (
        "村组道路分年修补",
        "走访的村多数反映支路破损，建议按年列出计划。",
        FindingAdoption.ADOPTED,
        "乡村道路养护计划",
    ),
    ("路口加装路灯", "学校、卫生室门前路口没有路灯，建议先装。", FindingAdoption.ADOPTED, "亮灯工程第二批名单"),
    ("公交延伸到村部", "老人赶集不便，建议逢集日加开班次。", FindingAdoption.PARTLY, "城乡公交调整方案"),
    ("河道清理定期公示", "清淤时间群众不清楚，建议张榜公示。", FindingAdoption.ADOPTED, "河长制年度工作要点"),
    ("卫生室药品按季核对", "慢性病用药常缺，建议按季核对目录。", FindingAdoption.OPEN, ""),
    ("助餐点选址听老人意见", "助餐点离得远，建议选址先听老人意见。", FindingAdoption.NOT, ""),
    ("接送区划线", "放学时段门口拥堵，建议划线并错时。", FindingAdoption.ADOPTED, "校园周边整治清单"),
    ("秸秆收储点就近设", "运距远费用高，建议两村合设一处。", FindingAdoption.PARTLY, "秸秆综合利用实施方案"),
    ("技能培训办到村里", "留守妇女外出不便，建议送课到村。", FindingAdoption.ADOPTED, "下半年培训计划"),
    ("集市设公平秤", "短斤少两时有发生，建议设公平秤。", FindingAdoption.OPEN, ""),
    ("村部加装坡道", "轮椅上不去，建议列入改造。", FindingAdoption.OPEN, ""),
    ("线上课堂方便流动党员", "外出党员多，建议固定时间开课。", FindingAdoption.OPEN, ""),
)
CASES = (10, 11)
"""Places of the proposals that became cases."""


def write_themes(county: County, today: date) -> None:
    """Give the latest themed appointments what belongs to them, and plan one for next week; before the cases."""
    random = Random(today.toordinal())  # noqa: S311 - reproducible, not secret
    themes = _themes(county, today)
    held = Appointment.objects.filter(county=county.root, kind=AppointmentKind.THEMED, status=AppointmentStatus.HELD)
    named = list(held.filter(held_on__gte=min(themes)).select_related("delegation"))
    for event in named:
        event.monthly_theme = themes[event.held_on.replace(day=1)]
        event.theme = event.monthly_theme.title
    Appointment.objects.bulk_update(named, ["monthly_theme", "theme"])
    recent = named[:RECENT]
    for place, event in enumerate(recent):
        _visit_villages(county, event, place, random)
    if recent:
        _ask(county, recent[0], random)
        _propose(county, recent, today)
    _plan_next(county, today, themes[today.replace(day=1)])


def _themes(county: County, today: date) -> dict[date, MonthlyTheme]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    rows = MonthlyTheme.objects.bulk_create(
        MonthlyTheme(
            county=county.root,
            month=month,
            title=THEMES[place],
            background=f"围绕{THEMES[place]}听取党员群众意见，走村入户，形成可以采纳的建议。",
            created_by=county.county_office,
        )
        for place, month in enumerate(months)
    )
    return {row.month: row for row in rows}


def _visit_villages(county: County, event: Appointment, place: int, random: Random) -> None:
    studios = [studio for studio in county.studios if studio.delegation_id == event.delegation_id]
    villages = [studio.village or studio.name for studio in studios][:VILLAGES]
    seats = list(event.attendances.filter(status=AttendanceStatus.PRESENT))
    for village in villages:
        trip = FieldTrip.objects.create(
            appointment=event,
            place=village[:60],
            visited_on=event.held_on,
            people_met=random.randrange(4, 13),
            note=WORDS[(place + len(village)) % len(WORDS)],
        )
        trip.seats.set(seats)


def _ask(county: County, event: Appointment, random: Random) -> None:
    """One questionnaire in full collection: online answers and a few from paper."""
    office, liaison = county.offices[event.delegation_id], county.liaisons[event.delegation_id]
    questionnaire = Questionnaire.objects.create(
        appointment=event,
        title=f"{event.theme}问卷",
        intro="大约一分钟。您的意见会汇总给党代表。",
        status=QuestionnaireStatus.PUBLISHED,
        token=_uuid(random),
        published_at=at(event.held_on, 9),
        created_by=office,
    )
    questions = Question.objects.bulk_create(
        Question(questionnaire=questionnaire, position=place, kind=kind, text=text, choices=choices, is_required=False)
        for place, (kind, text, choices) in enumerate(QUESTIONS, start=1)
    )
    responses = Response.objects.bulk_create(
        Response(
            questionnaire=questionnaire,
            respondent_key=f"paper:{number:03d}" if number % 5 == 0 else f"{random.getrandbits(256):064x}",
            submission_key=_uuid(random),
            submitted_at=at(event.held_on, 9 + number % 8, number),
            entered_by=liaison if number % 5 == 0 else None,
        )
        for number in range(1, RESPONSES + 1)
    )
    single, multiple, text = questions
    answers = []
    for number, response in enumerate(responses):
        answers.append(Answer(response=response, question=single, chosen=random.choices([0, 1, 2], [3, 4, 5])))
        wanted = sorted(random.sample(range(4), random.randrange(1, 4)))
        answers.append(Answer(response=response, question=multiple, chosen=wanted))
        if number % 10 == 0:
            answers.append(Answer(response=response, question=text, text=WORDS[number // 10 % len(WORDS)]))
    Answer.objects.bulk_create(answers)


def _uuid(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


def _propose(county: County, events: list[Appointment], today: date) -> None:
    """Twelve findings over the events, numbered in each; the last two become cases."""
    numbers = dict.fromkeys((event.pk for event in events), 0)
    for place, (title, content, adoption, where) in enumerate(PROPOSALS):
        event = events[place % len(events)]
        numbers[event.pk] += 1
        finding = Finding.objects.create(
            appointment=event,
            number=numbers[event.pk],
            title=title,
            content=content,
            adoption=adoption,
            adopted_in=where,
            adopted_on=min(event.held_on + timedelta(days=10), today) if where else None,
        )
        seat = event.attendances.select_related("representative").first()
        if place in CASES and seat is not None:
            _case(county, finding, seat, min(event.held_on + timedelta(days=1), today))


def _case(county: County, finding: Finding, seat: Attendance, day: date) -> None:
    """Submitted by the liaison the day after the event."""
    person, event = seat.representative, finding.appointment
    studio, liaison = person.studios.first(), county.liaisons[person.delegation_id]
    case = Suggestion.objects.create(
        county=county.root,
        delegation=studio.delegation if studio else person.delegation,
        studio=studio,
        representative=person,
        appointment=event,
        finding=finding,
        title=finding.title,
        content=finding.content,
        level=Level.TOWN,
        is_anonymous=True,
        created_by=liaison,
        created_at=at(day, 9),
        state=State.SUBMITTED,
        version=2,
        submitted_on=day,
    )
    SuggestionTransition.objects.create(
        suggestion=case,
        verb=Verb.SUBMIT,
        from_state=State.DRAFT,
        to_state=State.SUBMITTED,
        round=1,
        actor=liaison,
        actor_name=liaison.name,
        at=at(day, 9),
    )


def _plan_next(county: County, today: date, theme: MonthlyTheme) -> None:
    """Next week, on the first weekday none of its guests is elsewhere: their duties are on Saturdays."""
    town = next((row for row in county.towns if row.short_name == "曲塘镇"), county.towns[0])
    day = today + timedelta(days=7 - today.weekday() + 2)
    event = Appointment.objects.create(
        county=county.root,
        delegation=town,
        kind=AppointmentKind.THEMED,
        held_on=day,
        starts_at=DUTY_STARTS,
        ends_at=DUTY_ENDS,
        theme=theme.title,
        venue=f"{town.short_name}会议室",
        monthly_theme=theme,
    )
    studios = [studio for studio in county.studios if studio.delegation_id == town.pk]
    guests = [county.members[studio.pk][-1] for studio in studios if len(county.members.get(studio.pk, [])) > 1][:4]
    Attendance.objects.bulk_create(Attendance(appointment=event, representative=person) for person in guests)
