"""The words of the office in one bulletin."""

from typing import Any

from django import forms

from reports.models import BulletinText


class BulletinTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every field may stay empty: the paper then writes its own words. `version` is what the page was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages={"required": "请重新打开这一页"})

    class Meta:
        model = BulletinText
        fields = ("intro", "problems", "requirements", "copies", "version")
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 4}),
            "problems": forms.Textarea(attrs={"rows": 6}),
            "requirements": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "intro": "不写就用“现将……通报如下”",
            "problems": "接在自动列出的问题后面，一行一段，不要写群众的姓名和电话",
            "requirements": "一行一段；不写就用通用的三条要求",
            "copies": "不写就用默认的抄送单位",
        }
        error_messages = {
            "intro": {"max_length": "导语最多 600 字，请精简"},
            "problems": {"max_length": "存在问题最多 1500 字，请精简"},
            "requirements": {"max_length": "工作要求最多 1500 字，请精简"},
            "copies": {"max_length": "抄送最多 120 字，请精简"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
