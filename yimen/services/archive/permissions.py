"""What one may do in the archive; who may is said by the roles."""

VIEW_LISTS = "archive.view_lists"
HAND_OVER = "archive.hand_over"
VIEW_FILES = "archive.view_files"
KEEP = "archive.keep"

PERMISSIONS = {
    VIEW_LISTS: "查看移交清单和差异",
    HAND_OVER: "制作移交清单、签字移交",
    VIEW_FILES: "查找归档档案，看存放位置和查阅记录",
    KEEP: "核对接收、装盒、借阅档案原件",
}
