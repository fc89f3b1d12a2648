import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useDisposals } from '../api/list-disposals.js';
import type { Disposal, DisposalList as Listed } from '../domain/disposal.js';
import { DisposalRow } from './disposal-row.js';
import type { GivingUp } from './give-up-dialog.js';

interface Props {
  readonly list: Listed;
  readonly hospital: string | undefined;
  readonly isCommission: boolean;
  readonly hospitalName: (code: string) => string;
  onGiveUp(giving: GivingUp): void;
  onTakeBack(disposal: Disposal): void;
  onCertificate(disposal: Disposal): void;
}

/** What was given up and stands at one step, newest first. */
export function DisposalList({ list, hospital, isCommission, hospitalName, onGiveUp, ...on }: Props) {
  const { t } = useTranslation();
  const disposals = useDisposals(list, hospital);
  if (disposals.isPending) return <Skeleton active paragraph={{ rows: 5 }} className="panel" />;
  if (disposals.isError) return <ProblemNotice error={disposals.error} onRetry={() => void disposals.refetch()} />;
  const { pages } = disposals.data;
  const all = pages.flatMap((page) => page.disposals);
  const graceDays = pages[0]?.graceDays ?? 0;
  if (all.length === 0)
    return (
      <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`disposals.none.${list}`)}>
        <span className="aside">{t(`disposals.noneHints.${list}`, { count: graceDays })}</span>
      </Empty>
    );
  const register = ({ studyInstanceUid, disposalId }: Disposal) =>
    onGiveUp({ step: 'register', studyInstanceUid, disposalId, graceDays });
  return (
    <>
      <ul className="panel rows disposals">
        {all.map((disposal) => (
          <DisposalRow
            key={disposal.disposalId}
            disposal={disposal}
            hospitalName={hospitalName}
            onRegister={isCommission ? register : null}
            {...on}
          />
        ))}
      </ul>
      <MoreButton list={disposals} />
    </>
  );
}
