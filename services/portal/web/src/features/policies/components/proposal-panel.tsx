import { Tag } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../../../session/session-context.js';
import type { Proposal } from '../domain/policies.js';
import { ChangedFiles } from './changed-files.js';
import { DecideForm } from './decide-form.js';
import { TrialResult } from './trial-result.js';

const COLOURS = { waiting: 'gold', adopted: 'green', refused: 'red', withdrawn: 'default' } as const;

interface Props {
  readonly proposal: Proposal;
  readonly hospitalName: (code: string) => string;
}

/** What is proposed, why, what it would have done, and what became of it. */
export function ProposalPanel({ proposal, hospitalName }: Props) {
  const { t } = useTranslation();
  const { subject, roles } = useAccount();
  const { state, proposedName, proposedAt, decidedName, decidedAt, note } = proposal;
  const shown = (instant: string) => dayjs(instant).format('YYYY-MM-DD HH:mm');
  return (
    <article className="panel proposal">
      <header>
        <Tag color={COLOURS[state]}>{t(`policies.states.${state}`)}</Tag>
        <span>{t('policies.proposedBy', { name: proposedName, at: shown(proposedAt) })}</span>
        {decidedAt !== null && <span className="aside">{`${decidedName ?? ''} · ${shown(decidedAt)}`}</span>}
      </header>
      <p>{proposal.reason}</p>
      {note !== null && note !== '' && <p className="aside">{t('policies.noted', { note })}</p>}
      <details open={state === 'waiting'}>
        <summary>{t('policies.whatChanges')}</summary>
        <ChangedFiles from={proposal.baseFiles} to={proposal.files} />
        <TrialResult trial={proposal.trial} hospitalName={hospitalName} />
      </details>
      {state === 'waiting' && roles.includes('security-administrator') && (
        <DecideForm proposalId={proposal.proposalId} isOwn={proposal.proposedBy === subject} />
      )}
    </article>
  );
}
