import { accesses } from './zh/accesses.js';
import { approvals } from './zh/approvals.js';
import { cases } from './zh/cases.js';
import { complaints } from './zh/complaints.js';
import { completeness } from './zh/completeness.js';
import { conflicts } from './zh/conflicts.js';
import { counter } from './zh/counter.js';
import { deadlines } from './zh/deadlines.js';
import { desk } from './zh/desk.js';
import { disposals } from './zh/disposals.js';
import { fetching } from './zh/fetching.js';
import { glass } from './zh/glass.js';
import { hospitals } from './zh/hospitals.js';
import { looks } from './zh/looks.js';
import { matching } from './zh/matching.js';
import { notices } from './zh/notices.js';
import { operations } from './zh/operations.js';
import { password } from './zh/password.js';
import { persons } from './zh/persons.js';
import { policies } from './zh/policies.js';
import { quarantine } from './zh/quarantine.js';
import { scrub } from './zh/scrub.js';
import { secondFactors } from './zh/second-factors.js';
import { sessions } from './zh/sessions.js';
import { sharing } from './zh/sharing.js';
import { staff } from './zh/staff.js';
import { statistics } from './zh/statistics.js';
import { studies } from './zh/studies.js';
import { withdrawals } from './zh/withdrawals.js';
import { workstations } from './zh/workstations.js';

/** The portal in Chinese, its first language. English has the same keys. */
export const zh = {
  product: { name: '影联', tagline: '全省医学影像共享平台' },
  nav: {
    mine: '我的检查',
    people: '患者检索',
    hospitals: '医院',
    completeness: '上传完整性',
    operations: '运行状况',
    accesses: '访问记录',
    emergencies: '紧急调阅复核',
    policies: '访问策略',
    cases: '异常与案件',
    statistics: '统计',
    conflicts: '身份核对',
    quarantine: '隔离区',
    withdrawals: '撤回与封存',
    disposals: '到期处置',
    matching: '匹配设置',
    questions: '身份询问',
    approvals: '权限审批',
    accounts: '账号',
    account: '我的账户',
  },
  actions: {
    retry: '重试',
    search: '检索',
    open: '打开',
    cancel: '取消',
    save: '保存',
    add: '新增',
    more: '加载更多',
    signOut: '退出登录',
    close: '关闭',
    required: '必填',
    malformed: '格式不符',
  },
  session: {
    entering: '正在登录…',
    failed: '暂时无法登录',
    proveFirst: '须先重新验证第二因素（五分钟内有效）。',
    prove: '去验证',
  },
  roles: {
    administrator: '系统管理员',
    'security-administrator': '安全管理员',
    clinician: '临床医师',
    auditor: '审计员',
    steward: '数据管理员',
    patient: '患者',
  },
  sex: { M: '男', F: '女', O: '其他', unknown: '性别不详' },
  persons,
  policies,
  studies,
  reason: {
    title: '请说明查看理由',
    why: '贵院尚未诊治过这位患者。说明理由后可以查看其影像，理由会被记录并接受审查。',
    label: '理由',
    placeholder: '例如：外院转诊，需对比既往影像',
    presets: { referral: '外院转诊，需对比既往影像', emergency: '急诊就诊，需了解既往病情', consultation: '受邀会诊' },
    tooShort: '请至少写 4 个字',
    submit: '记录并打开',
  },
  matching,
  operations,
  scrub,
  completeness,
  fetching,
  deadlines,
  hospitals,
  departments: {
    add: '新增科室',
    code: '代码',
    name: '名称',
    none: '还没有科室',
    head: '负责人账号',
    noHead: '未设负责人',
  },
  staff,
  approvals,
  accesses,
  cases,
  counter,
  complaints,
  looks,
  sharing,
  statistics,
  own: {
    title: '我的检查',
    titleOf: '{{name}}的检查',
    self: '我本人',
    child: '孩子',
    asGuardian: '您以监护人身份办理，至孩子满 14 岁。',
    nobody: '这个账户还没有与患者关联。请带身份证件到任一医院的影像服务窗口办理。',
  },
  glass,
  notices,
  conflicts,
  desk,
  quarantine,
  withdrawals,
  workstations,
  disposals,
  secondFactors,
  password,
  sessions,
  account: {
    title: '我的账户',
    signedInAs: '当前登录',
    username: '账号',
    sex: '性别',
    roles: '角色',
    hospital: '医院',
    patient: '如需查看或复制本人影像，请到就诊医院的影像服务窗口办理。',
    noRole: '该账户还没有角色：可能正等待安全管理员审批。批准后请重新登录。',
  },
  few: '少于 {{fewerThan}}',
  notFound: { title: '没有这个页面', home: '回到首页' },
};

export type Messages = typeof zh;
