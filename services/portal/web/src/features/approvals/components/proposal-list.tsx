import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { type ProposalListName, useProposals } from '../api/role-proposals.js';
import { ProposalRow } from './proposal-row.js';

interface Props {
  readonly list: ProposalListName;
  /** Whether the second factor was proved just now. */
  readonly isProved: boolean;
  readonly hospitalName: (code: string) => string;
}

export function ProposalList({ list, isProved, hospitalName }: Props) {
  const { t } = useTranslation();
  const found = useProposals(list);
  if (found.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const proposals = found.data.pages.flatMap((page) => page.proposals);
  if (proposals.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`approvals.none.${list}`)} className="panel" />;
  }
  return (
    <>
      <ul className="panel rows">
        {proposals.map((proposal) => (
          <ProposalRow
            key={proposal.proposalId}
            proposal={proposal}
            isProved={isProved}
            placeName={(code) => (code === null ? t('approvals.commission') : hospitalName(code))}
          />
        ))}
      </ul>
      <MoreButton list={found} />
    </>
  );
}
