import { renderSVG } from 'uqr';
import type { Language } from '../sign-in/language.js';
import { escapeHtml, languageLink, pageHtml } from '../sign-in/page-frame.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { TEXTS } from '../sign-in/texts.js';
import { troubleAlert } from '../sign-in/trouble-alert.js';
import { totpUri } from './totp.js';

interface EnrolForm {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  readonly account: string;
  /** In base32. */
  readonly secret: string;
  readonly trouble?: SignInTrouble;
  readonly now: Date;
}

/** Offers a secret as a picture and as text, and asks for a code of it. */
export function enrolPage({ language, path, account, secret, trouble, now }: EnrolForm): string {
  const text = TEXTS[language];
  const picture = renderSVG(totpUri(account, secret), { border: 1 });
  const inFours = secret.replace(/(.{4})(?=.)/g, '$1 ');
  return pageHtml({
    language,
    title: text.enrol,
    body: `<h1>${text.enrol}</h1><p class="lead">${text.enrolWhy}</p>${troubleAlert(language, trouble, text.enrolWrong, now)}
<div class="qr" role="img" aria-label="${text.qrCode}">${picture}</div><p class="key">${text.secretAsText}<code>${inFours}</code></p>
<form method="post" action="${escapeHtml(path)}/enrol?lang=${language}">
<label>${text.enrolCode}<input class="digits" name="code" maxlength="16" inputmode="numeric" autocomplete="one-time-code" required autofocus></label>
<button>${text.enrolSubmit}</button></form>${languageLink(language, path)}`,
  });
}
