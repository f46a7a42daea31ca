"""Permissions of the face (界面)."""

VIEW_GALLERY = "ui.view_gallery"
EXPORT_LISTS = "ui.export_lists"

PERMISSIONS = {VIEW_GALLERY: "查看界面组件样例", EXPORT_LISTS: "导出清单"}
