export const triageZh = {
  title: "分诊规则", lead: "什么情况由同事接手。涉及安全、情绪危机、欺诈、专业建议、投诉，以及客户明确要求人工时，一定会转给人，不能关闭。",
  reason: "情况", way: "怎么做", need: "灵敏度", words: "自定义词语",
  ways: { hand_over: "转人工", offer: "询问是否转人工", ignore: "不处理" }, always: "始终转人工",
  needs: { early: "更灵敏", normal: "标准", late: "更谨慎" },
  wordsHint: "输入词语后按回车。词前加 - 表示出现时不算这种情况。", wordsHintKept: "输入词语后按回车，出现时就转人工。", wordsPlaceholder: "添加词语",
  tryIt: "在最近 {{count}} 个会话上试一试", trying: "正在重读最近的会话：{{done}} / {{count}}", stop: "停止", tried: "重读了 {{conversations}} 个会话、{{turns}} 轮，{{changed}} 轮会有不同。", triedNone: "重读了 {{conversations}} 个会话、{{turns}} 轮，没有任何不同。",
  before: "现在", after: "改后", nothing: "AI 继续接待", offered: "询问是否转人工", handed: "转人工：{{reason}}",
  save: "保存规则", saved: "规则已生效", note: "说明改了什么（选填）", reset: "放弃改动", conflict: "规则刚被他人修改，已为您保留改动，请刷新后再保存。",
  history: "变更记录", historyEmpty: "还没有改动，目前用的是出厂规则。", version: "第 {{version}} 版", restore: "恢复到这一版", restored: "已恢复", original: "出厂规则", restoreOriginal: "恢复出厂规则",
  failed: "没能加载分诊规则", more: "只显示前 {{count}} 条",
};

export type TriageWords = typeof triageZh;
