import { Empty, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { DecisionList } from '../../features/withdrawals/components/decision-list.js';
import { DisposalList } from '../../features/withdrawals/components/disposal-list.js';
import { FoundStudies } from '../../features/withdrawals/components/found-studies.js';
import { useLastClue } from '../../features/withdrawals/components/search-memory.js';
import { StudySearch } from '../../features/withdrawals/components/study-search.js';
import type { DecisionKind } from '../../features/withdrawals/domain/study-decision.js';
import { useAccount } from '../../session/session-context.js';
import '../withdrawals.css';

const KINDS: readonly DecisionKind[] = ['withdraw', 'restore', 'hold', 'release'];
const TABS = ['decisions', 'disposals'] as const;

/** Finding a study to decide about it; what was decided lately; what retention keeps no more. */
export default function WithdrawalsPage() {
  const { t } = useTranslation();
  const clue = useLastClue();
  const hospitalName = useHospitalNames();
  return (
    <div className="page withdrawals">
      <h1>{t('withdrawals.title')}</h1>
      <p className="aside">{t('withdrawals.hint')}</p>
      <StudySearch />
      {clue !== null && <FoundStudies clue={clue} hospitalName={hospitalName} />}
      <Lists hospitalName={hospitalName} />
    </div>
  );
}

function Lists({ hospitalName }: { hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const account = useAccount();
  const hospitals = useHospitals();
  const [tab, setTab] = useState<(typeof TABS)[number]>('decisions');
  const [decision, setDecision] = useState<DecisionKind>();
  const [chosen, setChosen] = useState<string>();
  const hospital = account.hospital ?? chosen;
  return (
    <>
      <div className="page-head lists-head">
        <Segmented
          value={tab}
          onChange={setTab}
          options={TABS.map((value) => ({ value, label: t(`withdrawals.tabs.${value}`) }))}
        />
        <span className="spacer" />
        {account.hospital === null && (
          <Select
            allowClear
            className="case-filter"
            value={chosen ?? null}
            placeholder={t(tab === 'decisions' ? 'withdrawals.anyHospital' : 'withdrawals.disposals.chooseHospital')}
            aria-label={t('withdrawals.disposals.chooseHospital')}
            options={(hospitals.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code: string | null) => setChosen(code ?? undefined)}
          />
        )}
        {tab === 'decisions' && (
          <Select
            allowClear
            className="case-filter"
            placeholder={t('withdrawals.anyKind')}
            aria-label={t('withdrawals.anyKind')}
            options={KINDS.map((kind) => ({ value: kind, label: t(`withdrawals.done.${kind}`) }))}
            onChange={(kind?: DecisionKind) => setDecision(kind)}
          />
        )}
      </div>
      {tab === 'decisions' ? (
        <DecisionList
          filter={{ decision, hospital: account.hospital === null ? chosen : undefined }}
          hospitalName={hospitalName}
        />
      ) : hospital === undefined ? (
        <Empty
          className="panel"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('withdrawals.disposals.chooseHospital')}
        />
      ) : (
        <DisposalList hospital={hospital} />
      )}
    </>
  );
}
