"""Enumerations of the desk."""

from django.db import models


class State(models.TextChoices):
    """Where a case stands (办件状态)."""

    RECEIVED = "received", "已收件，待补正"
    ACCEPTED = "accepted", "办理中"
    DECIDED = "decided", "已办结，待送达"
    DELIVERED = "delivered", "已送达"
    ARCHIVED = "archived", "已归档"
    DECLINED = "declined", "不予受理"
    WITHDRAWN = "withdrawn", "申请人撤回"
    VOIDED = "voided", "误收作废"


class Outcome(models.TextChoices):
    """How a case was decided (办理结果). A notice is registered; nobody approves or refuses it."""

    GRANTED = "granted", "同意"
    REFUSED = "refused", "不予办理"
    REGISTERED = "registered", "已登记"


class Source(models.TextChoices):
    """How it came to us (来源): asked or found."""

    COUNTER = "counter", "来人"
    PHONE = "phone", "来电"
    ONLINE = "online", "网上"
    WECHAT = "wechat", "微信群"
    HOTLINE = "hotline", "12345"
    PATROL = "patrol", "巡查发现"
    DEVICE = "device", "设备"
    ASSIGNED = "assigned", "上级交办"
    MATCHED = "matched", "名单比对"


class PaperState(models.TextChoices):
    """What we have of one paper (材料状态)."""

    MISSING = "missing", "未提供"
    SEEN = "seen", "已核原件"
    COPIED = "copied", "已收复印件"
    ON_FILE = "on_file", "档案中已有"
    PROMISED = "promised", "告知承诺"
    TOLERATED = "tolerated", "容缺后补"


class OriginalPlace(models.TextChoices):
    """Where the paper original lies once it was looked at (原件去向)."""

    RETURNED = "returned", "归还居民"
    WINDOW = "window", "留存窗口"
    FILED = "filed", "随档"


class PageCame(models.TextChoices):
    """How a page of a paper reached the tray (来路)."""

    CHOSEN = "chosen", "选的文件"
    CAMERA = "camera", "拍的"
    PHONE = "phone", "手机拍的"
    ON_FILE = "on_file", "档案里的"


class StepKind(models.TextChoices):
    """What happened to a case (办理环节)."""

    RECEIVED = "received", "收件"
    NOTICE = "notice", "一次性告知"
    ACCEPTED = "accepted", "受理"
    DECLINED = "declined", "不予受理"
    PAPERS = "papers", "补交材料"
    PAUSED = "paused", "等待申请人"
    RESUMED = "resumed", "恢复办理"
    HANDED_OVER = "handed_over", "上交街道"
    HANDED_BACK = "handed_back", "退回社区"
    ASKED_UNITS = "asked_units", "送协办单位"
    DECIDED = "decided", "办结"
    DELIVERED = "delivered", "送达"
    ARCHIVED = "archived", "归档"
    WITHDRAWN = "withdrawn", "撤回"
    VOIDED = "voided", "误收作废"
    UNDELIVERED = "undelivered", "撤销送达"
    CARRIED = "carried", "区域调整"
    EXTENDED = "extended", "延期"
    URGED = "urged", "居民催办"
    URGE_TOLD = "urge_told", "答复催办"
    JOINED = "joined", "并案办理"
    LEADS = "leads", "一起办一件"
    PARTED = "parted", "拆开单办"
    LED_ON = "led_on", "另办一件"
    ARISES = "arises", "由另一件引出"


class PauseKind(models.TextChoices):
    """For what the clock stands still (中止事由): the applicant corrects something, or a procedure the law leaves out."""

    CORRECTION = "correction", "等申请人补正"
    PROCEDURE = "procedure", "听证、检验、鉴定、专家评审"


class DeliveryWay(models.TextChoices):
    """How the result reached the resident (送达方式)."""

    COUNTER = "counter", "窗口领取"
    HOME = "home", "送上门"
    POST = "post", "邮寄"
    PHONE = "phone", "电话告知"
    ELECTRONIC = "electronic", "电子送达"


class Grade(models.IntegerChoices):
    """The five grades of 好差评 (国办发〔2019〕51号)."""

    VERY_SATISFIED = 5, "非常满意"
    SATISFIED = 4, "满意"
    BASICALLY = 3, "基本满意"
    DISSATISFIED = 2, "不满意"
    VERY_DISSATISFIED = 1, "非常不满意"


class RatingChannel(models.TextChoices):
    RECEIPT = "receipt", "回执二维码"
    PAPER = "paper", "纸质评价卡"


class CheckVerdict(models.TextChoices):
    """What a sampled case looked like (抽查结论)."""

    OPEN = "open", "待抽查"
    GOOD = "good", "办得好"
    FAULTY = "faulty", "有问题"


class FollowUpVerdict(models.TextChoices):
    """What became of a bad rating (差评核实)."""

    OPEN = "open", "待回应"
    MENDED = "mended", "属实，已整改"
    PLANNED = "planned", "属实，限期整改"
    UNFOUNDED = "unfounded", "核实不属实"


class ShareState(models.TextChoices):
    """Where a question to another unit stands (协办状态)."""

    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "已收回"
    CLOSED = "closed", "办结时没有答复"


class ShareAnswer(models.TextChoices):
    """What the unit answered (协办答复)."""

    AGREED = "agreed", "同意"
    REFUSED = "refused", "不同意"
    GIVEN = "given", "已经给予"
    ELSEWHERE = "elsewhere", "不属于我单位"
    MORE = "more", "需要补充"


class Heard(models.TextChoices):
    """How the answer came (答复方式): by the unit itself, or typed in by us from paper or telephone."""

    ITSELF = "itself", "本单位在系统里答复"
    PAPER = "paper", "书面答复，窗口代录"
    PHONE = "phone", "电话答复，窗口代录"


class DelegatedPower(models.TextChoices):
    """What a community may do with a matter that the street delegated to it (下放权限)."""

    ACCEPT = "accept", "受理（仍由街道决定）"
    DECIDE = "decide", "受理并决定"
