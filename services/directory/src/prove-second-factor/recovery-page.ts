import type { Language } from '../sign-in/language.js';
import { escapeHtml, pageHtml } from '../sign-in/page-frame.js';
import { TEXTS } from '../sign-in/texts.js';
import { shownRecoveryCode } from './recovery-codes.js';

interface RecoveryCodes {
  readonly language: Language;
  /** Of the interaction. */
  readonly path: string;
  /** None where the page is opened again. */
  readonly codes: readonly string[];
}

/** Shows recovery codes this one time, and goes on. */
export function recoveryPage({ language, path, codes }: RecoveryCodes): string {
  const text = TEXTS[language];
  const isFirst = codes.length > 0;
  const [title, why] = isFirst ? [text.recovery, text.recoveryWhy] : [text.enrolled, text.enrolledWhy];
  const list = codes.map((code) => `<li>${shownRecoveryCode(code)}</li>`).join('');
  return pageHtml({
    language,
    title,
    body: `<h1>${title}</h1><p class="lead">${why}</p>${isFirst ? `<ul class="recovery">${list}</ul>` : ''}
<form method="post" action="${escapeHtml(path)}/continue?lang=${language}"><button>${text.goOn}</button></form>`,
  });
}
