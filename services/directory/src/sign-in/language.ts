export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

interface Wishes {
  /** Chosen on the page. */
  readonly chosen?: Language | undefined;
  /** OpenID Connect's `ui_locales`: BCP 47 tags, best first, space separated. */
  readonly uiLocales?: string | undefined;
  /** The browser's Accept-Language header (RFC 9110 section 12.5.4). */
  readonly accepted?: string | undefined;
}

/** Chinese, unless the person, the program that sent them or their browser asks for English before it. */
export function languageOf({ chosen, uiLocales = '', accepted = '' }: Wishes): Language {
  return chosen ?? firstKnown(uiLocales.split(' ')) ?? firstKnown(byWeight(accepted)) ?? 'zh';
}

function firstKnown(tags: readonly string[]): Language | undefined {
  for (const tag of tags) {
    const language = LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (language !== undefined) return language;
  }
  return undefined;
}

function byWeight(header: string): string[] {
  const ranges = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  return ranges.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag);
}
