import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { renderSVG } from 'uqr';
import type { Language } from '../sign-in/language.js';
import { escapeHtml, languageLink, pageHtml } from '../sign-in/page-frame.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { TEXTS } from '../sign-in/texts.js';
import { troubleAlert } from '../sign-in/trouble-alert.js';
import { newPasskeyForm } from '../use-passkeys/passkey-form.js';
import { PASSKEY_SCRIPT } from '../use-passkeys/passkey-script.js';
import { totpUri } from './totp.js';

interface EnrolForm {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  readonly account: string;
  /** In base32. */
  readonly secret: string;
  /** Undefined where browsers make none. */
  readonly passkey: PublicKeyCredentialCreationOptionsJSON | undefined;
  readonly trouble?: SignInTrouble;
  readonly now: Date;
}

/** Offers a passkey; and a secret as a picture and as text, of which a code is asked. */
export function enrolPage({ language, path, account, secret, passkey, trouble, now }: EnrolForm): string {
  const text = TEXTS[language];
  const picture = renderSVG(totpUri(account, secret), { border: 1 });
  const inFours = secret.replace(/(.{4})(?=.)/g, '$1 ');
  return pageHtml({
    language,
    title: text.enrol,
    body: `<h1>${text.enrol}</h1>${troubleAlert(language, trouble, text.enrolWrong, now)}${newPasskeyForm({ language, path }, passkey)}
<p class="lead">${text.enrolWhy}</p><div class="qr" role="img" aria-label="${text.qrCode}">${picture}</div><p class="key">${text.secretAsText}<code>${inFours}</code></p>
<form method="post" action="${escapeHtml(path)}/enrol?lang=${language}">
<label>${text.enrolCode}<input class="digits" name="code" maxlength="16" inputmode="numeric" autocomplete="one-time-code" required${passkey === undefined ? ' autofocus' : ''}></label>
<button${passkey === undefined ? '' : ' class="quiet"'}>${text.enrolSubmit}</button></form>${languageLink(language, path)}`,
    ...(passkey === undefined ? {} : { script: PASSKEY_SCRIPT }),
  });
}
