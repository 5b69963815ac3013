import { useCallback, useRef, useState } from "react";
import type { Attachment } from "@tandem/shared";
import { api } from "../session/api";
import { sayProblem } from "../session/problem";

export type Upload = { key: number; name: string; size: number; attachment: Attachment | null; failed: string | null };

/** Files on their way into a reply. A file that fails says why and takes nothing else with it. */
export function useUploads(): { uploads: readonly Upload[]; add: (files: Iterable<File>) => void; remove: (key: number) => void; clear: () => void } {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const next = useRef(0);
  const change = useCallback((key: number, part: Partial<Upload>) => {
    setUploads((now) => now.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
  }, []);
  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const key = next.current++;
        setUploads((now) => [...now, { key, name: file.name, size: file.size, attachment: null, failed: null }]);
        api.upload<Attachment>("/uploads", file).then(
          (attachment) => change(key, { attachment }),
          (error: unknown) => change(key, { failed: sayProblem(error) }),
        );
      }
    },
    [change],
  );
  const remove = useCallback((key: number) => setUploads((now) => now.filter((upload) => upload.key !== key)), []);
  const clear = useCallback(() => setUploads([]), []);
  return { uploads, add, remove, clear };
}
