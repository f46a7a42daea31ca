"""What one may be allowed to do with spreadsheets that are brought in; who is allowed is said by the roles."""

RUN = "imports.run"

PERMISSIONS = {RUN: "导入：上传名册、核对、批量写入和整批撤销（另需所导内容的登记权限）"}
