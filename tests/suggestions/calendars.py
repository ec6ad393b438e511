"""Hypothesis strategies: days, county rules and office calendars over many years."""

from datetime import date

from hypothesis import strategies as st

from studios.calendar import OfficeCalendar
from studios.enums import HolidayKind
from suggestions.deadlines import Rules
from suggestions.enums import Complexity

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
complexities = st.sampled_from(list(Complexity))
few = st.integers(1, 10)
rules = st.builds(
    Rules,
    simple_days=st.integers(1, 20),
    complex_months=st.integers(1, 3),
    counts_workdays=st.booleans(),
    rolls_forward=st.booleans(),
    yellow_days=st.just(3),
    evaluation_days=st.integers(1, 60),
    redo_days=st.integers(1, 20),
    co_share=st.integers(1, 5),
    accept_days=few,
    reject_days=few,
    assign_days=few,
    sign_days=few,
    return_days=few,
    review_days=few,
)
calendars = st.builds(
    OfficeCalendar,
    exceptions=st.dictionaries(days, st.sampled_from(list(HolidayKind)), max_size=60),
    announced_years=st.frozensets(st.integers(2020, 2041)),
)
