/**
 * What the customer is known to have told: to see, to put right, to take out. A module of its own that nobody loads who does not
 * ask for it; so it draws by hand, carries its own words, and leans on the panel's styles.
 */

import type { Told } from "@tandem/shared";

type Ask = (body?: object) => Promise<Told>;
type Fact = Told["facts"][number];

const ZH = {
  title: "我提供的信息",
  lead: "这些是您说过、已记下的，接待的客服都能看到。可以更正，也可以收回；聊天记录本身不变。",
  none: "还没有记下什么。",
  correct: "更正",
  remove: "收回",
  close: "关闭",
  failed: "没能完成，内容没有改动，请稍后再试。",
};
const EN: typeof ZH = {
  title: "What I told you",
  lead: "This is what you said and we noted; whoever serves you sees it. Correct it or take it back. The chat itself stays as it is.",
  none: "Nothing noted yet.",
  correct: "Correct",
  remove: "Take back",
  close: "Close",
  failed: "That didn't work and nothing was changed. Please try again.",
};

const WIDE = /[\u2e80-\uffff]/;

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, look: string, text = ""): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = look;
  element.textContent = text;
  return element;
}

/** Lays itself over the panel until it is closed; the focus goes back to where it was. */
export default function showTold(opener: HTMLElement, ask: Ask, locale: string): void {
  const panel = opener.closest<HTMLElement>(".panel")!;
  // Its code may come a while after it was asked for, and impatience asks twice.
  if (panel.querySelector(".told")) return;
  const words = locale === "en" ? EN : ZH;
  const sheet = make("section", "stack told");
  sheet.style.cssText = "position:absolute;inset:0;z-index:3;padding:14px;gap:12px;overflow-y:auto;background:var(--surface);align-items:stretch";
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-label", words.title);
  const head = make("div", "line");
  const shut = make("button", "button plain", words.close);
  const list = make("div", "stack");
  list.style.cssText = "gap:12px;align-items:stretch";
  const problem = make("p", "quiet");
  problem.setAttribute("role", "alert");
  head.append(make("h2", "grow", words.title), shut);
  sheet.append(head, make("p", "quiet", words.lead), problem, list);

  const close = (): void => {
    sheet.remove();
    opener.focus();
  };
  const draw = ({ facts }: Told): void => {
    problem.textContent = facts.length > 0 ? "" : words.none;
    list.replaceChildren(...facts.map(row));
  };
  const call = (body?: object): void => {
    ask(body).then(
      (told) => {
        draw(told);
        // The button that was pressed is gone with its row.
        if (body) shut.focus();
      },
      () => {
        problem.textContent = words.failed;
      },
    );
  };
  const row = ({ key, label, value }: Fact): HTMLElement => {
    const line = make("div", "stack");
    line.style.alignItems = "stretch";
    const name = make("label", "stack quiet", label);
    name.style.alignItems = "stretch";
    // All of it is to be seen: a wish is longer than a line.
    const field = make("textarea", "");
    field.value = value;
    field.rows = Math.min(4, Math.ceil(value.length / (WIDE.test(value) ? 20 : 38)));
    field.style.cssText = "border:1px solid var(--border);border-radius:8px;padding:6px 10px;resize:vertical";
    field.maxLength = 160;
    const correct = make("button", "button", words.correct);
    const remove = make("button", "button plain", words.remove);
    correct.disabled = true;
    correct.setAttribute("aria-label", `${words.correct} ${label}`);
    remove.setAttribute("aria-label", `${words.remove} ${label}`);
    field.oninput = () => (correct.disabled = field.value.trim() === "" || field.value === value);
    correct.onclick = () => call({ key, was: value, now: field.value });
    remove.onclick = () => call({ key, was: value, now: null });
    const buttons = make("div", "line");
    buttons.append(correct, remove);
    name.append(field);
    line.append(name, buttons);
    return line;
  };
  shut.onclick = close;
  sheet.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  panel.append(sheet);
  shut.focus();
  call();
}
