"""The trial matters of the journeys, with their form and papers (试用事项)."""

FORM = {
    "title": "试用申请表",
    "questions": [
        {
            "key": "reason",
            "label": "申请原因",
            "type": "text",
            "required": True,
            "purpose": "判断是否属于受理范围",
        },
        {
            "key": "phone",
            "label": "联系电话",
            "type": "phone",
            "prefill": "person.phone",
            "purpose": "联系申请人",
        },
        {"key": "sick", "label": "是否因病", "type": "yesno", "purpose": "决定要哪些材料"},
        {
            "key": "hospital",
            "label": "就诊医院",
            "type": "text",
            "show_if": "sick",
            "purpose": "核对诊断证明",
        },
    ],
}
PAPERS = [
    {"key": "identity", "title": "身份证", "how": "带原件即可"},
    {
        "key": "diagnosis",
        "title": "诊断证明",
        "needed_if": "sick",
        "may_follow": True,
        "how": "就诊医院出具",
    },
]
MATTER = {
    "title": "试用补助",
    "summary": "困难家庭可以申请的试用补助。",
    "says": ["没钱了", "困难", "补助"],
    "way": "decision",
    "decides": "street",
    "basis": [{"document": "社会救助暂行办法", "article": "第四十七条"}],
    "form": "trial_form",
    "papers": PAPERS,
    "days": {"legal": 20, "promised": 10, "legal_source": "社会救助暂行办法"},
    "result": "同意补助通知书",
    "items": ["trial_help"],
    "archive": {"category": "救助", "keep_years": 10},
}
NOTICE = MATTER | {
    "title": "试用登记",
    "summary": "登记就好，不用审批。",
    "says": ["登记"],
    "way": "notice",
    "decides": "community",
    "papers": [],
    "days": {"legal": 1, "promised": 0, "legal_source": "试用办法"},
    "result": "登记回执",
    "items": ["trial_register"],
}

OUTSIDE = {
    "title": "试用的省里系统",
    "matters": ["trial"],
    "source": "试用依据",
    "fields": [
        {"label": "渠道", "source": "fixed", "text": "窗口"},
        {"label": "姓名", "source": "name"},
        {"label": "身份证号", "source": "id_number"},
        {"label": "手机", "source": "phone"},
        {"label": "住址", "source": "address"},
        {"label": "受理日", "source": "accepted_on"},
        {"label": "事由", "source": "answer", "key": "reason"},
        {"label": "来源编号", "source": "case_number"},
        {"label": "银行卡号"},
    ],
    "states": [{"title": "审核中"}, {"title": "已办结", "ended": True}],
    "export": {"number": "流水号", "state": "环节", "match": "case_number", "key": "来源编号"},
}
