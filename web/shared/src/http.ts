/** One call of the API: JSON in, JSON out, a problem document as a typed error. */

import type { Problem } from "./api";

/** The server answered and said no (status 400 or above). A network that fails throws what `fetch` throws instead. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail || problem.title);
  }

  /** Asking again later may help: the server is overloaded, restarting or behind a proxy that lost it. */
  get passing(): boolean {
    return this.status === 429 || this.status === 408 || this.status >= 500;
  }
}

/** The body of a call. Half a character, as a cut emoji leaves it, is no JSON to any reader and would never get through: it becomes �. */
export function asJson(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === "string" ? value.replace(/\p{Cs}/gu, "\ufffd") : value));
}

/** The body of an answer; `undefined` for 204. Raises `Refused`. */
export async function readAnswer<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  if (response.ok) return (await response.json()) as T;
  throw new Refused(response.status, await readProblem(response));
}

/** A proxy in front of the server may answer with HTML: then the status line has to do. */
async function readProblem(response: Response): Promise<Problem> {
  const bare: Problem = { type: "about:blank", title: response.statusText, status: response.status, detail: "" };
  return response.json().then(
    (problem: Partial<Problem>) => ({ ...bare, ...problem }),
    () => bare,
  );
}
