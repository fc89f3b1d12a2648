export const sessions = {
  title: '登录设备',
  why: '发现不认识的设备？请立即结束该登录，并修改密码。',
  thisOne: '本次登录',
  program: '命令行或其他程序',
  on: '{{browser}}，{{system}}',
  since: '{{time}} 登录',
  used: '最近使用 {{time}}',
  end: '结束',
  endOthers: '结束其他所有登录',
  endOthersSure: '除本次登录外，其他设备上的登录立即结束。',
};
