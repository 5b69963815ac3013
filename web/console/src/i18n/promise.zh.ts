export const promiseZh = {
  title: "承诺", lead: "AI 自动回答中，最多允许这么多是错的。系统据此决定多有把握才直接回答；把握不够时，先请客户确认，或交给同事。",
  number: "最多答错", save: "更新承诺", saved: "承诺已更新", percent: "%", range: "0.1–20",
  kept: "实际情况", keptNone: "近 90 天还没有人工核对过的自动回答。核对下面的回答，就能知道承诺有没有兑现。",
  keptSome: "核对过 {{judged}} 条自动回答，{{wrong}} 条答错（{{share}}）。有九成把握：真实的错误率在 {{low}} 到 {{high}} 之间。",
  state: { kept: "已兑现", broken: "没有兑现", open: "证据还不够" },
  thresholds: "什么时候直接回答", thresholdsLead: "把握达到这条线才直接回答。线只在有证据时放宽；发现答错偏多会立刻收紧。",
  category: "分类", others: "其余分类", judged: "核对", wrong: "答错", line: "把握线", proof: "依据",
  proven: "已证明", unproven: "至少核对 {{needed}} 条才能证明", never: "暂不自动回答", unhelpful: "{{count}} 次回答客户说没帮上，先改为确认；核对这些回答后恢复",
  history: "变更记录", historyEmpty: "还没有变更，目前用的是出厂设置。", restore: "恢复到这一版", restored: "已恢复到第 {{version}} 版", version: "第 {{version}} 版",
  cause: { set: "{{name}} 更新了承诺", evidence: "根据新的核对结果自动调整", restored: "{{name}} 恢复了旧版" },
  review: "等待核对", reviewLead: "随机抽取的自动回答。看答案有没有回答客户的问题。", reviewKeys: "按 → 或 J 判对，按 ← 或 F 判错，空格跳过。", reviewDone: "都核对完了，谢谢。新的自动回答会出现在这里。",
  right: "答对", wrongButton: "答错", skip: "跳过", asked: "客户问", answered: "AI 答", source: "依据", sure: "把握 {{sure}}", left: "还有 {{count}} 条", open: "查看会话", helped: "客户：有帮助", notHelped: "客户：没帮助",
  failed: "没能加载承诺", judgedRight: "{{name}} 判定答对", judgedWrong: "{{name}} 判定答错", judge: "这条回答对吗？", needNumber: "请填 0.1 到 20 之间的数",
};

export type PromiseWords = typeof promiseZh;
