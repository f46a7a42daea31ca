"""Kinds of identity documents (身份证件类别代码): WS/T 364.3, value set CV02.01.101.

A person without any document must still be registrable (a newborn, someone unsettled): that is no code but no document.
"""

from yimen.standards.codes import CodeTable, lines

DOCUMENT_TYPE = CodeTable(
    "身份证件类别代码",
    "CV02.01.101",
    lines("""
01 id_card 居民身份证
02 household_book 居民户口簿
03 passport 护照
04 officer_card 军官证
05 driving_licence 驾驶证
06 hk_macao_permit 港澳居民来往内地通行证
07 taiwan_permit 台湾居民来往内地通行证
99 other 其他法定有效证件
"""),
)
