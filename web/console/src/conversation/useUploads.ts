import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useDesk } from "../live/DeskProvider";
import type { Upload } from "./draftFiles";

type Uploading = { uploads: readonly Upload[]; add: (files: Iterable<File>) => void; remove: (key: number) => void; clear: () => void };

/** The files of the reply that is being written in this conversation. */
export function useUploads(conversation: string): Uploading {
  const { files } = useDesk();
  const uploads = useSyncExternalStore(files.subscribe, useCallback(() => files.of(conversation), [files, conversation]));
  return useMemo(
    () => ({
      uploads,
      add: (chosen) => files.add(conversation, chosen),
      remove: (key) => files.remove(conversation, key),
      clear: () => files.clear(conversation),
    }),
    [files, conversation, uploads],
  );
}
