/** Names under which answers of the server are cached. */

export const colleaguesKey = ["colleagues"] as const;
export const conversationKey = "conversation";
export const mineKey = ["mine"] as const;
