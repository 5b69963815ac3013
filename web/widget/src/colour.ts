/** Readable colours from whatever colour a shop chose. Contrast and luminance as WCAG 2.2 defines them. */

export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [17, 20, 24];
const BLACK: Rgb = [0, 0, 0];
const DARK_SURFACE: Rgb = [24, 27, 32];
/** The assistant's bubbles: text in the brand's hue is hardest to read there. */
const LIGHT_BUBBLE: Rgb = [236, 232, 249];
const DARK_BUBBLE: Rgb = [44, 43, 62];
const DEFAULT: Rgb = [15, 118, 110];
const WEIGHTS = [0.2126, 0.7152, 0.0722];
const TEXT_CONTRAST = 4.5;

export type Brand = {
  /** Filled areas, and what stands on them. */
  readonly fill: string;
  readonly on: string;
  /** The hue as text or line on the surface and in bubbles. */
  readonly text: string;
};

/** `#rgb` or `#rrggbb`; anything else is Tandem's own teal. */
export function parseColour(colour: string): Rgb {
  const digits = /^#((?:[\da-f]{3}){1,2})$/i.exec(colour.trim())?.[1];
  if (!digits) return DEFAULT;
  const hex = parseInt(digits.length < 6 ? digits.replace(/./g, "$&$&") : digits, 16);
  return [hex >> 16, (hex >> 8) & 255, hex & 255];
}

export function lightBrand(colour: string): Brand {
  const hue = parseColour(colour);
  return brand(hue, shift(hue, INK, LIGHT_BUBBLE, TEXT_CONTRAST));
}

/** A very dark hue is lifted, or its areas would vanish in the dark surface. */
export function darkBrand(colour: string): Brand {
  const hue = parseColour(colour);
  return brand(shift(hue, WHITE, DARK_SURFACE, 2), shift(hue, WHITE, DARK_BUBBLE, TEXT_CONTRAST));
}

export function contrast(one: Rgb, other: Rgb): number {
  const ratio = (luminance(one) + 0.05) / (luminance(other) + 0.05);
  return Math.max(ratio, 1 / ratio);
}

function brand(fill: Rgb, text: Rgb): Brand {
  // Where white cannot be read black always can: no colour is too near to both.
  return { fill: css(fill), on: contrast(fill, WHITE) >= TEXT_CONTRAST ? css(WHITE) : css(BLACK), text: css(text) };
}

/** Mix towards `goal` in small steps until the contrast on `surface` is there. */
function shift(hue: Rgb, goal: Rgb, surface: Rgb, wanted: number): Rgb {
  for (let part = 0; part < 1; part += 0.04) {
    const mixed = hue.map((value, index) => Math.round(value + ((goal[index] ?? 0) - value) * part)) as unknown as Rgb;
    if (contrast(mixed, surface) >= wanted) return mixed;
  }
  return goal;
}

function luminance(colour: Rgb): number {
  return colour.reduce((sum, value, index) => {
    const part = value / 255;
    return sum + (WEIGHTS[index] ?? 0) * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
}

function css(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}
