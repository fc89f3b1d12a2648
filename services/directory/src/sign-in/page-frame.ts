import type { Language } from './language.js';
import { ICON, MARK, SKY } from './page-art.js';
import { PAGE_STYLE, sourceHash } from './page-style.js';
import { TEXTS } from './texts.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** HTML, already escaped. */
  readonly body: string;
  /** The one script of the page, if it has one. */
  readonly script?: string;
}

/** A whole page in the provider's dress; it needs nothing but itself. */
export function pageHtml({ language, title, body, script }: Page): string {
  const text = TEXTS[language];
  return `<!doctype html>
<html lang="${text.tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><meta name="theme-color" content="#0e3b43"><meta name="robots" content="noindex"><link rel="icon" href="${ICON}"><title>${escapeHtml(title)} · 影联 Yinglian</title><style>${PAGE_STYLE}</style></head>
<body><header class="brand">${SKY}<p class="name">${MARK}<b>影联<span> Yinglian</span></b></p><p class="motto">${text.subtitle}</p></header>
<main><div class="panel">${body}</div></main>${script === undefined ? '' : `<script>${script}</script>`}</body></html>`;
}

/** The same page in the other language. */
export function languageLink(language: Language, path: string): string {
  const other = language === 'zh' ? { code: 'en', name: 'English' } : { code: 'zh', name: '中文' };
  return `<a class="language" href="${escapeHtml(path)}?lang=${other.code}" hreflang="${other.code}" lang="${other.code}">${other.name}</a>`;
}

/**
 * As the portal's own pages say, so that a window that it opened for the sign-in can tell it the outcome: redirects on
 * the way must say it too (HTML section 7.1.3).
 */
export const OPENER_POLICY = { 'cross-origin-opener-policy': 'same-origin' };

/** @param formTargets origins that a form's answer may redirect to; browsers check those against form-action too */
export function pageHeaders(formTargets: readonly string[], script?: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src ${sourceHash(PAGE_STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${sourceHash(script)}`]),
    'img-src data:',
    `form-action ${["'self'", ...new Set(formTargets)].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    ...OPENER_POLICY,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    // Not no-referrer: a form would be sent with the origin null, which could not be told from a foreign one.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}
