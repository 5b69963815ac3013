import { expect, test } from "vitest";
import { saySize } from "../src/size";

test("a limit of twenty megabytes is said as the server says it", () => {
  expect(saySize(20 * 1024 * 1024, "en")).toBe("20 MB");
});

test("small files keep a digit after the point, and none is nothing", () => {
  expect(saySize(2.44 * 1024 * 1024, "en")).toBe("2.4 MB");
  expect(saySize(3, "en")).toBe("1 kB");
});
