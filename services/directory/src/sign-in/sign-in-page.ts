import type { Language } from './language.js';
import { escapeHtml, pageHtml } from './page-frame.js';
import { TEXTS } from './texts.js';

export type SignInTrouble = { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly waitMs: number };

interface SignInForm {
  readonly language: Language;
  /** Where the form is sent: this page's own path. */
  readonly path: string;
  readonly username: string;
  readonly trouble?: SignInTrouble;
}

export function signInPage({ language, path, username, trouble }: SignInForm): string {
  const text = TEXTS[language];
  const other = language === 'zh' ? { code: 'en', name: 'English' } : { code: 'zh', name: '中文' };
  const focus = (isFocused: boolean) => (isFocused ? ' autofocus' : '');
  return pageHtml({
    language,
    title: text.signIn,
    body: `<h1>${text.signIn}</h1><p class="lead">${text.welcome}</p>${alertOf(text, trouble)}
<form method="post" action="${escapeHtml(path)}?lang=${language}">
<label>${text.username}<input name="username" value="${escapeHtml(username)}" maxlength="64" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required${focus(username === '')}></label>
<label>${text.password}<input name="password" type="password" maxlength="128" autocomplete="current-password" required${focus(username !== '')}></label>
<button>${text.submit}</button></form>
<p class="help">${text.help}</p><a class="language" href="${escapeHtml(path)}?lang=${other.code}" hreflang="${other.code}" lang="${other.code}">${other.name}</a>`,
  });
}

function alertOf(text: (typeof TEXTS)[Language], trouble: SignInTrouble | undefined): string {
  if (trouble === undefined) return '';
  const said = trouble.kind === 'wrong' ? text.wrong : text.wait(Math.ceil(trouble.waitMs / 1000));
  return `<p class="alert" role="alert">${said}</p>`;
}

/** For whoever comes back to an interaction that is over. */
export function expiredPage(language: Language, portal: string): string {
  const text = TEXTS[language];
  return pageHtml({
    language,
    title: text.expired,
    body: `<h1>${text.expired}</h1><p class="lead">${text.expiredWhy}</p><a class="button" href="${escapeHtml(portal)}">${text.back}</a>`,
  });
}
