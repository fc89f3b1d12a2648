import { describe, expect, it } from '@jest/globals';
import { REFUSALS, STATUS, stowProblems } from '@yinglian/dicom';
import { PageTables } from '@yinglian/testing';

const statement = new PageTables('stow-rs.md');
const hex = (status: number) => status.toString(16).toUpperCase().padStart(4, '0');

describe('the conformance statement of storing', () => {
  it('lists each Failure Reason', () => {
    const given = [
      ...REFUSALS.map(([status]) => status),
      STATUS.processingFailure,
      STATUS.duplicateInstance,
      STATUS.notAuthorized,
      STATUS.transferSyntaxNotSupported,
    ];
    expect(
      statement
        .under('Failure Reason')
        .map(([reason]) => reason)
        .sort(),
    ).toEqual([...new Set(given.map(hex))].sort());
  });

  it('lists each problem with its status', () => {
    const rows = statement.under('problem ').map(([code, status]) => [code, Number(status)]);
    expect(rows.sort()).toEqual(
      Object.values(stowProblems)
        .map(({ code, status }) => [code, status])
        .sort(),
    );
  });
});
