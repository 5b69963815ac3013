export const knowledgeKey = ["knowledge"] as const;
export const articleKey = (id: string): readonly string[] => ["article", id];
export const channelNamesKey = ["knowledge-channels"] as const;
export const importsKey = ["knowledge-imports"] as const;
