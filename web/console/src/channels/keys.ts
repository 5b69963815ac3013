export const channelsKey = ["channels"] as const;
