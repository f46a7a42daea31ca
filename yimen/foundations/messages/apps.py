from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "yimen.foundations.messages"
    # Plain "messages" is taken by Django's own flash messages.
    label = "yimen_messages"
    verbose_name = "消息与告知"
