"""What one may be allowed to do with the resident register; who is allowed is said by the roles."""

FIND = "people.find"
VIEW_FILE = "people.view_file"
REGISTER = "people.register"
CORRECT = "people.correct"
COMPARE = "people.compare"
MERGE = "people.merge"
SERVE_RIGHTS = "people.serve_rights"
LIFT_RESTRICTION = "people.lift_restriction"
VIEW_ID_NUMBER = "people.view_id_number"
BREAK_GLASS = "people.break_glass"
REVIEW_GLASS = "people.review_glass"

PERMISSIONS = {
    FIND: "查找居民，看姓名、年龄、住址等辨认要素",
    VIEW_FILE: "打开居民的一人一档（每次查阅留痕）",
    REGISTER: "建档，登记迁入迁出、证件、住户和死亡",
    CORRECT: "更正居民档案",
    COMPARE: "核对疑似重复：并排看两份档案，记下不是同一个人",
    MERGE: "合并重复建档、撤销合并",
    SERVE_RIGHTS: "为本人办理查阅、复制、更正、删除和限制使用个人信息",
    LIFT_RESTRICTION: "本人同意后，解除对其个人信息的限制使用",
    VIEW_ID_NUMBER: "查看完整证件号码",
    BREAK_GLASS: "紧急情况下查阅本街道范围外的档案、平时不看的特殊信息（限时，事后复核）",
    REVIEW_GLASS: "复核紧急查阅（不能复核自己的）",
}
