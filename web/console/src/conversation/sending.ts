/** Which key sends what was written, as each person chose. */

import { useCallback } from "react";
import { App } from "antd";
import type { Me } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";
import { useMe, useSession } from "../session/session";

type Pressed = { key: string; keyCode: number; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean; isComposing: boolean };

/** Safari ends a composition before it tells of the Enter that ended it; only this code says that the Enter was the input method's. */
const OF_INPUT_METHOD = 229;

export function sends(pressed: Pressed, enterSends: boolean): boolean {
  if (pressed.key !== "Enter" || pressed.isComposing || pressed.keyCode === OF_INPUT_METHOD) return false;
  if (pressed.ctrlKey || pressed.metaKey) return true;
  return enterSends && !pressed.shiftKey && !pressed.altKey;
}

export function useEnterSends(): [boolean, (enterSends: boolean) => void] {
  const { message } = App.useApp();
  const { user } = useMe();
  const { enter } = useSession();
  const choose = useCallback(
    (enterSends: boolean) => {
      api.patch<Me>("/me", { enter_sends: enterSends }).then(enter, (error: unknown) => void message.error(sayProblem(error)));
    },
    [enter, message],
  );
  return [user.enter_sends, choose];
}
