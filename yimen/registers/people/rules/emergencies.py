"""When a file is opened in an emergency, and how that is reviewed (紧急查阅的规则)."""

LEAST_WORDS = 6
LEAST_ANSWER = 4
# One sentence for who is on file elsewhere and who is nowhere.
NOT_HERE = (
    "紧急查阅只限本街道的居民，本街道没有这个号码的档案；在其他街道的，请联系当地街道。这次查找已经记下。"
)


def why_not_break(*, known_reason: bool, words: str, today: int, most: int) -> str:
    """Why a file is not opened as an emergency (不能紧急查阅的原因); "" when it is."""
    if not known_reason:
        return "请选择是什么紧急情况。"
    if len(words) < LEAST_WORDS:
        return f"请写明情况：人在哪里、出了什么事（至少{LEAST_WORDS}个字）。"
    return "" if today < most else f"一天最多紧急查阅 {most} 次，您今天已经用完；请直接找负责人。"


def why_not_review(*, own: bool, answered_by: str, known_state: bool, words: str) -> str:
    """Why an emergency look cannot be reviewed so (不能复核的原因); "" when it can."""
    if own:
        return "不能复核自己的紧急查阅，请由另一位同事复核。"
    if answered_by:
        return f"已经由{answered_by}复核。"
    if not known_state:
        return "请选择复核结果。"
    return "" if len(words) >= LEAST_ANSWER else f"请写明怎么核实的（至少{LEAST_ANSWER}个字）。"
