"""Offering a customer who waits to the best of those who may take him."""

from datetime import timedelta
from random import Random
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.ids import new_id
from tandem.routing.engine import store
from tandem.routing.engine.choose import Candidate, Choice, choose
from tandem.routing.engine.model import Waiting
from tandem.routing.engine.terms import Place, Terms
from tandem.routing.looks.act import TOPIC, tell_work

MOST_CANDIDATES = 20


async def offer_best(tx: Tx, bus: Bus, wait: Waiting, terms: Terms, place: Place, random: Random) -> UUID | None:
    """The agent who is asked, or None when nobody can be. The caller holds the waiting row."""
    found = await store.candidates(
        tx.db, wait.subject, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed,
        named=[need.expertise for need in place.config.needs], order=terms.order, limit=MOST_CANDIDATES,
    )  # fmt: skip
    if not found:
        return None
    choice = await _claimed(tx, wait, list(found), terms, random)
    if choice is None:
        return None
    await _offer(tx, bus, wait, choice, found, terms, place)
    return choice.candidate.agent


async def _claimed(tx: Tx, wait: Waiting, left: list[Candidate], terms: Terms, random: Random) -> Choice | None:
    """Whoever is just being given something by another process is passed over: waiting for him would make all processes walk in
    step. Only when nobody else is left is he waited for, since else a free agent and a customer could miss each other."""
    first = None
    while left:
        choice = choose(left, terms.rule.order, terms.rule.exploration, random)
        first = first or choice
        if await store.claim(
            tx.db, wait.subject, choice.candidate.agent, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed
        ):
            return choice
        left.remove(choice.candidate)
    if first and await store.claim_waiting(
        tx.db, wait.subject, first.candidate.agent, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed
    ):
        return first
    return None


async def _offer(tx: Tx, bus: Bus, wait: Waiting, choice: Choice, found: list[store.Found], terms: Terms, place: Place) -> None:
    now, agent = terms.now, choice.candidate.agent
    await store.put_offer(
        tx.db, new_id(now), wait, agent, at=now, until=now + timedelta(seconds=place.config.offer_seconds),
        waited=round((now - wait.entered_at).total_seconds()), possible=found[0].possible, probability=choice.probability,
        rule=terms.rule.order, why=choice.why,
        candidates=[Candidate(it.agent, it.last_agent, it.keeper, it.expertise, round(it.load, 4), round(it.idle, 1)) for it in found],
    )  # fmt: skip
    tx.after(lambda: bus.tell(TOPIC, None))
    tell_work(tx, bus, agent)
