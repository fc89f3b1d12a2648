export const complaints = {
  open: '这不对',
  title: '这次查看有什么不对？',
  hint: '审计员会调查这次查看，并给您书面答复。',
  reason: '请说明',
  placeholder: '例如：我没有去过这家医院',
  submit: '提交',
  done: '已登记，审计员会调查',
};
