/** A random UUID (version 4). `crypto.randomUUID` is missing on pages served without TLS. */
export function newId(): string {
  const chance = (): number => crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (digit) => (digit === "x" ? chance() & 15 : (chance() & 3) | 8).toString(16));
}
