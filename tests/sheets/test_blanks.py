"""New records by the thousand are as the model makes them, and share nothing."""

from notifications.models import Reminder
from sheets.blanks import Blanks
from suggestions.models import Suggestion


def test_a_copy_is_as_the_model_makes_it() -> None:
    made, copied = Suggestion(), Blanks(Suggestion).new()
    assert {name: value for name, value in vars(copied).items() if name != "_state"} == {
        name: value for name, value in vars(made).items() if name != "_state"
    }
    assert copied._state.adding and copied._state.db is None


def test_copies_share_nothing() -> None:
    blanks = Blanks(Suggestion)
    first, second = blanks.new(), blanks.new()
    first.title, first.county_id = "修路", 7
    first._state.adding = False
    assert (second.title, second.county_id, second._state.adding) == ("", None, True)
    assert blanks.new().title == ""


def test_a_default_that_is_worked_out_is_worked_out_for_each() -> None:
    blanks = Blanks(Reminder)
    assert blanks.new().uid != blanks.new().uid
