"""A school's sign-in server on this computer: OpenID Connect with all that may be wrong with it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, PASSWORD = "dashboard", "provider-secret"
Claims = dict[str, Any]


def unchanged(claims: Claims) -> Claims:
    return claims


@dataclass
class Provider:
    """Who is signed in there, and how the token it gives out is changed; `asked`: its paths."""

    url: str = ""
    person: Claims = field(default_factory=dict)
    change: Callable[[Claims], Claims] = unchanged
    stranger: bool = False  # signs with a key that is not published
    unsigned: bool = False
    asked: list[str] = field(default_factory=list)
    _key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    _given: dict[str, dict[str, str]] = field(default_factory=dict)

    def is_asked(self, email: str, **more: Any) -> None:
        """From now on this person signs in there, and everything is right."""
        self.person = {"sub": "1", "email": email, "email_verified": True} | more
        self.change, self.stranger, self.unsigned = unchanged, False, False

    def answer(self, path: str) -> Claims:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        assert path == "/keys"
        return KeySet([self._key]).as_dict(private=False)

    def authorize(self, query: dict[str, str]) -> str:
        """Back to whom it came from, with a code for once."""
        assert query["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self._given[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], password: str) -> Claims | None:
        """None where the code was used, the client is another, or PKCE does not fit."""
        asked = self._given.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        if not asked or password != PASSWORD or asked["code_challenge"] != challenge:
            return None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **self.person}
        signed = self._signed(self.change(claims))
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def _signed(self, claims: Claims) -> str:
        if self.unsigned:
            parts = ({"alg": "none", "typ": "JWT"}, claims)
            plain = [base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts]
            return ".".join(part.decode().rstrip("=") for part in plain) + "."
        key = RSAKey.generate_key(2048) if self.stranger else self._key
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, claims, key)


@contextmanager
def provider() -> Iterator[Provider]:
    known = Provider()

    class Asked(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            known.asked.append(address.path)
            if address.path != "/authorize":
                self._say(known.answer(address.path))
                return
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            self.send_response(302)
            self.send_header("Location", known.authorize(query))
            self.end_headers()

        def do_POST(self) -> None:
            known.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            basic = self.headers.get("Authorization", " ").partition(" ")[2]
            password = base64.b64decode(basic).decode().partition(":")[2]
            self._say(known.token(form, password))

        def _say(self, said: Claims | None) -> None:
            body = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(200 if said else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Not on the tests' terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        known.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()
