import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language.js';

describe('the language of the sign-in page', () => {
  it.each([
    [{}, 'zh'],
    [{ accepted: 'fr-FR,fr;q=0.9' }, 'zh'],
    [{ accepted: 'en-US,en;q=0.9' }, 'en'],
    [{ accepted: 'en;q=0.5, zh-CN' }, 'zh'],
    [{ accepted: 'de,en;q=0.8,zh;q=0.7' }, 'en'],
    [{ accepted: 'en', uiLocales: 'zh-CN' }, 'zh'],
    [{ accepted: 'zh', uiLocales: 'fr en-GB' }, 'en'],
    [{ accepted: 'zh', uiLocales: 'zh', chosen: 'en' as const }, 'en'],
  ])('for %j is %s', (wishes, language) => {
    expect(languageOf(wishes)).toBe(language);
  });
});
