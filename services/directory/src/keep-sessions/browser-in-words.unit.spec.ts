import { describe, expect, it } from '@jest/globals';
import { browserInWords, shortAddress } from './browser-in-words.js';

describe('a browser in words', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      'Chrome 140',
      'Windows',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge 140',
      'Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari 18',
      'iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; 2201123C) AppleWebKit/537.36 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49',
      'WeChat 8',
      'Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140', 'Linux'],
    ['node', null, null],
    ['', null, null],
  ])('%s', (userAgent, browser, system) => {
    expect(browserInWords(userAgent)).toEqual({ browser, system });
  });

  it.each([
    ['10.1.20.31', '10.1.20.*'],
    ['::ffff:10.1.20.31', '10.1.20.*'],
    ['2001:db8:1:2::5', '2001:db8:1:*'],
  ])('%s is shown as %s', (address, short) => {
    expect(shortAddress(address)).toBe(short);
  });
});
