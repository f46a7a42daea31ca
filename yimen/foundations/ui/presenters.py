"""The made-up content of the component gallery (组件样例): long names, many states, nothing real."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from yimen.foundations.ui.forms import SampleForm
from yimen.foundations.ui.templatetags.ui import ICONS

LONG_NAME = "阿卜杜热合曼·阿卜杜克热木·买买提明"
TONES = (
    ("neutral", "已归档"),
    ("info", "办理中"),
    ("good", "已办结"),
    ("warn", "今天到期"),
    ("late", "超期 3 天"),
)


@dataclass(frozen=True)
class SampleRow:
    """One made-up case."""

    number: str
    name: str
    where: str
    matter: str
    state: str
    tone: str
    due_on: date
    money: int
    mine: bool


@dataclass(frozen=True)
class Gallery:
    """Everything the gallery shows."""

    samples: Any
    empty: Any
    form: SampleForm
    wrong: SampleForm
    today: date
    people: list[SimpleNamespace]
    story: list[dict[str, Any]]
    steps: list[dict[str, str]]
    tabs: list[dict[str, Any]]
    tones: tuple[tuple[str, str], ...]
    icons: list[str]


def sample_rows(today: date) -> list[SampleRow]:
    """Fourteen cases; one with a long name, one without money."""
    states = (("已超期", "late"), ("办理中", "info"), ("待受理", "warn"), ("已办结", "good"))
    matters = ("临时救助", "生育登记", "困难残疾人生活补贴和重度残疾人护理补贴资格认定申请", "高龄津贴")
    made = []
    for number in range(14):
        state, tone = states[number % 4]
        made.append(
            SampleRow(
                number=f"SL{number + 1:04d}",
                name=LONG_NAME if number == 2 else ("张伟", "王秀兰", "欧阳志远", "李娜")[number % 4],
                where=f"东莺社区 {number + 3} 幢 {number % 6 + 1}01 室",
                matter=matters[number % 4],
                state=state,
                tone=tone,
                due_on=today + timedelta(days=number - 3),
                money=0 if number == 5 else 800 + number * 135,
                mine=number % 3 == 0,
            )
        )
    return made


def gallery(*, at: datetime, today: date, samples: Any, empty: Any) -> Gallery:
    """The page of the gallery around its two lists."""
    mistaken = {"name": "", "birth_on": "2026-13-40", "phone": "138", "told": "call"}
    wrong = SampleForm(mistaken, auto_id="id_wrong_%s")
    person = {
        "sex": "女",
        "age": 78,
        "id_tail": "4528",
        "address": "东莺社区 12 幢 302 室",
        "householder": "陈建国",
        "phone_tail": "6603",
    }
    return Gallery(
        samples=samples,
        empty=empty,
        form=SampleForm(initial={"phone": "13800138000"}),
        wrong=wrong,
        today=today,
        people=[
            SimpleNamespace(name="王秀兰", **person),
            SimpleNamespace(name=LONG_NAME, **{**person, "sex": "男", "age": 3}),
            SimpleNamespace(name="张伟", **person, died_on=today),
        ],
        story=[
            {
                "title": "受理",
                "text": "窗口收件 4 份，已当面核对原件。",
                "at": at - timedelta(days=3),
                "by": "王秀兰",
                "icon": "clipboard-check",
            },
            {
                "title": "退回补正",
                "text": "缺少三级医院出具的费用结算单。",
                "at": at - timedelta(days=2),
                "by": "陈科长",
                "tone": "warn",
                "icon": "arrow-back-up",
            },
            {
                "title": "超过承诺期限",
                "at": at - timedelta(days=1),
                "by": "系统",
                "tone": "late",
                "icon": "clock",
            },
            {
                "title": "办结",
                "text": "准予救助 1,200.00 元。",
                "at": at,
                "by": "周主任",
                "tone": "good",
                "icon": "check",
                "url": "#",
            },
        ],
        steps=[
            {"label": "找到人", "state": "done"},
            {"label": "选事项", "state": "current", "hint": "按居民的说法找"},
            {"label": "核对并受理", "state": "todo"},
        ],
        tabs=[
            {"label": "待我办理", "url": "#", "current": True, "count": 12},
            {"label": "我经办的", "url": "#", "current": False, "count": 128},
            {"label": "全部", "url": "#", "current": False},
        ],
        tones=TONES,
        icons=sorted(file.stem for file in ICONS.glob("*.svg")),
    )
