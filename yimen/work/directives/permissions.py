"""Permissions of directives."""

GIVE = "directives.give"
ANSWER = "directives.answer"

PERMISSIONS = {GIVE: "督办和批示：交办、确认、退回、撤销", ANSWER: "答复交给自己的督办"}
