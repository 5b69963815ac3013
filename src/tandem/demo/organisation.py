"""How the demo's desk is set up: who may take whom, and what agents have at hand. All of it can be changed in the console."""

from datetime import datetime
from uuid import UUID, uuid5

from msgspec import Struct

from tandem.access import act as accounts
from tandem.access import store as access
from tandem.access.model import User
from tandem.channels.model import Channel
from tandem.desk.order import store as order
from tandem.desk.order.model import Colour, Tag
from tandem.desk.writing import store as writing
from tandem.desk.writing.act import checked
from tandem.desk.writing.model import Finish, Macro, Mark, Phrase, Remark, Say, SetAside, Step
from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.opening import Opening, Span
from tandem.people import store as people
from tandem.routing.agents import act as agents
from tandem.routing.agents.model import Level, Profile
from tandem.routing.queues import act as queues
from tandem.routing.queues.model import MAIN, Hours, Need, Overflow, QueueConfig, Takes
from tandem.routing.queues.model import Step as Less

_DAY = ((Span(9 * 60, 21 * 60),),)
_TAGS: tuple[tuple[str, Colour], ...] = (
    ("物流 Delivery", "blue"),
    ("退换 Returns", "amber"),
    ("质量 Faulty", "red"),
    ("开票 Invoice", "grey"),
)
_PHRASES = (
    ("hi", "zh", "开场", "{customer}，您好，我是{agent}。前面的记录我都看过了，您不用再说一遍。"),
    ("hi", "en", "Opening", "Hello {customer}, this is {agent}. I've read everything above, so there's no need to repeat it."),
    ("where", "zh", "包裹在路上", "订单 {order} 由{carrier}承运，运单号 {tracking}，预计 {eta} 送达。"),
    ("where", "en", "On its way", "Order {order} is with {carrier}, tracking number {tracking}, expected {eta}."),
    ("sorry", "zh", "致歉并给时间", "这件事是我们没做好。我现在就去处理，【几点】前给您答复。"),
    ("bye", "en", "Closing", "I'm glad that's sorted. If anything comes up, just write here and I'll see it."),
)


class Names(Struct, frozen=True):
    """What the queues and profiles of the demo refer to."""

    front: UUID
    complaints: UUID
    returns: UUID


async def organise(tx: Tx, bus: Bus, channel: Channel, now: datetime) -> None:
    """Teams, expertise, hours, queues, profiles, phrases, macros, tags and a field."""
    users = {it.email.partition("@")[0]: it for it in await access.users(tx.db)}
    admin = users["admin"]
    names = Names(
        (await agents.put_named(tx, admin, "team", None, "一线 Front line", now)).id,
        (await agents.put_named(tx, admin, "expertise", None, "投诉 Complaints", now)).id,
        (await agents.put_named(tx, admin, "expertise", None, "退换 Returns", now)).id,
    )
    await _set_profiles(tx, bus, users, names, now)
    await _set_queues(tx, bus, admin, names, now)
    await _set_writing(tx, channel, now)


async def _set_profiles(tx: Tx, bus: Bus, users: dict[str, User], names: Names, now: datetime) -> None:
    both, front = ("zh", "en"), (names.front,)
    skilled = {
        "wang": Profile(both, teams=front, expertise=(Level(names.complaints, 4), Level(names.returns, 3))),
        "tom": Profile(both, most_chats=5, teams=front, expertise=(Level(names.returns, 4), Level(names.complaints, 2))),
        "chen": Profile(both, most_chats=2, expertise=(Level(names.complaints, 5),)),
    }
    for key, profile in skilled.items():
        await agents.put_profile(tx, users["admin"], users[key].id, profile, now)
        await accounts.change_user(tx, bus, users[key].id, by=users["admin"].id, now=now, online_at_sign_in=True)


async def _set_queues(tx: Tx, bus: Bus, admin: User, names: Names, now: datetime) -> None:
    opening = Opening("Asia/Shanghai", _DAY * 7)
    await queues.put_hours(tx, bus, admin, Hours(uuid5(MAIN, "day"), "每天 9–21 点 Every day 9–21", opening), now)
    wanted = (
        (
            "投诉与安抚 Complaints",
            QueueConfig(
                Takes(reasons=("complaint", "anger", "distress")), (Need(names.complaints, 4, (Less(30, 2), Less(90, 0))),),
                target=30, overflow=(Overflow("waited", "callback", after=300),),
            ),
        ),
        ("黑金与金卡 Gold and Black", QueueConfig(Takes(tiers=("黑金会员", "金卡会员", "Black", "Gold")), target=20)),
    )  # fmt: skip
    for position, (name, config) in enumerate(wanted):
        await queues.put_queue(tx, bus, admin, queues.fresh(name, position, True, config, now), now)


async def _set_writing(tx: Tx, channel: Channel, now: datetime) -> None:
    tags = [Tag(uuid5(channel.id, name), name, colour) for name, colour in _TAGS]
    for tag in tags:
        await order.put_tag(tx.db, tag, now)
    for shortcut, lang, title, text in _PHRASES:
        it = Phrase(uuid5(channel.id, f"{shortcut}/{lang}"), shortcut, lang, title, text, False, 0)  # type: ignore[arg-type]
        await writing.put_phrase(tx.db, it, None, now)
    delivery, returns, *_ = (it.id for it in tags)
    macros: dict[str, tuple[Step, ...]] = {
        "催件并明天再看 Chase the parcel": (
            Say("{customer}，我已经联系{carrier}催促，明天一早再看一次进展，有消息马上告诉您。"), Mark((delivery,)), SetAside(16 * 3600),
        ),
        "退货已登记 Return booked": (Remark("已登记退货，等仓库签收"), Mark((returns,)), Finish()),
    }  # fmt: skip
    for name, steps in macros.items():
        await writing.put_macro(tx.db, checked(Macro(uuid5(channel.id, name), name, steps)), now)
    label = {"zh": "常用尺码", "en": "Usual size"}
    await people.put_field(tx.db, "size", label, "choice", ["S", "M", "L", "XL"], 0, now)
