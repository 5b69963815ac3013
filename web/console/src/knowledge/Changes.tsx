import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FieldChange } from "./changes";

/** Added is underlined, removed is struck through: colour is not the only sign. */
export function Changes({ changes }: { changes: readonly FieldChange[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="changes">
      {changes.map(({ field, pieces }) => (
        <section key={field}>
          <h3>{t(`knowledge.${field}`)}</h3>
          <p dir="auto">
            {pieces.map((piece, index) => {
              if (piece.kind === "same") return <span key={index}>{piece.text}</span>;
              return piece.kind === "added" ? <ins key={index}>{piece.text}</ins> : <del key={index}>{piece.text}</del>;
            })}
          </p>
        </section>
      ))}
    </div>
  );
}
