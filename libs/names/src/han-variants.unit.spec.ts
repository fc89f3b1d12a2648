import { describe, expect, it } from '@jest/globals';
import { foldVariants } from './han-variants.js';

describe('forms of one character', () => {
  it.each([
    ['surnames that are exchanged', '闫肖付代邱余', '阎萧傅戴丘于'],
    ['traditional surnames', '陳張劉黃趙吳鄧鄭蕭閻', '陈张刘黄赵吴邓郑萧阎'],
    ['all ways to write Zhong', '鍾鐘锺', '钟钟钟'],
    ['traditional given names', '偉麗國潤澤瑩鑒', '伟丽国润泽莹鉴'],
    ['variants in given names', '喆堃峯羣甯珎昇栢頴', '哲坤峰群宁珍升柏颖'],
    ['Japanese forms', '沢辺恵広厳', '泽边惠广严'],
    ['characters beyond the first plane', '𬱖䶮龑', '𬱖䶮䶮'],
  ])('are one: %s', (_, text, folded) => expect(foldVariants(text)).toBe(folded));

  it.each(['乾', '明', '名', '?', '·', '\uD800', ''])('leave %j as it is', (text) => {
    expect(foldVariants(text)).toBe(text);
  });

  it('do not make one name of two that sound or look alike', () => {
    const names = ['王昊', '王浩', '王皓', '王干', '王乾', '李未', '李末', '余戌', '余戍'].map(foldVariants);
    expect(new Set(names).size).toBe(9);
  });

  it('folded again are the same', () => {
    const han = Array.from({ length: 0x9fff - 0x3400 }, (_, n) => foldVariants(String.fromCodePoint(0x3400 + n)));
    expect(han.filter((form) => foldVariants(form) !== form)).toEqual([]);
    expect(new Set(han).size).toBeGreaterThan(20_000);
  });
});
