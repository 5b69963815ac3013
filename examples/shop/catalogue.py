"""What the shop sells: products, their variants and how many of each are there."""

from datetime import date, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from .model import Money, Product, Text, Variant, Words
from .tables import parts, rows


class Colour(Struct, frozen=True):
    code: str
    name: Text
    hex: str
    aliases: Words


class Category(Struct, frozen=True):
    code: str
    name: Text
    aliases: Words
    backdrop: str


class Look(Struct, frozen=True):
    """What the picture of a variant shows."""

    drawing: str
    colour: str
    backdrop: str


class Catalogue(Struct, frozen=True):
    """Products in the order of the shop window. Stock is kept apart from it, because stock moves."""

    products: dict[str, Product]
    categories: dict[str, Category]
    colours: dict[str, Colour]
    category_of: dict[str, str]
    product_of: dict[str, str]
    looks: dict[str, Look]


def text(row: dict[str, str], name: str) -> Text:
    return Text(row[f"{name}_zh"], row[f"{name}_en"])


def words(row: dict[str, str]) -> Words:
    return Words(parts(row["alias_zh"]), parts(row["alias_en"]))


def read_colours() -> dict[str, Colour]:
    return {row["code"]: Colour(row["code"], Text(row["zh"], row["en"]), f"#{row['hex']}", words(row)) for row in rows("colours")}


def read_categories() -> dict[str, Category]:
    return {
        row["code"]: Category(row["code"], Text(row["zh"], row["en"]), words(row), f"#{row['backdrop']}")
        for row in rows("categories")
    }


def yuan(amount: str) -> Money:
    return Money(int(amount) * 100, "CNY")


def read_attributes(cell: str) -> dict[str, Text]:
    """`area=20 m²;filter=12 个月~12 months`: a value without `~` reads the same in both languages."""
    found = {}
    for part in parts(cell):
        key, value = part.split("=", 1)
        zh, _, en = value.partition("~")
        found[key] = Text(zh, en or zh)
    return found


def draw_stock(random: Random, start: date) -> tuple[int, date | None]:
    """One variant in eight is sold out (most of those are expected back), one in eight is nearly so."""
    luck = random.random()
    if luck < 0.125:
        return 0, start + timedelta(days=random.randint(3, 16)) if random.random() < 0.7 else None
    if luck < 0.25:
        return random.randint(1, 5), None
    return random.randint(8, 240), None


def sku_of(product: str, colour: str, size: str) -> str:
    tail = "".join(char for char in size.upper() if char.isalnum() or char == "-")
    return "-".join(part for part in (product.upper(), colour.upper()[:3], tail) if part)


def read_variants(row: dict[str, str], colours: dict[str, Colour], random: Random, start: date) -> tuple[Variant, ...]:
    told = {colour: int(count) for colour, count in (part.split("=") for part in parts(row["stock"]))}
    many_colours = len(parts(row["colours"])) > 1
    made = []
    for colour in parts(row["colours"]):
        for cell in parts(row["sizes"]) or ("",):
            size, _, price = cell.partition("@")
            stock, restock_on = draw_stock(random, start)
            if colour in told:
                stock, restock_on = told[colour], None if told[colour] else start + timedelta(days=6)
            sku = sku_of(row["id"], colour, size)
            name = colours[colour].name if many_colours else None
            picture = f"/pictures/{sku}.svg"
            made.append(Variant(sku, name, size or None, stock, yuan(price or row["price"]), picture, restock_on))
    return tuple(made)


def read_product(row: dict[str, str], detail: Text, category: Category, variants: tuple[Variant, ...]) -> Product:
    return Product(
        id=row["id"],
        title=Text(row["zh"], row["en"]),
        category=category.name,
        description=Text(f"{row['tag_zh']}。{detail.zh}", f"{row['tag_en']}. {detail.en}"),
        aliases=words(row),
        price=min((variant.price for variant in variants), key=lambda price: price.amount),
        price_usd=Money(int(row["usd"]) * 100, "USD"),
        picture=variants[0].picture,
        url=f"/products/{row['id']}",
        attributes=read_attributes(row["specs"]),
        variants=variants,
    )


def read_catalogue(random: Random, start: date) -> Catalogue:
    colours, categories = read_colours(), read_categories()
    details = {row["code"]: text(row, "detail") for row in rows("categories")}
    made = Catalogue({}, categories, colours, {}, {}, {})
    for row in rows("products"):
        category = categories[row["category"]]
        variants = read_variants(row, colours, random, start)
        made.products[row["id"]] = read_product(row, details[category.code], category, variants)
        made.category_of[row["id"]] = category.code
        for colour in parts(row["colours"]):
            for cell in parts(row["sizes"]) or ("",):
                sku = sku_of(row["id"], colour, cell.partition("@")[0])
                made.product_of[sku] = row["id"]
                made.looks[sku] = Look(row["drawing"], colour, category.backdrop)
    return made


def with_stock(product: Product, stock: dict[str, int]) -> Product:
    """The product as the warehouse counts it now."""
    return replace(product, variants=tuple(replace(it, stock=stock[it.sku]) for it in product.variants))


def find_variant(product: Product, sku: str) -> Variant | None:
    return next((variant for variant in product.variants if variant.sku == sku), None)


def variant_name(variant: Variant) -> Text | None:
    """`White · M`, or None where a product comes in one kind only."""
    zh = " · ".join(part for part in (variant.colour.zh if variant.colour else "", variant.size or "") if part)
    en = " · ".join(part for part in (variant.colour.en if variant.colour else "", variant.size or "") if part)
    return Text(zh, en) if zh else None
