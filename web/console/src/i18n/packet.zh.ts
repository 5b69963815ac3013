export const packetZh = {
  next: "下一步", promises: "承诺", authority: "需要的权限", queue: "适合的队列：{{name}}", sure: "把握 {{percent}}%", verified: "系统已核实", transcript: "原文", consent: "客户是否同意",
  to: { callback: { true: "同意回电", false: "不再需要回电" }, later: { true: "同意稍后答复", false: "不再等稍后答复" }, lookup: { true: "同意查询他的订单", false: "不同意查询订单" }, pass_on: { true: "{{what}}：收回后又重新告知", false: "{{what}}：客户收回了，请不要再问" } },
  step: {
    safety: "先确认人身安全，必要时请客户联系急救或报警", comfort: "先听客户说，再办事", secure: "先保护账户，不要索要密码或验证码", expert: "说明不能代替专业意见，转给专业同事", settle: "先承认问题，再给出具体的解决办法和时间",
    decide: "判断能否特批，需要时走特批", other_way: "换一种办法：之前的答案没有解决", verify: "先核实身份，再处理订单", answer: "直接回答，不必再问已知的事",
  },
  by: { assistant: "AI 答复", agent: "人工答复" }, outcome: { helped: "有用", failed: "没有解决", open: "客户还没回应", unclear: "效果不明" },
  what: { refund: "退款", compensation: "补偿", rush: "加急", exception: "破例" },
};

export const repeatZh = {
  known: "客户已经说过，不用再问：", sendAnyway: "仍要发送", tab: "交接质量", lead: "接手后又问了交接单里已有的信息，算一次重复询问。目标：不超过 2%。", rate: "重复询问率", between: "95% 区间 {{low}}–{{high}}", handoffs: "交接", repeated: "重复询问", agent: "客服", version: "版本", key: "被重复问的信息", times: "次数",
  days: "最近 {{count}} 天", none: "这段时间没有人工接手的交接", noneHint: "有客服接入转人工的会话后，这里会显示结果。", failed: "没能加载出来",
};
