/** Lines on a field of 24 by 24, as SVG writes them. */

const SPEAKER = "M5 9v6h3l5 4V5L8 9z";

export const CIRCLE = "M12 21a9 9 0 11.1 0z";
export const AGAIN = "M19 12a7 7 0 11-2-5l2 1M19 4v4h-4";
export const ATTACH = "M20 11l-8 8a5 5 0 01-7-7l8-8a3 3 0 015 5l-8 8a1 1 0 01-3-3l7-7";
export const BOX = "M12 3l8 4v10l-8 4-8-4V7zM4 7l8 4 8-4M12 11v10";
export const CHAT = "M3 20l2-4a8 7 0 113 3z";
export const CHECK = "M5 12l5 5L19 7";
export const CLOCK = `${CIRCLE}M12 7v5l3 2`;
export const CLOSE = "M6 6l12 12M18 6L6 18";
export const DOWN = "M5 9l7 7 7-7";
export const FILE = "M13 3H6v18h12V8zv5h5";
export const LOOKUP = "M11 17a6 6 0 11.1 0zM20 20l-5-5";
export const MUTE = `${SPEAKER}M16 10l4 4M20 10l-4 4`;
export const PERSON = "M12 12a4 4 0 11.1 0zM5 20c1-7 13-7 14 0";
export const SEND = "M12 19V6M6 12l6-6 6 6";
export const SOUND = `${SPEAKER}M16 9a4 4 0 010 6M19 6a8 8 0 010 12`;
export const WARN = "M12 9v4M12 16.5v.1M12 4L3 19h18z";
