import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DisposalDesk } from '../../features/disposals/components/disposal-desk.js';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { useAccount } from '../../session/session-context.js';
import '../disposals.css';

const OF_HOSPITAL = ['proposals', 'confirmed', 'registered', 'destroyed', 'stopped'] as const;
const OF_COMMISSION = ['confirmed', 'registered', 'destroyed', 'stopped', 'proposals'] as const;

/** What retention keeps no more, and how two stewards give it up: each starts with what waits for them. */
export default function DisposalsPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const navigate = useNavigate();
  const { list: chosenList } = useSearch({ from: '/disposals' });
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const [chosen, setChosen] = useState<string>();
  const isCommission = account.hospital === null;
  const lists = isCommission ? OF_COMMISSION : OF_HOSPITAL;
  const list = chosenList ?? lists[0];
  const wanted = t(list === 'proposals' ? 'disposals.chooseHospital' : 'disposals.anyHospital');
  return (
    <div className="page disposals-page">
      <h1>{t('disposals.title')}</h1>
      <p className="aside">{t('disposals.hint')}</p>
      <div className="page-head lists-head">
        <Segmented
          value={list}
          onChange={(next) => void navigate({ to: '/disposals', search: { list: next }, replace: true })}
          options={lists.map((value) => ({ value, label: t(`disposals.lists.${value}`) }))}
        />
        <span className="spacer" />
        {isCommission && (
          <Select
            allowClear
            className="case-filter"
            value={chosen ?? null}
            placeholder={wanted}
            aria-label={wanted}
            options={(hospitals.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code: string | null) => setChosen(code ?? undefined)}
          />
        )}
      </div>
      <DisposalDesk
        key={list}
        list={list}
        hospital={account.hospital ?? chosen}
        isCommission={isCommission}
        hospitalName={hospitalName}
      />
    </div>
  );
}
