"""In what capacity a user stands before a case, and what follows from it (domain.md §1, §6.1)."""

from accounts.enums import Role
from accounts.models import Organization, User
from suggestions.enums import ANSWERING, UNFINISHED_STATES, Capacity, Level, State, Verb
from suggestions.models import Assignment, Suggestion
from suggestions.workflow import Transition, available


def capacities(user: User, case: Suggestion) -> frozenset[Capacity]:
    """Every capacity `user` holds before `case`; the unit of a merged case is that of the case it was merged into.

    Reads the studio's liaisons, the representative and the assignments in force: prefetch them
    (`SuggestionQuerySet.with_standing`) where it matters.
    """
    scope = user.scope
    held = set()
    if case.representative.user_id == user.pk:
        held.add(Capacity.REPRESENTATIVE)
    if scope.has(Role.LIAISON) and case.studio is not None and user in case.studio.liaisons.all():
        held.add(Capacity.LIAISON)
    if case.delegation_id in scope.where(Role.DELEGATION_OFFICE):
        held.add(Capacity.DELEGATION_OFFICE)
        if case.assigned_level == Level.TOWN:
            held.add(Capacity.DELEGATION_ASSIGNER)
    if case.county_id in scope.counties.get(Role.COUNTY_OFFICE, ()):
        held.add(Capacity.COUNTY_OFFICE)
        if case.assigned_level == Level.COUNTY:
            held.add(Capacity.COUNTY_ASSIGNER)
    handled = case.parent if case.state == State.MERGED and case.parent else case
    for row in own_assignments(user, handled):
        held.add(Capacity.ASSIGNEE if row.kind in ANSWERING else Capacity.CO_UNIT)
    return frozenset(held)


def own_assignments(user: User, case: Suggestion) -> list[Assignment]:
    """The assignments in force of the units `user` works for."""
    units = user.scope.where(Role.UNIT_HANDLER)
    return [row for row in case.assignments_in_force if row.unit_id in units] if units else []


def lawful_steps(user: User, case: Suggestion) -> tuple[Transition, ...]:
    """The steps `user` may take on `case` as it stands now."""
    return available(State(case.state), capacities(user, case))


def can_take(user: User, case: Suggestion, verb: Verb) -> bool:
    """Whether `verb` is among the lawful steps."""
    return any(step.verb == verb for step in lawful_steps(user, case))


def can_triage(user: User) -> bool:
    """Delegation and county offices: they alone have an inbox of cases to be assigned."""
    return user.scope.has(Role.DELEGATION_OFFICE, Role.COUNTY_OFFICE)


def can_attach(user: User, case: Suggestion) -> bool:
    """Whoever has a step to take in the case, whatever the step, until it is finished; leaders only read."""
    return case.state in UNFINISHED_STATES and bool(capacities(user, case))


def notes_kept_by(user: User, case: Suggestion) -> list[Organization]:
    """The organisations for which `user` may keep private notes on the case: the delegation's office, the county
    office, and units that handle it now. Nobody else reads or writes any."""
    held = capacities(user, case)
    keepers = [row.unit for row in own_assignments(user, case)]
    if Capacity.DELEGATION_OFFICE in held:
        keepers.append(case.delegation)
    if Capacity.COUNTY_OFFICE in held:
        keepers.append(case.county)
    return keepers


def can_set_templates(user: User) -> bool:
    """The county office."""
    return user.scope.has(Role.COUNTY_OFFICE)


def can_export_cases(user: User) -> bool:
    """Leaders and offices, and units for what is assigned to them; names and phones are never in the file."""
    return user.scope.has(Role.LEADER, Role.COUNTY_OFFICE, Role.DELEGATION_OFFICE, Role.UNIT_HANDLER)


def can_see_petitioner(user: User, case: Suggestion) -> bool:
    """Whoever received the petitioner or runs the case may reveal them; a unit only after consent.

    Leaders, who only read, may not.
    """
    held = capacities(user, case)
    offices = {Capacity.LIAISON, Capacity.REPRESENTATIVE, Capacity.DELEGATION_OFFICE, Capacity.COUNTY_OFFICE}
    if held & offices:
        return True
    return Capacity.ASSIGNEE in held and case.releases_contact


def can_reveal(user: User, case: Suggestion) -> bool:
    """Whoever may see the petitioners, where there are any."""
    return bool(case.petitioners.all()) and can_see_petitioner(user, case)
