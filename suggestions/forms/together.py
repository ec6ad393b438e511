"""办理与答复: what is still open of the three steps, on one page."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict

from accounts.models import User
from accounts.resume import as_initial
from accounts.templatetags.ui import ErrorLine, error_lines
from suggestions.forms.handling import ConsultForm, ContactForm, ReplyForm
from suggestions.forms.steps import StepForm
from suggestions.models import Suggestion
from suggestions.services.readiness import missing_for_reply
from suggestions.services.together import Handled

STEPS: dict[str, type[StepForm]] = {"contact": ContactForm, "consult": ConsultForm, "reply": ReplyForm}
BEGUN_BY = {
    "contact": ("method", "note"),
    "consult": ("measures", "opinion", "opinion_reason"),
    "reply": ("text", "result_class", "promise_on", "adopted_where", "disclosure_reason"),
}
"""What somebody fills in who begins a step; the rest stands there already."""

SAVES = {("contact", "consult"): "保存联系和征询", ("contact",): "保存联系", ("consult",): "保存征询"}
SAVE = "save"


class HandlingForm:
    """The forms of the three steps over one POST.

    提交答复 wants every step that is open. `do=save` wants those of the first two that were begun; what was typed
    elsewhere stays and is not judged. While a 会签 is awaited there is no reply to write yet.
    """

    def __init__(
        self, case: Suggestion, actor: User, data: QueryDict | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        self.case, self.actor, self.data = case, actor, data
        begun = (initial or {}) if data is None else as_initial(data)
        self.version = str(begun.get("version", case.version))
        self.forms = {name: form(case=case, actor=actor, initial=begun) for name, form in STEPS.items()}
        missing = {item.task for item in missing_for_reply(case)}
        self.open: list[str] = [name for name in ("contact", "consult") if name in missing]
        self.open += [] if "countersign" in missing else ["reply"]
        self.is_save = data is not None and (data.get("do") == SAVE or "reply" not in self.open)
        self.wanted: list[str] = []
        if data is not None:
            self.wanted = [name for name in self.open if self._is_wanted(name)]
            for name in self.wanted:
                self.forms[name] = STEPS[name](data, case=case, actor=actor)

    def part(self) -> dict[str, StepForm]:
        """The open steps by name, as the page draws them."""
        return {name: self.forms[name] for name in self.open}

    def is_valid(self) -> bool:
        """Whether every wanted step is filled in; an answer cannot go out before the representative's opinion."""
        judged = [self.forms[name].is_valid() for name in self.wanted]
        consult = self.forms["consult"]
        if "consult" in self.wanted and not self.is_save and consult.cleaned_data.get("opinion") == "":
            consult.add_error("opinion", "代表还没有表示意见，不能答复；请点“同意”或“不同意”，或先保存，等代表填写")
            return False
        return all(judged)

    def is_stale(self) -> bool:
        """Whether it was sent from a page that showed an older version of the case (one query)."""
        return StepForm(self.data, case=self.case, actor=self.actor).is_stale()

    def handled(self) -> Handled:
        """What the service takes."""
        given = {name: self.forms[name].arguments() for name in self.wanted}
        reply = given["reply"]["reply"] if "reply" in given else None
        return Handled(given.get("contact"), given.get("consult"), reply)

    def lines(self) -> list[ErrorLine]:
        """Every error, step by step."""
        return [line for name in self.wanted for line in error_lines(self.forms[name])]

    def renewed(self, case: Suggestion) -> "HandlingForm":
        """The same words, not judged, on the newest version of the case."""
        assert self.data is not None
        return HandlingForm(case, self.actor, initial=as_initial(self.data) | {"version": case.version})

    def typed(self, steps: Iterable[str] = STEPS) -> Iterator[tuple[str, str]]:
        """Label and text of those of `steps` that were begun, for a page on which they cannot be sent any more."""
        for name in steps:
            if self.is_begun(name):
                yield from self.forms[name].typed()

    def is_begun(self, name: str) -> bool:
        """Whether somebody has written something of their own into that step."""
        form = self.forms[name]
        return self.data is not None and any(
            form.fields[field].has_changed(form.fields[field].initial, self.data.get(field, ""))
            for field in BEGUN_BY[name]
        )

    @property
    def save_words(self) -> str:
        """What the button says that writes the first two steps; "" where both are done."""
        return SAVES.get(tuple(name for name in self.open if name != "reply"), "")

    def _is_wanted(self, name: str) -> bool:
        return (name != "reply" and self.is_begun(name)) if self.is_save else True
