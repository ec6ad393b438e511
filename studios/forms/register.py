"""How a studio is registered and corrected: each kind is asked for its own fields, liaisons for a few."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from accounts.models import Organization, User
from accounts.phones import PhoneField
from accounts.querysets import OrganizationQuerySet
from studios.enums import StudioKind, StudioStatus
from studios.models import Studio, StudioStandard
from studios.permissions import candidates_for
from studios.services.register import COLUMNS, TENDED
from studios.standards import LEAST_AREA

SECTIONS = (
    ("基本情况", ("code", "name", "status", "village", "address", "phone", "liaisons")),
    ("场地", ("area", "shared_with")),
    ("公开展示", ("personal_statement", "service_promise")),
    ("挂牌", ("plaque_on", "photo")),
)
ALONE = "县党代表工作室要独立设置。确实与别处合用的请如实填写，会显示为不达标"
SHARED = "可以与综合服务室、信访接待室等联建共用；单独使用就留空"
NO_LIAISON = "本代表队还没有“工作室联络员”账号，请系统管理员先开通，再到这里选"


def _line(label: str, limit: int, required: str = "", **kwargs: Any) -> forms.CharField:
    messages = {"max_length": f"{label}最多 {limit} 字，请精简", "required": required}
    return forms.CharField(
        label=label, max_length=limit, required=bool(required), error_messages=messages, strip=True, **kwargs
    )


def _words(label: str, help_text: str) -> forms.CharField:
    return _line(label, 300, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text)


class StartForm(forms.Form):
    """Which kind of studio is registered, and where; both decide what is asked next."""

    kind = forms.ChoiceField(
        label="类别",
        choices=StudioKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择工作室的类别", "invalid_choice": "没有这个类别，请重新选择"},
    )
    delegation = forms.ModelChoiceField(
        label="代表队",
        queryset=Organization.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择代表队", "invalid_choice": "没有这个代表队，请重新选择"},
    )

    def __init__(self, *args: Any, places: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["delegation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = places
        if places.count() == 1:
            field.empty_label = None


class TendForm(forms.Form):
    """What the liaisons of a studio keep up to date themselves."""

    address = _line("地址", 120)
    phone = PhoneField(label="电话", required=False)
    photo = forms.FileField(
        label="挂牌照片",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text="拍照或从相册选，10 MB 以内",
        error_messages={"empty": "这张照片是空的，请重新选择", "max_length": "照片的文件名太长，请改短再传"},
    )

    def __init__(self, data: Any, files: Any, *, studio: Studio, initial: dict[str, Any]) -> None:
        self.studio = studio
        names = [name for _title, group in SECTIONS for name in group]
        written = {name: getattr(studio, name) for name in names if name in {*COLUMNS[studio.kind], "status"}}
        super().__init__(data, files, initial=written | initial)

    @property
    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings, without empty ones."""
        for title, names in SECTIONS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield title, fields

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the studio as they were typed."""
        return {name: self.cleaned_data[name] for name in TENDED}


class StudioForm(TendForm):
    """The whole record of one kind of studio, for offices."""

    code = _line("编号", 20, "请填写编号", help_text="已按本代表队的编号排出下一个，可以改")
    name = _line("名称", 60, "请填写名称")
    status = forms.ChoiceField(
        label="状态",
        choices=[(status.value, status.label) for status in (StudioStatus.ACTIVE, StudioStatus.PREPARING)],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择筹建还是启用"},
    )
    village = _line("村（社区）", 40)
    area = forms.DecimalField(
        label="面积（平方米）",
        required=False,
        max_digits=6,
        decimal_places=1,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        error_messages={
            "invalid": "面积请填数字，如 18.5",
            "min_value": "面积至少 1 平方米，请核对",
            "max_digits": "面积太大，请核对",
            "max_whole_digits": "面积太大，请核对",
            "max_decimal_places": "面积只写到小数点后一位",
        },
    )
    shared_with = _line("联建共用", 40)
    personal_statement = _words("个人感言", "公开展示在工作室和网页上")
    service_promise = _words("服务承诺", "公开展示在工作室和网页上")
    liaisons = forms.ModelMultipleChoiceField(
        label="联络员",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有一位不是本代表队的联络员，请重新选择"},
    )
    plaque_on = forms.DateField(
        label="挂牌日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "挂牌日期请按“2026-11-24”填写"},
    )

    def __init__(self, data: Any, files: Any, *, studio: Studio, initial: dict[str, Any]) -> None:
        if studio.pk:
            initial = {"liaisons": [person.pk for person in studio.liaisons.all()]} | initial
        super().__init__(data, files, studio=studio, initial=initial)
        self._keep({*COLUMNS[studio.kind], "photo", "liaisons", *(() if studio.pk else ("status",))})
        self._explain_space()
        self._choose_among(candidates_for(studio))
        if studio.pk:
            self.fields["code"].help_text = ""

    def clean_plaque_on(self) -> Any:
        day, today = self.cleaned_data["plaque_on"], timezone.localdate()
        if day and day > today:
            raise forms.ValidationError(f"挂牌日期不能晚于今天({today.month}月{today.day}日)")
        return day

    @property
    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in COLUMNS[self.studio.kind]}

    def _keep(self, names: Iterable[str]) -> None:
        for name in set(self.fields) - set(names):
            del self.fields[name]

    def _explain_space(self) -> None:
        kind = StudioKind(self.studio.kind)
        if kind not in LEAST_AREA:
            return
        standard = StudioStandard.objects.in_force(self.studio.county, timezone.localdate())
        least = getattr(standard, LEAST_AREA[kind])
        self.fields["area"].help_text = f"要求不少于 {float(least):g} 平方米；不足也能保存，会显示为不达标"
        self.fields["shared_with"].help_text = ALONE if kind == StudioKind.COUNTY else SHARED

    def _choose_among(self, people: Any) -> None:
        field = self.fields["liaisons"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = people
        if not people.exists():
            field.help_text = NO_LIAISON


class StatusForm(forms.Form):
    """Preparing, opening or closing a studio."""

    to_status = forms.ChoiceField(
        label="改为",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择新的状态", "invalid_choice": "这个状态不能选，请刷新后再办"},
    )
    on = forms.DateField(
        label="自哪天起",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期", "invalid": "日期请按“2026-11-24”填写"},
    )
    reason = _line("原因", 200, "请写明变更的原因", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, studio: Studio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_status"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in StudioStatus.choices if choice[0] != studio.status]
        self.fields["on"].initial = timezone.localdate
