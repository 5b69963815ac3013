/** How `/api/chat` is called; docs/protocol.md lists the calls. */

import { asJson, readAnswer, Refused, type Attachment, type ChatSession } from "@tandem/shared";
import type { Opening } from "./visitor";

export interface CallsOptions {
  base: string;
  locale: string;
  token: () => string;
  /** Opens a session: before there is a token, and when it is no longer taken; the call is then made once more. */
  renew: () => Promise<void>;
  /** Told after each call whether the server was reached. */
  onReach: (reached: boolean) => void;
}

export class ChatCalls {
  constructor(private readonly options: CallsOptions) {}

  /** The one call that needs no token. */
  open(opening: Opening): Promise<ChatSession> {
    return this.fetch("session", opening);
  }

  /** With a body it is a POST. */
  ask<T>(path: string, body?: object): Promise<T> {
    return this.renewing(() => this.fetch(path, body));
  }

  /** `progress` is told parts of 1. By XMLHttpRequest: `fetch` cannot tell how much has gone out. */
  upload(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
    return this.renewing(
      () =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.open("POST", this.address("uploads"));
          Object.entries(this.headers()).forEach((header) => request.setRequestHeader(...header));
          request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
          request.onload = () => resolve(readAnswer(new Response(request.response as string, request)));
          request.onerror = request.onabort = reject;
          signal.onabort = () => request.abort();
          const form = new FormData();
          form.append("file", file);
          request.send(form);
        }),
    );
  }

  private async renewing<T>(ask: () => Promise<T>): Promise<T> {
    const { token, renew } = this.options;
    if (!token()) await renew();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await renew();
      return ask();
    }
  }

  private async fetch<T>(path: string, body?: object): Promise<T> {
    const init: RequestInit = { headers: this.headers(), credentials: "omit" };
    if (body) {
      init.method = "POST";
      init.headers = { ...init.headers, "Content-Type": "application/json" };
      init.body = asJson(body);
    }
    const answer = fetch(this.address(path), init);
    answer.then(
      () => this.options.onReach(true),
      () => this.options.onReach(false),
    );
    return readAnswer<T>(await answer);
  }

  private address(path: string): string {
    return `${this.options.base}/api/chat/${path}`;
  }

  private headers(): Record<string, string> {
    const { token, locale } = this.options;
    return { "Accept-Language": locale, ...(token() && { Authorization: `Bearer ${token()}` }) };
  }
}
