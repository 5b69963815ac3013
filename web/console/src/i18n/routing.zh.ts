export const offerZh = {
  title: "派给您的客户", accept: "接单", decline: "让给同事", whyYou: "为什么是您：", join: "；", said: "{{name}} 派给了您", left: "还剩 {{count}} 秒",
  waited: { chat: "已等待 {{minutes}}:{{seconds}}", ticket: "{{minutes}} 分钟前留言", call: "等待回电 {{minutes}}:{{seconds}}" },
  callBack: "客户希望回电：", leftMessage: "这是一条留言，客户回来后会看到您的回复。",
  why: {
    last_agent: "上次就是您接待的这位客户", keeper: "您是这位客户的专属客服", only: "现在只有您能接", any_one: "另有 {{count}} 位同事条件相同", any_other: "另有 {{count}} 位同事条件相同", chance: "随机试派，用来比较分配规则",
    expertise_one: "在空闲的同事里您最擅长（另有 {{count}} 位能接）", expertise_other: "在空闲的同事里您最擅长（另有 {{count}} 位能接）", least_loaded_one: "您手上的工作最少（另有 {{count}} 位能接）", least_loaded_other: "您手上的工作最少（另有 {{count}} 位能接）", longest_idle_one: "您空闲最久（另有 {{count}} 位能接）", longest_idle_other: "您空闲最久（另有 {{count}} 位能接）",
  },
  also: { last_agent: "上次也是您接待的", keeper: "您是专属客服" },
};

export const routingZh = {
  name: "名称", tiers: "会员等级", failed: "分配设置没能加载", tab: { queues: "队列", people: "坐席", names: "团队与专长", hours: "服务时间", rule: "选人规则" },
  mainQueue: "其余客户", queuesLead: "从上到下，第一个条件符合的队列接收客户；其余的进入最后一个。", newQueue: "新建队列", oneQueue: "所有客户都在一个队列", oneQueueHint: "当一部分客户需要不同的人、不同的时间或更快的响应时，再加一个。",
  takesRest: "接收其他队列都不接的客户", takesOverflow: "只接收其他队列溢出的客户", nobody: "没有人能接", inactive: "已停用", always: "全天开放", within: "{{count}} 秒内应答", gone: "已删除", active: "启用", position: "次序", positionHint: "数字小的先判断。", nameNeeded: "请填写名称",
  takes: "接收哪些客户", takesHint: "设了的条件要全部符合。一项都不设时，只接收溢出的客户。", reasons: "转人工原因", languages: "语言", languagesHint: "不填表示不限语言。", asks: "要求", expertise: "专长", level: "等级", after: "等待", enough: "后降为", notAsked: "不要求", seconds: "秒",
  addNeed: "要求某项专长", noExpertise: "请先在「团队与专长」里新建专长", addStep: "等待时逐步放宽", team: "团队", teams: "团队", addTeam: "只限这些团队", noTeams: "请先在「团队与专长」里新建团队", language_after: "只派给同语言坐席", languageHint: "0 表示不看语言。",
  promises: "时效", target: "应答目标", targetHint: "所有队列里最先到期的客户排在最前。", offer_seconds: "接单时限", wrap_up_seconds: "话后整理", hours: "服务时间", overflow: "接不了时怎么办", most_waiting: "最多排队人数", mostWaitingHint: "超过即视为已满。",
  when: { closed: "不在服务时间", full: "队列已满", nobody: "能接的人都不在", waited: "等待超过" }, to: { queue: "转到其他队列", message: "转为留言", callback: "建议回电" }, addOverflow: "添加规则", remove: "移除",
  peopleLead: "每位同事能接什么、同时接多少。", noAgents: "还没有同事", noAgentsHint: "请先在「成员」里添加。", takesAll: "什么都可以接", capacity: "同时接待量", capacityHint: "会话占 {{chat}}，留言占 {{ticket}}，电话占 {{call}}，合计不超过总量。", most_chats: "会话", most_tickets: "留言", most_calls: "电话", units: "总量", addExpertise: "添加专长",
  expertiseLead: "同事擅长什么，1 到 5 级。", teamsEmpty: "没有团队：所有人都能接所有队列。", expertiseEmpty: "还没有，例如「退款」「维修」。", teamsNew: "新团队", expertiseNew: "新专长", add: "添加", dropTitle: "移除「{{name}}」？", teamsDrop: "成员将不再属于它；只限这个团队的队列将没有人能接。", expertiseDrop: "同事将失去这项专长；要求它的队列将没有人能接。",
  hoursLead: "队列什么时候有人服务。不在服务时间内，客户不会派给任何人。", noHours: "全天开放", noHoursHint: "没有设服务时间的队列，只要有人在线就会派单。", newHours: "新建服务时间", zone: "时区", timesHint: "例如 09:00-12:00, 13:00-18:00。留空表示休息。", closed: "休息", holidays: "节假日与调休", holidaysHint: "每行一天：2026-10-01 国庆；有特别时间的写成 2026-10-10 09:00-18:00 调休。", badTimes: "请按 09:00-18:00 的格式，从早到晚填写", badDays: "每行请以 2026-10-01 这样的日期开头", holidayCount_one: "{{count}} 个特别日", holidayCount_other: "{{count}} 个特别日", hoursDrop: "使用它的队列将变为全天开放。",
  messageHours: "留言应答目标（小时）", messageHoursHint: "留言在这段时间内答复。",
  weights: "每种工作占多少", weightsHint: "一位同事手上所有工作合计，不超过他的总量。", weight: { chat: "会话", ticket: "留言", call: "电话" },
  headStart: "谁先到期", headStartHint: "符合条件的客户提前这么多秒到期；等得更久的人总会轮到。", start: { angry: "愤怒", disappointed: "失望", anxious: "焦急", urgent: "紧急", most_urgent: "非常紧急" }, tier: "会员等级", addTier: "按会员等级提前",
  order: "先派给谁", orderLead: "在所有空闲且符合要求的人里，由第一条能分出先后的规则决定。", up: "上移 {{name}}", down: "下移 {{name}}",
  criterion: { last_agent: "上次接待的人", keeper: "专属客服", expertise: "最擅长的人", least_loaded: "手上工作最少的人", longest_idle: "空闲最久的人" },
  sticky_seconds: "等上次接待的人（秒）", sticky_days: "记住上次接待（天）", again_after: "让给同事后多久可再派（秒）", missed_before_away: "连续未接几次转为小休", absent_after: "工作台关闭多久转为离线（秒）", exploration: "随机试派比例", explorationHint: "留百分之几，就能用日志评估另一种规则。0 表示总选最合适的人。",
};
