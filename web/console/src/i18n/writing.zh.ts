export const writingZh = {
  phrases: "话术", colleagues: "同事", macros: "宏", runMacro: "执行宏：{{name}}", ran: "已执行“{{name}}”", missing: "这个会话里还没有：{{names}}。没有执行任何一步。",
  hint: "/ 话术 · {{chord}} 换行", noteHint: "@ 同事 · / 话术", enter: "Enter", shiftEnter: "Shift Enter", sendKey: "发送的按键", enterSends: "按 Enter 发送，Shift Enter 换行", chordSends: "按 {{chord}} 发送，Enter 换行", wait: "等文件传完就可以发送", gap: "请先填好【】里的内容", mentioned: "{{name}} 在备注里 @了您", teach: "{{label}}：下次可以直接按 {{keys}}",
  variable: { customer: "客户姓名", agent: "我的姓名", channel: "渠道", order: "订单号", product: "商品", tracking: "运单号", carrier: "承运商", eta: "预计送达", city: "城市" },
  step: { say: "回复", remark: "备注", mark: "打标签", set_aside: "搁置", give: "转接", finish: "解决" },
};

export const workbenchZh = {
  lead: "话术、宏和标签，让常说的话、常做的事一步到位。", failed: "没能加载出来",
  newPhrase: "新建话术", editPhrase: "修改话术", shortcut: "快捷词", shortcutHint: "输入 / 和快捷词就能找到，不含空格", title: "标题（可不填）", text: "内容", textHint: "可用变量：{{names}}。没有值的会留成【】提醒您填。", lang: "语言", anyLang: "不限", mine: "仅我自己用", shared: "所有人可用", used: "用过 {{count}} 次",
  noPhrases: "还没有话术", noPhrasesHint: "写下您每天重复的第一句话，之后输入 / 就能用。", taken: "这个快捷词已经有了", drop: "删除", dropConfirm: "删除后无法恢复。", find: "搜话术",
  newMacro: "新建宏", editMacro: "修改宏", macroName: "名称", steps: "步骤", addStep: "添加步骤", dropStep: "去掉这一步", stepLast: "搁置、转接和解决只能放在最后一步", noMacros: "还没有宏", noMacrosHint: "把总是一起做的几步合成一步，例如：回复、打标签、搁置到明天。", hours: "小时", toQueue: "放回待接入", macroTaken: "这个名称已经有了",
  newTag: "新建标签", renameTag: "改名", tagName: "标签名", noTagsYet: "还没有标签", noTagsYetHint: "在会话里按 T，或在这里新建。", colour: "颜色", colours: { grey: "灰", teal: "青", violet: "紫", amber: "橙", red: "红", green: "绿", blue: "蓝" },
};
