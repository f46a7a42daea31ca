"""The shapes of what is typed at the door."""

import json

from django import forms

DAY = {"required": "请填写日期。", "invalid": "日期请写成 2026-11-20。"}
MISSING = "没有收到设备的回答。通行密钥要浏览器开启脚本，请再试一次。"


class SignInForm(forms.Form):
    username = forms.CharField(
        label="登录名",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
        error_messages={"required": "请输入登录名。"},
    )
    password = forms.CharField(
        label="口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请输入口令。"},
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="现在的口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请输入现在的口令。"},
    )
    new = forms.CharField(
        label="新口令",
        max_length=128,
        strip=False,
        help_text="至少 10 个字符；大写字母、小写字母、数字、符号中至少三种；不含登录名和姓名。",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请输入新口令。"},
    )
    again = forms.CharField(
        label="再输一次新口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请再输一次新口令。"},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新口令不一样。")
        return cleaned


class CodeForm(forms.Form):
    """A one-time code, or a recovery code instead (动态口令、恢复码)."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="手机上显示的 6 位数字；手机不在身边，可输入 10 位恢复码，用一个少一个。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        error_messages={"required": "请输入动态口令。"},
    )


class FirstCodeForm(forms.Form):
    """The first code of a phone (启用动态口令)."""

    code = forms.CharField(
        label="手机上现在显示的 6 位数字",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "请输入手机上的 6 位数字。"},
    )


class PasswordAgainForm(forms.Form):
    """The password once more (再验口令)."""

    password = forms.CharField(
        label="现在的口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请输入现在的口令。"},
    )


class RemoveForm(PasswordAgainForm):
    """Password and code, to do without the second factor again (停用第二因素)."""

    code = forms.CharField(
        label="动态口令或恢复码",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "请输入动态口令。"},
    )


class NameForm(forms.Form):
    """What a passkey is called (通行密钥名称)."""

    name = forms.CharField(
        label="给它起个名字",
        max_length=40,
        help_text="以后认得出是哪一台，如：办公室电脑、我的手机。",
        error_messages={"required": "请起个名字，如：办公室电脑。"},
    )


class NewPasskeyForm(PasswordAgainForm, NameForm):
    """A new passkey: its name and the password, then the device is asked (添加通行密钥)."""

    field_order = ("name", "password")


class AnswerForm(forms.Form):
    """What a device answered, written by the page's script (设备的回答)."""

    answer = forms.CharField(max_length=20_000, error_messages={"required": MISSING, "max_length": MISSING})

    def clean_answer(self):
        try:
            found = json.loads(self.cleaned_data["answer"])
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(MISSING)
        return found


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DeputyForm(forms.Form):
    """Who stands in, from when to when, and why (临时代理)."""

    grant = forms.ChoiceField(label="代理哪个角色", error_messages={"required": "请选择角色。"})
    deputy = forms.ChoiceField(
        label="由谁代理",
        help_text="本街道有角色的同事。",
        error_messages={"required": "请选择同事。", "invalid_choice": "请在本街道的同事中选择。"},
    )
    since = forms.DateField(label="从哪天起", widget=DateInput, error_messages=DAY)
    last = forms.DateField(label="最后一天（含当天）", widget=DateInput, error_messages=DAY)
    reason = forms.CharField(
        label="事由",
        max_length=120,
        help_text="两个人都看得到，也记入操作留痕，如：年休假、培训。",
        error_messages={"required": "请写明事由，如：年休假。"},
    )

    def __init__(self, *args, roles: list[tuple[str, str]], colleagues: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grant"].choices = roles if len(roles) == 1 else [("", "请选择"), *roles]
        self.fields["deputy"].choices = [("", "请选择"), *colleagues]
