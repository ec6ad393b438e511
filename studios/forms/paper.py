"""The sheet a studio is registered on: its own questions and the rows of its equipment, filled in and sent as one."""

from dataclasses import dataclass

from django.http import HttpRequest

from accounts.models import User
from accounts.resume import typed_before_login
from accounts.templatetags.ui import ErrorLine
from studios.forms.equipment import EquipmentRows, equipment_rows
from studios.forms.register import StudioForm, TendForm
from studios.models import Studio
from studios.permissions import can_edit_studio
from studios.services.register import StudioEntry, StudioError


@dataclass(frozen=True)
class StudioPaper:
    """Both halves of the sheet as one request fills them in."""

    form: TendForm
    equipment: EquipmentRows

    @property
    def is_filled(self) -> bool:
        """Whether it was sent and nothing is wrong; both halves are looked at, so that every error is shown."""
        if not self.form.is_bound:
            return False
        return all([self.form.is_valid(), self.equipment.is_valid()])

    @property
    def has_errors(self) -> bool:
        return bool(self.form.errors or self.lines)

    @property
    def lines(self) -> list[ErrorLine]:
        """What is wrong with the equipment; the form tells its own errors."""
        return self.equipment.lines if self.form.is_bound else []

    @property
    def entry(self) -> StudioEntry:
        """What was typed, as the service takes it. A form without liaisons leaves them alone."""
        typed = self.form.cleaned_data
        liaisons = list(typed["liaisons"]) if "liaisons" in typed else None
        return StudioEntry(self.form.columns, self.equipment.entries, typed["photo"], liaisons)

    def ask_for_the_photo_again(self) -> None:
        """A browser never fills in a file again: say so where one was chosen and is not kept."""
        if self.form.files and "photo" not in self.form.errors:
            self.form.add_error("photo", "刚才选的照片没有保存，请重新选一次")

    def refuse(self, error: StudioError) -> None:
        """Show what the service said at the question it is about."""
        self.form.add_error(error.field if error.field in self.form.fields else None, str(error))


def paper_of(request: HttpRequest, studio: Studio, user: User) -> StudioPaper:
    """The sheet of `studio`, which may not be saved yet: whole for its offices, short for its liaisons.

    What was typed before the login expired is filled in again.
    """
    typed = typed_before_login(request)
    sent = request.POST if request.method == "POST" else None
    form_class = StudioForm if can_edit_studio(user, studio) else TendForm
    return StudioPaper(
        form_class(sent, request.FILES or None, studio=studio, initial=typed),
        equipment_rows(sent if sent is not None else typed or None, studio),
    )
