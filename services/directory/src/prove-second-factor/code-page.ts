import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Language } from '../sign-in/language.js';
import { escapeHtml, languageLink, pageHtml } from '../sign-in/page-frame.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { TEXTS } from '../sign-in/texts.js';
import { troubleAlert } from '../sign-in/trouble-alert.js';
import { usePasskeyForm } from '../use-passkeys/passkey-form.js';
import { PASSKEY_SCRIPT } from '../use-passkeys/passkey-script.js';

interface CodeForm {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  readonly account: string;
  /** Who has none is asked for a recovery code alone. */
  readonly hasApp: boolean;
  /** Undefined of who has no passkey, or none that works here. */
  readonly passkey: PublicKeyCredentialRequestOptionsJSON | undefined;
  readonly trouble?: SignInTrouble;
  readonly now: Date;
}

/** Asks for a passkey, a code of the authenticator app, or a recovery code. */
export function codePage({ language, path, account, hasApp, passkey, trouble, now }: CodeForm): string {
  const text = TEXTS[language];
  const why = hasApp ? text.secondFactorWhy : passkey === undefined ? () => text.passkeysOnly : text.recoveryWhyAsked;
  const [label, hint, wrong] = hasApp
    ? [text.code, text.recoveryHint, text.codeWrong]
    : [text.recoveryCode, text.recoveryOnlyHint, text.recoveryWrong];
  return pageHtml({
    language,
    title: text.secondFactor,
    body: `<h1>${text.secondFactor}</h1><p class="lead">${escapeHtml(why(account))}</p>${troubleAlert(language, trouble, wrong, now)}
${usePasskeyForm({ language, path }, passkey)}<form method="post" action="${escapeHtml(path)}/code?lang=${language}">
<label>${label}<input class="digits" name="code" maxlength="16" autocomplete="one-time-code" autocapitalize="none" autocorrect="off" spellcheck="false" required autofocus></label>
<button${passkey === undefined ? '' : ' class="quiet"'}>${text.verify}</button></form>
<p class="help">${hint}</p>${languageLink(language, path)}`,
    ...(passkey === undefined ? {} : { script: PASSKEY_SCRIPT }),
  });
}
