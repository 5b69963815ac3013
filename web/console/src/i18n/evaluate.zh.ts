export const evaluateZh = {
  title: "评测", sideBySide: "对比两次评测", lead: "用您自己的数据检验 AI 客服。评测在后台进行，不影响接待客户；结果保留 180 天（最多 200 次），可以两两对比。", what: "评测什么", failed: "没能加载评测结果",
  kind: { intents: "意图", answers: "回答", handoff: "转人工", loop: "人机协作", dialogues: "完整对话" },
  about: {
    intents: "从一份带标注的文本学习，在另一份上检验：意图分得清吗？不属于任何意图的话能识别出来吗？",
    answers: "每个问题都找到了对的条目吗？答了多少，其中多少是错的？",
    handoff: "该转人工的时候转了吗？不该转的时候没转吗？",
    loop: "从零开始：AI 只在有把握时回答，其余由人来答并从中学习。最后能自动回答多少？",
    dialogues: "按剧本走完整段对话：该查的查了吗，该说的说了吗，改动订单前确认了吗？每段重复几次。",
  },
  role: { train: "学习用", test: "检验用", queries: "问题", entries: "条目", dialogues: "对话", stream: "消息", conversations: "剧本" },
  format: {
    train: "CSV，表头 text,label", test: "CSV，表头 text,label", queries: "每行一个 JSON：id, text, lang, answer_id, kind, context", entries: "JSON 数组：id, lang, question, answer, category",
    dialogues: "每行一个 JSON：turns, handoff, explicit, reason, emotion", stream: "CSV，表头 text,label", conversations: "YAML 或 JSON，可多选",
  },
  optional: "选填", chooseFile: "选择文件", chooseFiles: "选择文件（可多选）", files: "{{count}} 个文件",
  onPublished: "不选条目时，用已发布的 {{count}} 条知识来检验；问题里的 answer_id 填知识条目的编号（导出的文件里有）。",
  playedWith: "用已发布的 {{count}} 条知识来走。", withTrial: "订单在试用业务系统上操作，不影响真实订单。", withoutTrial: "没有设置试用业务系统（trial_shop_url），剧本里查不到订单，也不会碰真实订单。",
  choice: { oos_label: "不属于任何意图的标签", max_wrong: "最多答错", seed: "随机种子", repeats: "每段重复次数" }, asPromised: "不设",
  name: "给这次评测起个名字（选填）", start: "开始评测", stop: "停止", waiting: "排队中", running: "进行中", stopped: "已停止", notDone: "未完成",
  past: "历次评测", chooseTwo: "勾选两次同类评测即可对比", compare: "对比勾选的两次", choose: "选择“{{name}}”来对比", drop: "删除", dropTitle: "删除“{{name}}”？", dropConfirm: "结果、错误清单和为它上传的文件会一起删除，无法恢复。还在进行的会先停下来。", empty: "还没有评测过", emptyHint: "在上面选好文件，开始第一次评测。",
  published: "已发布知识 {{count}} 条", unreadable: "这个文件读不懂，没有开始评测", line: "{{file}} 第 {{line}} 行：",
  why: { too_long: "用时太长，已经停止。请把文件拆小后再试。", broke: "内存或处理时间超出上限，已经停止。请把文件拆小后再试。", fault: "评测时出了问题，管理员可在日志里看到原因。文件还在您这里，请稍后再试。" },
  figure: {
    accuracy: "准确率", macro_f1: "宏平均 F1", in_scope_accuracy: "范围内准确率", oos_recall: "范围外召回率", auroc: "范围内外区分度 AUROC", ece: "置信度偏差 ECE", ms_p50: "耗时中位数",
    hit_at_1: "首条命中", hit_at_3: "前三命中", answer_rate: "直接回答", wrong_of_answered: "回答中答错", abstain_recall: "无答案时不答", clarify_rate: "反问确认", by_meaning: "同时按含义检索",
    recall: "该转的转了", precision: "转的是该转的", explicit_recall: "明确要求人工时转了", critical_recall: "紧要情况转了", false_handoff_rate: "不该转却转了", offered_rate: "询问是否转人工", reason_accuracy: "转人工原因正确", emotion_macro_f1: "情绪宏平均 F1", dialogues: "对话数",
    automated: "自动回答", wrong_of_automated: "自动回答中答错", automated_last_fifth: "自动回答（最后五分之一）", wrong_of_automated_last_fifth: "答错（最后五分之一）", human_answers: "由人回答",
    passed: "通过的次数", passed_every_time: "每次都通过的对话", repeats: "重复次数", model_asked: "问大模型的次数", model_failed: "大模型没给出可用结果",
  },
  mistakes: "错误 {{count}} 处", noMistakes: "没有错误。", where: { intents: "行", answers: "编号", handoff: "第几段", loop: "第几条", dialogues: "对话 · 步骤 · 第几次" }, said: "客户说", expected: "应当是", found: "结果是",
  nobody: "不转人工", offered: "询问是否转人工", noAnswer: "没有答案", notAnswered: "没有直接回答，最接近 {{what}}", showMore: "再显示一些（还有 {{count}} 处）", notKept: "另有 {{count}} 处没有列出",
  measure: "指标", difference: "变化", verdict: { better: "变好", worse: "变差", same: "不变" }, onlyA: "只在 A 里的错误", onlyB: "只在 B 里的错误",
};

export type EvaluateWords = typeof evaluateZh;
