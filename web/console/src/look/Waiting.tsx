import { useEffect, useState, type ReactNode } from "react";
import "./waiting.css";

const LATE = 200;

/** Nothing for 200 ms, then the shape of what is coming: a quick answer should not flash grey first. */
export function Waiting({ rows = 6, kind = "row" }: { rows?: number; kind?: "row" | "text" | "bubble" }): ReactNode {
  const late = useLate();
  if (!late) return null;
  return (
    <div className={`waiting waiting-${kind}`} aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="waiting-item">
          <i style={{ width: `${[46, 62, 38, 70, 54][index % 5]}%` }} />
          <i style={{ width: `${[78, 58, 84, 66, 90][index % 5]}%` }} />
        </div>
      ))}
    </div>
  );
}

function useLate(): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE);
    return () => clearTimeout(timer);
  }, []);
  return late;
}
