"""The form of the component gallery."""

from django import forms


class SampleForm(forms.Form):
    """One field of each kind (组件样例表)."""

    name = forms.CharField(
        label="姓名", max_length=40, help_text="按身份证上的写法填写，少数民族姓名的间隔点用“·”。"
    )
    phone = forms.CharField(label="联系电话", required=False)
    birth_on = forms.DateField(
        label="出生日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reason = forms.CharField(
        label="困难原因", widget=forms.Textarea(attrs={"rows": 3}), help_text="写清何时、何事、花费多少。"
    )
    kind = forms.ChoiceField(
        label="居住类型",
        choices=[("", "请选择"), ("own", "自有住房"), ("rent", "租住"), ("dorm", "单位宿舍")],
    )
    told = forms.ChoiceField(
        label="怎样告诉您结果",
        widget=forms.RadioSelect,
        choices=[("call", "打电话"), ("sms", "发短信"), ("door", "上门告知"), ("daughter", "告诉女儿")],
    )
    papers = forms.MultipleChoiceField(
        label="已核对的原件",
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("id", "居民身份证"),
            ("book", "户口簿"),
            ("bill", "三级医院出具的住院费用结算单据原件及清单"),
        ],
        required=False,
    )
    scan = forms.FileField(
        label="上传材料", required=False, help_text="可传 PDF、JPG、PNG，每份不超过 10 MB。"
    )
    agreed = forms.BooleanField(label="我已阅读告知书，同意核对家庭经济状况")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].source = "来自居民档案 2026年3月2日"
