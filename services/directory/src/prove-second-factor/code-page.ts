import type { Language } from '../sign-in/language.js';
import { escapeHtml, languageLink, pageHtml } from '../sign-in/page-frame.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { TEXTS } from '../sign-in/texts.js';
import { troubleAlert } from '../sign-in/trouble-alert.js';

interface CodeForm {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  readonly account: string;
  readonly trouble?: SignInTrouble;
  readonly now: Date;
}

/** Asks for a code of the authenticator app, or a recovery code. */
export function codePage({ language, path, account, trouble, now }: CodeForm): string {
  const text = TEXTS[language];
  return pageHtml({
    language,
    title: text.secondFactor,
    body: `<h1>${text.secondFactor}</h1><p class="lead">${escapeHtml(text.secondFactorWhy(account))}</p>${troubleAlert(language, trouble, text.codeWrong, now)}
<form method="post" action="${escapeHtml(path)}/code?lang=${language}">
<label>${text.code}<input class="digits" name="code" maxlength="16" autocomplete="one-time-code" autocapitalize="none" autocorrect="off" spellcheck="false" required autofocus></label>
<button>${text.verify}</button></form>
<p class="help">${text.recoveryHint}</p>${languageLink(language, path)}`,
  });
}
