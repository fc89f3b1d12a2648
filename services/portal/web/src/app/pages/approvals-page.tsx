import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProposalListName } from '../../features/approvals/api/role-proposals.js';
import { ProposalList } from '../../features/approvals/components/proposal-list.js';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { isProvedLately } from '../../session/account.js';
import { ProveFirst } from '../../session/prove-first.js';
import { useAccount, useRole } from '../../session/session-context.js';

/** What administrators propose: security administrators decide on it, administrators see what came of it. */
export default function ApprovalsPage() {
  const { t } = useTranslation();
  const { secondFactorAt } = useAccount();
  const decides = useRole('security-administrator');
  const hospitalName = useHospitalNames();
  const [list, setList] = useState<ProposalListName>('waiting');
  const isProved = isProvedLately(secondFactorAt, Date.now());
  return (
    <div className="page">
      <h1>{t('approvals.title')}</h1>
      <p className="aside">{t(decides ? 'approvals.hint' : 'approvals.hintAdministrator')}</p>
      <div className="page-head">
        <Segmented
          value={list}
          onChange={setList}
          options={(['waiting', 'settled'] as const).map((value) => ({ value, label: t(`approvals.lists.${value}`) }))}
        />
      </div>
      {decides && list === 'waiting' && !isProved && (
        <div className="approvals-proof">
          <ProveFirst />
        </div>
      )}
      <ProposalList key={list} list={list} isProved={isProved} hospitalName={hospitalName} />
    </div>
  );
}
