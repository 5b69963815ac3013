/** The calls of `/api/chat`, as docs/protocol.md lists them. */

import {
  readAnswer,
  Refused,
  type Attachment,
  type ChatSent,
  type ChatSession,
  type ChatState,
  type ChatTimeline,
  type Page,
} from "@tandem/shared";
import type { Opening } from "./visitor";

export type MessageCall = { client_id: string; text: string; choice?: string; attachments: string[]; page: Page };

export interface CallsOptions {
  base: string;
  locale: string;
  token: () => string;
  /** Opens a new session when the token is no longer taken; the call is then made once more. */
  renew: () => Promise<void>;
  /** Told after each call whether the server was reached. */
  onReach: (reached: boolean) => void;
}

const PAGE = 50;

type Header = [string, string];

export class ChatCalls {
  constructor(private readonly options: CallsOptions) {}

  session(opening: Opening): Promise<ChatSession> {
    return this.fetch("POST", "session", [this.language()], opening);
  }

  since(cursor: number): Promise<ChatTimeline> {
    return this.call("GET", `timeline?since=${cursor}`);
  }

  before(seq: number): Promise<ChatTimeline> {
    return this.call("GET", `timeline?before=${seq}&limit=${PAGE}`);
  }

  send(message: MessageCall): Promise<ChatSent> {
    return this.call("POST", "messages", message);
  }

  handOff(): Promise<ChatState> {
    return this.call("POST", "handoff", {});
  }

  returnToAssistant(): Promise<ChatState> {
    return this.call("POST", "return", {});
  }

  read(seq: number): Promise<void> {
    return this.call("POST", "read", { seq });
  }

  rate(score: number, comment: string): Promise<ChatState> {
    return this.call("POST", "rating", { score, comment });
  }

  /** `progress` is told parts of 1. By XMLHttpRequest: `fetch` cannot tell how much has gone out. */
  upload(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
    return this.renewing(
      () =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.open("POST", `${this.options.base}/api/chat/uploads`);
          this.headers().forEach(([name, value]) => request.setRequestHeader(name, value));
          request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
          request.onload = () => resolve(readAnswer<Attachment>(asResponse(request)));
          request.onerror = request.onabort = () => reject(new TypeError("upload cut off"));
          signal.addEventListener("abort", () => request.abort());
          const form = new FormData();
          form.append("file", file, file.name);
          request.send(form);
        }),
    );
  }

  private call<T>(method: string, path: string, body?: object): Promise<T> {
    return this.renewing(() => this.fetch<T>(method, path, this.headers(), body));
  }

  private async renewing<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await this.options.renew();
      return ask();
    }
  }

  private async fetch<T>(method: string, path: string, headers: Header[], body?: object): Promise<T> {
    const init: RequestInit = { method, headers, credentials: "omit" };
    if (body !== undefined) {
      init.headers = [...headers, ["Content-Type", "application/json"]];
      init.body = JSON.stringify(body);
    }
    const answer = fetch(`${this.options.base}/api/chat/${path}`, init);
    answer.then(
      () => this.options.onReach(true),
      () => this.options.onReach(false),
    );
    return readAnswer<T>(await answer);
  }

  private headers(): Header[] {
    return [this.language(), ["Authorization", `Bearer ${this.options.token()}`]];
  }

  private language(): Header {
    return ["Accept-Language", this.options.locale];
  }
}

function asResponse(request: XMLHttpRequest): Response {
  const type = request.getResponseHeader("content-type") ?? "";
  return new Response(request.responseText, { status: request.status, headers: { "content-type": type } });
}
