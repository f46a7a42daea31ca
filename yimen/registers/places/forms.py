"""The shape of what is typed about places."""

import re
from collections.abc import Sequence
from datetime import time

from django import forms

from yimen.kernel.text import narrow
from yimen.registers.places.choices import (
    ChangeKind,
    DwellingKind,
    DwellingUse,
    HolidayHabit,
    SiteKind,
    Weekday,
)
from yimen.registers.places.rules.hours import Hours

MOST_OUTLINE_BYTES = 5 * 1024 * 1024
SEEN_USES = [(use.value, use.label) for use in DwellingUse if use != DwellingUse.UNCHECKED]
_STRETCH = re.compile(r"^(\d{1,2}):?(\d{2})?\s*(?:-|–|—|~|至|到)\s*(\d{1,2}):?(\d{2})?$")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class CheckForm(forms.Form):
    """What was seen at a door (上门核实)."""

    use = forms.ChoiceField(
        label="看到的使用情况",
        choices=SEEN_USES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择实际看到的使用情况。"},
    )
    verified_on = forms.DateField(
        label="核实日期",
        widget=DateInput,
        error_messages={"required": "请填写核实日期。", "invalid": "日期请写成 2026-11-20。"},
    )


class EstateForm(forms.Form):
    """An estate of a community (登记小区)."""

    name = forms.CharField(label="小区名称", max_length=60, error_messages={"required": "请填写小区名称。"})
    also = forms.CharField(
        label="口头叫法", max_length=120, required=False, help_text="居民平时怎么叫，几个叫法用空格分开"
    )
    address = forms.CharField(label="地址", max_length=120, required=False, help_text="例如：东莺路 8 号")


class LayOutForm(forms.Form):
    """A building with all its doors (整幢登记)."""

    number = forms.CharField(
        label="幢号",
        max_length=8,
        help_text="只写号码：3 或 12A",
        error_messages={"required": "请填写幢号。"},
    )
    floors = forms.IntegerField(label="地上几层", min_value=1, max_value=200)
    units = forms.IntegerField(label="几个单元", min_value=1, max_value=20, initial=1)
    rooms = forms.IntegerField(label="每单元每层几户", min_value=1, max_value=60, initial=2)
    first_floor = forms.IntegerField(
        label="从第几层起有住户",
        min_value=1,
        max_value=200,
        initial=1,
        required=False,
        help_text="底层是架空层或商铺的，填 2",
    )
    skipped = forms.CharField(
        label="没有住户的楼层", max_length=60, required=False, help_text="例如避难层：15 30，空格分开"
    )
    grid = forms.ChoiceField(label="属于哪个网格", required=False)

    def __init__(self, *args, grids: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].choices = [("", "没有划网格"), *grids]

    def clean_first_floor(self) -> int:
        return self.cleaned_data["first_floor"] or 1

    def clean_skipped(self) -> list[int]:
        typed = [part for part in re.split(r"[\s,，、]+", narrow(self.cleaned_data["skipped"])) if part]
        if not all(part.isdecimal() for part in typed):
            raise forms.ValidationError("楼层写数字，用空格分开。")
        return [int(part) for part in typed]


class DoorForm(forms.Form):
    """One more door of a building (补登一户)."""

    unit = forms.CharField(label="单元", max_length=8, required=False)
    floor = forms.IntegerField(label="楼层", min_value=-20, max_value=200)
    room = forms.CharField(label="室号", max_length=8, error_messages={"required": "请填写室号。"})
    kind = forms.ChoiceField(label="类别", choices=DwellingKind.choices)


class HeadsForm(forms.Form):
    """How many live in a collective dwelling (集体住所人数)."""

    heads = forms.IntegerField(
        label="现有人数",
        min_value=0,
        max_value=5000,
        error_messages={"required": "请填写人数。", "invalid": "人数写成数字。"},
    )
    on = forms.DateField(
        label="哪天清点的", widget=DateInput, error_messages={"invalid": "日期请写成 2026-11-20。"}
    )


class HoursForm(forms.Form):
    """The hours of a week, one line a day, and from which day they hold (开放时间)."""

    since = forms.DateField(
        label="从哪天起",
        widget=DateInput,
        help_text="此前公布的时间会保留在历史里。",
        error_messages={"required": "请填写从哪天起。", "invalid": "日期请写成 2026-11-20。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for day in Weekday:
            self.fields[f"day{day.value}"] = forms.CharField(
                label=day.label,
                required=False,
                max_length=80,
                help_text="例如 8:30-11:30 14:00-17:00；不开放就留空。" if day == Weekday.MONDAY else "",
            )

    @classmethod
    def initial_of(cls, hours: tuple[Hours, ...]) -> dict[str, str]:
        """What the fields hold for the hours of a week."""
        lines: dict[str, list[str]] = {}
        for one in hours:
            lines.setdefault(f"day{one.weekday}", []).append(f"{one.opens:%H:%M}-{one.closes:%H:%M}")
        return {name: " ".join(parts) for name, parts in lines.items()}

    def clean(self):
        cleaned = super().clean()
        hours: list[Hours] = []
        for day in Weekday:
            for part in _parts(cleaned.get(f"day{day.value}") or ""):
                stretch = _stretch(part)
                if stretch is None:
                    self.add_error(f"day{day.value}", f"“{part}”看不懂，请写成 8:30-11:30，几段之间空一格。")
                else:
                    hours.append(Hours(day.value, *stretch))
        cleaned["hours"] = hours
        return cleaned


class WindowDaysForm(forms.Form):
    """Which days of the week the window is open, with one morning and one afternoon for all of them (窗口日)."""

    days = forms.MultipleChoiceField(
        label="每周哪几天开放",
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一天。"},
    )
    morning = forms.CharField(
        label="上午", required=False, max_length=20, help_text="例如 8:30-11:30；上午不开放就留空。"
    )
    afternoon = forms.CharField(label="下午", required=False, max_length=20, help_text="例如 14:00-17:00。")
    since = forms.DateField(
        label="从哪天起",
        widget=DateInput,
        help_text="此前公布的时间会保留在历史里。",
        error_messages={"required": "请填写从哪天起。", "invalid": "日期请写成 2026-11-20。"},
    )
    why = forms.CharField(label="少于规定天数的原因", required=False, max_length=200)

    def __init__(self, *args, least: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.least = least
        self.fields["why"].help_text = f"规定每周至少 {least} 天；少于 {least} 天时必填。"

    def clean(self):
        cleaned = super().clean()
        stretches = []
        for name in ("morning", "afternoon"):
            for part in _parts(cleaned.get(name) or ""):
                stretch = _stretch(part)
                if stretch is None:
                    self.add_error(name, f"“{part}”看不懂，请写成 8:30-11:30。")
                else:
                    stretches.append(stretch)
        days = cleaned.get("days") or []
        if days and not stretches and not self.errors:
            self.add_error("morning", "上午、下午至少写一段。")
        if days and len(days) < self.least and not (cleaned.get("why") or "").strip():
            self.add_error("why", f"只选了 {len(days)} 天，少于规定的 {self.least} 天；确实需要请写明原因。")
        cleaned["hours"] = [Hours(int(day), *stretch) for day in days for stretch in stretches]
        return cleaned

    @classmethod
    def initial_of(cls, hours: Sequence[Hours], *, morning: str, afternoon: str) -> dict[str, object]:
        """What the fields hold for the hours of a week that are the same every day, else the usual ones."""
        days = sorted({one.weekday for one in hours})
        first = [
            f"{one.opens:%H:%M}-{one.closes:%H:%M}"
            for one in sorted(hours)
            if days and one.weekday == days[0]
        ]
        return {
            "days": [str(day) for day in days],
            "morning": first[0] if first else morning,
            "afternoon": first[1] if len(first) > 1 else ("" if first else afternoon),
        }


class SiteForm(forms.Form):
    """A service site as it is published (服务点)."""

    kind = forms.ChoiceField(label="类别", choices=SiteKind.choices)
    name = forms.CharField(label="名称", max_length=60)
    address = forms.CharField(label="地址", max_length=120)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    in_charge = forms.CharField(
        label="负责人", max_length=40, required=False, help_text="会公示；写姓名或岗位，不写手机号。"
    )
    holidays = forms.ChoiceField(label="节假日", choices=HolidayHabit.choices)
    latitude = forms.DecimalField(
        label="纬度",
        required=False,
        max_digits=9,
        decimal_places=6,
        help_text="WGS-84 坐标，如 29.834210。用手机卫星定位或天地图量取；百度、高德的坐标加过偏移，不要照抄。",
    )
    longitude = forms.DecimalField(
        label="经度", required=False, max_digits=9, decimal_places=6, help_text="如 121.598760。"
    )
    position_source = forms.CharField(
        label="坐标来源", max_length=60, required=False, help_text="如：2026-11-20 现场手机定位。"
    )
    size = forms.IntegerField(label="面积（平方米）", required=False, min_value=1, max_value=100000)
    origin = forms.CharField(
        label="房屋来源",
        max_length=60,
        required=False,
        help_text="例如：街道自有、小区配建移交、租用、共建单位提供。",
    )
    since = forms.DateField(label="从哪天设立", widget=DateInput)

    def __init__(self, *args, described: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if described:
            del self.fields["kind"], self.fields["since"]


class StaffForm(forms.Form):
    """Who serves at a site and for what (在岗人员)."""

    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名。"})
    duty = forms.CharField(
        label="负责什么",
        max_length=60,
        help_text="例如：服务室负责人、家庭医生、值班社工",
        error_messages={"required": "请填写负责什么。"},
    )


class PhotoForm(forms.Form):
    """A photograph of a site (现场照片)."""

    file = forms.FileField(
        label="照片",
        help_text="JPG 或 PNG；自动缩小，去掉拍摄地点。不要拍到居民的脸。",
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        error_messages={"required": "请选一张照片。"},
    )


class BookingForm(forms.Form):
    """A room kept for some hours (用房预约)."""

    day = forms.DateField(label="哪一天", widget=DateInput)
    begins = forms.TimeField(label="从", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label="到", widget=forms.TimeInput(attrs={"type": "time"}))
    purpose = forms.CharField(label="做什么用", max_length=60, help_text="写活动或会议，不写来的人。")


class CloseSiteForm(forms.Form):
    """From which day a site is closed (撤销服务点)."""

    until = forms.DateField(label="从哪天起撤销", widget=DateInput)


class OffersForm(forms.Form):
    """What a site offers, one group of choices per kind (办理内容)."""

    def __init__(self, *args, groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]], **kwargs):
        super().__init__(*args, **kwargs)
        for key, title, choices in groups:
            self.fields[key] = forms.MultipleChoiceField(
                label=title, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def offers(self) -> list[str]:
        return [offer for chosen in self.cleaned_data.values() for offer in chosen]


def _parts(text: str) -> list[str]:
    typed = narrow(text).replace("：", ":").replace(".", ":")
    return [part for part in re.split(r"[\s,，;；、]+", typed) if part]


def _stretch(text: str) -> tuple[time, time] | None:
    found = _STRETCH.match(text)
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
    except ValueError:
        return None


class ChangeForm(forms.Form):
    """A change of areas (区域调整)."""

    kind = forms.ChoiceField(
        label="怎样调整",
        choices=[one for one in ChangeKind.choices if one[0] != ChangeKind.SPLIT],
        widget=forms.RadioSelect,
    )
    old = forms.MultipleChoiceField(
        label="哪个社区（村）",
        widget=forms.CheckboxSelectMultiple,
        help_text="合并要选几个；村改社区、变更代码选一个。",
        error_messages={"required": "请选择社区（村）。"},
    )
    name = forms.CharField(
        label="新名称", max_length=60, required=False, help_text="如：××社区；变更代码不用填。"
    )
    into = forms.ChoiceField(label="或者并入现有的社区", required=False)
    official = forms.CharField(
        label="新的统计用区划代码",
        max_length=12,
        required=False,
        help_text="12 位；还没有赋码就留空，先用本系统编码。",
    )
    on = forms.DateField(label="从哪天起", widget=DateInput)
    authority = forms.CharField(label="批准机关", max_length=80, help_text="如：鄞州区人民政府。")
    number = forms.CharField(label="批准文号", max_length=60)
    assets = forms.CharField(
        label="集体资产",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="村改社区时写明集体资产由谁接管，如：由王家股份经济合作社管理，清单存街道经发办。",
    )

    def __init__(self, *args, areas: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].choices = list(areas)
        self.fields["into"].choices = [("", "（不并入）"), *areas]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == ChangeKind.CONVERT and not cleaned.get("assets"):
            self.add_error("assets", "村改社区要写明集体资产由谁接管；没有集体资产就写“无”。")
        return cleaned


class OutlineForm(forms.Form):
    """A GeoJSON file with outlines of areas and positions of buildings (区域轮廓)."""

    file = forms.FileField(
        label="图形文件",
        help_text="GeoJSON（.geojson、.json），WGS-84 经纬度，最大 5 MB。面写明 code 或 name，点写明 小区 和 幢号。",
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        error_messages={"required": "请选一个图形文件。", "empty": "这个文件是空的。"},
    )
    since = forms.DateField(label="从哪天起", widget=DateInput)
    source = forms.CharField(
        label="来源", max_length=60, required=False, help_text="例如：2026 年网格划分方案附图。"
    )

    def clean_file(self):
        given = self.cleaned_data["file"]
        if given.size > MOST_OUTLINE_BYTES:
            raise forms.ValidationError("文件超过 5 MB，请分几个文件上传，或减少描边的点。")
        return given


class SplitForm(forms.Form):
    """A community is divided by its grids (拆分社区)."""

    first = forms.CharField(
        label="第一个新社区的名称",
        max_length=60,
        help_text="没有划入网格的房屋、单位和服务点归它。",
        error_messages={"required": "请填写第一个新社区的名称。"},
    )
    second = forms.CharField(
        label="第二个新社区的名称", max_length=60, error_messages={"required": "请填写第二个新社区的名称。"}
    )
    on = forms.DateField(label="从哪天起", widget=DateInput)
    authority = forms.CharField(label="批准机关", max_length=80, help_text="如：鄞州区人民政府。")
    number = forms.CharField(label="批准文号", max_length=60)

    def __init__(self, *args, grids: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.grids = {f"grid-{code}": code for code, _ in grids}
        for code, name in grids:
            self.fields[f"grid-{code}"] = forms.ChoiceField(
                label=name,
                choices=[("0", "归第一个"), ("1", "归第二个")],
                widget=forms.RadioSelect,
                error_messages={"required": f"请选择{name}归哪一个。"},
            )

    def told(self) -> dict:
        """What the operation wants to know."""
        given = self.cleaned_data
        return {
            "names": [given["first"], given["second"]],
            "grids": {code: int(given[name]) for name, code in self.grids.items()},
            **{key: given[key] for key in ("on", "authority", "number")},
        }
