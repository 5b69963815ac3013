import type { packetZh, repeatZh } from "./packet.zh";

export const packetEn: typeof packetZh = {
  next: "Next", promises: "Promised", authority: "Authority needed", queue: "Belongs in: {{name}}", sure: "{{percent}}% sure", verified: "confirmed by a system", transcript: "Transcript", consent: "Consent",
  to: { callback: { true: "Agreed to be called back", false: "No longer wants a call" }, later: { true: "Agreed to a later answer", false: "No longer waits for a later answer" }, lookup: { true: "Agreed to have the order looked up", false: "Doesn't want orders looked up" }, pass_on: { true: "{{what}}: taken back, then told again", false: "{{what}}: taken back by the customer, please don't ask again" } },
  step: {
    safety: "Make sure everyone is safe first; point to emergency services if needed", comfort: "Listen first, then act", secure: "Protect the account first; never ask for passwords or codes", expert: "Say this can't replace professional advice and bring in an expert", settle: "Acknowledge what went wrong, then offer a concrete way out with a time",
    decide: "Decide whether an exception is due", other_way: "Try another way: the answers so far didn't help", verify: "Check who it is before handling the order", answer: "Answer right away; nothing known needs asking again",
  },
  by: { assistant: "AI answered", agent: "A person answered" }, outcome: { helped: "helped", failed: "didn't help", open: "no reply yet", unclear: "unclear" },
  what: { refund: "refund", compensation: "compensation", rush: "rush", exception: "exception" },
};

export const repeatEn: typeof repeatZh = {
  known: "The customer has said this already:", sendAnyway: "Send anyway", tab: "Hand-offs", lead: "Asking for something that was in the hand-off counts as a repeat. Goal: at most 2%.", rate: "Repeat-information rate", between: "95% between {{low}} and {{high}}", handoffs: "Hand-offs", repeated: "Repeats", agent: "Agent", version: "Version", key: "Asked again", times: "Times",
  days: "Last {{count}} days", none: "Nobody took over a hand-off in this time", noneHint: "As soon as somebody accepts one, the result shows here.", failed: "Couldn't be loaded",
};
