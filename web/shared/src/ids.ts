/** A random UUID (version 4). `crypto.randomUUID` is missing on pages served without TLS. */
export function newId(): string {
  const chance = (most: number): number => (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & most;
  // 0 stands for any digit, 8 for one of 8 to b.
  return "00000000-0000-4000-8000-000000000000".replace(/[08]/g, (digit) => (digit === "0" ? chance(15) : 8 + chance(3)).toString(16));
}
