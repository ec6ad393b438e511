"""Which cases the register is of."""

from accounts.conditions import day_field
from suggestions.forms.filters import PlacesForm


class RegisterForm(PlacesForm):
    """Of one unit or one delegation, accepted from one day to another; everything is optional."""

    from_ = day_field("受理日期从")
    to = day_field("受理日期到")
    field_order = ("unit", "delegation", "from_", "to")
