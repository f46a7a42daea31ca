"""What a browser says of itself, in a few words (登录设备)."""

import re

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome 内核"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "安卓"),
    ("iPhone|iPad", "苹果手机或平板"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_of(agent: str) -> str:
    """A browser's own description in a few words (登录设备)."""
    words = [
        next((word for sign, word in signs if re.search(sign, agent)), "") for signs in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(word for word in words if word) or "未知设备"
