import { describe, expect, it } from "vitest";
import type { Contact } from "@tandem/shared";
import { anyOvertaken, edited, keepMine, overtaken, shown, takeTheirs, toSend, type Edits } from "../src/customer/edits";

const contact: Contact = { id: "p", name: "林女士", locale: "zh-CN", tier: "黑金", attributes: { size: "M", card: "88" }, identities: [], first_seen: "", last_seen: "", conversations: 1 };
const sized = (now: string): Edits => edited(contact, {}, ".size", now);

describe("what an agent changes of a customer", () => {
  it("is all that is sent, each field by itself, with how it stood", () => {
    const edits = edited(contact, sized("L "), "tier", "");
    expect(toSend(edits)).toEqual({ tier: "", attributes: { size: "L" }, was: { tier: "黑金", attributes: { size: "M" } } });
    expect(toSend(edited(contact, {}, "name", "林女士"))).toBeNull();
  });

  it("stays in its field while a colleague's change of another one is shown", () => {
    const now = { ...contact, name: "林小姐" };
    expect([shown(now, sized("L"), "name"), shown(now, sized("L"), ".size"), anyOvertaken(now, sized("L"))]).toEqual(["林小姐", "L", false]);
  });

  it("is held against what a colleague wrote in the same field, and one of both is chosen", () => {
    const now = { ...contact, attributes: { ...contact.attributes, size: "S" } };
    expect(overtaken(now, sized("L"), ".size")).toBe("S");
    expect(toSend(keepMine(now, sized("L"), ".size"))).toEqual({ attributes: { size: "L" }, was: { attributes: { size: "S" } } });
    expect(overtaken(now, keepMine(now, sized("L"), ".size"), ".size")).toBeNull();
    expect(toSend(takeTheirs(sized("L"), ".size"))).toBeNull();
    expect(overtaken(now, sized("S"), ".size")).toBeNull();
  });

  it("is held against a field that a colleague emptied", () => {
    expect(overtaken({ ...contact, attributes: {} }, sized("L"), ".size")).toBe("");
  });
});
