"""Permissions of the face (界面)."""

VIEW_GALLERY = "ui.view_gallery"

PERMISSIONS = {VIEW_GALLERY: "查看界面组件样例"}
