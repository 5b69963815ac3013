import { beforeEach, describe, expect, it } from "vitest";
import { memoryStorage, type Attachment, type Storage } from "@tandem/shared";
import { DraftFiles } from "../src/conversation/draftFiles";

let storage: Storage;
let arrive: ((attachment: Attachment) => void)[];
let fail: ((error: Error) => void)[];

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const attachment = (id: string): Attachment => ({ id, name: `${id}.png`, media_type: "image/png", size: 9, url: `/files/${id}`, width: null, height: null });
const page = (): DraftFiles =>
  new DraftFiles({ prefix: "files:", storage, sayWhy: (error) => (error as Error).message, send: () => new Promise((resolve, reject) => { arrive.push(resolve); fail.push(reject); }) });
const names = (files: DraftFiles, conversation: string): string[] => files.of(conversation).map(({ name }) => name);

beforeEach(() => {
  storage = memoryStorage();
  [arrive, fail] = [[], []];
});

describe("files on their way into a reply", () => {
  it("arrive in the draft they were chosen for, whatever is looked at meanwhile", async () => {
    const files = page();
    files.add("c1", [new File(["x"], "a.png")]);
    expect([names(files, "c1"), names(files, "c2"), files.sending]).toEqual([["a.png"], [], true]);
    arrive[0]?.(attachment("a"));
    await settled();
    expect([files.of("c1")[0]?.attachment?.id, names(files, "c2"), files.sending]).toEqual(["a", [], false]);
  });

  it("are there after a reload once they have arrived, until they are sent or taken out", async () => {
    const files = page();
    files.add("c1", [new File(["x"], "a.png"), new File(["x"], "b.png")]);
    arrive.forEach((run, index) => run(attachment(["a", "b"][index] ?? "")));
    await settled();
    expect(names(page(), "c1")).toEqual(["a.png", "b.png"]);
    const [first] = files.of("c1");
    files.remove("c1", first?.key ?? -1);
    expect(names(page(), "c1")).toEqual(["b.png"]);
    files.clear("c1");
    expect(names(page(), "c1")).toEqual([]);
  });

  it("say why one failed and keep the others", async () => {
    const files = page();
    files.add("c1", [new File(["x"], "a.png"), new File(["x"], "b.png")]);
    fail[0]?.(new Error("34 MB"));
    arrive[1]?.(attachment("b"));
    await settled();
    expect(files.of("c1").map(({ failed, attachment: got }) => [failed, got?.id])).toEqual([["34 MB", undefined], [null, "b"]]);
  });

  it("do not come back when they were taken out while they were being sent up", async () => {
    const files = page();
    files.add("c1", [new File(["x"], "a.png")]);
    files.clear("c1");
    arrive[0]?.(attachment("a"));
    await settled();
    expect([names(files, "c1"), names(page(), "c1")]).toEqual([[], []]);
  });
});
