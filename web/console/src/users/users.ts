import type { Role, User } from "@tandem/shared";

export const usersKey = ["users"] as const;
export const ROLES: readonly Role[] = ["agent", "supervisor", "administrator"];
export const SHORTEST_PASSWORD = 10;

/** A saved user in his old place, or at the end when he is new. */
export function placeUser(known: readonly User[], saved: User): User[] {
  return known.some((user) => user.id === saved.id) ? known.map((user) => (user.id === saved.id ? saved : user)) : [...known, saved];
}

/** 16 characters a person can read out: no 0/O, 1/l/I. About 93 bits. */
export function makePassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const limit = 256 - (256 % letters.length);
  let made = "";
  while (made.length < 16) {
    // Bytes past the last whole multiple are thrown away: kept, they would make the first letters likelier.
    for (const byte of random(new Uint8Array(32))) if (byte < limit && made.length < 16) made += letters[byte % letters.length];
  }
  return made;
}
