"""Offering a customer who waits to the best of those who may take him."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from tandem.infra.bus import Bus
from tandem.infra.db import Tx
from tandem.kit.ids import new_id
from tandem.routing.engine import store
from tandem.routing.engine.choose import Candidate, Choice, choose
from tandem.routing.engine.model import NewOffer, Waiting
from tandem.routing.engine.pool import read_pool
from tandem.routing.engine.terms import Place, Terms
from tandem.routing.looks.act import TOPIC, tell_work


async def offer_best(tx: Tx, bus: Bus, wait: Waiting, terms: Terms, place: Place, random: Random) -> UUID | None:
    """The agent who is asked, or None when nobody can be. The caller holds the waiting row."""
    pool = await read_pool(tx.db, [wait], terms, place, await store.refused_by(tx.db, [wait.subject], terms.passed))
    candidates, possible = pool.candidates(wait, terms)
    choice = await _claimed(tx, wait, candidates, terms, random)
    if choice is None:
        return None
    await store_offers(tx, bus, [new_offer(wait, choice, candidates, possible, terms, place)], terms)
    return choice.candidate.agent


async def _claimed(tx: Tx, wait: Waiting, candidates: Sequence[Candidate], terms: Terms, random: Random) -> Choice | None:
    """Whoever is just being given something by another process is passed over: waiting for him would make all processes walk in
    step. Only when nobody else is left is he waited for, since else a free agent and a customer could miss each other."""
    first, left = None, list(candidates)
    while left:
        choice = choose(left, terms.rule.order, terms.rule.exploration, random)
        first = first or choice
        pair = wait.subject, choice.candidate.agent
        if await store.claim(tx.db, [pair], now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed):
            return choice
        left.remove(choice.candidate)
    if first and await store.claim_waiting(
        tx.db, wait.subject, first.candidate.agent, now=terms.now, seen=terms.seen, weights=terms.weights, passed=terms.passed
    ):
        return first
    return None


def new_offer(wait: Waiting, choice: Choice, candidates: list[Candidate], possible: int, terms: Terms, place: Place) -> NewOffer:
    return NewOffer(
        new_id(terms.now), wait.subject, wait.kind, wait.queue_id, choice.candidate.agent, wait.version,
        until=terms.now + timedelta(seconds=place.config.offer_seconds), waited=round((terms.now - wait.entered_at).total_seconds()),
        possible=possible, probability=choice.probability, candidates=candidates, why=choice.why,
    )  # fmt: skip


async def store_offers(tx: Tx, bus: Bus, made: Sequence[NewOffer], terms: Terms) -> None:
    """The caller holds the customers and the agents."""
    await store.put_offers(tx.db, made, terms.rule.order, terms.now)
    tx.after(lambda: bus.tell(TOPIC, None))
    tell_work(tx, bus, *(it.agent_id for it in made))
