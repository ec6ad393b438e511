"""A database too large to build case by case: the rows of a small one, copied by SQL (PostgreSQL alone).

The copies are consistent enough to be counted: every row keeps its days, its state and whose it is, and has its own
children. Checks of foreign keys and triggers rest meanwhile; what is kept of statistics is counted again afterwards.
"""

from django.db import connection, models, transaction
from django.db.models import Max

from accounts.models import Membership, Organization, User
from appointments.models import Appointment, Attendance, Visit
from representatives.models import Representative
from studios.models import Studio
from suggestions.models import Assignment, Contact, Evaluation, Reply, Suggestion, UnitRequest

OF_CASES: tuple[type[models.Model], ...] = (Visit, Suggestion, Assignment, Evaluation, Contact, Reply, UnitRequest)
OF_COUNTIES: tuple[type[models.Model], ...] = (Organization, Studio, Representative, Appointment, Attendance, *OF_CASES)
ITS_OWN = {
    Organization: {"code": "left(code, 18) || '-' || k"},
    Representative: {"user_id": "NULL", "owned_studio_id": "NULL"},
    Visit: {"submission_key": "gen_random_uuid()"},
    Suggestion: {
        "sequence": "sequence + k * 1000000",
        "number": "CASE WHEN number = '' THEN '' ELSE left(number, 20) || '-' || k END",
        "finding_id": "NULL",
    },
}
"""What a copy cannot share with its model."""


def more_cases(times: int) -> None:
    """`times` as many cases and visits in the counties there are; appointments stay, for days and studios stay."""
    _copy(OF_CASES, times - 1)


def more_counties(times: int) -> None:
    """`times` as many counties with all they have, in one province, which `leader` reads."""
    _copy(OF_COUNTIES, times - 1)
    province = Organization.objects.create(kind="PROVINCE", code="32", name="江苏省", short_name="江苏")
    Organization.objects.counties().update(parent=province)
    Membership.objects.create(user=User.objects.get(username="leader"), role="LEADER", organization=province)


def _copy(tables: tuple[type[models.Model], ...], copies: int) -> None:
    """Every row `copies` times, its key and those it refers to moved beyond every key there is."""
    last = max(table._base_manager.aggregate(last=Max("pk"))["last"] or 0 for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            cursor.execute(_statement(table, tables), {"copies": copies, "apart": 10 ** len(str(last))})
        cursor.execute("ANALYZE")


def _statement(table: type[models.Model], tables: tuple[type[models.Model], ...]) -> str:
    own, values = ITS_OWN.get(table, {}), {}
    for field in table._meta.local_concrete_fields:
        moves = field.primary_key or field.related_model in tables
        values[f'"{field.column}"'] = own.get(field.column, f'"{field.column}"' + " + k * %(apart)s" * moves)
    name = table._meta.db_table
    return (
        f"INSERT INTO {name} ({', '.join(values)}) SELECT {', '.join(values.values())} "  # noqa: S608 - our own names
        f"FROM {name}, generate_series(1, %(copies)s) AS k ORDER BY k, id"
    )
