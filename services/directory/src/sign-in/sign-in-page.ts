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
  /** Where else one may sign in. */
  readonly hospitals: readonly { readonly code: string; readonly name: string }[];
  /** Who came from there and has no account yet. */
  readonly waiting: string | undefined;
  readonly now: Date;
}

export function signInPage({ language, path, username, trouble, hospitals, waiting, now }: SignInForm): string {
  const text = TEXTS[language];
  const focus = (isFocused: boolean) => (isFocused ? ' autofocus' : '');
  return pageHtml({
    language,
    title: text.signIn,
    body: `<h1>${text.signIn}</h1><p class="lead">${waiting === undefined ? text.welcome : escapeHtml(text.linkFirst(waiting))}</p>${troubleAlert(language, trouble, text.wrong, now)}
<form method="post" action="${escapeHtml(path)}?lang=${language}">
<label>${text.username}<input name="username" value="${escapeHtml(username)}" maxlength="64" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required${focus(username === '')}></label>
<label>${text.password}<input name="password" type="password" maxlength="128" autocomplete="current-password" required${focus(username !== '')}></label>
<button>${text.submit}</button></form>
${waiting === undefined ? elsewhere(language, path, hospitals) : ''}<p class="help">${text.help}</p>${languageLink(language, path)}`,
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

/** One hospital is a button of its own, several are behind one. */
function elsewhere(language: Language, path: string, hospitals: SignInForm['hospitals']): string {
  const text = TEXTS[language];
  const link = ({ code, name }: SignInForm['hospitals'][number]) =>
    `<a class="button elsewhere" href="${escapeHtml(`${path}/hospital/${code}`)}?lang=${language}">${escapeHtml(name)}</a>`;
  if (hospitals.length === 0) return '';
  return `<details class="elsewhere"${hospitals.length === 1 ? ' open' : ''}><summary>${text.elsewhere}</summary>${hospitals.map(link).join('')}</details>`;
}
