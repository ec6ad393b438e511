"""Forms of login and of account administration."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import lazystr

from accounts.enums import AuditAction, Role
from accounts.models import Organization, User
from accounts.services import NewAccount


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
