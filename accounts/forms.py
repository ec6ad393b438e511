"""Forms of login and of account administration."""

from typing import Any, Self

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import lazystr

from accounts.enums import AuditAction, Role
from accounts.models import ImportRun, Organization, SavedView, User
from accounts.querysets import ImportRunQuerySet
from accounts.services import NewAccount
from sheets.resource import Outcome


class LoginForm(AuthenticationForm):
    """The same words for a wrong name and a wrong password: nobody learns which accounts exist."""

    error_messages = {
        "invalid_login": lazystr("用户名或密码不对，请核对后再输。"),
        "inactive": lazystr("用户名或密码不对，请核对后再输。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "用户名"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label}"


class UserFilterForm(forms.Form):
    q = forms.CharField(label="搜索用户名或姓名", max_length=40, required=False)
    role = forms.ChoiceField(label="角色", choices=[("", "全部"), *Role.choices], required=False)


class AuditFilterForm(forms.Form):
    q = forms.CharField(label="搜索操作人或对象", max_length=40, required=False)
    action = forms.ChoiceField(label="动作", choices=[("", "全部"), *AuditAction.choices], required=False)


class GrantForm(forms.Form):
    """A role in one of the organisations the administrator sees."""

    role = forms.ChoiceField(label="角色", choices=Role.choices, error_messages={"required": "请选择角色"})
    organization = forms.ModelChoiceField(
        label="组织",
        queryset=Organization.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择在哪个组织担任", "invalid_choice": "没有这个组织，请重新选择"},
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.visible_to(actor).active()


class AccountForm(GrantForm):
    """A new account begins with one role, otherwise nobody could see it."""

    username = forms.RegexField(
        label="用户名",
        regex=r"^[a-z0-9][a-z0-9_.-]{2,29}$",
        help_text="3–30 位小写字母、数字，登录时使用",
        error_messages={"required": "请填写用户名", "invalid": "用户名要用 3–30 位小写字母或数字"},
    )
    name = forms.CharField(label="姓名", max_length=30, error_messages={"required": "请填写姓名"})
    phone = forms.CharField(label="手机", max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    password = forms.CharField(
        label="初始密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位，请当面告知本人",
        error_messages={"required": "请填写初始密码"},
    )
    field_order = ["username", "name", "phone", "role", "organization", "password"]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError("这个用户名已有人使用，请换一个")
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    @property
    def account(self) -> NewAccount:
        """The cleaned data as the service takes it."""
        return NewAccount(**self.cleaned_data)


class SheetForm(forms.Form):
    """A workbook to be checked; `mended` is the run whose refused rows it corrects, if any."""

    file = forms.FileField(
        label="Excel 文件（.xlsx）",
        help_text="不超过 10 MB、20000 行",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请选择要导入的文件", "empty": "文件是空的，请重新选择"},
    )
    mended = forms.ModelChoiceField(
        queryset=ImportRun.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "原来的文件已过期或已导入，请上传完整的文件"},
    )

    def __init__(self, *args: Any, mendable: ImportRunQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mended"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mendable


class PreferencesForm(forms.Form):
    """What each person settles for themselves."""

    uses_shortcuts = forms.BooleanField(
        label="使用单键快捷键",
        required=False,
        help_text="用 /、n、g s、j、k、a 等键操作，按 ? 看说明。使用读屏软件或语音输入时，可以关闭",
    )


class ViewNameForm(forms.Form):
    """What somebody calls the conditions they keep."""

    name = forms.CharField(
        label="视图名称",
        max_length=20,
        help_text="例如：曲塘镇逾期的道路建议",
        error_messages={"required": "请填写视图名称", "max_length": "视图名称最多 20 字，请精简"},
    )

    @classmethod
    def showing(cls, view: SavedView, data: Any = None) -> Self:
        """The form of one of many views on a page, with ids of its own."""
        return cls(data, initial={"name": view.name}, auto_id=f"%s-{view.pk}")


class ReasonForm(forms.Form):
    """Why many rows leave the system."""

    reason = forms.CharField(
        label="导出事由",
        max_length=200,
        help_text="超过 1000 行请写明用途，写入审计日志和导出条件",
        error_messages={"required": "请填写导出事由"},
    )


class RevealForm(forms.Form):
    """Why somebody wants to know who a petitioner or visitor is."""

    reason = forms.CharField(
        label="查看事由",
        max_length=200,
        help_text="写入审计日志，例如：电话联系来访人核实地点",
        error_messages={"required": "请写明为什么要查看", "max_length": "查看事由最多 200 字，请精简"},
    )


class FindingFilterForm(forms.Form):
    """Which rows of a checked sheet are shown."""

    outcome = forms.ChoiceField(choices=[(outcome.value, outcome.value) for outcome in Outcome], required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class UnitFilterForm(forms.Form):
    """Which units are shown; towns are those of the user's counties."""

    q = forms.CharField(label="搜索名称、拼音或首字母", max_length=40, required=False)
    town = forms.ModelChoiceField(
        label="代表队", queryset=Organization.objects.none(), required=False, empty_label="全部"
    )
    state = forms.ChoiceField(
        label="状态", choices=[("", "全部"), ("active", "在用"), ("inactive", "已停用")], required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["town"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organization.objects.visible_to(user).delegations()
