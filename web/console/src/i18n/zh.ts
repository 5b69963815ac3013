import { auditZh } from "./audit.zh";
import { offerZh, routingZh } from "./routing.zh";
import { copilotZh } from "./copilot.zh";
import { exceptionZh } from "./exceptions.zh";
import { personZh } from "./person.zh";
import { packetZh, repeatZh } from "./packet.zh";
import { promiseZh } from "./promise.zh";
import { superviseZh } from "./supervise.zh";
import { evaluateZh } from "./evaluate.zh";
import { triageZh } from "./triage.zh";
import { orderZh } from "./order.zh";
import { workbenchZh, writingZh } from "./writing.zh";

export const zh = {
  audit: auditZh,
  offer: offerZh,
  routing: routingZh,
  promise: promiseZh,
  exception: exceptionZh,
  supervise: superviseZh,
  triage: triageZh,
  evaluate: evaluateZh,
  order: orderZh,
  writing: writingZh,
  packet: packetZh,
  repeat: repeatZh,
  copilot: copilotZh,
  person: personZh,
  workbench: workbenchZh,
  brand: "Tandem 协同客服",
  section: { inbox: "收件箱", knowledge: "知识库", workbench: "话术与宏", users: "成员", channels: "渠道", routing: "分配", promise: "承诺", triage: "分诊", evaluate: "评测", skills: "技能", approvals: "特批", board: "现场看板", audit: "审计" },
  language: { "zh-CN": "中文", en: "English" },
  appearance: { toggle: "切换深色或浅色" },
  common: {
    retry: "再试一次", cancel: "取消", save: "保存", close: "关闭", back: "返回", copy: "复制", copied: "已复制", copyByHand: "浏览器不允许复制，请选中文字后手动复制。", undo: "撤销", more: "更多",
    name: "姓名", created: "已新建", saved: "已保存", you: "我",
  },
  problem: {
    join: "。", network: "连不上服务器。您写的内容都还在，网络恢复后可以再试。", server: "服务器没能完成这一步，没有改动任何内容，请稍后再试。",
    unreachable: "暂时连不上服务器", unreachableDetail: "网络恢复后会自动重连，也可以现在再试。",
    crash: "这一页没能显示出来", crashDetail: "已保存的内容不受影响，写了一半的回复也还在。", reload: "重新加载",
    notFound: "没有这个页面", notFoundDetail: "链接可能已经失效。", toInbox: "回到收件箱", load: "没能加载出来",
  },
  signIn: {
    title: "登录工作台", lead: "AI 先接待，您在身后。", email: "邮箱", password: "密码", submit: "登录", expired: "登录已过期，请重新登录。登录后会回到刚才的页面，草稿都在。",
    tooMany: "尝试次数太多了，请在 {{count}} 秒后再试。", emailNeeded: "请填写邮箱", passwordNeeded: "请填写密码",
  },
  account: {
    menu: "账户", signOut: "退出登录", password: "修改密码", old: "现在的密码", new: "新密码", newHint: "至少 10 个字符", changed: "密码已修改", 
  },
  translate: { ask: "翻译", busy: "正在翻译…", label: "机器翻译", original: "原文", restore: "还原", into: { zh: "译成中文再发", en: "译成英文再发" } },
  presence: { online: "在线", busy: "忙碌", takesNobody: "不派新客户", break: "小休", wrap_up: "话后整理", offline: "离线", title: "我的状态", open: "处理中 {{count}}", colleagues: "同事", nobody: "还没有其他同事。",
    breaks: { meal: "用餐", rest: "休息", training: "培训", meeting: "会议" }, because: { missed: "连续未接派单", absent: "工作台已关闭" },
    load: { chat: "在线会话 {{open}} / {{most}}", ticket: "留言 {{open}} / {{most}}", call: "电话 {{open}} / {{most}}" },
  },
  role: { agent: "客服", supervisor: "主管", administrator: "管理员" },
  link: { connecting: "正在重新连接…新消息会在连上后出现", offline: "网络已断开。您可以继续写，恢复后自动发出" },
  view: { mine: "我的", team: "我的团队待接入", unassigned: "待接入", assistant: "AI 接待中", all: "全部进行中", closed: "已结束", snoozed: "已搁置", mentions: "@我的" },
  inbox: {
    views: "会话视图", list: "会话列表", search: "搜客户、内容、订单号", new_one: "{{count}} 条新动态", new_other: "{{count}} 条新动态",
    unread: "{{count}} 条未读", waiting: "已等待 {{time}}", mute: "关闭提示音", unmute: "打开提示音", notify: "开启桌面提醒",
    pick: "选一个会话开始", pickHint: "J、K 上下移动，Enter 打开，按 ? 查看全部快捷键。",
    failed: "会话列表没能加载出来", gone: "已离开此视图", loadingMore: "正在加载更多",
    newWaiting: "有客户在等待", newReply: "{{name}} 发来新消息",
    empty: {
      mine: "您手上没有会话", mineHint: "到“待接入”接一个，按 G U。", team: "没有在等您团队的客户", teamHint: "队列交给您所在的团队后，排在里面的客户会出现在这里。按 G U 查看全部待接入。", unassigned: "没有等待的客户", unassignedHint: "AI 正在接待其他客户。按 G M 查看我的会话。",
      assistant: "AI 现在没有在接待", assistantHint: "有客户打开聊天窗口提问时，会出现在这里。", all: "还没有进行中的会话", allHint: "把聊天窗口放到网站上，客户提问后就会出现。嵌入代码在“渠道”里。",
      closed: "还没有结束的会话", closedHint: "问题解决后按 E，会话会移到这里。", snoozed: "没有搁置的会话", snoozedHint: "打开一个会话按 S，到时间或客户来信时会自动回到“我的”。", mentions: "没有人 @您", mentionsHint: "同事在备注里 @您时，会话会出现在这里。",
      search: "没有找到“{{q}}”", searchHint: "试试客户姓名、消息里的几个字，或订单号。",
    },
  },
  voice: { visitor: "访客", ai: "AI", person: "人工" },
  owner: { assistant: "AI 接待中", queue: "待接入", agent: "{{name}} 接待中", me: "您在接待", closed: "已结束" },
  emotion: { neutral: "平静", happy: "满意", confused: "困惑", anxious: "焦急", disappointed: "失望", angry: "愤怒", sad: "难过" },
  reason: {
    safety: "涉及人身安全", distress: "客户处境困难", fraud_or_security: "涉及欺诈或账户安全", legal_medical_finance_advice: "涉及法律、医疗或理财建议", complaint: "客户投诉", vip_or_high_value: "重要客户",
    bot_failed_repeatedly: "AI 多次未能解决", complex_multi_issue: "问题较复杂", special_request: "需要特批", asks_human: "客户要求人工", anger: "客户生气", assistant_unavailable: "AI 暂时无法回答", taken_over: "同事主动接管", transferred: "同事转接", handed_back: "交回 AI",
  },
  conversation: {
    timeline: "对话记录", verified: "已核实", notVerified: "未核实身份", online: "客户在线", offline: "客户已离开", openPanel: "打开资料栏", closePanel: "收起资料栏",
    older: "正在加载更早的消息", beginning: "对话从这里开始", failed: "对话没能加载出来", read: "已读", sent: "已发送", sending: "发送中", notSent: "未发送", resend: "重发", discard: "删除",
    typing: "{{name}} 正在输入", drafting: "AI 正在组织回答", new: "{{count}} 条新消息", toEnd: "回到最新", skills_one: "查询了 {{count}} 次", skills_other: "查询了 {{count}} 次", skillsDone_one: "办理了 {{count}} 次", skillsDone_other: "办理了 {{count}} 次", source: "来源",
    listJoin: "、", note: "备注 · 仅内部可见", image: "图片 {{name}}", previousImage: "上一张", nextImage: "下一张", file: "文件 {{name}}", choices: "给出的选项", notFound: "没有找到这个会话", notFoundDetail: "它可能已被删除，或者您没有查看权限。",
  },
  fact: {
    name: "姓名", verified: "身份", order: "订单号", order_state: "订单状态", carrier: "承运商", tracking: "运单号", eta: "预计送达", product: "商品",
    city: "城市", colour: "颜色", size: "尺码", deadline: "期望时间", page: "正在浏览", phone: "手机号", address: "地址", goal: "诉求", expectation: "期望", tried: "已试过",
  },
  argument: { order: "订单号", customer: "客户", phone: "手机尾号", product: "商品", city: "城市", line: "收货地址", recipient: "收件人", reason: "原因" },
  outcome: { ok: "成功", refused: "被拒绝", not_found: "没有找到", failed: "失败" },
  seam: {
    handed_off: "转人工 · {{reason}}", accepted: "{{name}} 接入", accepted_me: "您已接入", transferred: "{{by}} 转给 {{name}}", transferred_queue: "{{by}} 放回待接入", transferred_to_queue: "{{by}} 转到队列「{{name}}」",
    transferred_absent: "客服已离开，会话放回队列", helped: "客户：AI 的回答有帮助", not_helped: "客户：AI 的回答没有帮助", waits_chat: "客户在线等待", waits_message: "转为留言，有空时回复", waits_callback: "客户希望回电", handed_back: "{{name}} 交回 AI 接待", returned: "客户不再等待，回到 AI 接待", resolved: "{{name}} 标记为已解决", resolved_system: "会话已结束", reopened: "客户再次来访，AI 接待",
    verified_host: "已由网站登录核实身份", verified_order_phone: "已用订单号和手机尾号核实身份", rated: "客户评分 {{score}} / 5",
  },
  card: {
    stock: "库存 {{count}}", noStock: "缺货", quantity: "× {{count}}", placed: "{{date}} 下单", eta: "预计 {{date}} 送达", steps: "共 {{count}} 条物流记录", fewer: "收起物流记录", picture: "商品图片",
  },
  action: {
    accept: "接入", takeOver: "接管", handBack: "交回 AI", transfer: "转接", resolve: "解决", toQueue: "放回待接入", toQueueNamed: "队列：{{name}}", findTarget: "搜索同事、团队、队列", toTeam: "团队：{{name}}", free_one: "{{count}} 人空闲", free_other: "{{count}} 人空闲", recommended: "交接单推荐", noTarget: "没有找到", transferNote: "给接手的人留句话，客户看不到（可不写）",
    moved: "{{name}} 比您快一步", movedQueue: "会话已回到待接入", movedAssistant: "会话已回到 AI 接待", movedClosed: "会话已经结束", movedDetail: "这里已是最新状态，您的草稿还在。", resolving: "{{seconds}} 秒后标记为已解决", resolveNow: "现在结束",
    transferred: "已转给 {{name}}", queued: "已放回待接入", accepted: "已接入", handedBack: "AI 已继续接待", resolved: "已解决", takeOverTitle: "AI 会立刻停下，由您继续。",
    unsaid: "您的回复没有送达，这一步先没有做", unsaidDetail: "请在会话里重发或撤回那条回复，再做一次。", notResumed: "{{name}}：您离开前的操作没有完成",
    resumed: { resolve: "您离开前的操作已完成：{{name}} 的会话已结束", "hand-back": "您离开前的操作已完成：{{name}} 已交回 AI", transfer: "您离开前的操作已完成：{{name}} 已转出", macro: "您离开前的操作已完成：{{name}} 的宏已执行", bulk: "您离开前的操作已完成：{{name}}", several_one: "{{count}} 个会话", several_other: "{{count}} 个会话" },
  },
  composer: {
    reply: "回复", note: "备注", replyHint: "回复 {{name}}", noteHint: "写给同事看，客户看不到", send: "发送", addNote: "添加备注", attach: "添加图片或文件", drop: "松开即可添加", uploading: "正在上传 {{name}}", remove: "移除 {{name}}",
    notMine: "{{name}} 正在接待这位客户。", assistant: "AI 正在接待。接管后即可回复，AI 会停下。", queue: "客户正在等待人工。接入后即可回复。", closed: "会话已结束。客户再次发来消息时会重新打开。",
    noReply: "您可以查看，但没有回复权限。", uploadFailed: "{{name}} 没有传上去",
  },
  panel: {
    urgency: { "2": "有时限", "3": "损失正在发生" }, tabs: "资料", packet: "交接单", copilot: "副驾", customer: "客户", orders: "订单", noPacket: "还没有交接单", noPacketHint: "AI 转人工时会写好交接单：诉求、已确认的事实、查过什么、情绪变化，每条都注明出处。",
    goal: "诉求", expectation: "期望", facts: "已确认", lookups: "查过什么", attempts: "已尝试", emotion: "情绪", open: "还可以问", reaction: "客户反应",
    said_by: { customer: "客户说", skill: "系统查得", host: "网站提供" }, cite: "查看第 {{seq}} 条", at: "写于 {{time}}", accountName: "姓名", tier: "等级", keeper: "专属客服", keeperNone: "未指定", tierNone: "未设置", identities: "身份", first: "首次来访", last: "最近来访", count: "会话数", attributes: "资料", phoneLast4: "手机尾号",
    edit: "编辑", ordersEmpty: "这位客户还没有订单", ordersEmptyHint: "下单后会显示在这里。", ordersGuest: "还没有可以看的订单", ordersGuestHint: "客户没有登录商城。登录后会列出全部订单；AI 在会话里查到的订单也会列在这里。", ordersHere: "客户没有登录商城，以下是本次会话里查到的订单。", version: "第 {{n}} 版", locale: "语言",
  },
  counterpart: { title: "另一种语言的同一条", hint: "关联后两条算一个答案，客户听到自己语言的那条。", link: "关联另一种语言的条目", unlink: "取消关联", linked: "已关联", unlinked: "已取消关联", choose: "搜索其他语言的条目", none: "没有找到，换个词试试", noneFree: "没有找到。已关联的语言，先取消关联才能换一条。" },
  knowledge: {
    ledTo: "客户这样问时，AI 还会考虑这些",
    new: "新建条目", search: "搜问题、说法、答案", lang: "语言", state: "状态", category: "分类", question: "标准问题", phrasings: "其他说法", phrasingsHint: "客户可能怎么问，一行一个。说法越贴近原话，AI 认得越准。", addPhrasing: "添加说法", removePhrasing: "删除这条说法",
    answer: "答案", answerHint: "支持 **加粗**、列表和链接。", preview: "预览", states: { draft: "草稿", review: "待审核", published: "已发布", due: "待复核", archived: "已归档" }, changed: "有未发布的修改", used_one: "使用 {{count}} 次", used_other: "使用 {{count}} 次", updated: "{{name}} · {{time}}",
    saveDraft: "保存草稿", publish: "发布", archive: "归档", saved: "草稿已保存", published: "已发布，AI 从现在起使用这个版本", archived: "已归档，AI 不再使用", publishTitle: "发布后 AI 立即使用", archiveConfirm: "归档后 AI 不再用它回答，之后仍可重新发布。", versions: "历史版本", rollback: "恢复到这一版", rolledBack: "已恢复到第 {{n}} 版", rollbackConfirm: "恢复后会生成一个内容相同的新版本并立即发布，现在的内容仍留在历史里。",
    diff: "与上一版的差异", first: "第一版", conflict: "有人先保存了新版本", conflictDetail: "您写的内容还在这里。可以先看对方改了什么，再决定用哪一个。", loadTheirs: "改用对方的版本", keepMine: "用我的覆盖",
    unsaved: "有修改还没保存", unsavedDetail: "离开后这些修改会丢失。", leave: "不保存，离开", stay: "留在这里", empty: "还没有知识条目", emptyHint: "AI 只用这里发布的内容回答。先写下客户最常问的一个问题。", emptyFiltered: "没有符合条件的条目", emptyFilteredHint: "换个关键词，或清除筛选。", clear: "清除筛选",
    images: "图片", addPicture: "添加图片", removePicture: "移除图片 {{name}}", notAPicture: "{{name}} 不是图片，只能放 PNG、JPG、GIF 或 WebP。", buttons: "按钮", addButton: "添加按钮", removeButton: "移除这个按钮", buttonLabel: "按钮文字", buttonKind: "按下之后", buttonKinds: { link: "打开链接", article: "回答另一条", person: "转人工" }, pickArticle: "选一个已发布的条目",
    audience: "适用客户", audienceHint: "可选访客或已登录客户，也可填会员等级，如 gold。", everybody: "所有客户", groups: { guest: "访客", signed_in: "已登录客户" }, channels: "适用渠道", channel: "渠道", everywhere: "所有渠道", validFrom: "生效时间", validUntil: "失效时间", backwards: "失效时间要晚于生效时间", conditions: "适用条件", owner: "负责人", nobody: "未指定", mine: "我负责的", reviewOn: "复核日期", reviewOnHint: "到这一天会出现在「待复核」里。",
    submit: "提交审核", submitted: "已提交审核，发布后 AI 才会使用", inReview: "{{name}} 已提交，等待审核发布", giveBack: "退回修改", giveBackNote: "请写明需要改什么", givenBack: "审核退回，请按说明修改", givenBackDone: "已退回给作者", source: "来源：{{name}} · {{place}}",
    import: "导入导出", export: "导出 {{kind}}", drop: "把文件拖到这里，或点按选择", dropKinds: "CSV、Excel、JSON、Markdown、HTML、Word、PDF、文本", siteUrl: "网址", sitePages: "最多读取页数", pages: "页", readSite: "读取网站", importLang: "语言", importLangAuto: "按文字识别", importHint: "每一节成为一条草稿并记下出处，发布后 AI 才会使用。再次导入同名文件只会更新，不会重复。", noImports: "还没有导入过。先选一份现成的问答或规则文档。",
    stopImport: "停止", importStates: { waiting: "排队中", reading: "读取中", storing: "写入草稿", done: "已完成", stopped: "已停止", failed: "未成功" }, counts: { added: "新增 {{count}}", changed: "更新 {{count}}", unchanged: "未变 {{count}}", unclear: "没看懂 {{count}}", nothing: "没有可导入的内容" }, report: "报告", allUnderstood: "全部读懂了。", notUnderstood: "没有读懂的地方", moreUnclear: "另有 {{count}} 处没有列出。", gone: "来源里已经没有的条目（保持原样，请决定是否归档）",
    unclear: { no_answer: "只有问题，没有答案", no_question: "有内容，看不出在回答什么", too_long: "太长，请拆成几节", hidden: "读者看不见的文字，没有采用", no_text: "没有文字，可能是扫描件", unknown_columns: "这些列没有用到", too_many: "超出数量上限，从这里起没有读", unreachable: "打不开，或网站不允许读取", not_a_page: "不是网页", bad_value: "有一项的值无法使用" },
    importWhy: { not_this_kind: "内容和文件类型不符，没有导入任何内容。", broken: "文件已损坏，没有导入任何内容。请重新导出后再试。", too_large: "解开后太大，没有导入任何内容。请拆成几份。", too_long: "读取时间过长，已停止。请拆成几份。", protected: "文件有密码，请去掉密码后再导入。", empty: "文件里没有内容。", no_columns: "没找到「问题」和「答案」两列，请检查表头。", unreachable: "网站打不开，请检查网址。", refused: "这个地址在内部网络，不能读取。", fault: "我们这边出了错，已写入的草稿都在，可以再导入一次。" },
    alike: "已经有相近的条目，草稿照样保存好了", beforePublishing: "发布前请看一下", backToEditing: "返回修改", anyway: "仍然{{doing}}", thisOne: "这一条", thatOne: "已有的条目", differs: "这里写 {{mine}}，那里写 {{theirs}}", stance: { yes: "可以", no: "不可以" }, asIs: "{{text}}", resembles: { same_question: "问题相同", contradiction: "答案矛盾", similar: "问题相近" }, proposed: "客户还可能这样问", proposedHint: "点一下就加入这条的说法，不合适的不用管。",
    pick: "选一个条目，或新建一个", pickHint: "AI 只根据已发布的条目回答。已有文档或表格，可以直接导入。", toList: "回到知识库", failed: "知识条目没能加载出来", needQuestion: "请写标准问题", needAnswer: "请写答案", needCategory: "请选择或填写分类", readOnly: "您可以查看，不能修改。", list: "知识条目", version: "第 {{n}} 版",
  },
  users: {
    new: "添加成员", email: "邮箱", role: "角色", active: "可登录", inactive: "已停用", edit: "编辑", deactivate: "停用", activate: "恢复", reset: "重设密码", deactivateConfirm: "停用后 {{name}} 会立即退出，之后无法登录。他的会话和记录都会保留。",
    passwordFor: "为 {{name}} 设置新密码", password: "初始密码", passwordHint: "至少 10 个字符，请当面或用安全的方式告诉他。", resetDone: "新密码已生效", failed: "成员列表没能加载出来", empty: "只有您一个人", emptyHint: "添加同事后，他们就能登录并接待客户。", hintAgent: "接待客户，撰写知识草稿", hintSupervisor: "另可分派会话、审核并发布知识", hintAdministrator: "另可管理成员和渠道",
    badEmail: "邮箱格式不对", shortPassword: "密码至少 10 个字符", nameNeeded: "请填写姓名", serves: "登录后即可接待客户", servesHint: "登录后直接在线，开始派单。关闭后，登录时为忙碌，自己切到在线才派单。", generate: "生成",
  },
  channels: {
    failed: "渠道没能加载出来", empty: "还没有渠道", emptyHint: "安装时会自动建好网页聊天渠道。如果没有，请检查服务是否完成初始化。", widget: "网页聊天", settings: "外观与文字", brand: "品牌名", colour: "主色", assistantName: "AI 名称", greeting: "欢迎语", suggestions: "快捷问题", origins: "允许的网站", originsHint: "一行一个网址，例如 https://shop.example。留空表示不限制。", suggestionsHint: "一行一个，最多 6 个，客户打开聊天时可以直接点。",
    embed: "嵌入代码", embedHint: "放在网页 </body> 之前，一行即可。", identity: "身份密钥", identityHint: "您的服务器用它签名登录客户的身份（HS256），客户就不必再证明自己是谁。", makeSecret: "生成新密钥", secretOnce: "只显示这一次，请现在保存到您的服务器。", secretConfirm: "旧密钥会立即失效，正在使用它的网站要换上新密钥。", active: "启用", inactive: "已停用", preview: "预览", sample: "请问这款还有货吗？",
    badColour: "请用 #0B6E69 这样的六位色值", name: "渠道名称", previewLang: "文字语言",
  },
  model: {
    title: "语言模型", none: "没有设置语言模型，助手用知识和技能直接回答。在 tandem.toml 里设置 llm_url 后启用。", lead: "按天统计（UTC），所有进程合计。", masks: "个人信息发送前已隐去", day: "日期", calls: "次数", cached: "缓存", failed: "失败", input: "输入 token", output: "输出 token", cost: "费用", budget: "今日预算：{{used}} / {{limit}}", noUse: "还没有使用记录。",
    look: "模型往来", given: "给了什么", written: "说了什么", notAsked: "这条回答没有用到语言模型。", error: "没有采用：{{why}}", prompt: "提示词 {{name}}", tokens: "输入 {{input}}，输出 {{output}} token", failedToLoad: "没能加载出来",
  },
  skills: {
    connect: "连接业务系统", failed: "技能没能加载出来", empty: "还没有连接业务系统", emptyHint: "连接后，助手就能替客户查询和办理。连接进来的操作默认全部关闭，由您逐个启用。", builtIn: "内置店铺技能", builtInHint: "用 TANDEM_SHOP_URL 连接店铺后自动启用。", reads: "只读", writes: "会更改数据",
    kind: { openapi: "OpenAPI 文档", mcp: "MCP 服务", python: "Python 入口点" }, kindHint: { openapi: "3.0 或 3.1，JSON 或 YAML；填地址、上传文件都可以", mcp: "支持 streamable HTTP 的 MCP 服务地址", python: "随 Tandem 安装的 tandem.skills 入口点" }, name: "名称", url: "地址", urlNeeded: "请填写地址或上传文档", upload: "或上传文档", base: "接口地址", baseHint: "文档里没有写服务器地址时填写，例如 https://erp.example/api", auth: "鉴权", authKind: { none: "不需要", bearer: "Bearer 令牌", header: "自定义请求头" }, header: "请求头名称", secret: "密钥", secretHint: "加密保存，之后不再显示。要更换时请删除后重新连接。", installed: "已安装的入口点", noneInstalled: "没有安装任何入口点",
    connected: "已连接，请启用需要的操作", disconnect: "断开连接", disconnectConfirm: "它的全部技能会立即停用并删除，之前的会话记录保留。", hasSecret: "已存密钥", noSecret: "无密钥", found: "{{count}} 个操作，启用 {{on}} 个", searchIn: "搜索操作", onlyOn: "只看已启用", on: "启用", off: "停用", unusable: "无法启用：{{why}}",
    calls: "24 小时调用", errors: "失败", p95: "95% 快于", settings: "设置", trial: "试一试", last: "最近调用", noCalls: "还没有调用记录。", never: "—",
    title: "技能名称", titleEn: "英文名称", triggers: "客户会怎么说", triggersHint: "一行一句，中英文都可以。用 {参数名} 标出参数的位置，例如：查一下快递 {code}。没有大模型时靠这些话识别。", answer: "怎么回答", answerHint: "用 {字段} 填入结果里的值，下级字段写 {a.b}。留空则列出结果里的字段。", answerEn: "怎么回答（英文）", personal: "涉及客户本人", personalHint: "只为网站已验证身份的登录客户调用", writesLabel: "会更改数据", writesHint: "一律先读出细节，客户明确同意后才调用", seconds: "超时（秒）", tries: "尝试次数", triesHint: "会更改数据的操作只有带幂等键时才会重试", hides: "不展示的字段", hidesHint: "一行一个字段名，任何人都看不到它的值",
    users: "谁来用", usersHint: "特批只能用会修改数据的操作，批准的金额作为参数传给它。", user: { assistant: "AI 助手，为客户办理", desk: "批准后的特批" },
    parameters: "参数", parameterName: "客户看到的名称", question: "怎么问客户", givenBy: "来源", by: { customer: "问客户", identity: "登录客户的编号", grant: "批准的金额（最小货币单位）", fixed: "固定值" }, fixed: "固定值", required: "必填", private: "记录里隐去", tryIt: "调用一次", trySure: "我知道这会真的更改数据", customer: "客户编号", result: "结果", save: "保存",
    when: "时间", outcome: "结果", ms: "耗时", given: "参数", why: "原因", who: { assistant: "助手", administrator: "试用", desk: "批准的特批" },
  },
  command: {
    title: "命令", placeholder: "搜会话、操作、页面", nothing: "没有找到“{{q}}”", shortcuts: "快捷键", open: "打开命令面板", help: "查看快捷键",
    group: { conversation: "当前会话", views: "视图", pages: "页面", settings: "设置", found: "会话", articles: "知识条目", list: "列表" },
    next: "下一个会话", previous: "上一个会话", enter: "打开会话", search: "搜索会话", replyTo: "写回复", noteTo: "写备注", toView: "查看：{{view}}", toPage: "前往：{{page}}", toPart: "前往：{{page}} · {{part}}", theme: "切换深浅色", language: "切换到 {{language}}", panel: "打开或收起资料栏", presence: "状态：{{state}}", hints: "↑↓ 选择 · Enter 执行 · Esc 关闭",
  },
};

export type Messages = typeof zh;
