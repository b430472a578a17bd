"""Speaks OpenID Connect with the identity provider: where to send people, who came back.

Authorization code with PKCE; the ID token is verified against the provider's keys, the nonce and
this hub as its audience.
"""

from typing import Any, cast
from urllib.parse import quote_plus, urlsplit

import httpx
import msgspec
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.settings import Oidc

SCOPE = "openid profile email"
PATIENCE_S = 10.0
MAX_BYTES = 500_000
LEEWAY_S = 60
_ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
]
_HERE = ("localhost", "127.0.0.1", "::1")


class Provider:
    """One identity provider, found by its address."""

    def __init__(self, told: Oidc, clock: Clock) -> None:
        self._told = told
        self._clock = clock

    async def address(self, redirect: str, state: str, nonce: str, verifier: str) -> str:
        """Where a person's browser must go.

        Raises:
            BeffroiError: the provider does not answer, or not as one.
        """
        endpoint = _safe((await self._metadata())["authorization_endpoint"])
        asked = (
            ("response_type", "code"),
            ("client_id", self._told.client_id),
            ("redirect_uri", redirect),
            ("scope", SCOPE),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", create_s256_code_challenge(verifier)),
            ("code_challenge_method", "S256"),
        )
        return str(add_params_to_uri(endpoint, asked))

    async def subject(self, redirect: str, code: str, nonce: str, verifier: str) -> str:
        """Who came back with `code`: the value of the claim that names people.

        Raises:
            BeffroiError: the provider refuses the code, or its token proves nothing.
        """
        metadata = await self._metadata()
        try:
            token = await self._token(
                _safe(metadata["token_endpoint"]),
                {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect,
                 "client_id": self._told.client_id, "code_verifier": verifier},
            )  # fmt: skip
            claims = await self._claims(token, metadata, nonce)
        except (JoseError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise _unproved() from error
        if self._told.claim == "email" and claims.get("email_verified") is not True:
            # Anybody may call themselves anything that nobody checked.
            raise _unproved()
        who = claims.get(self._told.claim)
        if not isinstance(who, str) or not who:
            raise _unproved()
        return who

    async def _claims(self, token: Any, metadata: dict[str, Any], nonce: str) -> dict[str, Any]:
        keys = KeySet.import_key_set(
            cast("KeySetSerialization", await self._json(_safe(metadata["jwks_uri"])))
        )
        read = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS)
        proved = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": metadata["issuer"]},
                "aud": {"essential": True, "value": self._told.client_id},
                "nonce": {"essential": True, "value": nonce},
            },
            {
                "nonce": nonce,
                "client_id": self._told.client_id,
                "access_token": token.get("access_token"),
            },
        )
        proved.validate(now=self._clock.now() // 1000, leeway=LEEWAY_S)
        return dict(proved)

    async def _metadata(self) -> dict[str, Any]:
        try:
            found = await self._json(f"{_safe(self._told.issuer)}/.well-known/openid-configuration")
            if str(found["issuer"]).rstrip("/") != self._told.issuer:
                raise ValueError(found["issuer"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BeffroiError(
                _(
                    "Le fournisseur d’identité ne répond pas\u00a0: recommencez, ou entrez avec un "
                    "mot de passe du hub."
                )
            ) from error
        return found

    async def _json(self, url: str) -> dict[str, Any]:
        return await _answer("GET", url)

    async def _token(self, url: str, form: dict[str, str]) -> dict[str, Any]:
        # RFC 6749 wants both halves of the basic credentials escaped.
        proof = (quote_plus(self._told.client_id), quote_plus(self._told.client_secret))
        return await _answer("POST", url, data=form, auth=proof)


async def _answer(method: str, url: str, **more: Any) -> dict[str, Any]:
    """The JSON object that the provider answers, of a bounded size; redirections are not followed."""
    body = b""
    async with (
        httpx.AsyncClient(timeout=PATIENCE_S) as client,
        client.stream(method, url, headers={"accept": "application/json"}, **more) as got,
    ):
        got.raise_for_status()
        async for piece in got.aiter_bytes():
            body += piece
            if len(body) > MAX_BYTES:
                raise ValueError(url)
    return msgspec.json.decode(body, type=dict[str, Any])


def _safe(url: Any) -> str:
    """`url` if secrets may go there: HTTPS, or this very machine.

    Raises:
        ValueError: it is no such address.
    """
    parts = urlsplit(str(url))
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE):
        return str(url).rstrip("/")
    raise ValueError(url)


def _unproved() -> BeffroiError:
    return BeffroiError(
        _(
            "Le fournisseur d’identité n’a pas confirmé qui vous êtes\u00a0: recommencez depuis le poste."
        )
    )
