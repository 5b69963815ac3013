import type { superviseZh } from "./supervise.zh";

export const superviseEn: typeof superviseZh = {
  lead: "Last {{hours}} hours", waiting: "Waiting", longest: "Longest wait", level: "Service level", withinSeconds: "within {{count}} s", withinMinutes: "within {{count}} min", ownTargets: "within each queue's own target", abandoned: "Abandoned", abandonedHint: "left before a person came", left: "{{count}} waits in all", none: "None yet", nobodyWaits: "Nobody waits",
  agents: "Agents", open: "Open", setPresence: "Change status", reason: "Reason (needed; goes into the audit)", failed: "The board couldn't be loaded", queue: "Waiting", serving: "Being served", served: "Waiting and being served", empty: "Nobody waits and nobody is being served", emptyHint: "Customers who ask for a person show up here.", look: "Watch",
  bar: "You're watching. The customer can't see you", whisper: "Whisper", whisperTo: "Only {{name}} and colleagues see this", send: "Send", join: "Join", joined: "You've joined. The customer sees your name", leave: "Leave", takeOver: "Take over", sent: "{{name}} has it", taken: "It's yours now",
  queues: "Queues", queueTeams: "Teams", anybody: "Anybody", allTeams: "All teams", team: "Team", messages: "and {{count}} left a message", noQueue: "No queue is this team's", low: "Below 60%",
  seamIn: "{{name}} joined the conversation", seamOut: "{{name}} left the conversation", whispered: "{{name}} whispered to you",
};
