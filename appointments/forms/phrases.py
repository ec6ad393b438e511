"""The county's own phrases of one category: one a line."""

from typing import Any

from django import forms

from appointments.enums import Category, PhraseField

LONGEST, MOST = 40, 12


class LinesField(forms.CharField):
    """Lines as a list, without empty and repeated ones."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 8}), **kwargs)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if too_long := next((line for line in found if len(line) > LONGEST), ""):
            raise forms.ValidationError(f"“{too_long[:10]}…”超过 {LONGEST} 字，请写短一些")
        if len(found) > MOST:
            raise forms.ValidationError(f"一类最多 {MOST} 条，现在是 {len(found)} 条，请删去几条")
        return found


class PhrasesForm(forms.Form):
    matter = LinesField(label="反映事项", help_text="一行一条，每条 40 字以内；清空并保存就恢复系统自带的")
    answer = LinesField(label="答复情况", help_text="一行一条，每条 40 字以内")

    @property
    def texts(self) -> dict[PhraseField, list[str]]:
        """As the service takes them."""
        return {PhraseField.MATTER: self.cleaned_data["matter"], PhraseField.ANSWER: self.cleaned_data["answer"]}


def category_of(text: str) -> Category:
    """The category an address asks for; the first one for anything else."""
    return Category(text) if text in Category.values else Category.ROADS
