import { describe, expect, it } from "vitest";
import { abilitiesOf } from "../src/conversation/abilities";
import { sectionsOf } from "../src/session/permissions";
import { administrator, agent, conversation, reader, supervisor, withMe, withTom } from "./people";

const able = (abilities: object): string[] => Object.entries(abilities).flatMap(([name, can]) => (can ? [name] : []));

describe("what is offered follows who owns the conversation", () => {
  it("offers accept from the queue and take over from the assistant, never both", () => {
    expect(able(abilitiesOf(conversation({ owner: "queue" }), agent))).toEqual(["accept", "note"]);
    expect(able(abilitiesOf(conversation({ owner: "assistant" }), agent))).toEqual(["takeOver", "note"]);
  });

  it("lets the owner reply, hand back, transfer and resolve", () => {
    expect(able(abilitiesOf(conversation(withMe), agent))).toEqual(["handBack", "transfer", "resolve", "reply", "note"]);
  });

  it("lets a colleague only leave a note, and a supervisor also reassign and look on", () => {
    expect(able(abilitiesOf(conversation(withTom), agent))).toEqual(["note"]);
    expect(able(abilitiesOf(conversation(withTom), supervisor))).toEqual(["transfer", "note", "supervise"]);
  });

  it("moves nothing that is closed", () => {
    expect(able(abilitiesOf(conversation({ owner: "closed" }), administrator))).toEqual(["note"]);
  });

  it("offers nothing to who may only read", () => {
    for (const owner of ["assistant", "queue", "closed"] as const) expect(able(abilitiesOf(conversation({ owner }), reader))).toEqual([]);
  });
});

describe("pages follow permissions", () => {
  it("shows people, channels, triage and the audit to administrators alone, and the promise to supervisors too", () => {
    expect(sectionsOf(agent)).toEqual(["inbox", "workbench", "knowledge"]);
    expect(sectionsOf(supervisor)).toEqual(["inbox", "board", "approvals", "workbench", "knowledge", "promise", "evaluate"]);
    expect(sectionsOf(administrator)).toEqual(["inbox", "board", "approvals", "workbench", "knowledge", "promise", "triage", "evaluate", "skills", "users", "channels", "audit"]);
    expect(sectionsOf(reader)).toEqual(["inbox"]);
  });
});
