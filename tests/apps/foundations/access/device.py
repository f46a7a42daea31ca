"""A device with passkeys, in software: makes keys and signs as a phone would, honestly or not."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

PRESENT, VERIFIED, KEY_INSIDE = 0x01, 0x04, 0x40


@dataclass
class Device:
    """``verifies`` says whether it makes sure of its holder; ``count`` is its counter of signatures."""

    origin: str = "http://testserver"
    verifies: bool = True
    count: int = 0
    keys: dict[str, ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    handle: str = ""

    def make(self, asked: dict[str, Any], *, host: str = "") -> str:
        """The answer to a question for a new key, as the page sends it."""
        public = asked["publicKey"]
        credential, secret = urandom(32), ec.generate_private_key(ec.SECP256R1())
        self.keys[_text(credential)] = secret
        self.handle = public["user"]["id"]
        cose = cbor.encode(dict(ES256.from_cryptography_key(secret.public_key())))
        inside = bytes(16) + len(credential).to_bytes(2, "big") + credential + cose
        told = self._facts(host or public["rp"]["id"], KEY_INSIDE) + inside
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": told})
        client = self._client("webauthn.create", public["challenge"])
        return self._sent(
            credential, {"clientDataJSON": _text(client), "attestationObject": _text(attestation)}
        )

    def sign(self, asked: dict[str, Any], *, host: str = "", key: str = "") -> str:
        """The answer to a question at the door."""
        public = asked["publicKey"]
        self.count += 1 if self.count else 0
        key = key or next(iter(self.keys))
        told = self._facts(host or public["rpId"], 0)
        client = self._client("webauthn.get", public["challenge"])
        signature = self.keys[key].sign(told + sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(told),
            "signature": _text(signature),
            "userHandle": self.handle,
        }
        return self._sent(_bytes(key), answer)

    def _facts(self, host: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _sent(self, credential: bytes, response: dict[str, str]) -> str:
        name = _text(credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
