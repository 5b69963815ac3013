import { expect, it } from "vitest";
import { asJson } from "../src/http";

it("sends a cut emoji as a character that every reader takes, and whole ones as they are", () => {
  const sent = asJson({ text: "ok \ud83d 👍", nested: ["\udc4d"], count: 1 });

  expect(JSON.parse(sent)).toEqual({ text: "ok \ufffd 👍", nested: ["\ufffd"], count: 1 });
  expect(sent).not.toContain("\\ud");
});
