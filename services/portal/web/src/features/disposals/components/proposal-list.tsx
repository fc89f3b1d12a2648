import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useProposals } from '../api/list-proposals.js';
import type { Proposal, RetentionRule } from '../domain/proposal.js';
import type { GivingUp } from './give-up-dialog.js';
import { HeldRow } from './held-row.js';
import { ProposalRow } from './proposal-row.js';

interface Props {
  readonly hospital: string;
  readonly isCommission: boolean;
  onGiveUp(giving: GivingUp): void;
}

/** What a hospital's retention keeps no more, with the rules by which that was computed. */
export function ProposalList({ hospital, isCommission, onGiveUp }: Props) {
  const { t } = useTranslation();
  const proposals = useProposals(hospital);
  if (proposals.isPending) return <Skeleton active paragraph={{ rows: 5 }} className="panel" />;
  if (proposals.isError) return <ProblemNotice error={proposals.error} onRetry={() => void proposals.refetch()} />;
  const { pages } = proposals.data;
  const all = pages.flatMap((page) => page.proposals);
  const held = pages.flatMap((page) => page.heldStudies);
  const { rules = [], graceDays = 0 } = pages[0] ?? {};
  const confirm = (proposal: Proposal) =>
    onGiveUp({ step: 'confirm', studyInstanceUid: proposal.studyInstanceUid, ended: proposal, rules, graceDays });
  return (
    <>
      <Rules rules={rules} />
      {all.length === 0 ? (
        <Empty
          className="panel"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(proposals.hasNextPage ? 'disposals.noneOfPage' : 'disposals.none.proposals')}
        />
      ) : (
        <ul className="panel rows disposals">
          {all.map((proposal) => (
            <ProposalRow
              key={proposal.studyInstanceUid}
              proposal={proposal}
              rules={rules}
              onConfirm={isCommission ? null : confirm}
            />
          ))}
        </ul>
      )}
      {held.length > 0 && (
        <section>
          <h2 className="list-head">{t('disposals.held')}</h2>
          <ul className="panel rows">
            {held.map((study) => (
              <HeldRow key={study.studyInstanceUid} study={study} rules={rules} />
            ))}
          </ul>
        </section>
      )}
      {proposals.hasNextPage && (
        <Button block loading={proposals.isFetchingNextPage} onClick={() => void proposals.fetchNextPage()}>
          {t('disposals.further')}
        </Button>
      )}
    </>
  );
}

function Rules({ rules }: { rules: readonly RetentionRule[] }) {
  const { t } = useTranslation();
  return (
    <p className="aside">
      {t('disposals.computed')}{' '}
      <span className="facts">
        <span>{t('disposals.rules')}</span>
        {rules.map(({ patientClass, years, source }) => (
          <span key={patientClass} title={source}>
            {t('disposals.rule', { patientClass: t(`disposals.classes.${patientClass}`), years })}
          </span>
        ))}
      </span>
    </p>
  );
}
