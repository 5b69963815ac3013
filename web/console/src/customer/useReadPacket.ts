import { useEffect } from "react";
import { api } from "../session/api";

/** Tells the server once that its owner has the packet before his eyes. */
export function useReadPacket(packet: string | null, shown: boolean, unread: boolean): void {
  useEffect(() => {
    if (packet === null || !shown || !unread) return;
    api.post(`/packets/${packet}/read`).catch(() => {
      // It stays counted as unread, and is told when it is shown again.
    });
  }, [packet, shown, unread]);
}
