/** The desk's HTTP face: every call of the console goes through here. */

import { asJson, readAnswer, Refused } from "@tandem/shared";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Characters; of three bytes each at most they stay below what browsers keep alive. */
const KEPT_ALIVE = 20_000;

let csrf = "";
let language = "zh-CN";
let onSignedOut: () => void = () => {};

export function carryCsrf(token: string): void {
  csrf = token;
}

export function speak(locale: string): void {
  language = locale;
}

/** What to do when the server no longer knows this session. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

async function call<T>(method: Method, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(`/api${path}`, {
    method,
    credentials: "same-origin",
    headers: { Accept: "application/json", "Accept-Language": language, ...(method !== "GET" && { "X-CSRF-Token": csrf }), ...headers },
    // A command pressed just before the tab closes (resolve) still has to leave. Browsers refuse this for more than 64 KiB.
    keepalive: typeof body === "string" && body.length < KEPT_ALIVE,
    ...(body !== undefined && { body }),
  });
  try {
    return await readAnswer<T>(response);
  } catch (error) {
    if (error instanceof Refused && error.status === 401 && path !== "/sign-in") onSignedOut();
    throw error;
  }
}

function withJson<T>(method: Method, path: string, data: unknown): Promise<T> {
  return call<T>(method, path, asJson(data ?? {}), { "Content-Type": "application/json" });
}

export const api = {
  get: <T>(path: string, query: Record<string, string | number | null | undefined> = {}): Promise<T> =>
    call<T>("GET", path + queryString(query)),
  post: <T>(path: string, data?: unknown): Promise<T> => withJson<T>("POST", path, data),
  put: <T>(path: string, data: unknown): Promise<T> => withJson<T>("PUT", path, data),
  patch: <T>(path: string, data: unknown): Promise<T> => withJson<T>("PATCH", path, data),
  delete: (path: string): Promise<void> => call<void>("DELETE", path),
  upload: <T>(path: string, file: File): Promise<T> => api.uploadAll<T>(path, [["file", file]]),
  /** Several at once, each under the name of what it is for. */
  uploadAll: <T>(path: string, files: readonly (readonly [string, File])[]): Promise<T> => {
    const form = new FormData();
    for (const [name, file] of files) form.append(name, file, file.name);
    return call<T>("POST", path, form);
  },
};

/** Left out: what is null, undefined or empty. */
function queryString(query: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`;
}
