import type { Role } from '@yinglian/contracts';

export interface Account {
  readonly username: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly hospital: string | null;
  readonly department: string | null;
}

/** Who can sign in to any new province: one proposes who may do what, the other approves it. */
export const FIRST_ACCOUNTS: readonly Account[] = [
  { username: 'admin', displayName: '平台管理员', roles: ['administrator'], hospital: null, department: null },
  {
    username: 'security',
    displayName: '安全管理员 温如松',
    roles: ['security-administrator'],
    hospital: null,
    department: null,
  },
];

/** Invented people of the sample province. */
export const SAMPLE_ACCOUNTS: readonly Account[] = [
  {
    username: 'security2',
    displayName: '安全管理员 陆闻笛',
    roles: ['security-administrator'],
    hospital: null,
    department: null,
  },
  { username: 'dr.lin', displayName: '林知远', roles: ['clinician'], hospital: 'H001', department: 'NEU' },
  { username: 'dr.chen', displayName: '陈清和', roles: ['clinician'], hospital: 'H002', department: 'RES' },
  { username: 'dr.zhao', displayName: '赵明溪', roles: ['clinician'], hospital: 'H003', department: 'INT' },
  { username: 'auditor', displayName: '审计员 沈一鸣', roles: ['auditor'], hospital: null, department: null },
  { username: 'steward', displayName: '数据管理员 顾南乔', roles: ['steward'], hospital: null, department: null },
  { username: 'patient', displayName: '王小雨', roles: ['patient'], hospital: null, department: null },
];
