/**
 * The words of docs/protocol.md as types. What goes over HTTP is generated from the server (`make api-types`); the frames of the
 * socket, which OpenAPI does not describe, are written here. Times are RFC 3339 UTC strings; money is in minor units.
 */
import type { components } from "./api.gen";

type Schemas = components["schemas"];
/** The server always sends every field; that some have a default matters only to whoever writes them. */
type Whole<T> = T extends readonly (infer Item)[] ? Whole<Item>[] : T extends object ? { [Key in keyof T]-?: Whole<T[Key]> } : T;
type Sent<Name extends keyof Schemas> = Whole<Schemas[Name]>;

export type Author = Sent<"Author">;
export type Attachment = Sent<"Attachment">;
export type Choice = Sent<"Choice">;
export type Source = Sent<"Source">;
export type Money = Sent<"Money">;
export type ProductCard = Sent<"ProductCard">;
export type OrderItem = Sent<"OrderItem">;
export type OrderStep = Sent<"OrderStep">;
export type OrderCard = Sent<"OrderCard">;
export type Message = Sent<"Message">;
export type Note = Sent<"Note">;
export type SkillCalled = Sent<"SkillCalled">;
export type Verified = Sent<"Verified">;
export type HandedOff = Sent<"HandedOff">;
export type Accepted = Sent<"Accepted">;
export type Transferred = Sent<"Transferred">;
export type HandedBack = Sent<"HandedBack">;
export type Returned = Sent<"Returned">;
export type Waits = Sent<"Waits">;
export type Resolved = Sent<"Resolved">;
export type Reopened = Sent<"Reopened">;
export type Helped = Sent<"Helped">;
export type Rated = Sent<"Rated">;
export type Tag = Sent<"Tag">;
export type SavedView = { id: string; name: string; filter: Filter; shared: boolean; mine: boolean };
export type Phrase = Sent<"Phrase">;
export type Macro = Sent<"Macro">;
export type Step = Macro["steps"][number];
export type WrittenDraft = Sent<"WrittenDraft">;
export type Filter = Partial<Sent<"Filter">>;
export type BulkAction =
  | { type: "assign"; to: string | null }
  | { type: "tag"; add: string[]; remove: string[] }
  | { type: "snooze"; until: string; note: string }
  | { type: "wake" }
  | { type: "resolve" };
export type Bulk = { items: { id: string; version: number }[]; action: BulkAction };
export type Done = { changed: Conversation[]; left: { id: string; problem: string }[]; undo: Bulk[] };
export type Entry = Sent<"Entry">;
export type ExceptionView = Sent<"ExceptionView">;
export type Remedy = Sent<"Remedy">;
export type ExceptionLimit = Sent<"ExceptionLimit">;
export type ExceptionDifference = Sent<"ExceptionDifference">;
export type Precedents = Sent<"Precedents">;
export type OwnDelegate = Sent<"OwnDelegate">;
export type Board = Sent<"Board">;
export type AuditLine = Sent<"AuditLine">;
export type AuditPage = Sent<"AuditPage">;
export type Voices = Sent<"Voices">;
export type ChatConfig = Sent<"ChatConfig">;
export type QueuePlace = Sent<"QueuePlace">;
export type ChatState = Sent<"ChatState">;
export type ChatSession = Sent<"ChatSession">;
export type ChatTimeline = Sent<"ChatTimeline">;
export type ChatSent = Sent<"ChatSent">;
export type User = Sent<"User">;
export type Colleague = Sent<"Colleague">;
export type Me = Sent<"Me">;
export type Conversation = Sent<"Conversation">;
export type ConversationDetail = Sent<"ConversationDetail">;
export type CustomerOrders = Sent<"Orders">;
export type Contact = Sent<"Contact">;
export type Cited = Sent<"Cited">;
export type Packet = Sent<"Packet">;
export type Copilot = Sent<"Copilot">;
export type FoundAnswer = Sent<"FoundAnswer">;
export type SuggestedReply = Sent<"SuggestedReply">;
export type SuggestionUse = Sent<"Use">;
export type History = Sent<"History">;
export type FoundContact = Sent<"FoundContact">;
export type ContactField = { key: string; label: Record<string, string>; kind: "text" | "number" | "date" | "choice"; choices: string[]; position: number };
export type Repeat = Sent<"Repeat">;
export type RepeatRate = Sent<"RepeatRate">;
export type Told = Sent<"Told">;
export type Channel = Sent<"Channel">;
export type Article = Sent<"ArticleRecord">;
export type Counterpart = Sent<"Counterpart">;
export type ArticleDraft = Sent<"ArticleDraft">;
export type ArticleList = Sent<"ArticleList">;
export type ArticleVersion = Sent<"ArticleVersion">;
export type ConnectedSkill = Sent<"ConnectedSkill">;
export type ConnectedSystem = Sent<"System">;
export type SkillBoard = Sent<"SkillBoard">;
export type SkillCall = Sent<"KeptCall">;
export type SkillChange = Sent<"SkillChange">;
export type SkillNumbers = Sent<"SkillNumbers">;
export type SkillParameter = ConnectedSkill["offer"]["skill"]["slots"][number];
export type SkillTried = Sent<"TrialResult">;
export type ModelBoard = Sent<"ModelBoard">;
export type ModelUse = ModelBoard["days"][number];
export type PromiseView = Sent<"PromiseView">;
export type PromiseVersion = Sent<"assistant_promise_model_Promise">;
export type PromiseAccount = Sent<"Account">;
export type PromiseKept = Sent<"Kept">;
export type AnswerToJudge = Sent<"Waiting">;
export type JudgedMessage = Sent<"JudgedMessage">;
export type Evaluation = Sent<"Evaluation">;
export type Evaluations = Sent<"Evaluations">;
export type TriageRules = Sent<"Rules">;
export type TriageRulesView = Sent<"RulesView">;
export type TriageRulesVersion = Sent<"RulesVersion">;
export type TriageTried = Sent<"Tried">;
export type TriageChanged = Sent<"Changed">;
export type ChannelName = Sent<"ChannelName">;
export type Checked = Sent<"Checked">;
export type KnowledgeImport = Sent<"KnowledgeImport">;

export type Mine = Sent<"Mine">;
export type OfferCard = Sent<"OfferCard">;
export type Why = Sent<"Why">;
export type InHand = Sent<"InHand">;
export type RoutingSettings = Sent<"RoutingSettings">;
export type RoutingQueue = Sent<"Queue">;
export type QueueConfig = Sent<"QueueConfig">;
export type RoutingRule = Sent<"Rule">;
export type OpeningHours = Sent<"Hours">;
export type AgentProfile = Sent<"AgentProfile">;
export type Team = Sent<"Team">;
export type Named = Sent<"Named">;

export type AuthorKind = Author["kind"];
export type Owner = ChatState["owner"];
export type Card = ProductCard | OrderCard;
export type Outcome = SkillCalled["outcome"];
export type Body = Entry["body"];
export type Page = Sent<"Page">;
export type Presence = Exclude<Colleague["state"], "wrap_up">;
export type Role = User["role"];

/** RFC 9457, with the members that some of our problems add. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { field: string; message: string }[];
  conversation?: Conversation;
  contact?: Contact;
  limit?: string;
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
  | { type: "mentioned"; conversation: string; by: string; whisper: boolean }
  | { type: "exception"; exception: string }
  | { type: "mine"; mine: Mine }
  | { type: "customer"; conversation: string; online: boolean }
  | { type: "viewing"; conversation: string; by: { id: string; name: string }; on: boolean }
  | { type: "read"; conversation: string; by: "customer" | "agent"; seq: number }
  | { type: "again"; conversation: string };
