import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Input, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useFindings, useSettle } from '../api/findings.js';
import type { Finding } from '../domain/audit-case.js';
import { FindingRecords } from './finding-records.js';

interface Props<Access> {
  readonly hospitalName: (code: string) => string;
  onCase(caseId: string): void;
  /** One record of the log as a row of a list. */
  renderRecord(record: Access): ReactNode;
}

/** What the rules found to be unusual, for an auditor to make a case of or to dismiss. */
export function FindingList<Access>(props: Props<Access>) {
  const { t } = useTranslation();
  const found = useFindings();
  if (found.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.none.findings')} className="panel" />;
  return (
    <>
      <ul className="panel rows">
        {items.map((finding) => (
          <FindingRow key={finding.findingId} finding={finding} {...props} />
        ))}
      </ul>
      <MoreButton list={found} />
    </>
  );
}

function FindingRow<Access>({
  finding,
  hospitalName,
  onCase,
  renderRecord,
}: Props<Access> & { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { rule, actor, day, count, threshold } = finding;
  const settle = useSettle(finding.findingId);
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const isSaid = text.trim().length >= 3;
  const intoCase = () =>
    settle.mutate(
      { by: 'case', title: text.trim() },
      { onSuccess: ({ caseId }) => caseId !== undefined && onCase(caseId) },
    );
  return (
    <li className="finding">
      <div>
        <strong>{t(`cases.rules.${rule}`)}</strong>
        <span className="figures aside"> {t('cases.counted', { count, threshold, day })}</span>{' '}
        <button type="button" className="narrow" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('cases.records')}
        </button>
      </div>
      <span>
        {actor.displayName} <span className="figures aside">{actor.subject}</span>{' '}
        <span className="aside">
          {actor.hospital === null ? t('accesses.commission') : hospitalName(actor.hospital)}
        </span>
      </span>
      <div className="finding-settle">
        <Input
          value={text}
          onChange={({ target }) => setText(target.value)}
          placeholder={t('cases.settleHint')}
          aria-label={t('cases.settleHint')}
          maxLength={500}
        />
        <Button type="primary" disabled={!isSaid} loading={settle.isPending} onClick={intoCase}>
          {t('cases.open')}
        </Button>
        <Button disabled={!isSaid} onClick={() => settle.mutate({ by: 'dismissal', note: text.trim() })}>
          {t('cases.dismiss')}
        </Button>
      </div>
      {isOpen && <FindingRecords findingId={finding.findingId} renderRecord={renderRecord} />}
      {settle.isError && <ProblemNotice error={settle.error} />}
    </li>
  );
}
