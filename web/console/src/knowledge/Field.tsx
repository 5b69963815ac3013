import type { ReactNode } from "react";

type Props = { label: string; hint?: string; problem?: string | null; group?: boolean; children: ReactNode };

/** A labelled field. `group`: several inputs, which then say themselves what they are. */
export function Field({ label, hint, problem = null, group = false, children }: Props): ReactNode {
  const Tag = group ? "div" : "label";
  return (
    <Tag className="field">
      <span className="field-label">{label}</span>
      {children}
      {problem !== null && <span className="field-problem" role="alert">{problem}</span>}
      {hint && problem === null && <span className="field-hint quiet">{hint}</span>}
    </Tag>
  );
}
