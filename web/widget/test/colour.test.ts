import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, darkBrand, lightBrand, parseColour, type Rgb } from "../src/colour";

const rgb = (css: string): Rgb => (css.match(/\d+/g) ?? []).map(Number) as unknown as Rgb;
const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("a shop's colour", () => {
  it("is readable whatever it is: on its areas, and as text on the surface and in bubbles, light and dark", () => {
    fc.assert(
      fc.property(anyColour, (colour) => {
        const [light, dark] = [lightBrand(colour), darkBrand(colour)];
        for (const { fill, on } of [light, dark]) expect(contrast(rgb(fill), rgb(on))).toBeGreaterThanOrEqual(4.5);
        for (const back of [[255, 255, 255], [241, 243, 245], [236, 232, 249]] as const)
          expect(contrast(rgb(light.text), back)).toBeGreaterThanOrEqual(4.5);
        for (const back of [[24, 27, 32], [38, 43, 50], [44, 43, 62]] as const)
          expect(contrast(rgb(dark.text), back)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("that is black still shows its areas on a dark page", () => {
    expect(contrast(rgb(darkBrand("#000").fill), [24, 27, 32])).toBeGreaterThanOrEqual(2);
  });

  it("that cannot be read as one is the product's own, never a hole in the style", () => {
    for (const nonsense of ["", "red", "#12", "#12345g", "#0f0;}*{display:none", "rgb(1,2,3)"])
      expect(parseColour(nonsense)).toEqual([15, 118, 110]);
    expect(parseColour(" #0F8 ")).toEqual([0, 255, 136]);
  });
});
