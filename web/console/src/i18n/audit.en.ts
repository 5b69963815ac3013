import type { auditZh } from "./audit.zh";

export const auditEn: typeof auditZh = {
  lead: "Who did what, and when. Lines are only ever added, and none holds what a customer said.", who: "Who", anybody: "Anybody", what: "What", anything: "Everything", when: "When", whom: "To whom or what", detail: "Details", system: "System", more: "Earlier", failed: "The audit couldn't be loaded",
  none: "Nothing matches", noneHint: "Try another person, another kind or a longer time.", look: "Open the conversation",
  area: { conversation: "Conversations", presence: "Agents' status", exception: "Exceptions", contact: "Customers", user: "People", routing: "Routing", article: "Articles", knowledge: "Imports", skill: "Skills", skill_system: "Business systems", channel: "Channels", promise: "Promise", triage: "Triage rules", assistant: "Evaluations" },
  action: {
    conversation: { watched: "Watched", whispered: "Whispered", joined: "Joined the conversation", left: "Left the conversation", transferred: "Moved the conversation" },
    presence: { set_for: "Changed a colleague's status" },
    exception: { asked: "Asked for an exception", approved: "Agreed, passed up", escalated: "Passed up, no decision in time", granted: "Granted", within_authority: "Granted within own authority", changed: "Granted something else", refused: "Refused", lapsed: "Lapsed", withdrawn: "Withdrew the request", closed: "Ended with the case", carried_out: "Carried out", not_carried_out: "Couldn't be carried out", left_to_people: "Left to people", tried_again: "Tried again", done_by_hand: "Done by hand", limits: "Changed authority", delegate: "Named a stand-in" },
    contact: { merged: "Merged customers", unmerged: "Undid a merge", changed: "Changed a customer", keeper: "Named who looks after a customer" },
    user: { added: "Added somebody", changed: "Changed somebody", password: "Changed a password" },
    routing: { agent: "Changed an agent", queue: "Changed a queue", rule: "Changed the rule", hours: "Changed hours", team: "Changed a team", expertise: "Changed an expertise", "team.dropped": "Removed a team", "expertise.dropped": "Removed an expertise" },
    article: { submitted: "Submitted for review", given_back: "Gave back", published: "Published", archived: "Archived", linked: "Linked with another language", unlinked: "Unlinked from other languages", draft: "Back to draft", review: "Sent for review" },
    knowledge: { import: "Imported knowledge", import_stopped: "Stopped an import" },
    skill: { on: "Switched a skill on", off: "Switched a skill off" }, skill_system: { connected: "Connected a system", removed: "Disconnected a system" },
    channel: { changed: "Changed a channel", secret: "New identity secret" }, promise: { set: "Changed the promise", restored: "Restored a promise" }, triage: { rules: "Changed triage rules" }, assistant: { evaluate: "Started an evaluation", evaluate_stopped: "Stopped an evaluation" },
  },
  key: { to: "to", from: "from", reason: "reason", level: "level", for: "for", count: "lines", absorbed: "absorbed", agent: "agent", version: "version", role: "role", online_at_sign_in: "takes customers by signing in", active: "may sign in", name: "name", password: "password", kind: "kind", outcome: "outcome", skill: "skill", why: "note", max_wrong: "most wrong" },
  value: { queue: "the queue", done: "done", by_hand: "left to people", failed: "failed", running: "running", intents: "intents", answers: "answers", loop: "the loop", dialogues: "dialogues", True: "yes", False: "no" },
};
