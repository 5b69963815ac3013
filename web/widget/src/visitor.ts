/** Who this browser is to the desk: the tokens it keeps, and how a session is opened with them. */

import { Refused, type ChatSession, type Page, type Storage } from "@tandem/shared";

const GUEST = "guest";
const LAST = "last";

export type Opening = { channel: string; token?: string; identity?: string | null; locale: string; colour?: string | undefined; page: Page };

/**
 * One token for the guest and one for each customer who signed in here: after signing out of the shop the next
 * person at this computer must not find the customer's conversation.
 */
export class Visitor {
  /** Another customer was here before: what he left behind unsent is not this one's. */
  isAnother = false;

  constructor(
    private readonly storage: Storage,
    private readonly prefix: string,
  ) {}

  /** Raises what `ask` raises when the server refuses even a new guest, or cannot be reached. */
  async open(
    opening: Omit<Opening, "token" | "identity">,
    identity: string | null,
    ask: (opening: Opening) => Promise<ChatSession>,
  ): Promise<ChatSession> {
    const who = identity === null ? GUEST : subjectOf(identity);
    const own = this.storage.get(this.prefix + who);
    const claims = lessAndLess(own ?? this.storage.get(this.prefix + GUEST), identity);
    for (;;) {
      const claim = claims.shift();
      try {
        const session = await ask({ ...opening, ...claim });
        this.keep(claim?.identity ? who : GUEST, session.token);
        return session;
      } catch (error) {
        if (claims.length === 0 || !isAboutTheClaim(error)) throw error;
      }
    }
  }

  private keep(who: string, token: string): void {
    const last = this.storage.get(this.prefix + LAST) ?? GUEST;
    this.isAnother = last !== GUEST && last !== who;
    this.storage.set(this.prefix + LAST, who);
    this.storage.set(this.prefix + who, token);
    // A guest who signed in is now that customer; the guest's token would open the customer's conversation.
    if (who !== GUEST) this.storage.remove(this.prefix + GUEST);
  }
}

type Claim = { token?: string; identity?: string | null };

/** An expired token or a refused identity must not lock anybody out: the last claim is none, a new guest. */
function lessAndLess(token: string | null, identity: string | null): Claim[] {
  return [...(token ? [{ token, identity }] : []), ...(identity ? [{ identity }] : []), {}];
}

function isAboutTheClaim(error: unknown): boolean {
  return error instanceof Refused && [400, 401, 403, 422].includes(error.status);
}

/** The customer's id in a JWT, only to keep tokens apart; the server alone verifies it. */
export function subjectOf(identity: string): string {
  try {
    const payload = (identity.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    const { sub } = JSON.parse(atob(payload)) as { sub?: unknown };
    return `customer:${String(sub)}`;
  } catch {
    return "customer:unreadable";
  }
}
