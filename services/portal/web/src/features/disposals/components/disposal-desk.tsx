import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDecideOnDisposal } from '../api/decide-on-disposal.js';
import type { Disposal, ListName } from '../domain/disposal.js';
import { CertificateDialog } from './certificate-dialog.js';
import { DisposalList } from './disposal-list.js';
import { GiveUpDialog, type GivingUp } from './give-up-dialog.js';
import { ProposalList } from './proposal-list.js';

interface Props {
  readonly list: ListName;
  readonly hospital: string | undefined;
  readonly isCommission: boolean;
  readonly hospitalName: (code: string) => string;
}

/** One of the lists, what can be done with what is on it, and what was just done. */
export function DisposalDesk({ list, hospital, isCommission, hospitalName }: Props) {
  const { t } = useTranslation();
  const [giving, setGiving] = useState<GivingUp | null>(null);
  const [certified, setCertified] = useState<Disposal | null>(null);
  const [done, setDone] = useState<Disposal | null>(null);
  const takeBack = useDecideOnDisposal();
  const ask = (wanted: GivingUp) => {
    setDone(null);
    takeBack.reset();
    setGiving(wanted);
  };
  return (
    <>
      <div role="status" className="just-decided">
        {done !== null && (
          <Alert type="success" showIcon title={t(`disposals.done.${done.state}`, { uid: done.studyInstanceUid })} />
        )}
      </div>
      {takeBack.isError && <ProblemNotice error={takeBack.error} />}
      {list !== 'proposals' ? (
        <DisposalList
          list={list}
          hospital={hospital}
          isCommission={isCommission}
          hospitalName={hospitalName}
          onGiveUp={ask}
          onTakeBack={({ disposalId }) => takeBack.mutate({ step: 'takeBack', disposalId }, { onSuccess: setDone })}
          onCertificate={setCertified}
        />
      ) : hospital === undefined ? (
        <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('disposals.chooseHospital')} />
      ) : (
        <ProposalList hospital={hospital} isCommission={isCommission} onGiveUp={ask} />
      )}
      {giving !== null && (
        <GiveUpDialog
          giving={giving}
          onDone={(disposal) => {
            setGiving(null);
            setDone(disposal);
          }}
          onCancel={() => setGiving(null)}
        />
      )}
      {certified !== null && (
        <CertificateDialog
          disposalId={certified.disposalId}
          hospitalName={hospitalName}
          onClose={() => setCertified(null)}
        />
      )}
    </>
  );
}
