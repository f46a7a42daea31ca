"""Certificates that residents' committees must not issue (不应由基层群众性自治组织出具证明事项清单, 第一批, 民发〔2020〕20号).

Twenty kinds. For each: who really can say so, and one plain sentence for the resident. The sentences and the words by which a
request is recognised are ours; names and numbering follow the list.
"""

from dataclasses import dataclass

from yimen.kernel.text import narrow

SOURCE = "民发〔2020〕20号"


@dataclass(frozen=True)
class Certificate:
    """One kind: `key` for programs, `label` as in the list, `bodies` who decides instead, `sentence` for the resident,
    `words` by which the request is recognised."""

    key: str
    label: str
    bodies: tuple[str, ...]
    sentence: str
    words: tuple[str, ...]


def _certificate(key: str, label: str, bodies: str, sentence: str, words: str) -> Certificate:
    return Certificate(key, label, tuple(bodies.split("、")), sentence, tuple(words.split()))


CERTIFICATES: tuple[Certificate, ...] = (
    _certificate(
        "kinship",
        "亲属关系证明",
        "公安派出所、公证机构",
        "户口簿能看出亲属关系的，直接出示户口簿；看不出的，到户籍地派出所查询曾经同户的关系，或到公证机构办理公证。",
        "亲属关系 亲子关系 家庭关系 父子关系 母子关系 亲属证明",
    ),
    _certificate(
        "identity",
        "居民身份信息证明",
        "公安派出所",
        "出示居民身份证、户口簿或护照即可；证件丢失的，到派出所补领或办理临时身份证。",
        "身份信息 身份证明 同一人 曾用名 姓名变更",
    ),
    _certificate(
        "hukou_change",
        "户口登记项目内容变更申请证明",
        "公安派出所",
        "到户籍地派出所申请，由派出所调查核实，不需要社区盖章。",
        "户口登记 户口变更 户口更正 户籍变更 户口项目",
    ),
    _certificate(
        "dog_keeping",
        "居民养犬证明",
        "公安机关、当地养犬管理部门",
        "凭本人证件和犬只免疫证明，到养犬登记部门办理。",
        "养犬 养狗 犬证 狗证",
    ),
    _certificate(
        "no_crime",
        "无犯罪记录证明",
        "公安派出所",
        "到户籍地或居住地派出所申请开具，许多地方可以在网上办理。",
        "无犯罪 犯罪记录 无违法犯罪 政审",
    ),
    _certificate(
        "drug_treatment",
        "社区戒毒、社区康复人员情况证明",
        "公安机关、乡镇人民政府或街道办事处",
        "由负责社区戒毒、社区康复工作的机构和公安机关出具，社区不作表现证明。",
        "社区戒毒 社区康复人员 戒毒",
    ),
    _certificate(
        "missing_person",
        "人员失踪证明",
        "公安机关、人民法院",
        "先向公安机关报案；需要法律上确认失踪的，向人民法院申请宣告失踪。",
        "失踪 下落不明",
    ),
    _certificate(
        "marital_status",
        "婚姻状况证明",
        "婚姻登记机关",
        "出示结婚证或离婚证；没有登记过的由本人书面声明，需要记录的到婚姻登记机关查询。",
        "婚姻状况 婚姻证明 未婚证明 单身证明 已婚证明 离异证明 无婚姻登记",
    ),
    _certificate(
        "birth",
        "出生证明",
        "助产医疗机构、卫生健康部门",
        "由孩子出生的医院签发《出生医学证明》；丢失的向原签发机构申请补发。",
        "出生证明 出生医学证明 出生证",
    ),
    _certificate(
        "alive",
        "健在证明",
        "人力资源社会保障部门",
        "领取养老金的资格可以用手机刷脸认证；行动不便的，社保经办机构可以上门核实。",
        "健在 生存证明 生存认证 在世证明",
    ),
    _certificate(
        "death",
        "死亡证明",
        "医疗机构、公安机关",
        "在医院去世的由医院、在家去世的由基层医疗机构签发死亡医学证明；非正常死亡的由公安机关出具。",
        "死亡证明 死亡医学证明 已故证明 去世证明",
    ),
    _certificate(
        "illness",
        "疾病状况证明",
        "医疗机构",
        "由看病的医院出具诊断证明。",
        "疾病状况 疾病证明 病情证明 患病证明 精神疾病证明",
    ),
    _certificate(
        "disability",
        "残疾状况证明",
        "残疾人联合会",
        "出示残疾人证；没有办证的，向户籍地县级残联申请评定。",
        "残疾状况 残疾证明",
    ),
    _certificate(
        "marriage_and_childbearing",
        "婚育状况证明",
        "卫生健康部门、婚姻登记机关",
        "现在办事不再查验婚育证明；确需婚姻或生育登记信息的，由婚姻登记机关或卫生健康部门查询。",
        "婚育 生育状况 计划生育证明 计生证明 未育证明 流动人口婚育",
    ),
    _certificate(
        "employment",
        "居民就业状况证明",
        "人力资源社会保障部门",
        "失业的到公共就业服务机构登记；在业的由单位出具，或打印社会保险缴费记录。",
        "就业状况 就业证明 失业证明 无业证明 待业证明 无工作证明",
    ),
    _certificate(
        "personal_file",
        "居民个人档案证明",
        "档案管理机构、公共就业和人才服务机构",
        "到保管本人档案的人才服务机构、原单位或档案馆查询。",
        "个人档案 档案证明 人事档案 档案丢失",
    ),
    _certificate(
        "property",
        "居民财产证明",
        "不动产登记机构、银行、车辆管理部门",
        "房产到不动产登记机构查询，存款由银行出具，车辆到车辆管理部门查询；申请救助的由民政部门核对，不需要本人跑。",
        "财产证明 财产状况 房产证明 无房证明 住房证明 收入证明 经济状况 存款证明",
    ),
    _certificate(
        "inheritance_right",
        "遗产继承权证明",
        "公证机构、人民法院",
        "到公证机构办理继承权公证；有争议的由人民法院判决。",
        "继承权 遗产继承 继承证明",
    ),
    _certificate(
        "business_premises",
        "市场主体住所证明",
        "市场监督管理部门",
        "提交房屋权属证明或租赁合同，许多地方已改为由申请人自行申报承诺。",
        "市场主体住所 经营场所证明 住所证明 场地证明 经营用房",
    ),
    _certificate(
        "lost_document",
        "证件遗失证明",
        "证件的发证机关",
        "到原发证机关说明情况并申请补办，由本人声明即可。",
        "证件遗失 证件丢失 遗失证明 丢失证明",
    ),
)

_BY_KEY = {certificate.key: certificate for certificate in CERTIFICATES}


def get_certificate(key: str) -> Certificate:
    """The kind with a key; refuses an unknown one."""
    if key not in _BY_KEY:
        raise LookupError(f"清单中没有“{key}”")
    return _BY_KEY[key]


def find_certificates(request: str) -> tuple[Certificate, ...]:
    """The kinds that a request in someone's own words asks for: '请开一份单身证明' → (婚姻状况证明,); empty when none is meant.

    Only a request for a certificate counts (证明, 开具, 盖章): '登记养犬数量' is none. A help for the window, not a judgement.
    """
    text = "".join(narrow(request).split())
    if not any(word in text for word in ("证明", "开具", "盖章", "开一份", "开个证")):
        return ()
    return tuple(
        each for each in CERTIFICATES if each.label in text or any(word in text for word in each.words)
    )


def refusal_sentence(certificate: Certificate) -> str:
    """What the window says: '按民发〔2020〕20号，社区不出具亲属关系证明，请找公安派出所或公证机构。…'."""
    bodies = (
        "、".join(certificate.bodies[:-1])
        + ("或" if len(certificate.bodies) > 1 else "")
        + certificate.bodies[-1]
    )
    return f"按{SOURCE}，社区不出具{certificate.label}，请找{bodies}。{certificate.sentence}"
