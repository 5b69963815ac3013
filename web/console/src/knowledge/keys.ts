export const knowledgeKey = ["knowledge"] as const;
export const articleKey = (id: string): readonly string[] => ["article", id];
export const counterpartsKey = ["counterparts"] as const;
export const channelNamesKey = ["knowledge-channels"] as const;
export const importsKey = ["knowledge-imports"] as const;
