export const password = {
  title: '密码',
  why: '修改后，其他设备上的登录立即结束。',
  change: '修改密码',
  changed: '密码已修改，其他登录已结束。',
  current: '当前密码',
  next: '新密码',
  again: '再次输入新密码',
  hint: '至少 10 个字符。可以用几个不相关的词，便于记住，不易猜到。',
  needed: '请输入当前密码。',
  tooShort: '新密码至少 10 个字符。',
  differs: '两次输入的密码不一致。',
};
