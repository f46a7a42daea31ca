"""Forms for tests, and what somebody typed into one."""

FORM = """
title = "测试救助申请表"
intro = "请如实填写。"
facts = ["tested.age"]

[[questions]]
key = "name"
label = "申请人姓名"
type = "person"
purpose = "核对身份"
required = true
prefill = "tested.name"
section = "申请人"

[[questions]]
key = "mobile"
label = "联系电话"
type = "phone"
purpose = "告知结果"
prefill = "tested.phone"
section = "申请人"

[[questions]]
key = "hukou"
label = "户籍"
type = "choice"
purpose = "确定办理地"
required = true
options = ["本市", "外地"]
section = "申请人"

[[questions]]
key = "moved_on"
label = "来本街道居住日期"
type = "date"
purpose = "确定办理地"
required = true
show_if = 'hukou == "外地"'
max = "today"
section = "申请人"

[[questions]]
key = "income"
label = "家庭月收入"
type = "money"
purpose = "计算人均收入"
section = "困难情形"

[[questions]]
key = "members"
label = "共同生活人数"
type = "number"
purpose = "计算人均收入"
min = 1
max = 20
unit = "人"
section = "困难情形"

[[questions]]
key = "reasons"
label = "困难原因"
type = "multi"
purpose = "确定救助类型"
max = 2
options = [
  { value = "illness", label = "大病" },
  { value = "fire", label = "火灾" },
  { value = "job", label = "失业" },
]
section = "困难情形"

[[questions]]
key = "hospital"
label = "就诊医院"
type = "text"
purpose = "核对票据"
required = true
show_if = '"illness" in reasons || tested.age >= 80'
max_length = 20

[[questions]]
key = "poor"
label = "人均收入低于标准的说明"
type = "longtext"
purpose = "说明情况"
show_if = 'income / members < 113500'

[[questions]]
key = "agreed"
label = "同意核对家庭经济状况"
type = "yesno"
purpose = "取得授权"
required = true
"""

OPEN_FORM = """
title = "测试意见表"

[[questions]]
key = "idea"
label = "您的建议"
type = "text"
purpose = "改进服务"
required = true
"""

RULED = """
title = "测试外出登记表"

[[questions]]
key = "kind"
label = "外出原因"
type = "choice"
purpose = "登记"
options = [{ value = "study", label = "学习" }, { value = "other", label = "其他" }]

[[questions]]
key = "from_on"
label = "开始日期"
type = "date"
purpose = "登记"

[[questions]]
key = "until_on"
label = "结束日期"
type = "date"
purpose = "登记"
constraint = "until_on >= from_on"
constraint_says = "结束日期不能早于开始日期"

[[questions]]
key = "why"
label = "事由"
type = "text"
purpose = "登记"
required_if = "kind == 'other'"
"""

TYPED = {
    "name": "王 秀英",
    "mobile": "１３８ ０５７４ ０００１",
    "hukou": "本市",
    "income": "2,100.50",
    "members": "３",
    "reasons": ["fire"],
    "agreed": "yes",
}
