import { describe, expect, it } from '@jest/globals';
import { differingInstances } from './differing-instances.js';

const instance = (sopInstanceUid: string, dataSetSha256 = 'a') => ({ sopInstanceUid, dataSetSha256 });

describe('what is registered differs from what was sent', () => {
  it.each([
    ['not when it is the same in another order', [instance('2'), instance('1')], []],
    ['not by another version that was sent too', [instance('1', 'b'), instance('2')], []],
    ['by other bytes', [instance('1', 'c'), instance('2')], ['1']],
    ['by another instance in place of one', [instance('1'), instance('3')], ['3', '2']],
    ['by one that is not there', [instance('2')], ['1']],
  ])('%s', (_, registered, differing) => {
    expect(differingInstances([instance('1'), instance('1', 'b'), instance('2')], registered)).toEqual(differing);
  });
});
