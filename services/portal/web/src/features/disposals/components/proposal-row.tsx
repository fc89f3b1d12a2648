import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Proposal, RetentionRule } from '../domain/proposal.js';
import { OldStudy } from './old-study.js';
import { StateMark } from './state-mark.js';
import { WithdrawnMark } from './withdrawn-mark.js';

interface Props {
  readonly proposal: Proposal;
  readonly rules: readonly RetentionRule[];
  /** Null to the commission: it is the hospital that confirms. */
  readonly onConfirm: ((proposal: Proposal) => void) | null;
}

/** One study that need not be kept, why, and what can be done next. */
export function ProposalRow({ proposal, rules, onConfirm }: Props) {
  const { t } = useTranslation();
  const { studyInstanceUid, isWithdrawn, disposal } = proposal;
  return (
    <li className="disposal-row">
      <OldStudy study={proposal} rules={rules} />
      <span className="disposal-acts">
        {disposal !== null ? <StateMark state={disposal.state} /> : <WithdrawnMark isWithdrawn={isWithdrawn} />}
        {disposal === null && onConfirm !== null && isWithdrawn && (
          <Button danger onClick={() => onConfirm(proposal)}>
            {t('disposals.acts.confirm')}
          </Button>
        )}
        {disposal === null && onConfirm !== null && !isWithdrawn && (
          <Link to="/withdrawals/$studyUid" params={{ studyUid: studyInstanceUid }}>
            {t('disposals.withdrawFirst')}
          </Link>
        )}
      </span>
    </li>
  );
}
