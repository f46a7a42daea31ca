"""The other matters of the demo: who comes, what she says and brings, and what becomes of it (其余事项)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from yimen.kernel.clock import day_of

Answers = Callable[[Random, datetime], dict[str, Any]]
SEEN = {"identity": "seen"}


@dataclass(frozen=True)
class Kind:
    """One matter: how often within the two months, who comes for it, what is answered and shown, and which way it goes.

    ``who`` names a list of `Neighbours`. ``course``: ``at_once`` is over on the spot, ``street`` goes up to be decided,
    the others have a chapter of their own (`engine/courses.py`).
    """

    matter: str
    times: int
    who: str
    course: str
    answers: Answers
    papers: dict[str, str]
    amounts: tuple[int, ...] = ()
    result: str = ""


def _year_ahead(rng: Random, at: datetime) -> str:
    return (day_of(at) + timedelta(days=rng.randrange(300, 2500))).isoformat()


def _days_back(rng: Random, at: datetime, first: int, last: int) -> str:
    return (day_of(at) - timedelta(days=rng.randrange(first, last))).isoformat()


ISSUES = (
    ("facilities", "演示路 {} 号门口", "路灯不亮三天了，晚上走路看不清。"),
    ("facilities", "演示路 {} 号路口", "窨井盖翘起来，电瓶车轧上去很响。"),
    ("environment", "{} 幢垃圾房", "垃圾满出来了，没有人清运。"),
    ("fire_safety", "{} 幢消防通道", "消防通道停了三辆车，出不去。"),
    ("order", "{} 幢前面绿地", "有人晚上九点以后唱卡拉OK。"),
    ("property", "{} 幢电梯", "电梯一周停了两次，老人下不了楼。"),
    ("public_health", "{} 幢下水道", "下水道堵了，一楼返水。"),
)
VISITS = (
    ("request", "楼上卫生间漏水两个月，物业说管不了，想请社区帮忙协调。", "修好，把天花板恢复原样"),
    ("idea", "小区门口早高峰堵，建议错开接送时间，或者画一条即停即走线。", ""),
    ("request", "加装电梯，一楼不同意，想知道该怎么走程序。", "有人来讲讲政策"),
    ("idea", "活动室晚上六点就关门，上班的人用不上。", "周三周五开到八点"),
    ("request", "广场舞声音太大，孩子写不了作业。", "早一点结束，声音小一点"),
)
GROUPS = (
    ("夕阳红合唱队", "culture", "每周二、周四下午一起唱歌，逢节日到小区里演出。"),
    ("巧手编织小组", "mutual", "互相教编织，给独居老人织围巾。"),
    ("邻里互助队", "service", "帮行动不便的邻居买菜、取药、陪医院。"),
    ("老娘舅调解小组", "rights", "邻里有小摩擦，先坐下来说说话。"),
    ("健步走队", "culture", "每天早上一起走五公里。"),
)
QUARRELS = (
    (
        "neighbours",
        "楼上住户",
        "阳台滴水，晾的被子湿了三回，两家吵过两次。",
        "把滴水的管子接好，说一声对不起",
    ),
    ("property", "演示苑物业", "车库漏水泡了一箱书，物业说要等雨停再看。", "赔一部分，把漏的地方补上"),
    ("family", "弟弟", "老人住院谁陪、钱怎么摊，兄弟说不拢。", "轮流陪，费用对半"),
)
WANTS = ("办高龄津贴", "办临时救助，讲不清楚要带什么", "社保卡丢了，想问怎么补", "办养老服务消费券")
NEEDS = (["living", "medical"], ["education"], ["living", "jobs"], ["medical"], ["housing", "jobs"])

KINDS = (
    Kind(
        "volunteer_registration", 16, "adults", "at_once",
        lambda rng, at: {
            "wishes": rng.sample(["elders", "children", "environment", "culture", "safety", "repair"], 2),
            "times": rng.sample(["workday", "evening", "weekend"], 1), "minor": False,
        },
        SEEN,
    ),
    Kind(
        "one_child_certificate", 9, "old", "at_once",
        lambda rng, at: {"want": "find", "has_paper": True, "issued_in": rng.randrange(1981, 1996), "remember": True},
        {"identity": "seen", "certificate": "seen"},
    ),
    Kind(
        "high_age_allowance", 14, "elders", "street",
        lambda rng, at: {"elsewhere": False, "by_agent": False}, SEEN, (8_000, 10_000, 15_000),
    ),
    Kind(
        "elder_voucher", 9, "old", "street",
        lambda rng, at: {
            "level": rng.choice(["moderate", "severe"]), "assessed_on": _days_back(rng, at, 5, 90),
            "help_online": True, "by_agent": False,
        },
        {"identity": "seen", "assessment": "seen"},
    ),
    Kind(
        "disability_living_allowance", 8, "adults", "street",
        lambda rng, at: {
            "grade": rng.choice(["grade_2", "grade_3", "grade_4"]), "valid_until": _year_ahead(rng, at),
            "means": "dibao", "by_agent": False,
        },
        {"identity": "seen", "certificate": "seen"}, (30_000, 36_000),
    ),
    Kind(
        "disability_care_allowance", 7, "adults", "street",
        lambda rng, at: {
            "grade": rng.choice(["grade_1", "grade_2"]), "valid_until": _year_ahead(rng, at), "long_term": True,
            "destitute": False, "other_care": "none", "by_agent": False,
        },
        {"identity": "seen", "certificate": "seen"}, (25_000, 50_000),
    ),
    Kind(
        "disability_allowance_elsewhere", 4, "adults", "forwarded",
        lambda rng, at: {"kinds": ["living"], "hukou_at": "示范省示范县第一街道", "by_agent": False},
        {"identity": "seen", "certificate": "seen"},
    ),
    Kind(
        "association_filing", 5, "adults", "street",
        lambda rng, at: {"tier": rng.choice(["filed", "guided"]), "members": rng.randrange(8, 40)},
        {"identity": "seen", "charter": "copied", "members": "copied"},
    ),
    Kind(
        "family_doctor", 34, "anyone", "contract",
        lambda rng, at: {"package": rng.choice(["basic", "basic", "elder", "long_term"]), "opens_records": rng.random() < 0.7},
        SEEN,
    ),
    Kind(
        "street_issue", 34, "adults", "issue",
        lambda rng, at: {"seen_on": _days_back(rng, at, 0, 3), "danger": rng.random() < 0.15}, {},
        result="已到现场处置，恢复正常，并当面告诉了反映人。",
    ),
    Kind(
        "reception_visit", 20, "adults", "visit",
        lambda rng, at: {"visitors": rng.choice([1, 1, 1, 2, 3])}, {},
        result="已当面答复并说明依据，来访人没有其他疑问。",
    ),
    Kind(
        "home_visit", 10, "old", "home",
        lambda rng, at: {"wants": rng.choice(WANTS), "why": rng.choice(["legs", "bed", "old"]), "when": "any"}, {},
        result="两人上门，事情当场办好，材料已带回。",
    ),
    Kind(
        "joint_aid", 5, "adults", "joint",
        lambda rng, at: {"members": rng.randrange(1, 5), "income": rng.randrange(0, 40) * 10_000},
        {"identity": "seen", "consent": "copied", "bills": "seen"},
    ),
    Kind(
        "seal_request", 4, "adults", "seal",
        lambda rng, at: {"use": "volunteer_record", "document": "志愿服务记录证明", "purpose": "交给学校", "copies": 1},
        {"document": "seen"},
    ),
    Kind(
        "mediation", 3, "adults", "mediation",
        lambda rng, at: {"violence": False}, {},
        result="双方各让一步，达成口头协议，当场履行。",
    ),
)  # fmt: skip


def whole_answers(kind: Kind, rng: Random, at: datetime, *, place: str, mark: str) -> dict[str, Any]:
    """The answers with their sentences, which carry the mark of a street that has one."""
    answers = kind.answers(rng, at)
    if kind.matter == "street_issue":
        sort, where, seen = rng.choice(ISSUES)
        answers |= {"kind": sort, "place": where.format(rng.randrange(1, 30)) + mark, "seen": seen + mark}
    elif kind.matter == "reception_visit":
        sort, problem, hope = rng.choice(VISITS)
        answers |= {"kind": sort, "problem": problem + mark} | ({"hope": hope} if hope else {})
    elif kind.matter == "association_filing":
        name, sort, purpose = rng.choice(GROUPS)
        number = rng.randrange(1, 90)
        answers |= {
            "name": f"{place}{name}{number}{mark}",
            "kind": sort,
            "purpose": purpose + mark,
            "place": "社区活动室",
        }
    elif kind.matter == "joint_aid":
        needs = rng.choice(NEEDS)
        words = {
            "living": ("story", "一个人打零工，妻子长期看病，孩子上初中。"),
            "medical": ("illness", "住院两次，自付部分还欠着。"),
            "education": ("school", "演示初级中学"),
            "housing": ("housing", "租住一间，下月到期。"),
            "jobs": ("work", "厂里停工，找了两个月没找到。"),
        }
        answers |= {"needs": needs} | {words[one][0]: words[one][1] + mark for one in needs}
    elif kind.matter == "mediation":
        sort, other, quarrel, hope = rng.choice(QUARRELS)
        answers |= {"kind": sort, "other_side": other + mark, "story": quarrel + mark, "hope": hope}
    elif kind.matter == "seal_request":
        answers["purpose"] += mark
        answers["document"] += mark
    return answers
