"""Pictures of the goods: one flat drawing a kind of product, tinted with the variant's colour."""

from functools import cache
from string import Template

from .catalogue import Catalogue
from .model import Text
from .problems import not_found
from .tables import HERE

INK = "#2d3438"


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it; both as #rrggbb."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def drawing(name: str) -> Template:
    return Template((HERE / "drawings" / f"{name}.svg").read_text(encoding="utf-8"))


def picture(catalogue: Catalogue, sku: str) -> str:
    """The SVG of a variant. Raises the problem not-found."""
    look = catalogue.looks.get(sku)
    if look is None:
        raise not_found(Text("这张图片", "picture"))
    colour = catalogue.colours[look.colour].hex
    goods = drawing(look.drawing).substitute(
        c=colour,
        d=mixed(colour, "#1d2629", 0.18),
        l=mixed(colour, "#ffffff", 0.5),
        k=INK if look.colour != "black" else "#22282b",
    )
    wall, floor = look.backdrop, mixed(look.backdrop, "#6b6350", 0.1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">'
        f'<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="{mixed(wall, "#ffffff", 0.2)}"/>'
        f'<stop offset="1" stop-color="{mixed(wall, INK, 0.05)}"/></linearGradient></defs>'
        f'<rect width="400" height="400" fill="url(#wall)"/><rect y="300" width="400" height="100" fill="{floor}"/>'
        f'<ellipse cx="200" cy="334" rx="128" ry="13" fill="{INK}" opacity=".13"/>{goods}</svg>\n'
    )
