import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { DecisionList } from '../../features/withdrawals/components/decision-list.js';
import { FoundStudies } from '../../features/withdrawals/components/found-studies.js';
import { useLastClue } from '../../features/withdrawals/components/search-memory.js';
import { StudySearch } from '../../features/withdrawals/components/study-search.js';
import type { DecisionKind } from '../../features/withdrawals/domain/study-decision.js';
import { useAccount } from '../../session/session-context.js';
import '../withdrawals.css';

const KINDS: readonly DecisionKind[] = ['withdraw', 'restore', 'hold', 'release'];

/** Finding a study to decide about it; what was decided lately. */
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
      <Lately hospitalName={hospitalName} />
    </div>
  );
}

function Lately({ hospitalName }: { hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const account = useAccount();
  const hospitals = useHospitals();
  const [decision, setDecision] = useState<DecisionKind>();
  const [hospital, setHospital] = useState<string>();
  return (
    <>
      <div className="page-head lists-head">
        <h2>{t('withdrawals.lately')}</h2>
        <span className="spacer" />
        {account.hospital === null && (
          <Select
            allowClear
            className="case-filter"
            placeholder={t('withdrawals.anyHospital')}
            aria-label={t('withdrawals.anyHospital')}
            options={(hospitals.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code?: string) => setHospital(code)}
          />
        )}
        <Select
          allowClear
          className="case-filter"
          placeholder={t('withdrawals.anyKind')}
          aria-label={t('withdrawals.anyKind')}
          options={KINDS.map((kind) => ({ value: kind, label: t(`withdrawals.done.${kind}`) }))}
          onChange={(kind?: DecisionKind) => setDecision(kind)}
        />
      </div>
      <DecisionList filter={{ decision, hospital }} hospitalName={hospitalName} />
    </>
  );
}
