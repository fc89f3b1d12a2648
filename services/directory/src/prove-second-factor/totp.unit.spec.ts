import { describe, expect, it } from '@jest/globals';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** The secret of RFC 6238 appendix B, '12345678901234567890' in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1_000);

describe('codes of an authenticator app', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('are those of RFC 6238 appendix B at %i s', async (seconds, code, step) => {
    expect(await stepOfCode(SECRET, code, at(seconds))).toBe(step);
  });

  it('are taken one step early and late, and no more', async () => {
    const taken = [-61, -31, -30, 0, 29, 30, 59, 60, 61].map(async (late) => [
      late,
      (await stepOfCode(SECRET, '005924', at(1_234_567_890 + late))) !== undefined,
    ]);
    // The step is that of 1 234 567 890 to 1 234 567 919.
    expect(await Promise.all(taken)).toEqual([
      [-61, false],
      [-31, false],
      [-30, true],
      [0, true],
      [29, true],
      [30, true],
      [59, true],
      [60, false],
      [61, false],
    ]);
  });

  it.each(['', '00592', '0059244', '00592a', '００５９２４'])('are six digits, not %j', async (code) => {
    expect(await stepOfCode(SECRET, code, at(1_234_567_890))).toBeUndefined();
  });

  it('come from secrets of 160 bits that no two accounts share', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
    expect(totpUri('dr.lin', SECRET)).toBe(
      `otpauth://totp/${encodeURIComponent('影联 Yinglian')}:dr.lin?secret=${SECRET}&issuer=${encodeURIComponent('影联 Yinglian')}`,
    );
  });
});
