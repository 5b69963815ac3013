"""Secrets, signatures and tokens."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kit.crypto import Forged, Keys, read_token, same

NOW = datetime(2026, 11, 23, tzinfo=UTC)
KEYS = Keys(b"an installation secret of enough bytes")
OTHER = Keys(b"another installation's secret of bytes")
MINUTE = timedelta(minutes=1)


def test_a_sealed_secret_is_read_by_the_installation_that_sealed_it_and_no_other() -> None:
    sealed = KEYS.seal("channel secret")

    assert b"channel secret" not in sealed
    assert KEYS.unseal(sealed) == "channel secret"
    with pytest.raises(Forged):
        OTHER.unseal(sealed)


def test_a_mark_is_good_for_one_text_and_one_purpose() -> None:
    mark = KEYS.mark("blob", "a")

    assert KEYS.marked("blob", "a", mark)
    assert not KEYS.marked("blob", "b", mark)
    assert not KEYS.marked("packet", "a", mark)
    assert not OTHER.marked("blob", "a", mark)


@given(st.text())
def test_nothing_but_the_mark_itself_passes_for_it(guess: str) -> None:
    assert not KEYS.marked("blob", "a", guess.encode(errors="replace").decode())


def test_a_token_is_good_until_it_expires() -> None:
    token = KEYS.token("visitor", {"sub": "a"}, NOW, MINUTE)

    assert KEYS.claims("visitor", token, NOW + MINUTE - timedelta(seconds=1))["sub"] == "a"
    with pytest.raises(Forged):
        KEYS.claims("visitor", token, NOW + MINUTE)


def test_a_token_for_one_purpose_is_no_good_for_another() -> None:
    with pytest.raises(Forged):
        KEYS.claims("session", KEYS.token("visitor", {"sub": "a"}, NOW, MINUTE), NOW)


KEY = b"the key that both sides share, long enough"
CLAIMS = {"sub": "a", "exp": NOW + MINUTE}


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        "é.é.é",
        jwt.encode(CLAIMS, b"another key that is long enough for it", algorithm="HS256"),
        jwt.encode(CLAIMS, "", algorithm="none"),
        jwt.encode(CLAIMS, KEY, algorithm="HS256")[:-2],
        jwt.encode({"exp": NOW + MINUTE}, KEY, algorithm="HS256"),
        jwt.encode({"sub": "a"}, KEY, algorithm="HS256"),
        jwt.encode({"sub": "a", "exp": NOW - MINUTE}, KEY, algorithm="HS256"),
    ],
)
def test_a_token_that_is_not_whole_signed_and_young_is_forged(token: str) -> None:
    with pytest.raises(Forged):
        read_token(token, KEY, NOW)


def test_an_expiry_that_is_no_number_is_forged() -> None:
    with pytest.raises(Forged):
        read_token(jwt.encode({"sub": "a", "exp": True}, KEY, algorithm="HS256"), KEY, NOW)


def test_a_short_installation_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Keys(b"short")


def test_comparison_takes_any_text() -> None:
    assert same("密", "密")
    assert not same("密", "蜜")
