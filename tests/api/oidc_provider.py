"""A small OpenID provider of the tests' own, honest unless a test says how not.

What it does wrong is a member: `described` and `answer` change its documents,
`claims` what the token says, `forge` the token itself.
"""

import base64
import hashlib
import http.server
import json
import secrets
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import \
    decode_dss_signature

CLIENT, SECRET = "duikou client", "s3cr:t/of the client"
REDIRECT = "https://duikou.example/signed-in"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class RsaKey:
    alg = "RS256"

    def __init__(self, kid, bits=2048):
        self.kid = kid
        self.key = rsa.generate_private_key(65537, bits)

    def jwk(self, **more):
        n = self.key.public_key().public_numbers()
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "alg": "RS256",
                "n": number(n.n), "e": number(n.e), **more}

    def sign(self, data):
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class EcKey:
    alg = "ES256"

    def __init__(self, kid):
        self.kid = kid
        self.key = ec.generate_private_key(ec.SECP256R1())

    def jwk(self, **more):
        n = self.key.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "kid": self.kid, "use": "sig",
                "x": b64(n.x.to_bytes(32, "big")),
                "y": b64(n.y.to_bytes(32, "big")), **more}

    def sign(self, data):
        r, s = decode_dss_signature(self.key.sign(
            data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def token(key, claims, **header):
    head = {"alg": key.alg, "kid": key.kid, "typ": "JWT", **header}
    head = {name: value for name, value in head.items() if value is not None}
    signed = b64(json.dumps(head).encode()) + "." + \
        b64(json.dumps(claims).encode())
    return signed + "." + b64(key.sign(signed.encode()))


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def reply(self, status, body, headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        provider = self.server.provider
        path = self.path.split("?")[0]
        provider.hits.append(path)
        time.sleep(provider.delay.get(path, 0))
        if path in provider.answer:
            return self.reply(*provider.answer[path])
        if path == "/.well-known/openid-configuration":
            return self.reply(200, provider.description())
        if path == "/keys":
            return self.reply(200, {"keys": provider.keys})
        return self.reply(404, {})

    def do_POST(self):
        provider = self.server.provider
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(urllib.parse.parse_qsl(body, strict_parsing=True))
        provider.hits.append(self.path)
        provider.forms.append((dict(self.headers), form))
        time.sleep(provider.delay.get(self.path, 0))
        if self.path in provider.answer:
            return self.reply(*provider.answer[self.path])
        return self.reply(*provider.exchange(self.headers, form))


class Provider:
    def __init__(self):
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.provider = self
        self.issuer = f"http://127.0.0.1:{self.http.server_port}"
        self.key = RsaKey("one")
        threading.Thread(target=self.http.serve_forever, args=(0.02,),
                         daemon=True).start()
        self.reset()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def reset(self):
        self.keys = [self.key.jwk()]
        self.described, self.answer, self.delay = {}, {}, {}
        self.claims, self.forge = {}, None
        self.codes, self.hits, self.forms = {}, [], []

    def description(self):
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
            "jwks_uri": self.issuer + "/keys",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["plain", "S256"],
            **self.described}
        return {name: value for name, value in said.items()
                if value is not None}

    def visit(self, url, subject, **claims):
        """What the browser brings back once somebody signed in here."""
        at, _, query = url.partition("?")
        assert at == self.issuer + "/authorize"
        asked = dict(urllib.parse.parse_qsl(query, strict_parsing=True))
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid profile"
        assert asked["client_id"] == CLIENT
        assert asked["redirect_uri"] == REDIRECT
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["nonce"]) == len(asked["code_challenge"]) == 43
        code = secrets.token_urlsafe(16) + " +/&="
        self.codes[code] = (asked, {"sub": subject, **claims})
        return {"code": code, "state": asked["state"]}

    def exchange(self, headers, form):
        basic = f"{urllib.parse.quote(CLIENT, safe='')}:" \
                f"{urllib.parse.quote(SECRET, safe='')}"
        basic = "Basic " + base64.b64encode(basic.encode()).decode()
        if headers["Authorization"] != basic and \
                form.get("client_secret") != SECRET:
            return 401, {"error": "invalid_client"}
        asked, claims = self.codes.pop(form.get("code"), (None, None))
        verifier = form.get("code_verifier", "")
        if asked is None or form["redirect_uri"] != asked["redirect_uri"] or \
                b64(hashlib.sha256(verifier.encode()).digest()) != \
                asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now,
                "exp": now + 300, "nonce": asked["nonce"], **claims,
                **self.claims}
        said = {name: value for name, value in said.items()
                if value is not None}
        return 200, {"access_token": "none", "token_type": "Bearer",
                     "id_token": self.forge(said) if self.forge
                     else token(self.key, said)}
