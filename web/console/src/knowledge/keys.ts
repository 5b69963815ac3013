export const knowledgeKey = ["knowledge"] as const;
export const articleKey = (id: string): readonly string[] => ["article", id];
