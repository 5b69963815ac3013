/**
 * What is done with conversations besides writing in them: closing, giving on, a macro. Each waits until what was said there before is
 * stored, and is kept beside those words, so that a page that is closed or reloaded meanwhile loses neither.
 */

import { Refused, type Clock, type Pending, type Storage } from "@tandem/shared";

/** `path` and `body` are the call; a second one of the same must be harmless, since two tabs may both carry it out. */
export type Deed = { what: "resolve" | "hand-back" | "transfer" | "macro" | "bulk"; conversations: readonly string[]; path: string; body: unknown };
/** `words`: by their client ids, what was on its way when the deed was asked for; `at`: milliseconds since 1970. */
type Kept = Deed & { id: string; words: readonly string[]; at: number };

/** Words said before it were refused: nothing was done, and they are still there to be sent or taken back. */
export class Unsaid extends Error {}

export type Resumed = { deed: Deed; answer: unknown; error: unknown };

export interface DeedsOptions {
  /** Begins the key of each kept deed. */
  prefix: string;
  storage: Storage;
  clock: Clock;
  newId: () => string;
  pending: Pick<Pending<unknown>, "all" | "inTurn">;
  call: (path: string, body: unknown) => Promise<unknown>;
  /** What became of a deed that an earlier page left behind; `error` null when it was done. */
  onResumed: (resumed: Resumed) => void;
}

export class Deeds {
  private left: Kept[];
  private leaving = false;
  private readonly looks = new Map<string, Promise<boolean>>();

  constructor(private readonly options: DeedsOptions) {
    this.left = load(options);
  }

  /** Words that are looked through before they go: what is asked for meanwhile waits for them, too. `held` tells that they were held back. */
  lookedThrough(conversation: string, held: Promise<boolean>): void {
    this.looks.set(conversation, held);
    void held.then(() => this.looks.get(conversation) === held && this.looks.delete(conversation));
  }

  /** Raises `Unsaid`, `Refused`, or what a failed network throws. */
  async do<T>(deed: Deed): Promise<T> {
    const looks = deed.conversations.flatMap((conversation) => this.looks.get(conversation) ?? []);
    if (looks.length > 0 && (await Promise.all(looks)).includes(true)) throw new Unsaid();
    return this.begin<T>(deed);
  }

  private begin<T>(deed: Deed): Promise<T> {
    const words = this.options.pending.all.filter(({ conversation, failed }) => failed === null && deed.conversations.includes(conversation));
    const kept: Kept = { ...deed, id: this.options.newId(), words: words.map(({ client_id }) => client_id), at: this.options.clock.now() };
    this.options.storage.set(this.options.prefix + kept.id, JSON.stringify(kept));
    return this.carryOut(kept, [...new Set(words.map(({ conversation }) => conversation))]) as Promise<T>;
  }

  /** Once a page: what an earlier one left behind. */
  resume(): void {
    const [left, { onResumed }] = [this.left, this.options];
    this.left = [];
    for (const kept of left) {
      this.carryOut(kept, kept.conversations).then(
        (answer) => onResumed({ deed: kept, answer, error: null }),
        (error: unknown) => onResumed({ deed: kept, answer: null, error }),
      );
    }
  }

  /** From here on a call that breaks off says nothing of the network: the page is going, and the next one takes over. */
  leave(): void {
    this.leaving = true;
  }

  stay(): void {
    this.leaving = false;
  }

  /** When it is its turn in each of `lanes`; one conversation alone always keeps its order, also before what is written in it next. */
  private async carryOut(kept: Kept, lanes: readonly string[]): Promise<unknown> {
    const { options } = this;
    const call = async (): Promise<unknown> => {
      const refused = options.pending.all.some(({ client_id, failed }) => failed !== null && kept.words.includes(client_id));
      if (refused) throw new Unsaid();
      return options.call(kept.path, kept.body);
    };
    try {
      const answer = await inTurns(options.pending, kept.conversations.length === 1 ? kept.conversations : lanes, call);
      this.forget(kept);
      return answer;
    } catch (error) {
      if (!this.leaving || error instanceof Refused || error instanceof Unsaid) this.forget(kept);
      throw error;
    }
  }

  private forget({ id }: Kept): void {
    this.options.storage.remove(this.options.prefix + id);
  }
}

/** Begun without a pause where nothing is waited for: a page that is being left gives no second chance. */
function inTurns<T>(pending: Pick<Pending<unknown>, "inTurn">, lanes: readonly string[], act: () => Promise<T>): Promise<T> {
  if (lanes.length === 0) return act();
  let missing = lanes.length;
  return new Promise((resolve, reject) => {
    let free = (): void => {};
    const over = new Promise<void>((done) => {
      free = done;
    });
    for (const lane of lanes) {
      void pending.inTurn(lane, () => {
        missing -= 1;
        if (missing === 0) act().then(resolve, reject).finally(free);
        return over;
      });
    }
  });
}

/** Other code of the page can write the same storage: what cannot be read is left out. */
function load({ storage, prefix }: DeedsOptions): Kept[] {
  const kept = storage.keys().filter((key) => key.startsWith(prefix)).flatMap((key) => read(storage.get(key)));
  return kept.sort((one, other) => one.at - other.at);
}

function read(json: string | null): Kept[] {
  try {
    const kept = JSON.parse(json ?? "") as Partial<Kept> | null;
    const whole = typeof kept?.id === "string" && typeof kept.path === "string" && Array.isArray(kept.conversations) && Array.isArray(kept.words);
    return whole ? [kept as Kept] : [];
  } catch {
    return [];
  }
}
