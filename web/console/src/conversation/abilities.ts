/** What a person may do with a conversation as it stands: by its owner, whose it is, and what he is allowed. */

import type { Conversation, Me } from "@tandem/shared";
import { may } from "../session/permissions";

export type Abilities = {
  accept: boolean;
  takeOver: boolean;
  handBack: boolean;
  transfer: boolean;
  resolve: boolean;
  reply: boolean;
  note: boolean;
  /** A colleague has it, and one may look on, whisper, join or take over. */
  supervise: boolean;
};

export function abilitiesOf(row: Conversation, me: Me): Abilities {
  const replies = may(me, "conversation:reply");
  const assigns = may(me, "conversation:assign");
  const mine = row.owner === "agent" && row.agent?.id === me.user.id;
  return {
    accept: replies && row.owner === "queue",
    takeOver: replies && row.owner === "assistant",
    handBack: replies && mine,
    transfer: (replies && mine) || (assigns && row.owner !== "closed"),
    resolve: replies && mine,
    reply: replies && mine,
    note: replies,
    supervise: may(me, "desk:supervise") && row.owner === "agent" && !mine,
  };
}
