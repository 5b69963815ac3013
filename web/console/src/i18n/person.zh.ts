export const personZh = {
  history: "全部会话", here: "当前会话", merge: "合并客户", mergeLead: "找到其实是同一个人的另一条客户记录，并入当前这位。会话和身份都会并过来，可以撤销。", find: "搜姓名或身份", nobody: "没有找到", into: "并入", conversations: "{{count}} 个会话", merged: "已合并", merges: "已合并的记录", unmerge: "拆开", unmerged: "已拆开", visitor: "访客",
  join: "并为一件事", joined: "已并为一件事", part: "拆开", parted: "已拆开",
  fields: "客户字段", fieldsLead: "给客户资料加上您自己的字段，客服在“客户”里填写。", key: "字段名（程序用）", zh: "中文名", en: "英文名", kind: "类型", kinds: { text: "文字", number: "数字", date: "日期", choice: "选项" }, choices: "选项，用逗号分开", add: "添加字段", none: "还没有自定义字段", noneHint: "例如「常用尺码」「所属公司」。加好后，客户资料里就能填写。",
  meanwhile: "同事刚刚改成了：", emptied: "同事刚刚清空了这一项。", takeTheirs: "用同事的", keepMine: "保留我的",
};
