export const deadlines = {
  title: '上传时限',
  priority: '优先级',
  priorities: { urgent: '急诊', routine: '常规' },
  minutes: '从检查完成到登记（分钟）',
  within: '{{count}} 分钟内',
  within_one: '{{count}} 分钟内',
  validFrom: '生效日期',
  from: '自 {{day}} 起',
  source: '依据',
  sourceHint: '文件名称或文号',
  preset: '系统默认值，尚无文件依据',
  saved: '已保存，各医院网关将在几秒内获知',
};
