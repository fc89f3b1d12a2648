import { describe, expect, it } from '@jest/globals';
import { stored } from './storescu.sender.js';

describe('what storescu tells', () => {
  it('names the files that were answered with Success', () => {
    const output = [
      'I: Sending file: /a/1',
      'I: Sending Store Request (MsgID 1, CT)',
      'I: Received Store Response (Success)',
      'I: Sending file: /a/2',
      'I: Received Store Response (Refused: OutOfResources)',
      'I: Sending file: /a/3',
      'I: Received Store Response (Success)',
      'I: Sending file: /a/4',
      'E: Store Failed, file: /a/4: 0006:0317 Peer aborted Association',
    ].join('\n');
    expect(stored(output)).toEqual(['/a/1', '/a/3']);
  });
});
