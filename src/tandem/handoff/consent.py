"""What the customer has agreed to, as his own acts in the timeline say. What he took back holds until he tells it again."""

from collections.abc import Iterable, Sequence

from tandem.handoff.model import Consent
from tandem.handoff.words import facts_in
from tandem.timeline.model import Corrected, Entry, Message, Verified, Waits

_WAITS = {"callback": "callback", "message": "later"}


def consents(now: Sequence[Entry]) -> tuple[Consent, ...]:
    """As it stands after all of `now`; what he changed since cites both acts."""
    found: dict[tuple[str, str | None], Consent] = {}
    for it in now:
        for act in _acts(it, found.values()):
            known = found.get((act.to, act.of))
            seqs = (*known.seqs, it.seq) if known else (it.seq,)
            found[act.to, act.of] = Consent(act.to, act.given, seqs, act.of)
    return tuple(found.values())


def _acts(entry: Entry, before: Iterable[Consent]) -> Iterable[Consent]:
    body, seqs, known = entry.body, (entry.seq,), list(before)
    if isinstance(body, Waits):
        wants = _WAITS.get(body.how)
        yield from (Consent(it.to, False, seqs) for it in known if it.to in _WAITS.values() and it.given and it.to != wants)
        if body.how == "callback":
            yield Consent("callback", True, seqs)
        elif body.how == "message":
            yield Consent("later", True, seqs)
    elif isinstance(body, Verified) and body.how == "order_phone":
        yield Consent("lookup", True, seqs)
    elif isinstance(body, Corrected) and body.now is None:
        yield Consent("pass_on", False, seqs, body.key)
    elif isinstance(body, Message) and entry.by.kind == "customer":
        told = {key for key, _ in facts_in(body.text)}
        yield from (Consent("pass_on", True, seqs, it.of) for it in known if it.of in told and not it.given)
