import type { Role } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useDecide } from '../api/role-proposals.js';
import type { Proposal } from '../domain/proposal.js';
import { ProposalActs } from './proposal-acts.js';

interface Props {
  readonly proposal: Proposal;
  readonly isProved: boolean;
  readonly placeName: (code: string | null) => string;
}

/** Who is to become what, who asks and why, and what can be done about it. */
export function ProposalRow({ proposal, isProved, placeName }: Props) {
  const { t } = useTranslation();
  const decide = useDecide(proposal.proposalId);
  const { account, displayName, rolesNow, hospitalNow, hospital, roles, state } = proposal;
  const isMoved = hospital !== hospitalNow;
  return (
    <li className="proposal-row">
      <div className="proposal-what">
        <strong>
          {displayName} <span className="aside figures">{account}</span>
        </strong>
        <span className="proposal-change">
          {state === 'waiting' && <Position roles={rolesNow} place={isMoved ? placeName(hospitalNow) : null} />}
          {state === 'waiting' && <span aria-hidden>→</span>}
          <Position roles={roles} place={placeName(hospital)} />
        </span>
        <p className="proposal-reason">{proposal.reason}</p>
        <span className="aside">
          {t('approvals.asks', {
            name: proposal.proposerName,
            account: proposal.proposedBy,
            at: dayjs(proposal.proposedAt).format('YYYY-MM-DD HH:mm'),
          })}
        </span>
        <Outcome proposal={proposal} />
        {decide.isError && <ProblemNotice error={decide.error} />}
      </div>
      {state === 'waiting' && (
        <ProposalActs
          proposal={proposal}
          isProved={isProved}
          isPending={decide.isPending}
          onDecide={(decision) => decide.mutate(decision)}
        />
      )}
    </li>
  );
}

function Position({ roles, place }: { roles: readonly Role[]; place: string | null }) {
  const { t } = useTranslation();
  const named = roles.length === 0 ? t('approvals.noRole') : roles.map((role) => t(`roles.${role}`)).join(' · ');
  return <span>{place === null ? named : `${named} · ${place}`}</span>;
}

function Outcome({
  proposal: { state, outdated, expiresAt, decidedBy, decidedAt, decisionNote },
}: {
  proposal: Proposal;
}) {
  const { t } = useTranslation();
  if (state === 'waiting') {
    return (
      <span className={outdated ? 'proposal-outcome is-refused' : 'aside'}>
        {outdated ? t('approvals.outdated') : t('approvals.until', { at: dayjs(expiresAt).format('MM-DD HH:mm') })}
      </span>
    );
  }
  const at = dayjs(decidedAt).format('YYYY-MM-DD HH:mm');
  return (
    <span className={`proposal-outcome is-${state}`}>
      {t(`approvals.states.${state}`, { by: decidedBy ?? '', at })}
      {decisionNote !== null && <span className="aside"> {decisionNote}</span>}
    </span>
  );
}
