"""The triage page as its template draws it: groups with their choices, what was ticked, the keys of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from suggestions.enums import Verb
from suggestions.forms.triage import BulkAssignForm, token_of, unit_name
from suggestions.models import Suggestion
from suggestions.screens import act_url
from suggestions.triage.inbox import Group, InboxRow, grouped, inbox_rows
from suggestions.triage.units import UnitBook, UnitOption

PANE_GROUP = "pane"
"""The group of the one row that stands in the reading pane."""

KEYS: dict[Verb, str] = {Verb.ESCALATE: "u", Verb.MERGE: "m", Verb.RETURN_TO_AUTHOR: "b", Verb.SEND_DOWN: "b"}


@dataclass(frozen=True)
class KeyLink:
    """A step of one case that has a page of its own, and the key that opens it."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class DeskRow:
    """A row with the value of its tick box."""

    row: InboxRow
    token: str
    is_ticked: bool


@dataclass(frozen=True)
class DeskGroup:
    """A group with its rows, the units it may go to, and the one that is chosen."""

    group: Group
    rows: list[DeskRow]
    unit_name: str
    choices: list[tuple[str, list[UnitOption]]]
    chosen: int
    is_wrong: bool


@dataclass(frozen=True)
class Desk:
    """Everything inside the bulk form."""

    form: BulkAssignForm
    groups: list[DeskGroup]


def build_desk(cases: Sequence[Suggestion], user: User, today: date, form: BulkAssignForm) -> Desk:
    """The groups of `cases`; a bound `form` keeps its ticks and its units, on the newest version of each row."""
    units = UnitBook(user)
    ticked = {token.split(":")[0] for token in form.ticked()}
    groups = grouped(inbox_rows(cases, user, today, units))
    return Desk(form, [_desk_group(group, form, ticked, units) for group in groups])


def key_links(case: Suggestion, verbs: Sequence[Verb]) -> list[KeyLink]:
    """The lawful `verbs` that have a key, in the order of the keys."""
    return [KeyLink(key, verb.label, act_url(case, verb)) for verb, key in KEYS.items() if verb in verbs]


def assignable(verbs: Sequence[Verb]) -> bool:
    """Whether the user may assign the case now, or accept it first."""
    return Verb.ASSIGN in verbs or Verb.ACCEPT in verbs


def _desk_group(group: Group, form: BulkAssignForm, ticked: set[str], units: UnitBook) -> DeskGroup:
    chosen = form.chosen_unit(group.key)
    rows = [
        DeskRow(row, token_of(row.case.pk, row.case.version, group.key), str(row.case.pk) in ticked)
        for row in group.rows
    ]
    return DeskGroup(
        group,
        rows,
        unit_name(group.key),
        units.choices(group.reach),
        group.unit_id if chosen is None else chosen,
        group.key in form.groups_without_unit,
    )
