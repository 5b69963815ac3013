/** The words of docs/protocol.md as types. Times are RFC 3339 UTC strings; money is in minor units. */

export type AuthorKind = "customer" | "assistant" | "agent" | "system";
export type Author = { kind: AuthorKind; id: string | null; name: string };
export type Owner = "assistant" | "queue" | "agent" | "closed";

export type Attachment = {
  id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
};
export type Choice = { label: string; value: string };
export type Source = { kind: "knowledge" | "skill"; id: string; title: string; version: number | null };
export type Money = { amount: number; currency: string };

export type ProductCard = {
  type: "product";
  id: string;
  title: string;
  picture: string | null;
  price: Money | null;
  stock: number | null;
  variant: string | null;
  url: string | null;
};
export type OrderItem = { title: string; quantity: number; picture: string | null };
export type OrderStep = { at: string; text: string; place: string | null };
export type OrderCard = {
  type: "order";
  number: string;
  state: string;
  state_label: string;
  placed_at: string;
  total: Money | null;
  items: OrderItem[];
  carrier: string | null;
  tracking: string | null;
  eta: string | null;
  steps: OrderStep[];
};
export type Card = ProductCard | OrderCard;

export type Message = {
  type: "message";
  text: string;
  attachments: Attachment[];
  cards: Card[];
  choices: Choice[];
  sources: Source[];
  choice: string | null;
};
export type Note = { type: "note"; text: string };
export type Outcome = "ok" | "refused" | "not_found" | "failed";
export type SkillCalled = {
  type: "skill_called";
  skill: string;
  title: string;
  arguments: Record<string, string>;
  outcome: Outcome;
  summary: string;
  ms: number;
};
export type Verified = { type: "verified"; how: "host" | "order_phone"; detail: string };
export type HandedOff = { type: "handed_off"; reason: string; packet: string | null };
export type Accepted = { type: "accepted" };
export type Transferred = { type: "transferred"; to: string | null; name: string };
export type HandedBack = { type: "handed_back" };
export type Returned = { type: "returned" };
export type Resolved = { type: "resolved" };
export type Reopened = { type: "reopened" };
export type Rated = { type: "rated"; score: number; comment: string };
export type Body =
  | Message
  | Note
  | SkillCalled
  | Verified
  | HandedOff
  | Accepted
  | Transferred
  | HandedBack
  | Returned
  | Resolved
  | Reopened
  | Rated;

export type Entry = {
  conversation: string;
  seq: number;
  id: string;
  at: string;
  by: Author;
  internal: boolean;
  client_id: string | null;
  body: Body;
};

export type Page = { url: string; title: string; product: string | null };
export type ChatConfig = {
  brand: string;
  assistant_name: string;
  colour: string;
  greeting: string;
  suggestions: string[];
  upload_limit: number;
};
/** `place` 1 is next; `low` and `high` are seconds; `high` 0 means there is no honest estimate. */
export type QueuePlace = { place: number; low: number; high: number };
export type ChatState = {
  conversation: string | null;
  owner: Owner;
  agent_name: string | null;
  queue: QueuePlace | null;
  read_by_agent: number;
  can_rate: boolean;
  people_online: boolean;
};
export type ChatSession = {
  token: string;
  name: string;
  verified: boolean;
  conversation: string | null;
  config: ChatConfig;
  state: ChatState;
  entries: Entry[];
  after: number;
  through: number;
};
export type ChatTimeline = { entries: Entry[]; after: number; through: number; more: boolean; state: ChatState };
export type ChatSent = { entry: Entry; state: ChatState };

export type Presence = "online" | "busy" | "break" | "offline";
export type Role = "agent" | "supervisor" | "administrator";
export type User = { id: string; email: string; name: string; role: Role; active: boolean; locale: string };
export type Colleague = { id: string; name: string; role: string; state: Presence; open: number };
export type Me = { user: User; csrf: string; permissions: string[]; presence: Colleague };
export type Conversation = {
  id: string;
  channel: { id: string; kind: string; name: string };
  contact: { id: string; name: string; tier: string | null; locale: string; verified: boolean };
  owner: Owner;
  agent: { id: string; name: string } | null;
  version: number;
  last_seq: number;
  episode: number;
  language: string;
  emotion: string | null;
  reason: string | null;
  urgency: number;
  preview: { by: string; text: string; at: string };
  waiting_since: string | null;
  unread: number;
  read_by_agent: number;
  read_by_customer: number;
  opened_at: string;
  closed_at: string | null;
};
export type ConversationDetail = {
  conversation: Conversation;
  contact: Contact;
  packet: Packet | null;
  customer_online: boolean;
};
export type Contact = {
  id: string;
  name: string;
  locale: string;
  tier: string | null;
  attributes: Record<string, string>;
  identities: { channel: string; external: string; verified: boolean }[];
  first_seen: string;
  last_seen: string;
  conversations: number;
};
export type Cited = { text: string; seqs: number[] };
export type Packet = {
  id: string;
  conversation: string;
  version: number;
  at: string;
  language: string;
  reason: string;
  evidence: number[];
  goal: Cited | null;
  expectation: Cited | null;
  facts: { key: string; label: string; value: string; said_by: "customer" | "skill" | "host"; seqs: number[] }[];
  lookups: {
    skill: string;
    title: string;
    arguments: Record<string, string>;
    outcome: string;
    summary: string;
    seq: number;
    at: string;
  }[];
  attempts: { what: string; source: Source | null; reaction: string | null; seqs: number[] }[];
  emotion: { now: string; path: { emotion: string; seq: number }[]; peak: number | null };
  urgency: number;
  risk: string[];
  open_questions: string[];
  summary: string;
};
export type Article = {
  id: string;
  lang: string;
  category: string;
  question: string;
  phrasings: string[];
  answer: string;
  state: "draft" | "published" | "archived";
  version: number;
  published_version: number | null;
  updated_at: string;
  updated_by: string;
  used: number;
};

/** RFC 9457, with the members that some of our problems add. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { field: string; message: string }[];
  conversation?: Conversation;
  limit?: number;
  retry_after?: number;
};

export type ClientFrame =
  | { op: "hello"; token?: string }
  | { op: "follow"; conversation: string; since: number }
  | { op: "unfollow"; conversation: string }
  | { op: "typing"; conversation: string; on: boolean };

export type EntriesFrame = {
  type: "entries";
  conversation: string;
  entries: Entry[];
  after: number;
  through: number;
};
export type ServerFrame =
  | { type: "ready" }
  | EntriesFrame
  | { type: "state"; conversation: string; state: ChatState }
  | { type: "typing"; conversation: string; by: { kind: AuthorKind; name: string }; on: boolean }
  | { type: "draft"; conversation: string; turn: string; text: string }
  | { type: "inbox"; conversation: Conversation }
  | { type: "colleague"; colleague: Colleague }
  | { type: "read"; conversation: string; by: "customer" | "agent"; seq: number }
  | { type: "again"; conversation: string };
