import type { Unchosen } from '../domain/chosen-password.js';
import type { Language } from '../sign-in/language.js';
import { escapeHtml, languageLink, pageHtml } from '../sign-in/page-frame.js';
import { TEXTS } from '../sign-in/texts.js';

interface ChoiceForm {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  readonly account: string;
  readonly trouble?: Unchosen;
}

/** Asks for a password that nobody else knows. */
export function choosePasswordPage({ language, path, account, trouble }: ChoiceForm): string {
  const text = TEXTS[language];
  const alert = trouble === undefined ? '' : `<p class="alert" role="alert">${text.unchosen[trouble]}</p>`;
  const field = 'type="password" minlength="10" maxlength="128" autocomplete="new-password" required';
  return pageHtml({
    language,
    title: text.choose,
    body: `<h1>${text.choose}</h1><p class="lead">${escapeHtml(text.chooseWhy(account))}</p>${alert}
<form method="post" action="${escapeHtml(path)}/new-password?lang=${language}">
<input name="username" value="${escapeHtml(account)}" autocomplete="username" hidden>
<label>${text.newPassword}<input name="password" ${field} autofocus></label>
<label>${text.newPasswordAgain}<input name="again" ${field}></label>
<button>${text.chooseSubmit}</button></form>
<p class="help">${text.chooseHint}</p>${languageLink(language, path)}`,
  });
}
