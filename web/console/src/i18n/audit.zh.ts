export const auditZh = {
  lead: "谁在什么时候做了什么。只增不改，不含客户说的话。", who: "谁", anybody: "所有人", what: "做了什么", anything: "全部类别", when: "时间", whom: "对象", detail: "说明", system: "系统", more: "更早的记录", failed: "审计记录没能加载出来",
  none: "没有符合条件的记录", noneHint: "换一个人、类别或更长的时间。", look: "打开会话",
  area: { conversation: "会话", presence: "坐席状态", exception: "特批", contact: "客户资料", user: "成员", routing: "分配", article: "知识条目", knowledge: "知识导入", skill: "技能", skill_system: "业务系统", channel: "渠道", promise: "承诺", triage: "分诊规则", assistant: "评测" },
  action: {
    conversation: { watched: "旁听", whispered: "悄悄话", joined: "加入对话", left: "退出对话", transferred: "移交会话" },
    presence: { set_for: "更改同事状态" },
    exception: { asked: "申请特批", approved: "同意并上报", escalated: "超时上报", granted: "批准", within_authority: "权限内直接批准", changed: "改批", refused: "驳回", lapsed: "到期失效", withdrawn: "撤回申请", closed: "随会话结束", carried_out: "已执行", not_carried_out: "执行未成", left_to_people: "转人工处理", tried_again: "重新执行", done_by_hand: "人工办结", limits: "修改审批权限", delegate: "指定代理审批" },
    contact: { merged: "合并客户", unmerged: "撤销合并", changed: "修改资料", keeper: "指定专属客服" },
    user: { added: "添加成员", changed: "修改成员", password: "修改密码" },
    routing: { agent: "修改坐席", queue: "修改队列", rule: "修改分配规则", hours: "修改服务时间", team: "修改团队", expertise: "修改专长", "team.dropped": "删除团队", "expertise.dropped": "删除专长" },
    article: { submitted: "提交审核", given_back: "退回修改", published: "发布", archived: "归档", linked: "关联另一种语言", unlinked: "取消语言关联", draft: "改回草稿", review: "送审" },
    knowledge: { import: "导入知识", import_stopped: "停止导入" },
    skill: { on: "启用技能", off: "停用技能" }, skill_system: { connected: "连接业务系统", removed: "断开业务系统" },
    channel: { changed: "修改渠道", secret: "更换身份密钥" }, promise: { set: "修改承诺", restored: "恢复承诺" }, triage: { rules: "修改分诊规则" }, assistant: { evaluate: "开始评测", evaluate_stopped: "停止评测" },
  },
  key: { to: "给", from: "原来", reason: "原因", level: "级别", for: "代", count: "条数", absorbed: "并入", agent: "坐席", version: "版本", role: "角色", online_at_sign_in: "登录后即可接待", active: "可登录", name: "姓名", password: "密码", kind: "类型", outcome: "结果", skill: "技能", why: "说明", max_wrong: "错误上限" },
  value: { queue: "队列", done: "已执行", by_hand: "转人工办理", failed: "未成功", running: "执行中", intents: "意图", answers: "回答", loop: "闭环", dialogues: "对话", True: "是", False: "否" },
};
