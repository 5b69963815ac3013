export const copilotZh = {
  suggestion: "建议回复", take: "采用", dismiss: "弃用", fromKnowledge: "来自知识库：{{title}}", fromCase: "来自同事解决过的会话：{{title}}", byModel: "已由模型润色", reword: "换种说法",
  tone: "语气", tones: { plain: "如常", calming: "先给结论，稳住客户", apologetic: "先认错，再给办法", warm: "温和，放慢", step_by_step: "一步一步说" },
  since: "您上次查看之后", similar: "类似的已解决会话", noSimilar: "还没有类似的已解决会话", open: "查看原会话", solvedBy: "{{name}} · {{time}}",
  kind: { said: "客户说", answered: "已回复", looked_up: "查询", promised: "承诺", noted: "备注", corrected: "客户更正", moved: "转手" },
  move: { handed_off: "转人工", accepted: "接入", transferred: "转接", handed_back: "交回 AI", resolved: "已解决", reopened: "重新打开" }, failed: "建议暂时没有加载出来",
  use: { title: "副驾的建议", lead: "给出 {{count}} 条，客服是怎么用的。", accepted: "直接采用", edited: "改后采用", dismissed: "弃用", passed: "没有用", distance: "改动（中位数）", characters: "{{count}} 个字" },
  nothing: "知识库和同事解决过的会话里都没有新的答案。", whenYours: "接入后可以采用。", forAgents: "您可以查看会话，没有回复权限，副驾不给建议。", insert: "插入回复", ask: "问知识库", askHint: "例如：退货运费谁出", notFound: "知识库里没有对这位客户适用的答案。",
};
