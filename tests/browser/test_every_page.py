"""Every staff page at 320, 375 and 1366 px: nothing sticks out, nothing axe would complain about."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from appointments.checkin import code_of
from appointments.quarters import Quarter
from appointments.tallies import Given
from suggestions.enums import State, SupervisionKind
from suggestions.models import ReplyTemplate
from tests.appointments import theming
from tests.appointments.attending import seat_of
from tests.appointments.factories import VisitFactory
from tests.appointments.gatherings import book, gather
from tests.appointments.rosters import drafted, published
from tests.browser.conftest import Open
from tests.browser.looks import problems_of
from tests.cast import build_cast
from tests.studios.announcing import announce_2027
from tests.studios.inspecting import inspect
from tests.suggestions import access_deadlines, asking, paths
from tests.suggestions.supervising import supervise

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ATTENDANCE = (
    *("{duty}", "{duty}code/", "{came}", "{cover}", "{calendar}"),
    *("/desk/attendances/", "/desk/attendances/?by=delegation", "/desk/attendances/?by=representative"),
    *("/desk/attendances/day/", "/desk/attendances/day/?on=2026-11-28", "/desk/attendances/matrix/?quarter=2026Q4"),
)
BOOKINGS = ("/desk/bookings/", "/desk/bookings/?view=closed", "/desk/bookings/new/", "{book}", "{booking}")
PAGES = {
    "other_town_office": ["/desk/inspections/", "/desk/inspections/new/", "{inspect}", "{look}", "{looks}"],
    "other_liaison": ["/desk/rectifications/", "/desk/rectifications/?view=closed", "{notice}", "{form}"],
    "stranger": ["/desk/checklist/", "/desk/checklist/new/", "/desk/compliance/"],
    "liaison": [
        "/desk/swaps/new/",
        "/desk/leaves/new/",
        "/desk/",
        "/desk/visits/new/",
        "/desk/visits/",
        "/desk/suggestions/",
        "/desk/inbox/",
        "{cards}",
        *ATTENDANCE,
        "{visit}",
        "{visit}reveal/",
        "{visit}photos/",
        "{visit}paper/",
        "/desk/visits/blank/",
        "/desk/suggestions/blank/",
        "{detail}receipt/",
        *BOOKINGS,
    ],
    "town_office": [
        *("/desk/", "/desk/suggestions/?view=triage", "/desk/replies/", "/reports/"),
        *("/desk/swaps/?view=all", "/desk/leaves/", "/desk/gaps/"),
        *("/desk/cards/", "/desk/cards/?q=没有这个人", "{dossier}", "{dossier}?year=x"),
        *(
            "/desk/collective/",
            "/desk/collective/?q=2026Q3",
            "{turnout}",
            "/reports/collective/?q=2026Q3",
            "/reports/late/",
        ),
        *("/desk/roster/", "/desk/roster/?q=2027Q1", "/desk/roster/new/", "{draft}", "{preview}", "{seat}"),
        *("{draft}?view=list", "{published}", "{roster}", "{poster}", "{poster}?size=A3"),
    ],
    "county_office": [
        *(
            "/desk/duty-settings/",
            "/desk/phrases/",
            "/desk/",
            "/desk/suggestions/?view=triage",
            "/desk/me/",
            "/desk/views/cases/",
            "/desk/views/cases/new/?category=ROADS",
            "{assign}",
            "{detail}",
            "/desk/replies/",
            "/desk/collective/day/?q=2026Q4",
        ),
        *("/desk/suggestions/?view=asked_return", "{asked_return}", "{asked_return}approve_return/"),
        *("{asked_return}deny_return/", "{helped}waive/"),
        *("/desk/reply-templates/", "/desk/reply-templates/new/", "{merge}", "{rule}", "{parent}"),
        *("/desk/calendar/", "/desk/calendar/?year=2027", "/desk/calendar/import/", "{changed}"),
        *("/desk/calendar/days/new/?on=2026-10-03", "/desk/standards/", "/desk/standards/new/"),
        *("/desk/deadlines/", "/desk/deadlines/new/", "{policy}", "{job}", "/reports/exports/"),
        *("/desk/topics/", "/desk/topics/new/", "/desk/themes/new/", "/desk/findings/", "{topic}", "{topic}edit/"),
        *("{topic}invite/", "{topic}attendance/", "{topic}trips/new/", "{topic}findings/new/", "{turn}"),
        *("/desk/supervision/", "/desk/supervision/?view=lifted", "/desk/register/", "{lift}", "{warned}"),
        *("{warned}supervise/", "{detail}letter/", "{detail}survey/", "{detail}order/", "{warning}"),
        "/reports/bulletin/edit/",
        *("{asking}", "{asking}questions/new/", "{asked}", "{asked}preview/", "{asked}papers/new/", "{asked}print/"),
    ],
    "nobody": ["{public}"],
    "unit_handler": [
        *("/desk/", "{handle}", "{reply}", "{ask_return}", "{ask_extension}", "{helped}", "{helped}handle/"),
        *("{asked_return}", "{warned}", "{answer}", "/desk/supervision/"),
        *("{fulfil}", "/desk/suggestions/?view=promised", "{parent}"),
    ],
    "other_unit_handler": ["/desk/suggestions/?view=to_countersign", "{helped}", "{helped}countersign/"],
    "representative_user": [
        *("/me/", "/me/duty/", "/me/swaps/", "{mine}", "/me/year/", "{rep}", "{studio}"),
        *("{checkin}", "/me/calendar/", "/me/bookings/", "{booking}", "{withdraw}"),
    ],
    "leader": [
        *("/board/", "/board/?period=month&on=2025-01-01", "{town_board}", "{unit_board}", "/board/wall/"),
        *("/reports/", "/reports/?period=last_quarter", "/reports/handling/?period=all", "/reports/satisfaction/"),
        *("/reports/meetings/?by=studio", "/reports/attendance/?by=representative", "/reports/collected/?from=x"),
        *("/reports/headline/print/", "/reports/late/print/"),
        "/desk/evaluations/?measure=evaluated_outcome_all_final",
        "/desk/assignments/?measure=assignments",
        "/desk/compliance/",
        "/desk/compliance/studios/",
        *("/reports/bulletin/", "/reports/bulletin/print/", "/reports/yearbook/"),
    ],
    "admin": [
        "/desk/",
        "/desk/users/",
        "/desk/users/new/",
        "/desk/units/",
        "/desk/imports/",
        "/desk/imports/users/new/",
    ],
    "auditor": ["/desk/", "/desk/audit/"],
}


AT_ONCE = 25
CELLS = [(who, first) for who, addresses in PAGES.items() for first in range(0, len(addresses), AT_ONCE)]
"""Who has many pages opens them in several tests, so that the last test to run is not a long one."""


@pytest.mark.parametrize(("who", "first"), CELLS)
def test_pages_fit_and_are_accessible(who: str, first: int, open_as: Open, transactional_db: None) -> None:
    cast = build_cast()
    escalated, handling = paths.case_in(State.ESCALATED, cast), paths.case_in(State.HANDLING, cast)
    paths.case_in(State.REPLY_REVIEW, cast)
    draft, shown = drafted(cast, gap=True), published(cast, first_on=date(2027, 4, 1))
    helped, asked_return = asking.helped(cast), asking.ask_return(paths.case_in(State.HANDLING, cast), cast)
    closed, unsettled = paths.case_in(State.CLOSED, cast), paths.case_in(State.AWAIT_EVALUATION, cast)
    paths.second_round(unsettled, cast)
    accepted, promised = paths.case_in(State.ACCEPTED, cast), paths.closed_with_promise(cast)
    paths.merge(paths.case_in(State.ACCEPTED, cast), handling, cast)
    ReplyTemplate.objects.create(county=cast.county, category="ROADS", name="已修复", text="“{标题}”已修复。")
    studio = cast.other_studio
    look = inspect(cast, studio=studio, actor=cast.other_liaison, one_phone="FAIL", one_sign="FAIL")
    seat = seat_of(cast)
    topic = theming.event(cast, held_on=timezone.localdate() + timedelta(days=7))
    asked = theming.published(cast, topic)
    theming.answer(asked, Given((0,)), Given((1, 2)), Given(text="好"))
    visit = VisitFactory(
        studio=cast.studio, representative=cast.representative, recorded_by=cast.liaison, visitor_phone="19900001234"
    )
    notice = supervise(cast, handling, SupervisionKind.LISTED)
    addresses = {
        "{policy}": access_deadlines.ADDRESSES["suggestions:deadline_update"](cast),
        "{job}": access_deadlines.ADDRESSES["suggestions:deadline_job"](cast),
        "{warned}": handling.get_absolute_url(),
        "{warning}": f"/desk/supervision/{notice.pk}/paper/",
        "{answer}": f"/desk/supervision/{notice.pk}/answer/",
        "{lift}": f"/desk/supervision/{notice.pk}/lift/",
        "{topic}": f"/desk/topics/{topic.pk}/",
        "{turn}": f"/desk/findings/{theming.finding(cast, topic).pk}/suggestion/",
        "{asking}": theming.draft(cast, topic).get_absolute_url(),
        "{asked}": asked.get_absolute_url(),
        "{public}": f"/q/{asked.token}/",
        "{duty}": seat.appointment.get_absolute_url(),
        "{duty}code/": f"{seat.appointment.get_absolute_url()}code/",
        "{came}": f"/desk/attendances/{seat.pk}/edit/",
        "{cover}": f"/desk/attendances/{seat.pk}/cover/",
        "{calendar}": f"/desk/reps/{cast.representative.pk}/calendar/",
        "{checkin}": f"/me/checkin/{code_of(seat.appointment)}/",
        "{draft}": draft.roster.get_absolute_url(),
        "{seat}": f"{draft.roster.get_absolute_url()}seats/{draft.seats[0].pk}/",
        "{published}": shown.roster.get_absolute_url(),
        "{preview}": f"{draft.roster.get_absolute_url()}preview/",
        "{roster}": f"{shown.roster.get_absolute_url()}print/",
        "{poster}": f"{shown.roster.get_absolute_url()}poster/",
        "{inspect}": f"/desk/studios/{studio.pk}/inspect/",
        "{look}": look.get_absolute_url(),
        "{looks}": f"/desk/studios/{studio.pk}/inspections/",
        "{form}": f"/desk/studios/{studio.pk}/form/",
        "{notice}": f"/desk/rectifications/{studio.rectifications.first().pk}/notice/",
        "{turnout}": f"/desk/collective/{gather(cast, Quarter(2026, 3)).pk}/",
        "{book}": f"/desk/bookings/new/?rep={cast.representative.pk}",
        "{booking}": book(cast).get_absolute_url(),
        "{assign}": f"{escalated.get_absolute_url()}assign/",
        "{detail}": closed.get_absolute_url(),
        "{merge}": f"{accepted.get_absolute_url()}merge/",
        "{rule}": f"{unsettled.get_absolute_url()}rule/",
        "{fulfil}": f"{promised.get_absolute_url()}fulfil/",
        "{withdraw}": f"{accepted.get_absolute_url()}withdraw/",
        "{parent}": handling.get_absolute_url(),
        "{handle}": f"{handling.get_absolute_url()}handle/",
        "{reply}": f"{handling.get_absolute_url()}reply/",
        "{ask_return}": f"{handling.get_absolute_url()}request_return/",
        "{ask_extension}": f"{handling.get_absolute_url()}request_extension/",
        "{helped}": helped.get_absolute_url(),
        "{asked_return}": asked_return.get_absolute_url(),
        "{cards}": f"/desk/cards/print/?rep={cast.representative.pk}",
        "{dossier}": f"/desk/reps/{cast.representative.pk}/dossier/",
        "{rep}": f"/reps/{cast.representative.pk}/",
        "{studio}": f"/studios/{cast.studio.pk}/",
        "{changed}": announce_2027(cast).get_absolute_url(),
        "{visit}": visit.get_absolute_url(),
        "{mine}": f"/me/suggestions/{closed.pk}/",
        "{town_board}": f"/board/town/{cast.town.pk}/",
        "{unit_board}": f"/board/unit/{cast.county_unit.pk}/",
    }
    page, problems = open_as(getattr(cast, who)), []
    for address in PAGES[who][first : first + AT_ONCE]:
        target = re.sub(r"^\{\w+\}", lambda found: addresses[found.group()], address)
        problems += problems_of(page, target, answers=(200, 422))
    assert not problems, "\n".join(problems)
