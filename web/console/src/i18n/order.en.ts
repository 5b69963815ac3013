import type { orderZh } from "./order.zh";

export const orderEn: typeof orderZh = {
  filter: "Filter", owner: "Owner", agent: "Agent", nobody: "Nobody", tags: "Tags", channel: "Channel", language: "Language", emotion: "Mood", waiting: "Customer has waited", quiet: "Nothing happened for", unread: "Has unread messages", snoozed: "Snoozed",
  over: "more than {{time}}", minutes: "{{count}} min", hours: "{{count}} h", owners: { assistant: "AI", queue: "Unassigned", agent: "A person", closed: "Closed" },
  viewName: "Name it to keep it as a view", share: "For everybody", keep: "Keep", dropView: "Delete the view “{{name}}”", nothing: "Nothing fits this filter", nothingHint: "Loosen it: press F.",
  findTag: "Find or make a tag", newTag: "Make “{{name}}”", noTags: "No tags yet. Type a name to make one", tag: "Tags", removeTag: "Take the tag “{{name}}” off",
  snooze: "Snooze", snoozeNote: "Why (optional)", wake: "Wake up", snoozedUntil: "Snoozed until {{time}}", snoozedDone: "Snoozed. It's back at {{time}}, or when the customer writes", wokenDone: "Back in your list",
  later: { hour: "In an hour", evening: "This evening", tomorrow: "Tomorrow morning", monday: "Monday morning", own: "Pick a time" },
  choose: "Select or deselect", chosen: "{{count}} selected", toMe: "Assign to me",
  bulk: { title: "Bulk actions", assign: "Assign", tag: "Tag", snooze: "Snooze", resolve: "Mark as resolved", clear: "Clear the selection", all: "Select all" },
  did: { assign: "{{count}} assigned", tag: "Tags of {{count}} updated", snooze: "{{count}} snoozed", wake: "{{count}} taken back", resolve: "{{count}} resolved" },
  left: "{{count}} more were left as they are: they have just moved, or aren't yours.", resolving: "Resolving {{count}} in a moment",
  packetUnread: "Hand-off not read yet", packetsUnread: "{{count}} hand-offs not read yet",
  viewing: "{{names}} is looking too", woken: { time: "Back: the snooze is over", message: "Back: the customer wrote", agent: "{{name}} woke it up" }, seamSnoozed: "{{name}} snoozed it until {{time}}",
  corrected: "The customer corrected {{key}} to {{now}}", withdrawn: "The customer took back {{key}}", joined: "Joined with another conversation of this customer", joinedInto: "Joined into another conversation of this customer", parted: "Conversations taken apart again", open: "Open", otherLanguage: "Other",
};
