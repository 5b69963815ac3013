"""Which words of a message name a product, and which of several products they name."""

import re

from tandem.assistant.skills.goods import Product
from tandem.knowledge.words import FUNCTION_WORDS, fold, is_han, runs, terms

_NOISE_ZH = re.compile(
    r"请问|你好|您好|一下|帮我|帮忙|看看|看一下|查查|查一下|想问|我想|我要|想要|想买|要买|买一?个|买一?台|有没有|还有没有|有货|没货|现货|库存|缺货|补货|到货|断货|还剩|多少件|多少钱|什么价格?|价格|价钱|售价|怎么卖"
    r"|多少|什么时候|啥时候|几号|能买|能不能|可以|可不可以|推荐|介绍|参数|规格|功能|特点|这一?[款个件台双条种把只]|那一?[款个件台双条种把只]|该款|该商品|商品|产品|颜色|尺码|大小|多大|多重|噪音|怎么样|好不好|"
    r"你们家?|咱们?家?|店里|还有|还卖|卖不卖|在卖|现在|目前|卖|的|了|吗|呢|么|嘛|吧|啊|呀|哦|有|还|是|我|它|和|跟|或者|那|要|买|给|个|款|件|台|双|要|不|都|到|就|啥|什么|哪些|哪个|哪款|货"
)
_NOISE_EN = frozenset(
    "stock available availability sold out restock restocked left price priced much cost costs many sell selling carry offer buy purchase looking look show find "
    "recommend interested check see tell more about details specs spec loud big heavy noise size sizes colour color colours colors in of does is are still currently "
    "right now one ones also then back come comes coming product item items thing things hi hello please thanks thank you guys shop store what's whats it's its too "
    "other different piece pieces anything something new another instead other's let give price's okay ok and for with your".split()
)
_COLOURS_EN = frozenset("white black grey gray silver red pink orange yellow green blue navy purple brown beige gold rose ivory".split())
_COLOURS_ZH = re.compile(r"[白黑灰银红粉橙黄绿蓝紫棕金米][色的]|藏青|深蓝|浅蓝|粉红|[大中小]号|\d+码")
NAMED = 0.5
"""Share of the words that a product's names must have in common with the question to be meant by it."""
AS_GOOD = 0.9


def product_words(text: str) -> str:
    """What is left of a message when everything but the product's name is taken out; "" when it names none."""
    words = [_without_noise(run) for run in runs(fold(text))]
    return " ".join(word for word in words if word)


def _without_noise(run: str) -> str:
    if is_han(run):
        return _NOISE_ZH.sub("", _COLOURS_ZH.sub("", run))
    if run in _NOISE_EN or run in _COLOURS_EN or run in FUNCTION_WORDS:
        return ""
    return run


def meant(products: tuple[Product, ...], words: str) -> tuple[Product, ...]:
    """The products that the words name, best first: one if it is clear, several if they could mean any of them, none if none fits."""
    scored = [(_named(product, words), product) for product in products]
    best = max((score for score, _ in scored), default=0.0)
    if best < NAMED:
        return ()
    close = tuple(product for score, product in scored if score >= best * AS_GOOD)
    exact = tuple(product for product in close if _is_name(product, words))
    return exact if len(exact) == 1 else close


def _named(product: Product, words: str) -> float:
    """Share of the question's terms that stand in one of the product's names."""
    wanted = _matter(words)
    names = _matter(" ".join((product.title.zh, product.title.en, *product.aliases.zh, *product.aliases.en)))
    return len(wanted & names) / len(wanted) if wanted else 0.0


def _is_name(product: Product, words: str) -> bool:
    flat = _flat(words)
    return any(_flat(name) == flat for name in (product.title.zh, product.title.en, *product.aliases.zh, *product.aliases.en))


def _matter(text: str) -> set[str]:
    return {term for term in terms(text) if not term.startswith("§") and term not in FUNCTION_WORDS and (term.isascii() or len(term) == 2)} or set(text)


def _flat(name: str) -> str:
    return "".join(runs(fold(name)))
