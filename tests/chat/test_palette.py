"""A shop's colour is readable whatever it is, and nothing but a colour reaches the widget's style."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.chat.palette import (
    BLACK,
    DARK_BUBBLE,
    DARK_SURFACE,
    LIGHT_BUBBLE,
    TEXT_CONTRAST,
    WHITE,
    Rgb,
    contrast,
    palette,
    parse_colour,
)
from world.server import Server

_part = st.integers(0, 255)


def _colours(sheet: str) -> list[Rgb]:
    """Fill, what stands on it, and text: of light pages, then of dark ones."""
    return [parse_colour(colour) for colour in re.findall(r":(#\w+)", sheet)]


@given(_part, _part, _part)
def test_every_colour_is_readable_on_its_areas_and_as_text_on_light_and_dark_pages(red: int, green: int, blue: int) -> None:
    fill, on, text, dark_fill, dark_on, dark_text = _colours(palette(f"#{red:02x}{green:02x}{blue:02x}"))

    assert fill == (red, green, blue)
    assert min(contrast(fill, on), contrast(dark_fill, dark_on)) >= TEXT_CONTRAST
    assert min(contrast(text, back) for back in (WHITE, (241, 243, 245), LIGHT_BUBBLE)) >= TEXT_CONTRAST
    assert min(contrast(dark_text, back) for back in (DARK_SURFACE, (38, 43, 50), DARK_BUBBLE)) >= TEXT_CONTRAST


def test_a_black_brand_still_shows_its_areas_on_a_dark_page() -> None:
    assert contrast(_colours(palette("#000"))[3], DARK_SURFACE) >= 2
    assert contrast(WHITE, BLACK) == pytest.approx(21)


@pytest.mark.parametrize("nonsense", ["", "red", "#12", "#12345g", "#0f0;}*{display:none", "rgb(1,2,3)", "#٣٣٣"])
def test_what_is_no_colour_is_the_products_own_and_never_a_hole_in_the_style(nonsense: str) -> None:
    assert palette(nonsense) == palette("#0f766e")


def test_a_short_colour_is_the_long_one() -> None:
    assert parse_colour(" #0F8 ") == (0, 255, 136)


async def test_a_pages_own_colour_goes_before_the_channels(tandem: Server) -> None:
    async def opened(**how: str) -> str:
        answer = await tandem.http().post("/api/chat/session", json={"channel": tandem.channel.key, **how})
        return str(answer.json()["config"]["palette"])

    assert await opened() == palette("#0f766e")
    assert await opened(colour="#ff6600") == palette("#ff6600")
