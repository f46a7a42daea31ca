"""Another system that says who somebody is (OpenID Connect), in a thread of its own: honest, or lying as it is told."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "yimen-street", "secret of the street"


@dataclass
class Partner:
    """``users`` come in turn; ``lies`` replace claims of the token; ``silent`` answers 503."""

    subject: str = "u-1001"
    lies: dict[str, Any] = field(default_factory=dict)
    silent: bool = False
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    published: ECKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def sign_in(self, url: str) -> str:
        """What the browser brings back from the partner's page: the address with code and state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = sha256(asked["state"].encode()).hexdigest()
        self.asked[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, form: dict[str, list[str]]) -> dict[str, Any] | None:
        asked = self.asked.pop(form["code"][0], None)
        if asked is None:
            return None
        proof = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        if asked["code_challenge"] != proof or asked["redirect_uri"] != form["redirect_uri"][0]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        token = jwt.encode({"alg": "ES256", "kid": "one"}, claims | self.lies, self.key)
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": token}


def _handler(partner: Partner) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def _answer(self, body: object, status: int = 200) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            pages = {
                "/.well-known/openid-configuration": {
                    "issuer": partner.issuer,
                    "authorization_endpoint": f"{partner.issuer}/authorize",
                    "token_endpoint": f"{partner.issuer}/token",
                    "jwks_uri": f"{partner.issuer}/keys",
                },
                "/keys": {"keys": [(partner.published or partner.key).as_dict(private=False)]},
            }
            self._answer(pages.get(self.path, {}), 503 if partner.silent else 200)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told = None if partner.silent else partner.token(parse_qs(body))
            self._answer(told or {"error": "invalid_grant"}, 200 if told else 400)

    return Handler
