export const complaints = {
  open: '这不对',
  title: '这次查看有什么不对？',
  hint: '审计员会调查这次查看，并给您书面答复。',
  reason: '请说明',
  placeholder: '例如：我没有去过这家医院',
  submit: '提交',
  done: '已登记，审计员会调查',
  list: '我反映的问题',
  states: { received: '已收到', examined: '调查中', answered: '已答复' },
  means: {
    received: '审计员会调查这次查看，并在这里答复您。',
    examined: '审计员正在调查。答复会显示在这里。',
    again: '结论有变化，正在重新调查。新的答复会显示在这里。',
  },
  verdicts: { unfounded: '不成立：查看合规', improper: '成立：查看不合规', unlawful: '成立：查看违法' },
  follows: {
    unfounded: '这次查看有正当理由，记录继续保留。',
    improper: '相关医院须处理此事。',
    unlawful: '此事已依法移送处理。',
  },
};
