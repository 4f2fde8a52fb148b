"""Access tokens: what is accepted, what is refused, what is remembered."""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any

import jwt
import pytest

from gateway.auth.claims import SKEW_S, Rules
from gateway.auth.keys import BadSecretError, read_keys
from gateway.auth.tokens import Grant, TokenError, Tokens, daira_tokens, postgrest_tokens

SECRET = "a secret of more than thirty-two bytes"
NOW = 1_800_000_000
GRANT = Grant("250249598952542209", "authenticated", "77")


class Clock:
    """Time that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


def claims(**changed: Any) -> dict[str, Any]:
    """The claims of a token that is accepted, with changes; None removes a claim."""
    good = {"iss": "daira", "aud": "daira", "sub": "5", "role": "authenticated", "iat": NOW, "exp": NOW + 900}
    return {name: value for name, value in (good | changed).items() if value is not None}


def sign(payload: dict[str, Any], secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode(payload, secret, algorithm)


def part(document: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(clock: Clock) -> Tokens:
    required = frozenset({"exp", "aud", "iss", "sub", "role"})
    ring = read_keys(SECRET, algorithms=("HS256",))
    return Tokens(ring, Rules("daira", "daira", required=required), remember=3, now=clock)


def refusal(tokens: Tokens, token: str) -> TokenError:
    with pytest.raises(TokenError) as caught:
        tokens.verify(token)
    return caught.value


def test_an_issued_token_proves_the_identity_it_was_made_for() -> None:
    own = daira_tokens(SECRET, algorithm="HS256", audience="daira", issuer="daira", lifetime_s=900)
    identity = own.verify(own.issue(GRANT))
    assert (identity.role, identity.user_id) == (GRANT.role, GRANT.user_id)
    assert json.loads(identity.claims)["sid"] == GRANT.session_id


def test_a_verified_token_gives_the_same_object_again(tokens: Tokens) -> None:
    token = sign(claims())
    assert tokens.verify(token) is tokens.verify(token)


def test_what_is_remembered_is_bounded(tokens: Tokens) -> None:
    first = sign(claims(sub="1"))
    kept = tokens.verify(first)
    for number in range(2, 5):
        tokens.verify(sign(claims(sub=str(number))))
    assert tokens.verify(first) is not kept


def test_a_remembered_token_expires(tokens: Tokens, clock: Clock) -> None:
    token = sign(claims())
    tokens.verify(token)
    clock.now = NOW + 900 + SKEW_S + 1
    assert refusal(tokens, token).message == "JWT expired"


def test_the_end_of_a_session_ends_its_tokens(tokens: Tokens) -> None:
    token = sign(claims(sid="9"))
    tokens.verify(token)
    tokens.end_session("9")
    assert refusal(tokens, token).code == "PGRST303"
    assert tokens.verify(sign(claims(sid="10"))).user_id == "5"


@pytest.mark.parametrize(
    ("token", "message"),
    [
        ("", "Empty JWT is sent in Authorization header"),
        ("abc", "Expected 3 parts in JWT; got 1"),
        ("a.b.c.d", "Expected 3 parts in JWT; got 4"),
        ("a.b.c", "JWT cryptographic operation failed"),
        (f"{part('HS256')}.{part({})}.eA", "JWT cryptographic operation failed"),
        (f"{'W1' * 4000}.e30.eA", "JWT cryptographic operation failed"),
        (f"{part({'alg': 'none'})}.{part(claims())}.", "Wrong or unsupported encoding algorithm"),
        (f"{part({'alg': 'NoNe'})}.{part(claims())}.", "Wrong or unsupported encoding algorithm"),
        (f"{part({'typ': 'JWT'})}.{part(claims())}.eA", "Wrong or unsupported encoding algorithm"),
        (f"{part({'alg': ['HS256']})}.{part(claims())}.eA", "Wrong or unsupported encoding algorithm"),
        (f"{part({'alg': 'RS256'})}.{part(claims())}.eA", "No suitable key or wrong key type"),
        (sign(claims(), algorithm="HS512", secret=SECRET * 2), "No suitable key or wrong key type"),
        (sign(claims(), secret="another secret of more than 32 bytes"), "No suitable key or wrong key type"),
        (sign(claims()) + "é", "JWT cryptographic operation failed"),
    ],
)
def test_a_token_that_is_not_ours_is_refused(tokens: Tokens, token: str, message: str) -> None:
    error = refusal(tokens, token)
    assert (error.code, error.status, error.message) == ("PGRST301", 401, message)


def test_a_changed_payload_is_refused(tokens: Tokens) -> None:
    header, _, signature = sign(claims()).split(".")
    assert refusal(tokens, f"{header}.{part(claims(role='admin'))}.{signature}").code == "PGRST301"


def test_brackets_only_do_not_exhaust_the_parser(tokens: Tokens) -> None:
    header = base64.urlsafe_b64encode(b"[" * 5000).decode().rstrip("=")
    assert refusal(tokens, f"{header}.e30.eA").code == "PGRST301"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"exp": NOW - SKEW_S - 1}, "JWT expired"),
        ({"exp": "soon"}, "The JWT 'exp' claim must be a number"),
        ({"exp": True}, "The JWT 'exp' claim must be a number"),
        ({"nbf": NOW + SKEW_S + 1}, "JWT not yet valid"),
        ({"iat": NOW + SKEW_S + 1}, "JWT issued at future"),
        ({"aud": "somebody"}, "JWT not in audience"),
        ({"aud": []}, "JWT not in audience"),
        ({"aud": 5}, "The JWT 'aud' claim must be a string or an array of strings"),
        ({"iss": "somebody"}, "JWT from an unknown issuer"),
        ({"exp": None}, "Parsing claims failed"),
        ({"aud": None}, "Parsing claims failed"),
        ({"iss": None}, "Parsing claims failed"),
        ({"sub": None}, "Parsing claims failed"),
        ({"role": None}, "Parsing claims failed"),
        ({"sub": "0"}, "Parsing claims failed"),
        ({"sub": "9223372036854775808"}, "Parsing claims failed"),
        ({"sub": "5; drop table users"}, "Parsing claims failed"),
        ({"sub": 5}, "Parsing claims failed"),
        ({"sub": "007"}, "Parsing claims failed"),
        ({"sub": "0" * 19 + "1" * 90}, "Parsing claims failed"),
        ({"exp": 10**400}, "The JWT 'exp' claim must be a number"),
        ({"role": ""}, "The JWT names a role that no token may have"),
        ({"role": "gate\0way"}, "The JWT names a role that no token may have"),
        ({"role": "\ud800"}, "The JWT names a role that no token may have"),
    ],
)
def test_claims_that_are_refused(tokens: Tokens, changed: dict[str, Any], message: str) -> None:
    error = refusal(tokens, sign(claims(**changed)))
    assert (error.code, error.status, error.message) == ("PGRST303", 401, message)


@pytest.mark.parametrize("role", ["gateway", "authenticator", "migrator", "worker", "support"])
def test_no_token_reaches_a_role_of_the_machinery(tokens: Tokens, role: str) -> None:
    assert refusal(tokens, sign(claims(role=role))).code == "PGRST303"


def test_on_another_database_its_grants_alone_say_which_roles_there_are() -> None:
    assert postgrest_tokens(SECRET).verify(sign({"role": "support"})).role == "support"


@pytest.mark.parametrize("payload", [b"[]", b"null", b"{", b'{"exp": NaN}', b"\xff"])
def test_a_signed_payload_that_is_not_an_object_is_refused(tokens: Tokens, payload: bytes) -> None:
    token = jwt.PyJWS().encode(payload, SECRET, "HS256")
    assert refusal(tokens, token).code == "PGRST303"


@pytest.mark.parametrize("changed", [{"exp": NOW - SKEW_S}, {"iat": NOW + SKEW_S}, {"aud": ["x", "daira"]}])
def test_a_little_skew_and_several_audiences_are_accepted(tokens: Tokens, changed: dict[str, Any]) -> None:
    assert tokens.verify(sign(claims(**changed))).user_id == "5"


def test_two_secrets_overlap_while_one_replaces_the_other() -> None:
    def jwk(name: str) -> dict[str, str]:
        octets = base64.urlsafe_b64encode(name.encode() * 10).decode().rstrip("=")
        return {"kty": "oct", "kid": name, "k": octets, "alg": "HS256"}

    def own(*names: str) -> Tokens:
        secret = json.dumps({"keys": [jwk(name) for name in names]})
        return daira_tokens(secret, algorithm="HS256", audience="daira", issuer="daira", lifetime_s=900)

    old = own("first").issue(GRANT)
    assert own("second", "first").verify(old).user_id == GRANT.user_id
    assert refusal(own("second"), old).code == "PGRST301"


@pytest.mark.parametrize(
    "secret",
    ["short", "{", '{"kty": "oct"}', '{"keys": []}', '{"keys": 5}', '{"kty": "oct", "k": "c2hvcnQ"}', '{"kty": 5}'],
)
def test_a_useless_secret_is_refused_at_start(secret: str) -> None:
    with pytest.raises(BadSecretError):
        read_keys(secret)


def test_bad_base64_is_refused_at_start() -> None:
    with pytest.raises(BadSecretError):
        read_keys("?" * 64, is_base64=True)


class TestPostgrestRules:
    """`daira api` accepts what PostgREST accepts."""

    def test_a_token_without_audience_or_expiry_is_accepted(self) -> None:
        verifier = postgrest_tokens(SECRET, audience="me")
        assert verifier.verify(sign({"role": "web"})).role == "web"

    def test_a_foreign_audience_is_refused(self) -> None:
        assert refusal(postgrest_tokens(SECRET, audience="me"), sign({"role": "web", "aud": "you"})).code == "PGRST303"

    def test_without_a_role_the_anonymous_one_is_used_and_shown_in_the_claims(self) -> None:
        identity = postgrest_tokens(SECRET, anon_role="anon").verify(sign({"sub": "someone"}))
        assert (identity.role, identity.user_id) == ("anon", "")
        assert json.loads(identity.claims)["role"] == "anon"

    def test_without_any_role_the_token_is_refused(self) -> None:
        assert refusal(postgrest_tokens(SECRET), sign({})).code == "PGRST302"

    def test_without_a_secret_every_token_is_refused(self) -> None:
        error = refusal(postgrest_tokens(None), sign({"role": "web"}))
        assert (error.code, error.status) == ("PGRST300", 500)

    def test_the_secret_may_be_base64(self) -> None:
        encoded = base64.b64encode(SECRET.encode()).decode()
        assert postgrest_tokens(encoded, is_base64=True).verify(sign({"role": "web"})).role == "web"

    @pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
    def test_every_hmac_is_accepted(self, algorithm: str) -> None:
        assert postgrest_tokens(SECRET * 2).verify(sign({"role": "web"}, SECRET * 2, algorithm)).role == "web"

    @pytest.mark.parametrize(
        ("path", "document"),
        [
            (".role", {"role": "web"}),
            (".app.roles[1]", {"app": {"roles": ["x", "web"]}}),
            ('."https://x/role"', {"https://x/role": "web"}),
            ('.roles[?(@ == "web")]', {"roles": ["x", "web"]}),
            ('.roles[?(@ != "x")]', {"roles": ["x", "web"]}),
            ('.roles[?(@ ^== "we")]', {"roles": ["x", "web"]}),
            ('.roles[?(@ ==^ "eb")]', {"roles": ["x", "web"]}),
            ('.roles[?(@ *== "e")]', {"roles": ["x", 5, "web"]}),
            (".roles[0][1:-1]", {"roles": ["/web/"]}),
            (".roles[1:]", {"roles": ["x", "web"]}),
            ("$.groups[?@.kind == 'role'].name", {"groups": [{"kind": "x"}, {"kind": "role", "name": "web"}]}),
        ],
    )
    def test_the_role_stands_where_the_path_says(self, path: str, document: dict[str, Any]) -> None:
        assert postgrest_tokens(SECRET, role_claim_key=path).verify(sign(document)).role == "web"

    @pytest.mark.parametrize("path", [".app.roles[5]", ".a.b", ".roles[0].x"])
    def test_a_path_that_leads_nowhere_means_the_anonymous_role(self, path: str) -> None:
        verifier = postgrest_tokens(SECRET, role_claim_key=path, anon_role="anon")
        assert verifier.verify(sign({"app": {"roles": []}, "a": 1, "roles": ["x"]})).role == "anon"

    def test_a_path_that_cannot_be_read_is_refused_at_start(self) -> None:
        with pytest.raises(ValueError, match="at character 0"):
            postgrest_tokens(SECRET, role_claim_key="role")


def test_an_asymmetric_key_verifies_and_its_public_half_is_no_hmac_secret() -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    public = jwt.algorithms.ECAlgorithm.to_jwk(private.public_key())
    verifier = postgrest_tokens(public)
    assert verifier.verify(jwt.encode({"role": "web"}, private, "ES256")).role == "web"
    unsigned = f"{part({'alg': 'HS256'})}.{part({'role': 'web'})}"
    mac = base64.urlsafe_b64encode(hmac.digest(public.encode(), unsigned.encode(), "sha256")).decode().rstrip("=")
    assert refusal(verifier, f"{unsigned}.{mac}").message == "No suitable key or wrong key type"
