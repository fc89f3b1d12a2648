export type Language = 'zh' | 'en';

const TEXTS = {
  zh: {
    subtitle: '全省医学影像，一处可及',
    username: '用户名',
    password: '密码',
    submit: '登录',
    wrong: '用户名或密码不正确',
    slowed: '尝试次数过多，请稍后再试',
    other: 'English',
  },
  en: {
    subtitle: 'One imaging cloud for the province',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'The user name or the password is not right',
    slowed: 'Too many attempts: please wait a little',
    other: '中文',
  },
} as const;

const STYLE = `
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:linear-gradient(160deg,#eef4f4,#dfe9ec);
font:16px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#12313a}
main{width:min(92vw,24rem);background:#fff;border-radius:16px;padding:2.5rem 2rem;box-shadow:0 12px 40px rgb(18 49 58 / 12%)}
h1{margin:0;font-size:1.75rem;letter-spacing:.02em}h1 span{color:#0e7c86}p{margin:.25rem 0 1.75rem;color:#55707a}
label{display:block;margin:0 0 1rem;font-size:.875rem;color:#55707a}
input{display:block;width:100%;margin-top:.25rem;padding:.7rem .8rem;border:1px solid #c5d5d9;border-radius:8px;font:inherit;color:inherit}
input:focus{outline:2px solid #0e7c86;border-color:transparent}
button{width:100%;padding:.75rem;border:0;border-radius:8px;background:#0e7c86;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:hover{background:#0b656d}.failed{background:#fdf0ee;color:#a4281b;border-radius:8px;padding:.6rem .8rem;margin:0 0 1rem;font-size:.9rem}
a{display:block;text-align:center;margin-top:1.25rem;color:#55707a;font-size:.875rem}`;

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => MARKUP[character] ?? '');

export interface SignInPage {
  readonly uid: string;
  readonly language: Language;
  readonly username: string;
  readonly failed?: 'wrong' | 'slowed';
}

/** The one page of the provider: no script, nothing from elsewhere. */
export function signInPage({ uid, language, username, failed }: SignInPage): string {
  const text = TEXTS[language];
  const address = `/oidc/interaction/${encodeURIComponent(uid)}`;
  const other = language === 'zh' ? 'en' : 'zh';
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>影联 Yinglian</title><style>${STYLE}</style></head>
<body><main><h1><span>影联</span> Yinglian</h1><p>${text.subtitle}</p>
${failed === undefined ? '' : `<div class="failed" role="alert">${text[failed]}</div>`}
<form method="post" action="${address}?language=${language}" autocomplete="on">
<label>${text.username}<input name="username" value="${escaped(username)}" autocomplete="username" autocapitalize="none" required autofocus></label>
<label>${text.password}<input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">${text.submit}</button></form>
<a href="${address}?language=${other}">${text.other}</a></main></body></html>`;
}
