"""The shapes of what is typed at the door."""

from django import forms


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
