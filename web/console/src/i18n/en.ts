import { auditEn } from "./audit.en";
import { offerEn, routingEn } from "./routing.en";
import { copilotEn } from "./copilot.en";
import { exceptionEn } from "./exceptions.en";
import { personEn } from "./person.en";
import { packetEn, repeatEn } from "./packet.en";
import { promiseEn } from "./promise.en";
import { superviseEn } from "./supervise.en";
import { evaluateEn } from "./evaluate.en";
import { triageEn } from "./triage.en";
import { orderEn } from "./order.en";
import { workbenchEn, writingEn } from "./writing.en";
import type { Messages } from "./zh";

export const en: Messages = {
  audit: auditEn,
  offer: offerEn,
  routing: routingEn,
  promise: promiseEn,
  exception: exceptionEn,
  supervise: superviseEn,
  triage: triageEn,
  evaluate: evaluateEn,
  order: orderEn,
  writing: writingEn,
  packet: packetEn,
  repeat: repeatEn,
  copilot: copilotEn,
  person: personEn,
  workbench: workbenchEn,
  brand: "Tandem",
  section: { inbox: "Inbox", knowledge: "Knowledge", workbench: "Phrases", users: "People", channels: "Channels", routing: "Routing", promise: "Promise", triage: "Triage", evaluate: "Evaluate", skills: "Skills", approvals: "Exceptions", board: "Live board", audit: "Audit" },
  language: { "zh-CN": "中文", en: "English" },
  appearance: { toggle: "Switch between dark and light" },
  common: {
    retry: "Try again", cancel: "Cancel", save: "Save", close: "Close", back: "Back", copy: "Copy", copied: "Copied", copyByHand: "The browser won't allow copying here. Select the text and copy it.", undo: "Undo", more: "More",
    name: "Name", created: "Created", saved: "Saved", you: "You",
  },
  problem: {
    join: ". ", network: "Can't reach the server. Everything you wrote is still here; try again when the network is back.", server: "The server couldn't finish this. Nothing was changed; try again in a moment.",
    unreachable: "Can't reach the server", unreachableDetail: "It reconnects by itself when the network is back, or try now.",
    crash: "This page couldn't be shown", crashDetail: "What was saved is safe, and so is a reply you were writing.", reload: "Reload",
    notFound: "There's no such page", notFoundDetail: "The link may be out of date.", toInbox: "Back to the inbox", load: "Couldn't load this",
  },
  signIn: {
    title: "Sign in to your desk", lead: "The AI answers first. You stand behind it.", email: "Email", password: "Password", submit: "Sign in", expired: "Your session has ended. Sign in again and you're back where you were, drafts included.",
    tooMany: "Too many attempts. Try again in {{count}} seconds.", emailNeeded: "Enter your email", passwordNeeded: "Enter your password",
  },
  account: {
    menu: "Account", signOut: "Sign out", password: "Change password", old: "Current password", new: "New password", newHint: "At least 10 characters", changed: "Password changed", 
  },
  translate: { ask: "Translate", busy: "Translating…", label: "Machine translation", original: "Original", restore: "Undo", into: { zh: "Put into Chinese", en: "Put into English" } },
  presence: { online: "Online", busy: "Busy", takesNobody: "offered nobody", break: "On a break", wrap_up: "After work", offline: "Offline", title: "My status", open: "{{count}} open", colleagues: "Colleagues", nobody: "No other colleagues yet.",
    breaks: { meal: "Meal", rest: "Rest", training: "Training", meeting: "Meeting" }, because: { missed: "offers were missed", absent: "console was closed" },
    load: { chat: "Chats {{open}} of {{most}}", ticket: "Messages {{open}} of {{most}}", call: "Calls {{open}} of {{most}}" },
  },
  role: { agent: "Agent", supervisor: "Supervisor", administrator: "Administrator" },
  link: { connecting: "Reconnecting… new messages appear when it's back", offline: "You're offline. Keep writing; it's sent when the network is back" },
  view: { mine: "Mine", team: "My teams, unassigned", unassigned: "Unassigned", assistant: "With the AI", all: "All open", closed: "Closed", snoozed: "Snoozed", mentions: "Mentions" },
  inbox: {
    views: "Conversation views", list: "Conversations", search: "Search people or words", new_one: "{{count}} new", new_other: "{{count}} new",
    unread: "{{count}} unread", waiting: "Waiting {{time}}", mute: "Mute sounds", unmute: "Turn sounds on", notify: "Turn on desktop alerts",
    pick: "Pick a conversation", pickHint: "J and K move, Enter opens, ? shows every shortcut.",
    failed: "The conversations couldn't be loaded", gone: "No longer in this view", loadingMore: "Loading more",
    newWaiting: "A customer is waiting", newReply: "New message from {{name}}",
    empty: {
      mine: "Nothing on your plate", mineHint: "Take one from Unassigned: press G U.", team: "Nobody waits for your teams", teamHint: "Customers in queues that your teams take from show up here. Press G U for everybody who waits.", unassigned: "No one is waiting", unassignedHint: "The AI is looking after the others. Press G M for your own.",
      assistant: "The AI isn't talking to anyone", assistantHint: "When a customer asks something in the chat, it shows up here.", all: "No open conversations yet", allHint: "Put the chat on your site and questions arrive here. The embed code is under Channels.",
      closed: "Nothing closed yet", closedHint: "When a question is solved, press E and it moves here.", snoozed: "Nothing snoozed", snoozedHint: "Open a conversation and press S. It comes back in time, or when the customer writes.", mentions: "Nobody mentioned you", mentionsHint: "When a colleague writes @you in a note, the conversation shows up here.",
      search: "Nothing found for “{{q}}”", searchHint: "Try a customer's name, a few words of a message, or an order number.",
    },
  },
  voice: { visitor: "Visitor", ai: "AI", person: "Person" },
  owner: { assistant: "With the AI", queue: "Waiting for a person", agent: "With {{name}}", me: "With you", closed: "Closed" },
  emotion: { neutral: "Calm", happy: "Happy", confused: "Confused", anxious: "Anxious", disappointed: "Disappointed", angry: "Angry", sad: "Sad" },
  reason: {
    safety: "someone's safety", distress: "customer in distress", fraud_or_security: "fraud or account security", legal_medical_finance_advice: "legal, medical or financial advice", complaint: "complaint", vip_or_high_value: "important customer",
    taken_over: "taken over by a colleague", transferred: "passed on by a colleague", handed_back: "back to the AI", bot_failed_repeatedly: "AI failed repeatedly", complex_multi_issue: "several issues at once", special_request: "needs an exception", asks_human: "asked for a person", anger: "customer is angry", assistant_unavailable: "AI couldn't answer",
  },
  conversation: {
    timeline: "Timeline", verified: "Verified", notVerified: "Not verified", online: "Customer is here", offline: "Customer has left", openPanel: "Open details", closePanel: "Fold details",
    older: "Loading earlier messages", beginning: "The conversation starts here", failed: "The conversation couldn't be loaded", read: "Read", sent: "Sent", sending: "Sending", notSent: "Not sent", resend: "Send again", discard: "Delete",
    typing: "{{name}} is typing", drafting: "The AI is writing", new: "{{count}} new", toEnd: "To the latest", skills_one: "Looked up once", skills_other: "Looked up {{count}} times", skillsDone_one: "Done once", skillsDone_other: "Done {{count}} times", source: "Source",
    listJoin: ", ", note: "Note · only colleagues see this", image: "Image {{name}}", previousImage: "Previous picture", nextImage: "Next picture", file: "File {{name}}", choices: "Choices given", notFound: "This conversation wasn't found", notFoundDetail: "It may be gone, or you may not have access to it.",
  },
  fact: {
    name: "Name", verified: "Identity", order: "Order", order_state: "Order state", carrier: "Carrier", tracking: "Tracking number", eta: "Expected", product: "Product",
    city: "City", colour: "Colour", size: "Size", deadline: "Wanted by", page: "Looking at", phone: "Phone", address: "Address", goal: "Goal", expectation: "Expectation", tried: "Already tried",
  },
  argument: { order: "Order", customer: "Customer", phone: "Phone digits", product: "Product", city: "City", line: "Address", recipient: "Recipient", reason: "Reason" },
  outcome: { ok: "OK", refused: "Refused", not_found: "Not found", failed: "Failed" },
  seam: {
    handed_off: "Handed to a person · {{reason}}", accepted: "{{name}} took over", accepted_me: "You took over", transferred: "{{by}} passed this to {{name}}", transferred_queue: "{{by}} put this back in the queue", transferred_to_queue: "{{by}} moved this to the queue {{name}}",
    transferred_absent: "The agent is gone, back in the queue", helped: "Customer: the AI's answer helped", not_helped: "Customer: the AI's answer didn't help", waits_chat: "Customer waits in the chat", waits_message: "Left as a message, answered when somebody is free", waits_callback: "Customer asks to be called back", handed_back: "{{name}} handed back to the AI", returned: "Customer stopped waiting, back with the AI", resolved: "{{name}} marked this solved", resolved_system: "Conversation closed", reopened: "Customer came back, AI answers",
    verified_host: "Verified by the site's sign-in", verified_order_phone: "Verified by order number and phone digits", rated: "Customer rated {{score}} of 5",
  },
  card: {
    stock: "{{count}} in stock", noStock: "Out of stock", quantity: "× {{count}}", placed: "Placed {{date}}", eta: "Expected {{date}}", steps: "All {{count}} parcel events", fewer: "Fewer parcel events", picture: "Product picture",
  },
  action: {
    accept: "Accept", takeOver: "Take over", handBack: "Back to AI", transfer: "Transfer", resolve: "Resolve", toQueue: "Back to the queue", toQueueNamed: "Queue: {{name}}", findTarget: "Find a colleague, team or queue", toTeam: "Team: {{name}}", free_one: "{{count}} free", free_other: "{{count}} free", recommended: "Packet suggests", noTarget: "Nothing found", transferNote: "A word for whoever takes over; the customer won't see it (optional)",
    moved: "{{name}} was faster", movedQueue: "This went back to the queue", movedAssistant: "This went back to the AI", movedClosed: "This was already closed", movedDetail: "You're seeing it as it is now. Your draft is kept.", resolving: "Solved in {{seconds}} s", resolveNow: "Close now",
    transferred: "Passed to {{name}}", queued: "Back in the queue", accepted: "It's yours", handedBack: "The AI carries on", resolved: "Solved", takeOverTitle: "The AI stops at once and you continue.",
    unsaid: "Your reply didn't get through, so this wasn't done", unsaidDetail: "Send that reply again or take it back in the conversation, then do it once more.", notResumed: "{{name}}: what you did before leaving wasn't finished",
    resumed: { resolve: "{{name}} is closed, as you asked before leaving", "hand-back": "{{name}} is back with the AI, as you asked before leaving", transfer: "{{name}} was passed on, as you asked before leaving", macro: "{{name}}: the macro you ran before leaving is done", bulk: "{{name}}: done, as you asked before leaving", several_one: "1 conversation", several_other: "{{count}} conversations" },
  },
  composer: {
    reply: "Reply", note: "Note", replyHint: "Reply to {{name}}", noteHint: "For colleagues; the customer never sees it", send: "Send", addNote: "Add note", attach: "Add an image or file", drop: "Drop to add", uploading: "Uploading {{name}}", remove: "Remove {{name}}",
    notMine: "{{name}} is looking after this customer.", assistant: "The AI is answering. Take over to reply; the AI will stop.", queue: "The customer is waiting for a person. Accept to reply.", closed: "This is closed. It reopens when the customer writes again.",
    noReply: "You can read this but not reply.", uploadFailed: "{{name}} wasn't uploaded",
  },
  panel: {
    urgency: { "2": "Time matters", "3": "Loss under way" }, tabs: "Details", packet: "Packet", copilot: "Copilot", customer: "Customer", orders: "Orders", noPacket: "No handoff packet yet", noPacketHint: "When the AI hands over it writes one: the goal, what's confirmed, what was looked up, how the mood went, each with its source.",
    goal: "Goal", expectation: "Expects", facts: "Confirmed", lookups: "Looked up", attempts: "Tried", emotion: "Mood", open: "Still to ask", reaction: "Reaction",
    said_by: { customer: "said by customer", skill: "from a system", host: "from the site" }, cite: "Show entry {{seq}}", at: "Written {{time}}", accountName: "Name", tier: "Tier", keeper: "Own agent", keeperNone: "Nobody in particular", tierNone: "Not set", identities: "Identities", first: "First seen", last: "Last seen", count: "Conversations", attributes: "Attributes", phoneLast4: "Phone ends in",
    edit: "Edit", ordersEmpty: "This customer has no orders yet", ordersEmptyHint: "They show here once placed.", ordersGuest: "No orders to see yet", ordersGuestHint: "The customer isn't signed in at the shop. Once they are, all orders show here; so do orders that the AI looks up in the conversation.", ordersHere: "The customer isn't signed in at the shop. These orders were looked up in this conversation.", version: "Version {{n}}", locale: "Language",
  },
  counterpart: { title: "The same in another language", hint: "Linked, the two are one answer: customers hear the one in their language.", link: "Link the article in the other language", unlink: "Unlink", linked: "Linked", unlinked: "Unlinked", choose: "Search articles in other languages", none: "Nothing found. Try other words.", noneFree: "Nothing found. To change the one of a linked language, unlink it first." },
  knowledge: {
    ledTo: "The AI also considers these for that question",
    new: "New article", search: "Search questions and answers", lang: "Language", state: "State", category: "Category", question: "Question", phrasings: "Other phrasings", phrasingsHint: "How customers may ask it, one per line. The closer to their words, the better the AI recognises it.", addPhrasing: "Add a phrasing", removePhrasing: "Remove this phrasing",
    answer: "Answer", answerHint: "**Bold**, lists and links work.", preview: "Preview", states: { draft: "Draft", review: "In review", published: "Published", due: "Check due", archived: "Archived" }, changed: "Unpublished changes", used_one: "Used once", used_other: "Used {{count}} times", updated: "{{name}} · {{time}}",
    saveDraft: "Save draft", publish: "Publish", archive: "Archive", saved: "Draft saved", published: "Published. The AI uses this version from now on", archived: "Archived. The AI no longer uses it", publishTitle: "The AI uses it at once", archiveConfirm: "The AI stops using it. You can publish it again later.", versions: "Versions", rollback: "Restore this version", rolledBack: "Restored version {{n}}", rollbackConfirm: "This makes a new version with the same content and publishes it at once. The current one stays in the history.",
    diff: "Changes from the version before", first: "First version", conflict: "Someone saved a newer version", conflictDetail: "What you wrote is still here. See what changed, then decide which to keep.", loadTheirs: "Use theirs", keepMine: "Overwrite with mine",
    unsaved: "You have unsaved changes", unsavedDetail: "They're lost if you leave.", leave: "Leave without saving", stay: "Stay here", empty: "No articles yet", emptyHint: "The AI answers only from what's published here. Start with the question customers ask most.", emptyFiltered: "Nothing matches", emptyFilteredHint: "Try other words, or clear the filters.", clear: "Clear filters",
    images: "Pictures", addPicture: "Add a picture", removePicture: "Remove picture {{name}}", notAPicture: "{{name}} isn't a picture. PNG, JPG, GIF and WebP work.", buttons: "Buttons", addButton: "Add a button", removeButton: "Remove this button", buttonLabel: "Words on the button", buttonKind: "What it does", buttonKinds: { link: "Opens a link", article: "Answers from", person: "Gets a person" }, pickArticle: "Choose a published article",
    audience: "For whom", audienceHint: "Visitors or signed-in customers, or type a member tier such as gold.", everybody: "Everybody", groups: { guest: "Visitors", signed_in: "Signed-in customers" }, channels: "On which channels", channel: "Channel", everywhere: "All channels", validFrom: "Valid from", validUntil: "Valid until", backwards: "It must end after it begins", conditions: "For whom, where and when", owner: "Owner", nobody: "Nobody yet", mine: "Mine", reviewOn: "Check again on", reviewOnHint: "It's listed under “Check due” from that day.",
    submit: "Submit for review", submitted: "Submitted. The AI uses it once it's published", inReview: "{{name}} submitted this for review", giveBack: "Give back", giveBackNote: "What should change?", givenBack: "Given back for changes", givenBackDone: "Given back to its author", source: "From {{name}} · {{place}}",
    import: "Import and export", export: "Export {{kind}}", drop: "Drop files here, or choose them", dropKinds: "CSV, Excel, JSON, Markdown, HTML, Word, PDF, text", siteUrl: "Web site", sitePages: "At most this many pages", pages: "pages", readSite: "Read the site", importLang: "Language", importLangAuto: "Told by its words", importHint: "Each section becomes a draft that keeps its source; the AI uses it once it's published. Importing the same file again updates and never doubles.", noImports: "Nothing imported yet. Start with a document of questions and rules that you already have.",
    stopImport: "Stop", importStates: { waiting: "Waiting", reading: "Reading", storing: "Writing drafts", done: "Done", stopped: "Stopped", failed: "Not done" }, counts: { added: "{{count}} added", changed: "{{count}} updated", unchanged: "{{count}} unchanged", unclear: "{{count}} not understood", nothing: "Nothing to import" }, report: "Report", allUnderstood: "Everything was understood.", notUnderstood: "What wasn't understood", moreUnclear: "{{count}} more aren't listed.", gone: "No longer in the source (left as they are: archive them if you agree)",
    unclear: { no_answer: "A question without an answer", no_question: "Text that answers no question", too_long: "Too long: split it into sections", hidden: "Text that readers can't see was left out", no_text: "No text: it may be a scan", unknown_columns: "These columns weren't used", too_many: "Beyond the limit: not read from here on", unreachable: "Can't be opened, or the site doesn't allow it", not_a_page: "Not a web page", bad_value: "Holds a value that can't be used" },
    importWhy: { not_this_kind: "What's inside doesn't match the file type. Nothing was imported.", broken: "The file is damaged. Nothing was imported; export it again and retry.", too_large: "It unpacks to too much. Nothing was imported; split it up.", too_long: "Reading took too long and was stopped. Split it up.", protected: "The file has a password. Remove it and import again.", empty: "There's nothing in this file.", no_columns: "No columns for question and answer were found. Check the first row.", unreachable: "The site can't be reached. Check the address.", refused: "This address is on an inner network and can't be read.", fault: "Something went wrong on our side. Drafts written so far are kept; import again to go on." },
    alike: "There are articles like this one. The draft is saved all the same", beforePublishing: "Before you publish", backToEditing: "Back to editing", anyway: "{{doing}} anyway", thisOne: "This article", thatOne: "The one that's there", differs: "here {{mine}}, there {{theirs}}", stance: { yes: "yes", no: "no" }, asIs: "{{text}}", resembles: { same_question: "Same question", contradiction: "Answers contradict", similar: "Similar question" }, proposed: "Customers may also ask", proposedHint: "A click adds it to this article's phrasings. Leave what doesn't fit.",
    pick: "Pick an article or write a new one", pickHint: "The AI answers from published articles alone. Documents and tables you have can be imported.", toList: "Back to knowledge", failed: "The articles couldn't be loaded", needQuestion: "Write the question", needAnswer: "Write the answer", needCategory: "Choose or type a category", readOnly: "You can read this but not change it.", list: "Articles", version: "Version {{n}}",
  },
  users: {
    new: "Add a person", email: "Email", role: "Role", active: "Can sign in", inactive: "Deactivated", edit: "Edit", deactivate: "Deactivate", activate: "Reactivate", reset: "Reset password", deactivateConfirm: "{{name}} is signed out at once and can't sign in again. Conversations and records stay.",
    passwordFor: "New password for {{name}}", password: "First password", passwordHint: "At least 10 characters. Pass it on in person or another safe way.", resetDone: "The new password works now", failed: "The people couldn't be loaded", empty: "It's just you", emptyHint: "Add colleagues so that they can sign in and help customers.", hintAgent: "Helps customers, writes knowledge drafts", hintSupervisor: "Also assigns and publishes knowledge", hintAdministrator: "Also manages people and channels",
    badEmail: "That isn't an email address", shortPassword: "At least 10 characters", nameNeeded: "Enter a name", serves: "Takes customers by signing in", servesHint: "They're online, and offered customers, as soon as they sign in. When off, they sign in busy and go online themselves.", generate: "Generate",
  },
  channels: {
    failed: "The channels couldn't be loaded", empty: "No channels yet", emptyHint: "A web chat is made at installation. If it's missing, check that set-up has finished.", widget: "Web chat", settings: "Look and words", brand: "Brand name", colour: "Colour", assistantName: "Assistant's name", greeting: "Greeting", suggestions: "Suggested questions", origins: "Allowed sites", originsHint: "One address per line, such as https://shop.example. Empty means any site.", suggestionsHint: "One per line, up to 6. Customers can press them when the chat opens.",
    embed: "Embed code", embedHint: "One line, before </body>.", identity: "Identity secret", identityHint: "Your server signs who is signed in (HS256), and the customer need not prove it again.", makeSecret: "Make a new secret", secretOnce: "Shown only this once. Put it on your server now.", secretConfirm: "The old secret stops working at once; sites that use it need the new one.", active: "Active", inactive: "Inactive", preview: "Preview", sample: "Is this one still in stock?",
    badColour: "Six digits, like #0B6E69", name: "Channel name", previewLang: "Language of the words",
  },
  model: {
    title: "Language model", none: "No language model is set; the assistant answers from knowledge and skills. Set llm_url in tandem.toml to use one.", lead: "By day (UTC), all processes together.", masks: "Personal details are hidden before they leave", day: "Day", calls: "Calls", cached: "Cached", failed: "Failed", input: "Input tokens", output: "Output tokens", cost: "Cost", budget: "Today's budget: {{used}} of {{limit}}", noUse: "Not used yet.",
    look: "What the model saw", given: "What it was given", written: "What it said", notAsked: "No language model was asked for this answer.", error: "Not used: {{why}}", prompt: "Prompt {{name}}", tokens: "{{input}} tokens in, {{output}} out", failedToLoad: "Could not be loaded",
  },
  skills: {
    connect: "Connect a system", failed: "Skills could not be loaded", empty: "No business system connected yet", emptyHint: "Once connected, the assistant can look things up and get things done for customers. Everything is off until you switch it on.", builtIn: "Built-in shop skills", builtInHint: "Come with the shop that TANDEM_SHOP_URL connects.", reads: "Reads", writes: "Changes data",
    kind: { openapi: "OpenAPI document", mcp: "MCP server", python: "Python entry point" }, kindHint: { openapi: "3.0 or 3.1, JSON or YAML; give its address or upload it", mcp: "Address of an MCP server that speaks streamable HTTP", python: "A tandem.skills entry point installed beside Tandem" }, name: "Name", url: "Address", urlNeeded: "Give an address or upload a document", upload: "Or upload the document", base: "Called at", baseHint: "If the document names no server, for example https://erp.example/api", auth: "Access", authKind: { none: "None needed", bearer: "Bearer token", header: "Header of your own" }, header: "Header name", secret: "Secret", secretHint: "Stored encrypted and never shown again. To change it, disconnect and connect anew.", installed: "Installed entry points", noneInstalled: "No entry point is installed",
    connected: "Connected. Now switch on what you need", disconnect: "Disconnect", disconnectConfirm: "All its skills stop at once and are removed. What is in conversations stays.", hasSecret: "Secret stored", noSecret: "No secret", found: "{{count}} operations, {{on}} on", searchIn: "Search operations", onlyOn: "Only those on", on: "On", off: "Off", unusable: "Can't be switched on: {{why}}",
    calls: "Calls in 24 h", errors: "Failed", p95: "95% under", settings: "Settings", trial: "Try it", last: "Last calls", noCalls: "No calls yet.", never: "—",
    title: "Name in Chinese", titleEn: "Name in English", triggers: "How customers ask for it", triggersHint: "One a line, in Chinese or English. {name} marks where a parameter stands, for example: track parcel {code}. Without a language model these words decide.", answer: "What to answer (Chinese)", answerHint: "{field} takes a value from the result, {a.b} one further inside. Leave empty to list the fields.", answerEn: "What to answer (English)", personal: "Concerns one customer", personalHint: "Only called for signed-in customers whom your site vouches for", writesLabel: "Changes data", writesHint: "The details are always read back, and only an explicit yes makes the call", seconds: "Time-out (s)", tries: "Tries", triesHint: "What changes data is only tried again with an idempotency key", hides: "Fields nobody is shown", hidesHint: "One field name a line",
    users: "Used by", usersHint: "For exceptions only what changes data can be used; the amount that was granted is given to it as a parameter.", user: { assistant: "The assistant, for customers", desk: "Granted exceptions" },
    parameters: "Parameters", parameterName: "Name customers see", question: "How to ask for it", givenBy: "Comes from", by: { customer: "The customer", identity: "Signed-in customer's id", grant: "The amount granted (minor units)", fixed: "A fixed value" }, fixed: "Fixed value", required: "Needed", private: "Hidden in records", tryIt: "Call it once", trySure: "I know this really changes data", customer: "Customer id", result: "Result", save: "Save",
    when: "When", outcome: "Outcome", ms: "Took", given: "Given", why: "Why", who: { assistant: "Assistant", administrator: "Trial", desk: "Granted exception" },
  },
  command: {
    title: "Commands", placeholder: "Search conversations, actions, pages", nothing: "Nothing found for “{{q}}”", shortcuts: "Keyboard shortcuts", open: "Open the command palette", help: "Show shortcuts",
    group: { conversation: "This conversation", views: "Views", pages: "Pages", settings: "Settings", found: "Conversations", articles: "Knowledge", list: "List" },
    next: "Next conversation", previous: "Previous conversation", enter: "Open conversation", search: "Search conversations", replyTo: "Write a reply", noteTo: "Write a note", toView: "View: {{view}}", toPage: "Go to: {{page}}", toPart: "Go to: {{page}} · {{part}}", theme: "Switch dark and light", language: "Switch to {{language}}", panel: "Open or fold details", presence: "Status: {{state}}", hints: "↑↓ choose · Enter run · Esc close",
  },
};
