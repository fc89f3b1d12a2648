import type { Language } from './language.js';
import { type SignInTrouble, secondsUntil } from './sign-in-trouble.js';
import { TEXTS } from './texts.js';

const SHOWN_ZONE = 'Asia/Shanghai';

/** What went wrong, as a sentence; `wrong` says what was typed. */
export function troubleAlert(language: Language, trouble: SignInTrouble | undefined, wrong: string, now: Date): string {
  if (trouble === undefined) return '';
  return `<p class="alert" role="alert">${sentence(language, trouble, wrong, now)}</p>`;
}

function sentence(language: Language, trouble: SignInTrouble, wrong: string, now: Date): string {
  const text = TEXTS[language];
  if (!('until' in trouble)) return trouble.kind === 'wrong' ? wrong : text.troubles[trouble.kind];
  const seconds = secondsUntil(trouble.until, now);
  if (trouble.kind === 'wait') return text.wait(seconds);
  const at = new Intl.DateTimeFormat(text.tag, {
    timeZone: SHOWN_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return text.locked(at.format(new Date(trouble.until.getTime() + 59_999)), Math.ceil(seconds / 60));
}
