"""What one may do with definitions (制度定义)."""

PUBLISH = "definitions.publish"

PERMISSIONS = {PUBLISH: "发布制度定义"}
