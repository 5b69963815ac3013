export const superviseZh = {
  lead: "过去 {{hours}} 小时", waiting: "等待中", longest: "最长等待", level: "服务水平", withinSeconds: "{{count}} 秒内接入", withinMinutes: "{{count}} 分钟内接入", ownTargets: "各队列按自己的应答目标", abandoned: "放弃率", abandonedHint: "未等到人工就离开", left: "共 {{count}} 次排队", none: "暂无", nobodyWaits: "没有人在等",
  agents: "坐席", open: "接待中", setPresence: "更改状态", reason: "原因（必填，会记入审计）", failed: "看板没能加载出来", queue: "等待中的会话", serving: "接待中的会话", served: "等待中与接待中", empty: "没有等待中或接待中的会话", emptyHint: "客户要求人工后会出现在这里。", look: "旁听",
  bar: "旁听中，客户看不到您", whisper: "悄悄话", whisperTo: "只有 {{name}} 和同事能看到", send: "发送", join: "加入对话", joined: "您已加入，客户会看到您的名字", leave: "退出对话", takeOver: "接管", sent: "{{name}} 已收到", taken: "已接管",
  queues: "队列", queueTeams: "团队", anybody: "所有人", allTeams: "全部团队", team: "团队", messages: "另有 {{count}} 条留言", noQueue: "没有队列交给这个团队", low: "低于 60%",
  seamIn: "{{name}} 加入对话", seamOut: "{{name}} 退出对话", whispered: "{{name}} 悄悄对您说",
};
