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

WORKED = """
title = "测试服务满意度表"

[[questions]]
key = "manner"
label = "态度"
type = "choice"
purpose = "评价"
options = [{ value = "good", label = "好", points = 5 }, { value = "bad", label = "差", points = 1 }]

[[questions]]
key = "came"
label = "是否上门"
type = "yesno"
purpose = "评价"

[[questions]]
key = "punctual"
label = "准时"
type = "choice"
purpose = "评价"
show_if = "came"
options = [{ value = "good", label = "准时", points = 5 }, { value = "bad", label = "迟到", points = 1 }]

[[questions]]
key = "points"
label = "得分"
type = "number"
purpose = "评价"
unit = "分"
score = ["manner", "punctual"]
bands = [{ at_least = 0, label = "不满意" }, { at_least = 5, label = "满意" }, { at_least = 10, label = "很满意" }]

[[questions]]
key = "cost"
label = "费用"
type = "money"
purpose = "核算"

[[questions]]
key = "hours"
label = "小时"
type = "number"
purpose = "核算"
decimals = 1

[[questions]]
key = "hourly"
label = "每小时费用"
type = "money"
purpose = "核算"
calculate = "cost / hours"
constraint = "hourly <= 10000"
constraint_says = "每小时不能超过 100 元"

[[questions]]
key = "rate"
label = "每元服务时间"
type = "number"
purpose = "核算"
decimals = 2
calculate = "hours / (cost / 100)"

[[questions]]
key = "dear"
label = "是否偏贵"
type = "yesno"
purpose = "核算"
calculate = "hourly > 5000"
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
