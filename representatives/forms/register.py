"""The full record of a representative."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.conditions import day_field
from accounts.models import Organization, User
from representatives.enums import Gender, Level
from representatives.forms.term import term_field
from representatives.forms.widgets import MobileField, PairOfSelects, by_delegation
from representatives.models import Representative
from representatives.rules import certificate_problem, owned_studio_problem, studios_problem
from representatives.services import RepresentativeEntry
from studios.enums import StudioKind, StudioStatus
from studios.models import Studio

ADULT = 18


def _text(label: str, limit: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=limit,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label}最多 {limit} 字，请精简"},
    )


def _one_of(sentence: str) -> dict[str, str]:
    return {"required": sentence, "invalid_choice": sentence}


class RepresentativeForm(forms.Form):
    """`actor` decides which delegations are offered; `person` is the record being corrected, None for a new one."""

    name = forms.CharField(label="姓名", max_length=30, error_messages={"required": "请填写姓名"})
    gender = forms.ChoiceField(
        label="性别", choices=Gender.choices, widget=forms.RadioSelect, error_messages=_one_of("请选择性别")
    )
    birth_date = day_field("出生日期")
    ethnic_group = forms.CharField(
        label="民族", max_length=20, initial="汉族", error_messages={"required": "请填写民族，如“汉族”"}
    )
    photo = forms.FileField(
        label="照片",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPG、PNG 或 WebP，10 MB 以内；不选就保留原来的",
    )
    certificate_no = forms.RegexField(
        label="代表证号",
        regex=r"^[0-9A-Za-z-]{1,24}$",
        help_text="全县不重复",
        error_messages={"required": "请填写代表证号", "invalid": "代表证号只能是数字、字母和“-”，最多 24 位"},
    )
    term = term_field()
    level = forms.ChoiceField(
        label="层级", choices=Level.choices, widget=forms.RadioSelect, error_messages=_one_of("请选择层级")
    )
    delegation = forms.ModelChoiceField(
        label="代表队",
        queryset=Organization.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择代表队", "invalid_choice": "只能登记本代表队的党代表，请重新选择"},
    )
    electing_unit = forms.CharField(label="选举单位", max_length=60, required=False)
    position = forms.CharField(label="职务", max_length=60, required=False)
    phone = MobileField(label="手机", required=False, help_text="只给办公室、领导和联络员看，不公开")
    studios = forms.ModelMultipleChoiceField(
        label="工作室",
        queryset=Studio.objects.none(),
        widget=PairOfSelects,
        help_text="一至两个，选本代表队或县里的工作室",
        error_messages={"required": "请选择所在的工作室，至少一个", "invalid_choice": "没有这个工作室，请重新选择"},
    )
    owned_studio = forms.ModelChoiceField(
        label="个人工作室（本人是主人）",
        queryset=Studio.objects.none(),
        required=False,
        empty_label="没有",
        error_messages={"invalid_choice": "没有这个个人工作室，请重新选择"},
    )
    public_bio = _text("公开简介", 300, 3)
    bio = _text("个人简历", 2000, 6)

    def __init__(self, *args: Any, actor: User, person: Representative | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        delegations = Organization.objects.registered_by(actor).active()
        counties = delegations.values("county")
        reach = Q(delegation__in=delegations) | Q(kind=StudioKind.COUNTY, county__in=counties)
        own = person.studios.values("pk") if person else []
        in_use = ~Q(status=StudioStatus.CLOSED) | Q(pk__in=own)
        studios = Studio.objects.visible_to(actor).filter(reach, in_use).select_related("delegation")
        ordered = studios.order_by("delegation__code", "code")
        self._offer("delegation", delegations)
        self._offer("studios", ordered).widget.choices = by_delegation(ordered)
        self._offer("owned_studio", ordered.filter(kind=StudioKind.PERSONAL))
        if len(delegations) == 1:
            self.fields["delegation"].initial = delegations[0].pk

    def clean_birth_date(self) -> date | None:
        born, today = self.cleaned_data["birth_date"], timezone.localdate()
        if born and (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < ADULT:
            raise forms.ValidationError(f"党代表要年满 {ADULT} 周岁，请核对出生日期")
        return born  # type: ignore[no-any-return]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        delegation = cleaned.get("delegation")
        if delegation is None:
            return cleaned
        problems: dict[str, Callable[[Any], str]] = {
            "certificate_no": lambda number: certificate_problem(delegation.county_id, number, self.person),
            "studios": lambda chosen: studios_problem(delegation, chosen),
            "owned_studio": lambda studio: owned_studio_problem(delegation, studio, self.person),
        }
        for name, problem in problems.items():
            if name in cleaned and (sentence := problem(cleaned[name])):
                self.add_error(name, sentence)
        return cleaned

    @property
    def entry(self) -> RepresentativeEntry:
        """The cleaned data as the service takes it."""
        return RepresentativeEntry(
            **{name: self.cleaned_data[name] for name in RepresentativeEntry.__dataclass_fields__}
        )

    def _offer(self, name: str, queryset: Any) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
        return field


def initial_of(person: Representative) -> dict[str, Any]:
    """What the form of an existing record begins with."""
    columns = set(RepresentativeEntry.__dataclass_fields__) - {"studios", "delegation", "owned_studio"}
    return {name: getattr(person, name) for name in columns} | {
        "delegation": person.delegation_id,
        "owned_studio": person.owned_studio_id,
        "studios": list(person.studios.values_list("pk", flat=True)),
    }
