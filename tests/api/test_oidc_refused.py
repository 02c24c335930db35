"""What a provider may do wrong: every lie is found out, and none hangs us."""

import base64
import datetime
import hashlib
import hmac
import ipaddress
import json
import ssl
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.utils import \
    encode_dss_signature

from tests.api.oidc_provider import (CLIENT, SECRET, EcKey, Provider, RsaKey,
                                     b64, token)
from tests.api.test_oidc import Desk, refused, room  # noqa: F401

NOW = time.time
OTHER, WEAK, CURVE = RsaKey("one"), RsaKey("weak", 1024), EcKey("curve")


@pytest.fixture
def sso():
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def desk(room, sso):  # noqa: F811
    desk = Desk(room, sso)
    yield desk
    desk.close()


CLAIMS = {
    "another issuer": ({"iss": "https://other.example"},
                       "the token is of another issuer"),
    "an issuer with a slash": ({"iss": "SLASH"},
                               "the token is of another issuer"),
    "no issuer": ({"iss": None}, "the token is of another issuer"),
    "another client": ({"aud": "another"}, "the token is for another client"),
    "no client": ({"aud": None}, "the token is for another client"),
    "no client in a list": ({"aud": []}, "the token is for another client"),
    "a list without us": ({"aud": ["a", "b"], "azp": CLIENT},
                          "the token is for another client"),
    "a list of other things": ({"aud": [CLIENT, 7], "azp": CLIENT},
                               "the token is for another client"),
    "given to nobody of many": ({"aud": [CLIENT, "b"]},
                                "the token is for another client"),
    "given to another": ({"aud": CLIENT, "azp": "another"},
                         "the token is for another client"),
    "expired": ({"exp": -120}, "the token has expired"),
    "never expires": ({"exp": None}, "the token is not of this time"),
    "expires in words": ({"exp": "tomorrow"},
                         "the token is not of this time"),
    "of the future": ({"iat": 600}, "the token is not of this time"),
    "of long ago": ({"iat": -4000}, "the token is not of this time"),
    "of no time": ({"iat": None}, "the token is not of this time"),
    "not valid yet": ({"nbf": 600}, "the token is not of this time"),
    "another nonce": ({"nonce": "x" * 43}, "the token answers another request"),
    "no nonce": ({"nonce": None}, "the token answers another request"),
    "nobody": ({"sub": None}, "the token names nobody"),
    "an empty name": ({"sub": ""}, "the token names nobody"),
    "an endless name": ({"sub": "s" * 256}, "the token names nobody"),
    "a number": ({"sub": 1}, "the token names nobody"),
    "a line": ({"sub": "a\nb"}, "the token names nobody"),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_what_a_token_says(desk, sso, case):
    claims, why = CLAIMS[case]
    for name, value in claims.items():
        if value == "SLASH":
            value = sso.issuer + "/"
        if name in ("exp", "iat", "nbf") and isinstance(value, int):
            value = int(NOW()) + value
        sso.claims[name] = value
    assert refused(desk.enter(), 401, "sign-in-refused") == why
    sso.claims = {}
    assert desk.enter().status == 201


def test_what_a_token_may_say(desk, sso):
    for claims in ({"aud": [CLIENT]}, {"aud": [CLIENT, "b"], "azp": CLIENT},
                   {"azp": CLIENT}, {"exp": int(NOW()) - 20},
                   {"iat": int(NOW()) + 20}, {"nbf": int(NOW())},
                   {"more": {"of": ["what", None, 1.5]}}):
        sso.claims = claims
        assert desk.enter().status == 201, claims


def unsigned(claims, alg="none"):
    return b64(json.dumps({"alg": alg, "kid": "one"}).encode()) + "." + \
        b64(json.dumps(claims).encode()) + "."


def with_hmac(claims, secret):
    signed = unsigned(claims, "HS256")[:-1]
    return signed + "." + b64(hmac.new(secret, signed.encode(),
                                       hashlib.sha256).digest())


def public_pem(key):
    return key.key.public_key().public_bytes(
        serialization.Encoding.PEM,
        serialization.PublicFormat.SubjectPublicKeyInfo)


def changed(text, claims):
    """Another payload under the old signature."""
    head, _, signature = text.split(".")
    return ".".join([head, b64(json.dumps({**claims, "sub": "other"})
                               .encode()), signature])


def with_der(claims):
    head, body, signature = token(CURVE, claims).split(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"),
                               int.from_bytes(raw[32:], "big"))
    return ".".join([head, body, b64(der)])


FORGED = {
    "no algorithm": (lambda p, c: unsigned(c), "algorithm"),
    "None": (lambda p, c: unsigned(c, "None"), "algorithm"),
    "no algorithm named": (lambda p, c: token(p.key, c, alg=None),
                           "algorithm"),
    "the public key as a secret": (lambda p, c: with_hmac(
        c, public_pem(p.key)), "algorithm"),
    "the client secret": (lambda p, c: with_hmac(c, SECRET.encode()),
                          "algorithm"),
    "RS512": (lambda p, c: token(p.key, c, alg="RS512"), "algorithm"),
    "PS256": (lambda p, c: token(p.key, c, alg="PS256"), "algorithm"),
    "another key": (lambda p, c: token(OTHER, c), "signature"),
    "another payload": (lambda p, c: changed(token(p.key, c), c),
                        "signature"),
    "no signature": (lambda p, c: token(p.key, c).rsplit(".", 1)[0] + ".",
                     "signature"),
    "a curve's with an RSA key's id": (lambda p, c: token(
        CURVE, c, kid="one"), "no key"),
    "RSA's with a curve's id": (lambda p, c: token(p.key, c, kid="curve"),
                                "no key"),
    "an unknown key": (lambda p, c: token(p.key, c, kid="two"), "no key"),
    "a weak key": (lambda p, c: token(WEAK, c), "no key"),
    "a key to encrypt with": (lambda p, c: token(p.key, c, kid="enc"),
                              "no key"),
    "a key twice there": (lambda p, c: token(p.key, c, kid="twice"),
                          "no key"),
    "no key named of many": (lambda p, c: token(p.key, c, kid=None),
                             "no key"),
    "a curve's in DER": (lambda p, c: with_der(c), "signature"),
    "a point beside the curve": (lambda p, c: token(CURVE, c, kid="off"),
                                 "no key"),
    "what it holds to be critical": (lambda p, c: token(
        p.key, c, crit=["b64"], b64=False), "malformed"),
    "an id that is a number": (lambda p, c: token(p.key, c, kid=1),
                               "malformed"),
    "no token": (lambda p, c: "token", "malformed"),
    "two parts": (lambda p, c: token(p.key, c).rsplit(".", 1)[0],
                  "malformed"),
    "five parts": (lambda p, c: token(p.key, c) + ".a.b", "malformed"),
    "padded": (lambda p, c: token(p.key, c) + "==", "signature"),
    "not base64": (lambda p, c: "!" + token(p.key, c), "malformed"),
    "an array": (lambda p, c: token(p.key, [c]), "malformed"),
    "endless": (lambda p, c: token(p.key, {**c, "x": "x" * 20000}),
                "malformed"),
    "a key of its own": (lambda p, c: token(
        OTHER, c, kid="own", jwk=OTHER.jwk(kid="own")), "no key"),
}


def all_keys(sso):
    off = CURVE.jwk(kid="off")
    off["y"] = CURVE.jwk()["x"]
    return [sso.key.jwk(), CURVE.jwk(), WEAK.jwk(), off,
            sso.key.jwk(kid="enc", use="enc"), sso.key.jwk(kid="twice"),
            OTHER.jwk(kid="twice"), {"kty": "oct", "k": "AAAA"}, {}]


@pytest.mark.parametrize("case", FORGED)
def test_what_a_token_is(desk, sso, case):
    forge, why = FORGED[case]
    sso.keys = all_keys(sso)
    sso.forge = lambda claims: forge(sso, claims)
    assert why in refused(desk.enter(), 401, "sign-in-refused")
    assert sso.hits.count("/keys") == (2 if why == "no key" else 1)


def test_both_algorithms_and_a_new_key(desk, sso):
    sso.keys = all_keys(sso)
    assert desk.enter().status == 201
    sso.key = CURVE
    assert desk.enter().status == 201
    assert sso.hits.count("/keys") == 1, "they are kept"
    assert sso.hits.count("/.well-known/openid-configuration") == 1
    sso.key = RsaKey("new")
    sso.keys = [sso.key.jwk()]
    assert desk.enter().status == 201
    assert sso.hits.count("/keys") == 2, "asked for once when one is new"
    sso.forge = lambda claims: token(sso.key, claims, kid=None)
    assert desk.enter().status == 201, "the only one needs no name"


def test_what_is_kept_is_asked_for_again(own_server, sso):
    server, town = own_server(provider_reach=2, provider_cache_s=1)
    desk = Desk((server, town), sso)
    assert desk.enter().status == 201
    sso.key = OTHER		# the same id, another key
    sso.keys = [OTHER.jwk()]
    refused(desk.enter(), 401, "sign-in-refused")
    time.sleep(1.1)
    assert desk.enter().status == 201
    desk.close()


ITSELF = {
    "not there": {"/.well-known/openid-configuration": (404, {})},
    "somewhere else": {"/.well-known/openid-configuration": (
        302, {}, [("Location", "http://127.0.0.1:1/")])},
    "in pieces": {"/.well-known/openid-configuration": (200, b"{")},
    "a list": {"/.well-known/openid-configuration": (200, [])},
    "endless": {"/.well-known/openid-configuration": (
        200, {"x": "x" * 70000})},
    "deep": {"/.well-known/openid-configuration": (
        200, b"[" * 40 + b"]" * 40)},
}


@pytest.mark.parametrize("case", ITSELF)
def test_how_a_provider_describes_itself(desk, sso, case):
    sso.answer = ITSELF[case]
    assert refused(desk.begin(), 502, "provider-failed") == \
        "the provider does not describe itself as it should"
    sso.answer = {}
    assert desk.enter().status == 201, "what is wrong is not kept"


@pytest.mark.parametrize("described,why", [
    ({"issuer": "https://other.example"}, "describe"),
    ({"issuer": None}, "describe"),
    ({"token_endpoint": None}, "describe"),
    ({"jwks_uri": None}, "describe"),
    ({"jwks_uri": "file:///etc/passwd"}, "describe"),
    ({"token_endpoint": "http://user:pw@127.0.0.1/"}, "describe"),
    ({"token_endpoint": "gopher://127.0.0.1/"}, "describe"),
    ({"authorization_endpoint": "javascript:alert(1)"}, "describe"),
    ({"authorization_endpoint": "http://127.0.0.1/#x"}, "describe"),
    ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
])
def test_what_a_provider_says_of_itself(desk, sso, described, why):
    sso.described = described
    assert why in refused(desk.begin(), 502, "provider-failed")


def test_a_provider_that_says_nothing_of_pkce(desk, sso):
    sso.described = {"code_challenge_methods_supported": None}
    assert desk.enter().status == 201


@pytest.mark.parametrize("at,answer,why", [
    ("/token", (500, {"error": "server_error"}), "no answer"),
    ("/token", (401, {"error": "invalid_client"}), "no answer"),
    ("/token", (400, {"error": "invalid_grant"}), "accept the code"),
    ("/token", (200, {"access_token": "a"}), "no answer"),
    ("/token", (200, {"id_token": 7}), "no answer"),
    ("/token", (200, b"<html>"), "no answer"),
    ("/token", (302, {}, [("Location", "/token")]), "no answer"),
    ("/token", (200, {"x": "x" * 70000}), "no answer"),
    ("/keys", (500, {}), "keys cannot be read"),
    ("/keys", (200, b"nothing"), "keys cannot be read"),
    ("/keys", (200, {"keys": "none"}), "no key"),
    ("/keys", (200, {"keys": [1, {"kty": "RSA", "kid": "one"}]}), "no key"),
])
def test_what_a_provider_answers(desk, sso, at, answer, why):
    body = desk.there()
    sso.answer = {at: answer}
    reply = desk.back(body)
    assert why in refused(reply, *((401, "sign-in-refused")
                                   if why in ("accept the code", "no key")
                                   else (502, "provider-failed")))
    sso.answer = {}
    refused(desk.back(body), 401, "sign-in-refused")
    assert desk.enter().status == 201


def test_a_provider_that_is_slow_or_gone(desk, sso):
    sso.delay = {"/.well-known/openid-configuration": 4}
    begun = time.monotonic()
    assert refused(desk.begin(), 502, "provider-failed") == \
        "the provider cannot be reached"
    assert time.monotonic() - begun < 4
    quick = time.monotonic()
    assert desk.student.get("/v1/me").status == 200
    assert time.monotonic() - quick < 1
    sso.close()
    assert refused(desk.begin(), 502, "provider-failed") == \
        "the provider cannot be reached"


@pytest.mark.parametrize("reach", [0, 1])
def test_out_of_reach(own_server, sso, reach):
    """The address that is connected to counts, whatever the name."""
    server, town = own_server(provider_reach=reach)
    port = sso.http.server_port
    for url in (sso.issuer, "http://sso.example", "ftp://sso.example",
                "https://", "https://u:p@sso.example", "https://a.example#b",
                "no address"):
        with pytest.raises(AssertionError, match="422"):
            Desk((server, town), sso, issuer=url)
    hidden = [f"https://127.0.0.1:{port}", f"https://localhost:{port}",
              f"https://[::1]:{port}", f"https://2130706433:{port}",
              f"https://[::ffff:127.0.0.1]:{port}", "https://169.254.169.254",
              "https://0.0.0.0", "https://[fe80::1]", "https://100.64.0.1",
              "https://[64:ff9b::a9fe:a9fe]", "https://224.0.0.1"]
    if reach == 0:
        hidden += ["https://10.0.0.1", "https://192.168.1.1",
                   "https://172.31.255.255", "https://[fd00::1]"]
    for url in hidden:
        desk = Desk((server, town), sso, issuer=url)
        assert refused(desk.begin(), 502, "provider-failed") == \
            "the provider's address is out of reach", url
        desk.close()
    assert sso.hits == []


def self_signed(tmp_path):
    key = RsaKey("tls").key
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sso")])
    now = datetime.datetime.utcnow()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name) \
        .public_key(key.public_key()).serial_number(1) \
        .not_valid_before(now - datetime.timedelta(days=1)) \
        .not_valid_after(now + datetime.timedelta(days=1)) \
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(
            ipaddress.ip_address("127.0.0.1"))]), False) \
        .sign(key, hashes.SHA256())
    path = tmp_path / "tls.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM,
                            serialization.PrivateFormat.PKCS8,
                            serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_a_certificate_that_nobody_trusts(room, sso, tmp_path):  # noqa: F811
    sso.http.socket = self_signed(tmp_path).wrap_socket(sso.http.socket,
                                                        server_side=True)
    sso.issuer = sso.issuer.replace("http:", "https:")
    desk = Desk(room, sso)
    assert refused(desk.begin(), 502, "provider-failed") == \
        "the provider cannot be reached"
    assert sso.hits == []
    desk.close()
