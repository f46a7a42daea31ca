"""What one may be allowed to do with places; who is allowed is said by the roles."""

VIEW = "places.view"
EDIT = "places.edit"
CHECK_DWELLINGS = "places.check_dwellings"
SHAPE_AREAS = "places.shape_areas"

PERMISSIONS = {
    VIEW: "查看小区、楼幢、房屋和服务点",
    EDIT: "登记小区、楼幢、房屋，维护服务点和开放时间",
    CHECK_DWELLINGS: "上门核实房屋使用情况",
    SHAPE_AREAS: "设立、更名、变更编码和调整区域",
}
