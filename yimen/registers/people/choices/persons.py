"""Enumerations about one person."""

from django.db import models


class Sex(models.TextChoices):
    """Sex (性别); values as in standards.sex, which knows the codes of GB/T 2261.1-2003."""

    UNKNOWN = "unknown", "未知"
    MALE = "male", "男"
    FEMALE = "female", "女"
    NOT_STATED = "not_stated", "未说明"


class DocumentKind(models.TextChoices):
    """What a number stands on (证件种类); the first ones are those of standards.document_type (CV02.01.101)."""

    ID_CARD = "id_card", "居民身份证"
    HOUSEHOLD_BOOK = "household_book", "居民户口簿"
    PASSPORT = "passport", "护照"
    OFFICER_CARD = "officer_card", "军官证"
    DRIVING_LICENCE = "driving_licence", "驾驶证"
    HK_MACAO_PERMIT = "hk_macao_permit", "港澳居民来往内地通行证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证"
    FOREIGN_RESIDENT_CARD = "foreign_resident_card", "外国人永久居留身份证"
    BIRTH_CERTIFICATE = "birth_certificate", "出生医学证明"
    SOCIAL_SECURITY_CARD = "social_security_card", "社会保障卡"
    HEALTH_CODE = "health_code", "电子健康码"
    OLD_FILE_NUMBER = "old_file_number", "旧系统档案号"
    OTHER = "other", "其他证件"


class AddressKind(models.TextChoices):
    """The two addresses a person has (地址类别)."""

    LIVES = "lives", "居住地"
    HUKOU = "hukou", "户籍地"


class ResidentKind(models.TextChoices):
    """How a person belongs to the street her file lies in (居住类别)."""

    LOCAL = "local", "户在人在"
    INCOMER = "incomer", "人在户不在"
    AWAY = "away", "户在人不在"
    UNSTATED = "unstated", "户籍未登记"
    LEFT = "left", "已迁出"


class PopulationKind(models.TextChoices):
    """What a head counts as (人口类别); settled is half a year without hukou, as in 居住证暂行条例 第二条."""

    LOCAL = "local", "户籍常住"
    SETTLED = "settled", "非户籍常住（满半年）"
    SHORT = "short", "非户籍（不满半年）"
    AWAY = "away", "户在人不在"


class FactSource(models.TextChoices):
    """Where a fact came from (来源)."""

    WINDOW = "window", "窗口登记"
    CARD = "card", "证件读取"
    IMPORT = "import", "批量导入"
    SELF = "self", "居民自报"
    VISIT = "visit", "上门核实"


class Doubt(models.TextChoices):
    """What is to be minded on a file (提示事项): still to be looked at, or asked by the person herself."""

    PAPERS_MISSING = "papers_missing", "证件后补"
    SEX_DIFFERS = "sex_differs", "性别与证件号码不一致"
    BIRTH_DIFFERS = "birth_differs", "出生日期与证件号码不一致"
    RESTRICTED = "restricted", "本人要求限制使用"


class ReachKind(models.TextChoices):
    """How a person wants to be reached, and what one must know before trying (联系方式)."""

    PHONE = "phone", "打电话"
    CHILD = "child", "找子女"
    KNOCK = "knock", "上门"
    SMS = "sms", "看短信"
    DIALECT = "dialect", "说方言"
    HARD_OF_HEARING = "hard_of_hearing", "耳背"


class GuardianKind(models.TextChoices):
    """On what a guardianship rests (监护依据), 民法典 第二十七至三十三条."""

    PARENT = "parent", "父母"
    RELATIVE = "relative", "近亲属"
    APPOINTED = "appointed", "指定监护"
    AGREED = "agreed", "意定监护"
    ORGANISATION = "organisation", "居（村）委会或民政部门"
    AGENT = "agent", "委托代办"


class GuardianGround(models.TextChoices):
    """Why somebody answers for her (为什么要监护、代办), 民法典 第十七至二十四条、第一百六十一条."""

    MINOR = "minor", "未满十八周岁"
    INCAPABLE = "incapable", "成年，无或限制民事行为能力"
    ENTRUSTED = "entrusted", "本人委托"


class SuspicionAnswer(models.TextChoices):
    """What was found out about two files that may be one person (核对结果)."""

    OPEN = "open", "待核对"
    SAME = "same", "是同一个人"
    DIFFERENT = "different", "不是同一个人"


class RightKind(models.TextChoices):
    """What a resident may ask about her own data (权利请求), 个人信息保护法 第四十六、四十七、四十四条."""

    CORRECT = "correct", "更正、补充"
    ERASE = "erase", "删除"
    RESTRICT = "restrict", "限制使用"


class RightAnswer(models.TextChoices):
    """What came of it (答复)."""

    OPEN = "open", "待答复"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"
