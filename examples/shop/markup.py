"""Makes HTML. Whatever is put in as text is escaped; only what was made here counts as markup."""

from html import escape

VOID = frozenset(("img", "input", "link", "meta", "br"))


class Markup(str):
    """A piece of finished HTML."""

    __slots__ = ()


Child = Markup | str | int | None
Value = str | int | bool | None


def attribute(name: str, value: Value) -> str:
    """`class_` becomes `class`, `data_x` becomes `data-x`; False and None leave the attribute out."""
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def safe(child: Child) -> str:
    if child is None:
        return ""
    return child if isinstance(child, Markup) else escape(str(child))


def el(tag: str, *children: Child, **attributes: Value) -> Markup:
    opening = tag + "".join(attribute(name, value) for name, value in attributes.items())
    return Markup(f"<{opening}>" if tag in VOID else f"<{opening}>{''.join(map(safe, children))}</{tag}>")


def join(*children: Child) -> Markup:
    return Markup("".join(map(safe, children)))
