export const notices = {
  title: '通知',
  unread: '{{count}} 条未读通知',
  none: '没有通知',
  opened: '{{name}} 发起了紧急调阅',
  ended: '{{name}} 曾在紧急情况下调阅您的影像',
  overdue: '{{name}} 的紧急调阅逾期未复核',
  look: '查看',
  read: '标为已读',
};
