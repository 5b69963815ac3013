/** What is said to who waits for a person. */

import { inLanguage } from "./part";

const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

export const ZH = {
  next: "下一位就是您",
  place: (place: number) => `您排在第 ${place} 位`,
  placeSoon: "正在为您安排客服",
  estimate: (low: number, high: number) => {
    if (high < 60) return "预计不到 1 分钟";
    const [from, to] = [minutes(low), minutes(high)];
    return from === to ? `预计约 ${to} 分钟` : `预计 ${from}–${to} 分钟`;
  },
  noEstimate: "暂时估不出等待时间",
  nobody: "现在没有客服在线，您仍在队列里；可以留言或预约回电，也可以先问 AI 助手。",
  meanwhile: "等候时可以继续补充，客服接入后都能看到。",
  keepWaiting: "继续等待",
  fold: "知道了",
  backToChat: "改为在线等候",
  backToAssistant: "继续问 AI",
  message: {
    choose: "留言",
    proposed: "现在等候的人较多。您可以先留言，客服有空就在这里回复您。",
    taken: "已收到您的留言",
    meanwhile: "不用守在这里：客服有空就会在这里回复您，刚才说的都能看到，也可以继续补充。",
  },
  callback: {
    choose: "请给我回电",
    proposed: "现在等候的人较多。您可以留下电话，排队位置不变，轮到您时给您回电。",
    taken: "会给您回电",
    meanwhile: (place: number) => `排队位置不变，您是第 ${place} 位。轮到您时给您打电话，不用守在这里。`,
  },
  phone: "回电号码",
  phoneWrong: "请填写可以接听的电话号码，例如 138 0000 0000。",
  back: "返回",
};

export const EN: typeof ZH = {
  next: "You're next",
  place: (place) => `You're number ${place} in line`,
  placeSoon: "Finding someone for you",
  estimate: (low, high) => {
    if (high < 60) return "Less than a minute";
    const [from, to] = [minutes(low), minutes(high)];
    return from === to ? `About ${to} min` : `About ${from}–${to} min`;
  },
  noEstimate: "No reliable estimate right now",
  nobody: "Nobody is online right now. You're still in line: leave a message, ask for a call back, or keep asking the assistant.",
  meanwhile: "Add anything that helps while you wait. Whoever joins will see it all.",
  keepWaiting: "Keep waiting",
  fold: "Got it",
  backToChat: "Wait in the chat",
  backToAssistant: "Back to the AI",
  message: {
    choose: "Leave a message",
    proposed: "Many people are waiting. Leave it as a message and we'll answer here as soon as someone is free.",
    taken: "We have your message",
    meanwhile: "No need to stay. Someone will answer you right here and will see everything you've said. You can still add to it.",
  },
  callback: {
    choose: "Call me back",
    proposed: "Many people are waiting. Leave your number, keep your place, and we'll call when it's your turn.",
    taken: "We'll call you back",
    meanwhile: (place) => `You keep your place, number ${place} in line. We'll call when it's your turn, so there's no need to stay.`,
  },
  phone: "Number to call",
  phoneWrong: "Please give a number we can reach you at, such as +44 20 7946 0000.",
  back: "Back",
};

export const words = inLanguage(ZH, EN);
