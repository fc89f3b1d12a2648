import { ProblemNotice } from '@yinglian/web/browser';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useFindingRecords } from '../api/findings.js';

interface Props<Access> {
  readonly findingId: string;
  /** One record as a row of a list. */
  renderRecord(record: Access): ReactNode;
}

export function FindingRecords<Access>({ findingId, renderRecord }: Props<Access>) {
  const records = useFindingRecords<Access>(findingId);
  if (records.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (records.isError) return <ProblemNotice error={records.error} onRetry={() => void records.refetch()} />;
  return <ul className="rows accesses">{records.data.items.map(renderRecord)}</ul>;
}
