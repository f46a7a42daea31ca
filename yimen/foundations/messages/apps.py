from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "yimen.foundations.messages"
    label = "messages"
    verbose_name = "消息与告知"
