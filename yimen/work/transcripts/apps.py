from django.apps import AppConfig


class TranscriptsConfig(AppConfig):
    name = "yimen.work.transcripts"
    label = "transcripts"
    verbose_name = "抄录"
