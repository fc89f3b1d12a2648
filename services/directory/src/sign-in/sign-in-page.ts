import type { Language } from './language.js';
import { escapeHtml, languageLink, pageHtml } from './page-frame.js';
import type { SignInTrouble } from './sign-in-trouble.js';
import { TEXTS } from './texts.js';
import { troubleAlert } from './trouble-alert.js';

interface SignInForm {
  readonly language: Language;
  /** Where the form is sent: this page's own path. */
  readonly path: string;
  readonly username: string;
  readonly trouble?: SignInTrouble;
  readonly now: Date;
}

export function signInPage({ language, path, username, trouble, now }: SignInForm): string {
  const text = TEXTS[language];
  const focus = (isFocused: boolean) => (isFocused ? ' autofocus' : '');
  return pageHtml({
    language,
    title: text.signIn,
    body: `<h1>${text.signIn}</h1><p class="lead">${text.welcome}</p>${troubleAlert(language, trouble, text.wrong, now)}
<form method="post" action="${escapeHtml(path)}?lang=${language}">
<label>${text.username}<input name="username" value="${escapeHtml(username)}" maxlength="64" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required${focus(username === '')}></label>
<label>${text.password}<input name="password" type="password" maxlength="128" autocomplete="current-password" required${focus(username !== '')}></label>
<button>${text.submit}</button></form>
<p class="help">${text.help}</p>${languageLink(language, path)}`,
  });
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
