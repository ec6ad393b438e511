"""Which columns of the case list somebody wants to see."""

from typing import Any, Self

from django import forms

from suggestions.columns import CHOICES, Layout


class LayoutForm(forms.Form):
    """The first column, which names the case, cannot be left out and is not asked for."""

    columns = forms.MultipleChoiceField(
        label="显示的列",
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "没有“%(value)s”这一列，请重新选择"},
    )
    is_dense = forms.BooleanField(label="行距紧凑，一屏多看几行", required=False)
    query = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)

    @classmethod
    def showing(cls, layout: Layout, query: str) -> Self:
        """Ticked as the list is now; afterwards it opens again at `query`."""
        initial: dict[str, Any] = {"columns": layout.keys, "is_dense": layout.is_dense, "query": query}
        return cls(initial=initial, auto_id="layout-%s")
