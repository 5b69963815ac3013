"""The assistant: given what was said, it decides and composes. It writes nothing; the caller commits the reply or drops it."""

import re
from collections.abc import Callable
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from tandem.assistant.compose import UNNAMED, Composed, LanguageModel, Offered
from tandem.assistant.conduct import Conduct
from tandem.assistant.decide import SURE, Decide, Flows, Plan
from tandem.assistant.flows import knowledge
from tandem.assistant.flows.acts import ActFlow
from tandem.assistant.flows.built_in import OFFERED, BuiltInFlow
from tandem.assistant.flows.connected import ConnectedFlow
from tandem.assistant.flows.delivery import DeliveryFlow
from tandem.assistant.flows.handing_over import hand_over
from tandem.assistant.flows.knowledge import KnowledgeFlow
from tandem.assistant.flows.order_proof import OrderProof
from tandem.assistant.flows.orders import OrderFlow
from tandem.assistant.flows.products import ProductFlow
from tandem.assistant.model import Context, Decision, Frame, Reply
from tandem.assistant.phrases import say
from tandem.assistant.piece import HUMAN, REPHRASE, Heard, Piece, person_choice, ways_on
from tandem.assistant.skills.registry import Registry
from tandem.assistant.skills.shop import Shop
from tandem.assistant.triage.model import Triage
from tandem.assistant.triage.table import cues
from tandem.assistant.understanding.listen import MOST_QUESTIONS, SKILLS, has_files, intents, listen, only_files, part_of, questions
from tandem.knowledge.meaning.semantic import SemanticIndex
from tandem.knowledge.search import Index
from tandem.knowledge.words import fold, terms
from tandem.timeline.model import Message

MISSES = 2
"""Answers in a row that missed before a person takes over."""
_NEAR = 0.3
"""How sure an article must be to be offered beside an answer to something else."""
_ASKING = re.compile(r"怎么|如何|多少|多久|什么|哪|\b(?:how|what|where|when|which|why)\b", re.IGNORECASE)
_MARKS = " .,!?~…。，！？"
SHOP_ZONE = ZoneInfo("Asia/Shanghai")


def _unseen(_: str) -> None:
    """Nobody watches the draft."""


class Assistant:
    """`shop`, `model` and connected `skills` are optional: without them it answers from knowledge alone, and in ready-made
    words."""

    def __init__(
        self,
        index: Index | SemanticIndex,
        shop: Shop | None = None,
        model: LanguageModel | None = None,
        zone: ZoneInfo = SHOP_ZONE,
        conduct: Conduct | None = None,
        skills: Registry | None = None,
    ) -> None:
        self._connected = ConnectedFlow(skills) if skills is not None else None
        self._conduct = conduct or Conduct()
        flows = _flows(shop, zone) if shop else None
        self._built_in = BuiltInFlow(*flows) if flows else None
        self._decide = Decide(KnowledgeFlow(index, self._conduct), flows, self._connected)
        self._model = model
        self._semantic = index if isinstance(index, SemanticIndex) else None
        for language in ("zh", "en"):
            cues(language)  # compiling takes as long as fifty turns; better now than at the first customer's cost

    async def respond(self, context: Context, on_draft: Callable[[str], None] = _unseen) -> Reply:
        """Decide what to do about what was just heard. `on_draft` is given the text so far while a model composes; "" takes
        it back."""
        heard = self._unless_answered(listen(context, self._conduct.rules))
        if self._semantic and not heard.triage.reason and not heard.choice:
            await self._semantic.prepare([heard.text, *questions(heard)])
        trace: dict[str, object] = {"thresholds": _THRESHOLDS}
        if heard.triage.reason:
            piece = hand_over(heard, heard.triage.reason, heard.memory)
        else:
            piece = self._within_misses(heard, await self._answer(heard, trace))
            piece = await self._in_the_models_words(heard, piece, trace, on_draft)
            piece = _with_a_person_offered(heard, piece)
        return _reply(heard, piece, trace)

    def read(self, context: Context) -> Triage:
        """How what was just heard is meant, without an answer to it."""
        return listen(context, self._conduct.rules).triage

    def _unless_answered(self, heard: Heard) -> Heard:
        """Several questions in a row are not failed answers: what only the reader took for one more miss is answered where it is another
        question, with a person one press away."""
        seen = heard.triage
        if seen.reason != "bot_failed_repeatedly" or seen.failures >= MISSES:
            return heard
        if not _is_another_question(heard, self._decide.plan(heard)):
            return heard
        return replace(heard, triage=replace(seen, reason=None, risk=(), offer=True))

    async def _answer(self, heard: Heard, trace: dict[str, object]) -> Piece:
        if heard.choice == REPHRASE:
            return Piece("clarify", say(heard.lang, "rephrase_please"), heard.memory)
        expected = await self._expected(heard)
        if expected:
            return expected
        if heard.choice:
            heard = replace(heard, text=_label(heard))
        if only_files(heard.context):
            return Piece("clarify", say(heard.lang, "cannot_see"), heard.memory, choices=(person_choice(heard.lang),))
        if heard.triage.language == "other":
            return self._decide.in_another_language(heard) or Piece(
                "clarify", say(heard.lang, "other_language"), heard.memory, choices=(person_choice(heard.lang),), missed=True
            )
        if not terms(heard.text) or _says_nothing(heard):
            return _to_no_words(heard)
        piece = await self._questions(heard, trace)
        if has_files(heard.context):
            piece = replace(piece, text=f"{piece.text}\n\n{say(heard.lang, 'cannot_see_note')}")
        return piece

    async def _expected(self, heard: Heard) -> Piece | None:
        """What the customer was asked for, or a button that he pressed; None for anything else."""
        going_on = await self._decide.go_on(heard) if heard.choice or heard.text.strip() else None
        return going_on or (await self._decide.press(heard) if heard.choice else None)

    async def _questions(self, heard: Heard, trace: dict[str, object]) -> Piece:
        """A message may ask several things. They are answered one by one if each is clear by itself, else it is taken as
        one."""
        parts = [(part, self._decide.plan(part)) for part in (part_of(heard, text) for text in questions(heard))]
        clear = [(part, plan) for part, plan in parts if _clear(plan)]
        near = next(((part, plan) for part, plan in parts if _is_near(part, plan)), None)
        whole = self._decide.plan(heard)
        if len({_target(plan) for _, plan in clear}) < (1 if len(parts) > 1 and (near or not _clear(whole)) else 2):
            trace["plans"] = [_told(heard, whole)]
            trace |= _chosen(whole)
            return await self._decide.answer(heard, whole)
        trace["plans"] = [_told(part, plan) for part, plan in parts]
        open_questions = [part.text for part, plan in parts if not _clear(plan) and _asks(part.text)]
        if near is None:
            return await self._one_by_one(heard, clear, open_questions)
        told = await self._one_by_one(heard, clear, [it for it in open_questions if it != near[0].text])
        return _with_what_is_near(told, near[0], await self._decide.answer(*near))

    async def _one_by_one(self, heard: Heard, clear: list[tuple[Heard, Plan]], open_questions: list[str]) -> Piece:
        memory = heard.memory
        pieces: list[Piece] = []
        answered: set[str] = set()
        for part, plan in clear:
            if _target(plan) in answered or len(pieces) == MOST_QUESTIONS:
                continue
            answered.add(_target(plan))
            pieces.append(await self._decide.answer(replace(part, memory=memory), plan))
            memory = pieces[-1].memory
        joined = _joined(pieces)
        left = [*open_questions, *(part.text for part, plan in clear if _target(plan) not in answered)][:2]
        if not left or joined.decision == "hand_off":
            return joined
        unanswered = "\n\n".join(say(heard.lang, "unknown_too", question=text[:80]) for text in left)
        return replace(joined, text=f"{joined.text}\n\n{unanswered}", choices=joined.choices or ways_on(heard.lang))

    def _within_misses(self, heard: Heard, piece: Piece) -> Piece:
        """Two answers in a row that missed are enough: a third try would be at the customer's cost."""
        if not piece.missed:
            misses = heard.memory.misses if piece.decision == "clarify" else 0
            return replace(piece, memory=replace(piece.memory, misses=misses))
        memory = replace(piece.memory, misses=heard.memory.misses + 1)
        if memory.misses < MISSES:
            return replace(piece, memory=memory)
        return replace(hand_over(heard, "bot_failed_repeatedly", replace(memory, misses=0)), before=piece.before)

    async def _in_the_models_words(
        self, heard: Heard, piece: Piece, trace: dict[str, object], on_draft: Callable[[str], None]
    ) -> Piece:
        """Composed by the model where there is one and something to compose from; otherwise, and when it fails, as it is. Where nothing
        was found it is asked too: it may see that a person is needed. A skill that it chooses is begun like one that the customer asked
        for: nothing is changed without his yes."""
        skills = self._offered(heard) if piece.missed or (piece.decision == "clarify" and piece.evidence) else ()
        if self._model is None or piece.decision == "hand_off" or not (piece.evidence or skills or piece.missed):
            return piece
        composed = await self._model.compose(heard, piece.evidence, on_draft, skills)
        trace["model"] = [composed.trace]
        if composed.decision == "look_up" and self._built_in and self._built_in.owns(composed.skill):
            return _begun(piece, await self._built_in.answer(heard, composed.skill, composed.arguments))
        if composed.decision == "look_up" and self._connected:
            begun = _begun(piece, await self._connected.answer(heard, composed.skill, composed.arguments))
            if begun.decision != "look_up" or not begun.evidence:
                return begun
            composed = await self._model.compose(heard, begun.evidence, on_draft)
            trace["model"] = [*cast(list[object], trace["model"]), composed.trace]
            piece = begun
        return _worded(heard, piece, composed)

    def _offered(self, heard: Heard) -> tuple[Offered, ...]:
        """The skills that this customer may have used, unless he is in the middle of something."""
        if self._model is None or (heard.memory.frame and heard.memory.frame.asked):
            return ()
        return (*(OFFERED if self._built_in else ()), *(self._connected.offered(heard) if self._connected else ()))


def _begun(tried: Piece, begun: Piece) -> Piece:
    """What a model chose after the first way had missed: whatever was called on it stays on the record, and two misses stay two."""
    misses = tried.memory.misses if begun.missed else 0
    return replace(begun, before=(*tried.before, *begun.before), memory=replace(begun.memory, misses=misses))


def _worded(heard: Heard, piece: Piece, composed: Composed) -> Piece:
    if composed.decision == "hand_off":
        return replace(hand_over(heard, composed.reason or UNNAMED, piece.memory), before=piece.before)
    if composed.decision == "clarify":
        return replace(piece, decision="clarify", text=composed.text, sources=(), cards=piece.cards)
    if composed.decision != "answer":
        return piece
    decision: Decision = "look_up" if piece.decision == "look_up" else "answer"
    return replace(
        piece,
        decision=decision,
        text=composed.text,
        memory=replace(piece.memory, misses=0),
        choices=() if piece.missed else piece.choices,
        sources=composed.sources or piece.sources,
        missed=False,
    )


def _flows(shop: Shop, zone: ZoneInfo) -> Flows:
    proof = OrderProof(shop)
    return OrderFlow(shop, proof, zone), ProductFlow(shop, zone), DeliveryFlow(shop, zone), ActFlow(shop, proof, zone)


_THRESHOLDS: dict[str, float] = {
    "exact": knowledge.EXACT,
    "answer": knowledge.UNSETTLED.least,
    "margin": knowledge.MARGIN,
    "offer": knowledge.OFFER,
}


def _reply(heard: Heard, piece: Piece, trace: dict[str, object]) -> Reply:
    memory = replace(piece.memory, language=heard.lang, introduced=True)
    text = piece.text
    if not heard.memory.introduced and piece.decision != "hand_off":
        text = f"{text}\n\n{say(heard.lang, 'introduction')}"
    message = Message(text, attachments=piece.attachments, cards=piece.cards, choices=piece.choices, sources=piece.sources)
    frame = _of_frame(memory.frame) if memory.frame else None
    trace |= {
        "intent": heard.triage.intent,
        "signs": msgspec.to_builtins(heard.triage.signs),
        "frame": frame,
        "misses": memory.misses,
    }
    return Reply(piece.decision, piece.reason, heard.triage, (*piece.before, message), memory, trace)


def _of_frame(frame: Frame) -> dict[str, object]:
    """For the trace. Of what was given only the names: it may be an address."""
    return msgspec.to_builtins(frame) | {"given": sorted(frame.given), "key": None}  # type: ignore[no-any-return]


def _with_a_person_offered(heard: Heard, piece: Piece) -> Piece:
    """Triage was not sure enough to hand over: the answer stands, and a person is one press away."""
    if not heard.triage.offer or piece.decision == "hand_off" or any(it.value == HUMAN for it in piece.choices):
        return piece
    return replace(piece, choices=(*piece.choices, person_choice(heard.lang)))


def _to_no_words(heard: Heard) -> Piece:
    """A thumb up is an answer too."""
    taken_note = heard.text.strip(_MARKS) and intents(heard.text).get("acknowledged", 0.0) >= SURE
    if taken_note:
        return Piece("answer", say(heard.lang, "acknowledged"), heard.memory)
    return Piece("clarify", say(heard.lang, "rephrase_please"), heard.memory)


def _says_nothing(heard: Heard) -> bool:
    """A bare number that nothing was asked for."""
    frame = heard.memory.frame
    return not any(it.isalpha() for it in heard.text) and not heard.named.orders and (frame is None or frame.asked is None)


def _label(heard: Heard) -> str:
    """The words on a button that stands for nothing any more: they are then what was said."""
    last = heard.context.heard[-1].body
    return last.text if isinstance(last, Message) else ""


def _clear(plan: Plan) -> bool:
    return plan.way not in ("unknown", "greeting", "thanks", "acknowledged", "goodbye") and (
        plan.way != "knowledge" or plan.found.verdict == "answer"
    )


def _is_another_question(heard: Heard, plan: Plan) -> bool:
    """Whether knowledge has another answer to it, it asks a skill for something else, or it concerns no shop."""
    if plan.way == "knowledge":
        return plan.found.verdict == "answer" and plan.found.hits[0].article.id != heard.memory.article
    frame = heard.memory.frame
    if plan.way in SKILLS:
        return plan.wants.get(plan.way, 0.0) >= SURE and (frame is None or frame.intent != plan.way)
    return plan.way == "unknown" and plan.found.elsewhere


def _target(plan: Plan) -> str:
    return str(plan.found.hits[0].article.id) if plan.way == "knowledge" else plan.way


def _is_near(part: Heard, plan: Plan) -> bool:
    """A question of its own that articles come near to: one must ask which, beside what is answered."""
    return plan.way == "knowledge" and plan.found.verdict == "clarify" and plan.found.sure >= _NEAR and _asks(part.text)


def _with_what_is_near(told: Piece, part: Heard, near: Piece) -> Piece:
    """What is asked back has the buttons; where the answer has some of its own, they come first and the other question waits."""
    if told.decision == "hand_off" or told.choices:
        return told
    line = say(part.lang, "clarify_too", question=part.text.strip(" ?？。，,")[:80])
    return replace(told, text=f"{told.text}\n\n{line}", choices=near.choices)


def _asks(text: str) -> bool:
    if _ASKING.search(fold(text)):
        return True
    return text.rstrip().endswith(("?", "\uff1f", "吗", "嗎", "呢"))


def _joined(pieces: list[Piece]) -> Piece:
    """Several answers as one message. Handing over outweighs everything; whatever was looked up makes it a look-up."""
    ranked: tuple[Decision, ...] = ("hand_off", "look_up", "answer", "clarify")
    decision = min((piece.decision for piece in pieces), key=ranked.index)
    return Piece(
        decision,
        "\n\n".join(piece.text for piece in pieces),
        pieces[-1].memory,
        tuple(body for piece in pieces for body in piece.before),
        tuple(card for piece in pieces for card in piece.cards),
        next((piece.choices for piece in reversed(pieces) if piece.choices), ()),
        tuple(dict.fromkeys(source for piece in pieces for source in piece.sources)),
        tuple(it for piece in pieces for it in piece.evidence),
        all(piece.missed for piece in pieces),
        next((piece.reason for piece in pieces if piece.reason), None),
        tuple(file for piece in pieces for file in piece.attachments),
    )


def _chosen(plan: Plan) -> dict[str, object]:
    """The article that was answered with or came first, for whoever judges later whether it was the right one. Of several questions
    in a message nothing is judged: it could not be told which of the answers was meant."""
    if plan.way != "knowledge" or not plan.found.hits:
        return {}
    article = plan.found.hits[0].article
    return {"chosen": {"article": str(article.id), "category": article.category, "sure": round(plan.found.sure, 4)}}


def _told(heard: Heard, plan: Plan) -> dict[str, object]:
    """A plan for the trace. Phone digits are left out: they are not kept anywhere."""
    named = msgspec.to_builtins(replace(heard.named, digits="given" if heard.named.digits else None))
    candidates = [{"id": str(hit.article.id), "question": hit.article.question, "score": hit.score} for hit in plan.found.hits]
    return {"way": plan.way, "intents": plan.wants, "named": named, "verdict": plan.found.verdict, "candidates": candidates}
