import { describe, expect, it } from "vitest";
import type { Channel } from "@tandem/shared";
import { configOf, embedCode, isColour, settingsOf, textOn } from "../src/channels/channel";
import { initials } from "../src/look/initials";
import { sayMoney } from "../src/look/money";
import { makePassword } from "../src/users/users";

const channel: Channel = {
  id: "1", kind: "webchat", key: "shop", name: "Shop", active: true,
  config: { colour: "#123456", brand: { zh: "净云" }, greeting: "not by language", suggestions: { en: ["Where is my order", 7] } },
};

describe("the web chat's settings", () => {
  it("are read from whatever is stored, and what has another shape counts as not set", () => {
    const { words, colour } = settingsOf(channel);
    expect(colour).toBe("#123456");
    expect(words.zh.brand).toBe("净云");
    expect(words.en.brand).toBe("");
    expect(words.zh.greeting).toBe("");
    expect(words.en.suggestions).toEqual(["Where is my order"]);
  });

  it("come back the same after being stored, without blank suggestions", () => {
    const settings = settingsOf(channel);
    settings.words.zh.suggestions = ["我的快递", " ", ""];
    const stored = settingsOf({ ...channel, config: configOf(settings) });
    expect(stored.words.zh.suggestions).toEqual(["我的快递"]);
    expect(stored.words.en).toEqual(settings.words.en);
  });

  it("take a colour of six digits and put readable text on it", () => {
    expect(isColour("#0B6E69")).toBe(true);
    expect(isColour("red; background: url(x)")).toBe(false);
    expect(textOn("#0b6e69")).toBe("#ffffff");
    expect(textOn("#ffe08a")).toBe("#101818");
  });

  it("give one line to embed", () => {
    expect(embedCode("https://desk.example", "shop")).toBe('<script async src="https://desk.example/widget.js" data-channel="shop"></script>');
  });
});

describe("small words", () => {
  it("take a Chinese family name or Latin initials as the mark of a person", () => {
    expect(["王芳", "Tom Baker", "emma", "محمد عبد", "🙂"].map(initials)).toEqual(["王", "TB", "E", "مع", ""]);
  });

  it("say money in its own minor units", () => {
    expect(sayMoney({ amount: 129900, currency: "CNY" }, "zh-CN")).toBe("¥1,299.00");
    expect(sayMoney({ amount: 1299, currency: "JPY" }, "en")).toBe("¥1,299");
    expect(sayMoney({ amount: 100, currency: "not a currency" }, "en")).toBe("1.00 not a currency");
  });

  it("make passwords of 16 letters without bias to the first ones", () => {
    const bytes = (value: number) => (array: Uint8Array) => array.fill(value);
    expect(makePassword(bytes(0))).toBe("a".repeat(16));
    let turn = 0;
    expect(makePassword((array) => array.fill(turn++ === 0 ? 255 : 1))).toBe("b".repeat(16));
  });
});
