"""Readable colours from whatever colour a shop chose. Contrast and luminance as WCAG 2.2 defines them."""

import re
from functools import lru_cache
from typing import TypeAlias

Rgb: TypeAlias = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (0, 0, 0)
_INK: Rgb = (17, 20, 24)
DARK_SURFACE: Rgb = (24, 27, 32)
# The assistant's bubbles: text in the brand's hue is hardest to read there.
LIGHT_BUBBLE: Rgb = (236, 232, 249)
DARK_BUBBLE: Rgb = (44, 43, 62)
_OWN: Rgb = (15, 118, 110)
_WEIGHTS = (0.2126, 0.7152, 0.0722)
TEXT_CONTRAST = 4.5
_AREA_CONTRAST = 2.0
_STEPS = 25


def palette(colour: str) -> str:
    """The widget's style sheet of colours: filled areas, what stands on them, and the hue as text, on light and dark pages.
    It holds nothing of `colour` but its three numbers; what is no `#rgb` or `#rrggbb` gives the product's own teal."""
    return _sheet(parse_colour(colour))


@lru_cache(maxsize=256)
def _sheet(hue: Rgb) -> str:
    light = _variables(hue, _shift(hue, _INK, LIGHT_BUBBLE, TEXT_CONTRAST))
    # A very dark hue is lifted, or its areas would vanish in the dark surface.
    dark = _variables(_shift(hue, WHITE, DARK_SURFACE, _AREA_CONTRAST), _shift(hue, WHITE, DARK_BUBBLE, TEXT_CONTRAST))
    return f"{light}@media(prefers-color-scheme:dark){{{dark}}}"


def parse_colour(colour: str) -> Rgb:
    found = re.fullmatch(r"\s*#((?:[\da-fA-F]{3}){1,2})\s*", colour, re.ASCII)
    if not found:
        return _OWN
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: Rgb, other: Rgb) -> float:
    ratio = (_luminance(one) + 0.05) / (_luminance(other) + 0.05)
    return max(ratio, 1 / ratio)


def _variables(fill: Rgb, text: Rgb) -> str:
    # Where white cannot be read black always can: no colour is too near to both.
    on = WHITE if contrast(fill, WHITE) >= TEXT_CONTRAST else BLACK
    return f":host{{--brand:{_css(fill)};--on-brand:{_css(on)};--brand-text:{_css(text)}}}"


def _shift(hue: Rgb, goal: Rgb, surface: Rgb, wanted: float) -> Rgb:
    """Mixed towards `goal` in small steps until the contrast on `surface` is there."""
    for step in range(_STEPS):
        mixed = _mix(hue, goal, step / _STEPS)
        if contrast(mixed, surface) >= wanted:
            return mixed
    return goal


def _mix(hue: Rgb, goal: Rgb, part: float) -> Rgb:
    red, green, blue = (round(one + (other - one) * part) for one, other in zip(hue, goal, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    return sum(weight * _linear(value / 255) for weight, value in zip(_WEIGHTS, colour, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _css(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
