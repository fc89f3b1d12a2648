import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinStatus } from '../../../../../src/show-status/gateway-status.js';
import { JOIN_FILTERS, type JoinFilter, useJoins } from '../api/list-joins.js';
import { JoinPanel } from './join-panel.js';

/** Studies that may belong to several exams: to be decided, and decided, which may be decided otherwise. */
export function JoinSection({ counts }: { counts: JoinStatus }) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<JoinFilter>('undecided');
  const list = useJoins(which);
  return (
    <section>
      <div className="section-head">
        <h2>
          {t('joins.title')} <span className="aside figures">{counts.undecided}</span>
        </h2>
        <span className="spacer" />
        <Segmented
          value={which}
          onChange={setWhich}
          options={JOIN_FILTERS.map((value) => ({ value, label: t(`joins.filters.${value}`) }))}
        />
      </div>
      <p className="aside">{t('joins.meaning')}</p>
      {list.isPending && <Skeleton active />}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.joins.length === 0 && (
        <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('joins.none')} />
      )}
      {list.data?.joins.map((study) => (
        <JoinPanel key={study.studyInstanceUid} study={study} />
      ))}
      {list.data !== undefined && counts[which] > list.data.joins.length && (
        <p className="aside">{t('joins.more', { count: counts[which] - list.data.joins.length })}</p>
      )}
    </section>
  );
}
