"""What one may be allowed to do with the resident register; who is allowed is said by the roles."""

FIND = "people.find"
VIEW_FILE = "people.view_file"
REGISTER = "people.register"
CORRECT = "people.correct"
COMPARE = "people.compare"
MERGE = "people.merge"
SERVE_RIGHTS = "people.serve_rights"
VIEW_ID_NUMBER = "people.view_id_number"

PERMISSIONS = {
    FIND: "查找居民，看姓名、年龄、住址等辨认要素",
    VIEW_FILE: "打开居民的一人一档（每次查阅留痕）",
    REGISTER: "建档，登记迁入迁出、证件、住户和死亡",
    CORRECT: "更正居民档案",
    COMPARE: "核对疑似重复：并排看两份档案，记下不是同一个人",
    MERGE: "合并重复建档、撤销合并",
    SERVE_RIGHTS: "为本人办理查阅、复制、更正、删除和限制使用个人信息",
    VIEW_ID_NUMBER: "查看完整证件号码",
}
