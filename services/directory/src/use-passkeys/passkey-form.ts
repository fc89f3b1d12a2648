import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Language } from '../sign-in/language.js';
import { escapeHtml } from '../sign-in/page-frame.js';
import { TEXTS } from '../sign-in/texts.js';

interface Place {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
}

/** A button that has one of the account's passkeys sign, until the script shows it out of sight. */
export const usePasskeyForm = (place: Place, options: PublicKeyCredentialRequestOptionsJSON | undefined) =>
  options === undefined ? '' : form(place, { kind: 'use', address: 'passkey', options, ...sentences(place, 'use') });

/** A button that has the account's first passkey made. */
export const newPasskeyForm = (place: Place, options: PublicKeyCredentialCreationOptionsJSON | undefined) =>
  options === undefined
    ? ''
    : form(place, { kind: 'new', address: 'passkey/new', options, ...sentences(place, 'new') });

function sentences({ language }: Place, kind: 'use' | 'new') {
  const text = TEXTS[language];
  return kind === 'use'
    ? { why: '', button: text.passkeyUse, failed: text.passkeyNotUsed, or: text.orCode }
    : {
        why: `<p class="lead">${text.passkeyWhy}</p>`,
        button: text.passkeyNew,
        failed: text.passkeyNotMade,
        or: text.orApp,
      };
}

interface PasskeyForm {
  readonly kind: 'use' | 'new';
  readonly address: string;
  readonly options: object;
  /** HTML. */
  readonly why: string;
  readonly button: string;
  readonly failed: string;
  readonly or: string;
}

function form({ language, path }: Place, { kind, address, options, why, button, failed, or }: PasskeyForm): string {
  return `<div hidden>${why}<form method="post" action="${escapeHtml(path)}/${address}?lang=${language}" data-passkey="${kind}" data-options="${escapeHtml(JSON.stringify(options))}">
<p class="alert" role="alert" hidden>${failed}</p><input type="hidden" name="answer"><button>${button}</button></form><p class="or"><span>${or}</span></p></div>`;
}
