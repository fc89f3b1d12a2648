import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount, useRole } from '../../../session/session-context.js';
import type { Decision } from '../api/role-proposals.js';
import type { Proposal } from '../domain/proposal.js';
import { RefuseDialog } from './refuse-dialog.js';

interface Props {
  readonly proposal: Proposal;
  readonly isProved: boolean;
  readonly isPending: boolean;
  onDecide(decision: Decision): void;
}

/** A security administrator approves or refuses what is not about themselves; who asked takes it back. */
export function ProposalActs({ proposal, isProved, isPending, onDecide }: Props) {
  const { t } = useTranslation();
  const { subject } = useAccount();
  const decides = useRole('security-administrator');
  const [isRefusing, setRefusing] = useState(false);
  const { account, displayName, outdated, proposedBy } = proposal;
  if (proposedBy === subject) {
    return (
      <Popconfirm
        title={t('approvals.withdrawSure')}
        okText={t('approvals.withdraw')}
        cancelText={t('actions.cancel')}
        onConfirm={() => onDecide({ act: 'withdrawal' })}
      >
        <Button loading={isPending}>{t('approvals.withdraw')}</Button>
      </Popconfirm>
    );
  }
  if (!decides) return null;
  if (account === subject) return <span className="aside">{t('approvals.aboutYou')}</span>;
  return (
    <span className="proposal-acts">
      <Popconfirm
        title={t('approvals.approveSure', { name: displayName })}
        okText={t('approvals.approve')}
        cancelText={t('actions.cancel')}
        onConfirm={() => onDecide({ act: 'approval' })}
      >
        <Button type="primary" disabled={!isProved || outdated} loading={isPending}>
          {t('approvals.approve')}
        </Button>
      </Popconfirm>
      <Button disabled={isPending} onClick={() => setRefusing(true)}>
        {t('approvals.refuse')}
      </Button>
      <RefuseDialog
        name={displayName}
        open={isRefusing}
        onClose={() => setRefusing(false)}
        onRefuse={(reason) => onDecide({ act: 'refusal', reason })}
      />
    </span>
  );
}
