import type { ReactNode } from "react";
import { UserRound } from "lucide-react";
import { initials } from "./initials";
import "./face.css";

export type Voice = "customer" | "assistant" | "agent" | "system";

/** The mark of a voice: violet `AI`, a colleague's initials in teal, a customer in grey. */
export function Face({ voice, name, size = 28 }: { voice: Voice; name: string; size?: number }): ReactNode {
  const letters = voice === "assistant" ? "AI" : initials(name);
  return (
    <span className={`face face-${voice}`} style={{ width: size, height: size, fontSize: Math.round(size * (letters.length > 1 ? 0.38 : 0.45)) }} aria-hidden>
      {letters || <UserRound size={size * 0.55} />}
    </span>
  );
}
