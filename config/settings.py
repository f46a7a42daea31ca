"""Django settings: one file, fed by config.env. What is policy stands in definitions, not here."""

import sys
from pathlib import Path

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.DEBUG
SECRET_KEY = env.SECRET_KEY
ALLOWED_HOSTS = env.ALLOWED_HOSTS

# From the bottom of the house to the top; tests/architecture holds the order against the import contract.
YIMEN_APPS = [
    "yimen.foundations.bus",
    "yimen.foundations.audit",
    "yimen.foundations.ui",
    "yimen.foundations.access",
    "yimen.foundations.definitions",
    "yimen.foundations.retention",
    "yimen.foundations.documents",
    "yimen.foundations.imports",
    "yimen.foundations.messages",
    "yimen.foundations.forms",
    "yimen.foundations.exports",
    "yimen.registers.places",
    "yimen.registers.organisations",
    "yimen.registers.people",
    "yimen.registers.consents",
    "yimen.work.ledger",
    "yimen.work.indicators",
    "yimen.work.bookings",
    "yimen.work.desk",
    "yimen.work.gatherings",
    "yimen.work.programmes",
    "yimen.work.rounds",
    "yimen.work.transcripts",
    "yimen.work.approvals",
    "yimen.work.directives",
    "yimen.work.namelists",
    "yimen.services.affairs",
    "yimen.services.aid",
    "yimen.services.archive",
    "yimen.services.care",
    "yimen.services.council",
    "yimen.services.eldercare",
    "yimen.services.family",
    "yimen.services.grid",
    "yimen.services.health",
    "yimen.services.homevisit",
    "yimen.services.hotline",
    "yimen.services.priority",
    "yimen.services.providers",
    "yimen.services.rehab",
    "yimen.services.seals",
    "yimen.services.volunteering",
    "yimen.steering.plans",
    "yimen.steering.returns",
    "yimen.steering.workload",
    "yimen.doors.home",
    "yimen.doors.office",
    "yimen.doors.portal",
    "yimen.doors.api",
    "yimen.demo",
]
INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    *YIMEN_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "yimen.foundations.ui.middleware.WritersAtOnce",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yimen.foundations.access.middleware.ActorMiddleware",
    "yimen.foundations.ui.middleware.RefusedMiddleware",
    "yimen.doors.portal.middleware.ResidentSide",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
if not DEBUG:
    _LOADERS = [("django.template.loaders.cached.Loader", _LOADERS)]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "yimen.foundations.ui.engine.shell.shell",
            ],
            "loaders": [("template_partials.loader.Loader", _LOADERS)],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "yimen.foundations.ui.templatetags.ui",
                "yimen.foundations.ui.templatetags.addresses",
                "yimen.foundations.ui.templatetags.components",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "/sign-in"

# Two roles: web, jobs and tests are the app role, which owns nothing; `migrate --database owner` is the owner.
DATABASES = {
    "default": {
        **env.DATABASE,
        "ENGINE": "yimen.foundations.bus.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **env.DATABASE.get("OPTIONS", {}),
            "options": "-c statement_timeout=20000 -c lock_timeout=10000",
            # A database host that is gone without a word (power, cable) is noticed in about a minute, not in hours.
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            # Parameters travel apart from the text, so that a text asked often is planned once per connection: under
            # row-level security planning costs more than running.
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    },
    "owner": {**env.OWNER_DATABASE, "ENGINE": "django.db.backends.postgresql", "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# The browser keeps only the token of its session, signed; whether the token still opens anything is asked of the table
# of access at every request.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "yimen_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = env.SECURE
CSRF_COOKIE_SECURE = env.SECURE
CSRF_FAILURE_VIEW = "yimen.foundations.ui.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if env.SECURE else 0
SECURE_SSL_REDIRECT = env.SECURE
SECURE_REDIRECT_EXEMPT = ["^healthz$"]  # asked from the machine itself
# Names beside ours belong to others: whether those are served with TLS only is not ours to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# Who marks a whole folder by mistake is told in a sentence by the page, not by the parser.
DATA_UPLOAD_MAX_NUMBER_FILES = 400
# Nothing inline, nothing from elsewhere; a card reader's local service is added by the street that has one.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *filter(None, [env.CARD_READER])],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

PROCRASTINATE_READONLY_MODELS = True
# One job at a time: bus.free_stalled relies on it. More hands are more workers.
PROCRASTINATE_WORKER_DEFAULTS = {"listen_notify": True, "fetch_job_polling_interval": 5.0, "concurrency": 1}

YIMEN_FILES = env.FILES
YIMEN_CARD_READER = env.CARD_READER
YIMEN_CARD_READER_KIND = env.CARD_READER_KIND
YIMEN_SITE = env.SITE
YIMEN_SIDE = env.SIDE
YIMEN_PUBLIC_URL = env.PUBLIC_URL
YIMEN_SECOND_FACTOR_WAIVED = env.SECOND_FACTOR_WAIVED
YIMEN_PARTNERS = env.PARTNERS
YIMEN_APPLICATIONS = env.APPLICATIONS
YIMEN_SIGNING_KEYS = env.SIGNING_KEYS
YIMEN_METRICS_TOKEN = env.METRICS_TOKEN
YIMEN_FIELD_KEYS = env.FIELD_KEYS
YIMEN_INDEX_KEYS = env.INDEX_KEYS
YIMEN_SEAL_KEY = env.SEAL_KEY
YIMEN_WRITERS_AT_ONCE = 3  # of the four threads of a web process
YIMEN_SESSION_IDLE_MINUTES = 30
YIMEN_SESSION_MAX = 5
YIMEN_SIGN_IN_FAILURES = 5
YIMEN_SIGN_IN_ADDRESS_FAILURES = 20  # a whole hall may share one address
YIMEN_WRONG_WORDS = (
    100  # different wrong words of residents (查询码、凭条) from one address, which a hall may share
)
YIMEN_WRONG_WORDS_MINUTES = 10
YIMEN_WRONG_TOKENS = 30  # failures of one connected system from one address in the same minutes
YIMEN_PASSKEY_QUESTIONS = 60  # open at once for one address, for five minutes each
YIMEN_SIGN_IN_LOCK_MINUTES = 30
YIMEN_PASSWORD_DAYS = 90
YIMEN_PASSWORD_HISTORY = 5
YIMEN_FIRST_PASSWORD_DAYS = 14  # a first password that was not used by then is worth nothing
YIMEN_IMPORT_MOST_BYTES = 150 * 1024 * 1024
YIMEN_IMPORT_MOST_UNPACKED = 1024 * 1024 * 1024
YIMEN_IMPORT_MOST_ROWS = 1_000_000
YIMEN_IMPORT_MOST_COLUMNS = 80
YIMEN_IMPORT_READ_AT_ONCE = 512 * 1024  # a larger file is read by a job, so that no page waits for it
YIMEN_IMPORT_CHUNK_ROWS = 2500
YIMEN_IMPORT_LANES = 2  # chunks of one batch that are worked on at once; as many as there are job processes
YIMEN_IMPORT_KEPT_DAYS = 30

# Lines of JSON, without persons: config/logs.py. At a terminal the same in words; for who develops, as Python tells it.
_AT_TERMINAL = "readable" if sys.stderr.isatty() else "lines"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "config.logs.Lines"},
        "readable": {"()": "config.logs.Readable"},
        "whole": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "whole" if DEBUG else _AT_TERMINAL}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"yimen": {"level": "INFO"}},
}
