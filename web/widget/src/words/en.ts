/** Every word the widget shows, in English. */

import type { Words } from "./words";

const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

export const words: Words = {
  open: "Open chat",
  openUnread: (count) => `Open chat, ${count} new`,
  close: "Close",
  panel: (brand) => `Chat with ${brand}`,
  timeline: "Conversation",
  loading: "Opening your chat…",
  dismiss: "Dismiss",

  assistantHere: "AI · instant replies",
  agentHere: (name) => `You're chatting with ${name}`,
  waiting: "In line for a person",
  ended: "Ended · write any time",
  person: "Get a person",
  personLong: "Get a person to talk to",
  placeShort: (place) => `No. ${place}`,
  placeShortLong: (place) => `No. ${place} in line. Show the queue`,

  ai: "AI",
  aiLong: "Written by AI",
  you: "You",
  sources: (titles) => `Source: ${titles}`,
  composing: (name) => `${name} is typing`,
  answering: "AI is answering",

  sending: "Sending",
  waitingToSend: "Will be sent when you're back online",
  sent: "Sent",
  read: "Read",
  failed: "Not sent",
  retry: "Send again",
  edit: "Edit",
  remove: "Delete",
  older: "Loading earlier messages…",
  fresh: (count) => `${count} new`,
  toEnd: "Jump to latest",
  suggestions: "You could ask",

  handedOff: "Getting a person for you",
  accepted: (name) => `${name} joined`,
  transferred: (name) => `Passed on to ${name}`,
  transferredQueue: "Passing you on to a colleague",
  handedBack: "The AI assistant is back",
  returned: "You're back with the AI assistant",
  resolved: "This conversation has ended",
  reopened: "The AI assistant is here",
  verified: "We've confirmed who you are",
  rated: (face) => `You rated this: ${face}`,

  next: "You're next",
  place: (place) => `You're number ${place} in line`,
  placeSoon: "Finding someone for you",
  estimate: (low, high) => {
    if (high < 60) return "Less than a minute";
    const [from, to] = [minutes(low), minutes(high)];
    return from === to ? `About ${to} min` : `About ${from}–${to} min`;
  },
  noEstimate: "No reliable estimate right now",
  nobody: "Nobody is online right now. You're still in line, and the assistant can keep helping.",
  meanwhile: "Add anything that helps while you wait. Whoever joins will see it all.",
  keepWaiting: "Keep waiting",
  backToAssistant: "Ask the assistant",

  rate: "How did we do?",
  faces: ["Very bad", "Not good", "Okay", "Good", "Great"],
  thanks: "Thanks for telling us",
  comment: "Anything to add? (optional)",
  sendComment: "Send",
  commentThanks: "Got it. Thank you.",

  placeholder: "Ask us anything",
  message: "Message",
  send: "Send",
  attach: "Add a picture or file",
  drop: "Drop to add",
  soundOn: "Turn sound on",
  soundOff: "Turn sound off",
  uploading: (name, percent) => `${name}, ${percent}% uploaded`,
  stillUploading: "A file is still uploading. Your message goes out as soon as it's there.",
  tooLarge: (size, limit) => `This file is ${size}; up to ${limit} works. Your message is still here.`,
  tooMany: (limit) => `A message takes up to ${limit} files. Send the others in the next one.`,
  uploadFailed: "The upload was cut off. Your message is still here.",
  empty: "This file is empty.",
  removeFile: (name) => `Remove ${name}`,
  retryFile: (name) => `Upload ${name} again`,

  offline: "You're offline. Messages are kept and sent when you're back",
  reconnecting: "Reconnecting. Nothing you've written is lost",
  notDone: "That didn't go through. Check your connection and try again.",

  inStock: "In stock",
  fewLeft: (count) => `Only ${count} left`,
  outOfStock: "Out of stock",
  view: "View product",
  order: "Order",
  total: "Total",
  tracking: "Tracking no.",
  eta: "Arriving",
  allSteps: (count) => `Show all ${count} updates`,
  lastStep: "Show less",
  moreItems: (count) => `and ${count} more`,
  title: (count) => `(${count} new) `,
};
