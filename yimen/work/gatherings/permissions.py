"""Permissions of gatherings."""

VIEW = "gatherings.view"
HOLD = "gatherings.hold"
OWN = "gatherings.own"

# Held by whoever may find residents or open a file; the rights themselves belong to people.
FIND = "people.find"
OPEN_FILE = "people.view_file"

PERMISSIONS = {
    VIEW: "查看活动",
    HOLD: "安排活动，报名、签到、办结",
    OWN: "看自己带的和自己帮忙的活动",
}
