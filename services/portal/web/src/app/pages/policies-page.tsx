import type { PolicyFiles } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { Alert, Button, Empty, Segmented, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { usePolicies, useProposals } from '../../features/policies/api/policies.js';
import { PolicyEditor } from '../../features/policies/components/policy-editor.js';
import { PolicyList } from '../../features/policies/components/policy-list.js';
import { ProposalPanel } from '../../features/policies/components/proposal-panel.js';
import { useRole } from '../../session/session-context.js';
import '../policies.css';

const VIEWS = ['inForce', 'proposals'] as const;

/** By which policies the province decides, and what is proposed. Auditors read; security administrators propose and sign. */
export default function PoliciesPage() {
  const { t } = useTranslation();
  const [view, setView] = useState<(typeof VIEWS)[number]>('inForce');
  const proposals = useProposals();
  const waiting = (proposals.data ?? []).filter(({ state }) => state === 'waiting').length;
  return (
    <div className="page policies-page">
      <h1>{t('policies.title')}</h1>
      <p className="aside">{t('policies.hint')}</p>
      <Segmented
        value={view}
        onChange={setView}
        options={VIEWS.map((value) => ({
          value,
          label:
            value === 'proposals' && waiting > 0
              ? `${t('policies.views.proposals')} (${waiting})`
              : t(`policies.views.${value}`),
        }))}
      />
      {view === 'inForce' ? <InForce onProposed={() => setView('proposals')} /> : <Proposals />}
    </div>
  );
}

function InForce({ onProposed }: { onProposed(): void }) {
  const { t } = useTranslation();
  const policies = usePolicies();
  const hospitalName = useHospitalNames();
  const mayPropose = useRole('security-administrator');
  const [writing, setWriting] = useState<PolicyFiles | null>(null);
  if (policies.isPending) return <Skeleton active paragraph={{ rows: 10 }} className="panel" />;
  if (policies.isError) return <ProblemNotice error={policies.error} onRetry={() => void policies.refetch()} />;
  const { files, version, release, adoption, adoptedAt, proposedBy, signedBy } = policies.data;
  const signed = { adoption, proposedBy, signedBy, at: dayjs(adoptedAt).format('YYYY-MM-DD HH:mm') };
  return (
    <>
      <div className="page-head policies-head">
        <span>{adoption === 0 ? t('policies.ofRelease') : t('policies.signed', signed)}</span>
        <span className="aside figures">{version}</span>
        <span className="spacer" />
        {mayPropose && writing === null && <Button onClick={() => setWriting(files)}>{t('policies.change')}</Button>}
      </div>
      {mayPropose && writing === null && release.version !== version && (
        <Alert
          type="info"
          showIcon
          title={t('policies.releaseDiffers')}
          action={
            <Button size="small" onClick={() => setWriting(release.files)}>
              {t('policies.beginWithRelease')}
            </Button>
          }
        />
      )}
      {writing !== null ? (
        <PolicyEditor
          inForce={files}
          from={writing}
          hospitalName={hospitalName}
          onDone={onProposed}
          onCancel={() => setWriting(null)}
        />
      ) : (
        <PolicyList files={files} />
      )}
    </>
  );
}

function Proposals() {
  const { t } = useTranslation();
  const proposals = useProposals();
  const hospitalName = useHospitalNames();
  if (proposals.isPending) return <Skeleton active paragraph={{ rows: 6 }} className="panel" />;
  if (proposals.isError) return <ProblemNotice error={proposals.error} onRetry={() => void proposals.refetch()} />;
  if (proposals.data.length === 0) return <Empty className="panel" description={t('policies.none')} />;
  return proposals.data.map((proposal) => (
    <ProposalPanel key={proposal.proposalId} proposal={proposal} hospitalName={hospitalName} />
  ));
}
