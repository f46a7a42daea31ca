"""What one may do with forms; publishing and ending one is `definitions.publish`, as of every definition."""

BUILD = "forms.build"

PERMISSIONS = {BUILD: "制作表单：上传、预览、试填、下载"}
