"""Why somebody wants to know the petitioner."""

from django import forms


class RevealForm(forms.Form):
    reason = forms.CharField(
        label="查看事由",
        max_length=200,
        help_text="写入审计日志，例如：电话联系来访人核实地点",
        error_messages={"required": "请写明为什么要查看", "max_length": "查看事由最多 200 字，请精简"},
    )
