"""The form of a reply template."""

from typing import Any

from django import forms

from suggestions.models import ReplyTemplate
from suggestions.reply_texts import BLANKS, unknown_blanks


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """Category, name, text; the county is the office's own. The same name twice in a category is refused."""

    class Meta:
        model = ReplyTemplate
        fields = ("category", "name", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "category": "“其他”里的模板，每一类都能用",
            "text": "可以留这些填空，选用时自动填上：" + "".join(f"{{{name}}}" for name in BLANKS),
        }
        error_messages = {
            "name": {"required": "请填写名称", "max_length": "名称最多 40 字，请精简"},
            "text": {"required": "请填写内容", "max_length": "内容最多 2000 字，请精简"},
        }

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if unknown := unknown_blanks(text):
            raise forms.ValidationError(f"没有“{{{unknown[0]}}}”这个填空，请改成列出的几个，或去掉花括号")
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = ReplyTemplate.objects.filter(county=self.instance.county_id).exclude(pk=self.instance.pk)
        if same.filter(category=cleaned.get("category"), name=cleaned.get("name")).exists():
            self.add_error("name", "这个类别已有同名的模板，请换个名称")
        return cleaned
