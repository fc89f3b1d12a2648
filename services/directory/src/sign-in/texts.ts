import type { Language } from './language.js';

const zh = {
  tag: 'zh-CN',
  subtitle: '全省医学影像，一处可及',
  signIn: '登录',
  welcome: '请使用平台账号登录',
  username: '账号',
  password: '密码',
  submit: '登录',
  help: '账号由医院或平台管理员开通。忘记密码请联系管理员重置。',
  wrong: '账号或密码不正确。',
  wait: (seconds: number) => `尝试次数过多，请在 ${seconds} 秒后再试。`,
  expired: '登录页面已失效',
  expiredWhy: '页面停留过久，或已在别处完成登录。请返回门户重新开始。',
  failed: '无法继续登录',
  failedWhy: '来访的程序提出了平台不接受的请求。请返回门户重新开始；如仍出现，请把下面的代码告诉管理员。',
  signOut: '退出登录',
  signOutWhy: '退出后，门户与阅片器都需要重新登录。',
  stay: '继续使用',
  signedOut: '已退出登录',
  signedOutWhy: '在公用电脑上，请同时关闭浏览器窗口。',
  back: '返回门户',
};

const en: typeof zh = {
  tag: 'en',
  subtitle: 'One imaging cloud for the province',
  signIn: 'Sign in',
  welcome: 'Use your account on this platform',
  username: 'Username',
  password: 'Password',
  submit: 'Sign in',
  help: 'Accounts are opened by your hospital or the platform’s administrator, who can also reset a forgotten password.',
  wrong: 'The username or password is not right.',
  wait: (seconds) => `Too many attempts. Try again in ${seconds} s.`,
  expired: 'This page has expired',
  expiredWhy: 'It was open for too long, or the sign-in was finished elsewhere. Go back to the portal and begin anew.',
  failed: 'The sign-in cannot go on',
  failedWhy:
    'The program that sent you asked for something that is not accepted here. Go back to the portal and begin anew; if it stays, tell the administrator the code below.',
  signOut: 'Sign out',
  signOutWhy: 'The portal and the viewer will both ask you to sign in again.',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  signedOutWhy: 'On a shared computer, close the browser’s windows too.',
  back: 'Back to the portal',
};

export const TEXTS: Readonly<Record<Language, typeof zh>> = { zh, en };
