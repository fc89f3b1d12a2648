import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { shownDate } from '../../../dicom/shown-values.js';
import type { Proposal, RetentionRule } from '../domain/proposal.js';
import { RetentionBasis } from './retention-basis.js';
import { StateMark } from './state-mark.js';

interface Props {
  readonly proposal: Proposal;
  readonly rules: readonly RetentionRule[];
  /** Null to the commission: it is the hospital that confirms. */
  readonly onConfirm: ((proposal: Proposal) => void) | null;
}

/** One study that need not be kept, why, and what can be done next. */
export function ProposalRow({ proposal, rules, onConfirm }: Props) {
  const { t } = useTranslation();
  const { studyInstanceUid, studyDate, instances, isWithdrawn, disposal } = proposal;
  return (
    <li className="disposal-row">
      <strong className="figures">{shownDate(studyDate)}</strong>
      <span>
        <RetentionBasis ended={proposal} rules={rules} />
        <span className="facts aside">
          <span>{t('disposals.images', { count: instances })}</span>
          <Link to="/withdrawals/$studyUid" params={{ studyUid: studyInstanceUid }} className="figures uid">
            {studyInstanceUid}
          </Link>
        </span>
      </span>
      <span className="disposal-acts">
        {disposal !== null ? (
          <StateMark state={disposal.state} />
        ) : (
          <span className={isWithdrawn ? 'outcome is-deny' : 'outcome is-permit'}>
            {t(isWithdrawn ? 'disposals.withdrawn' : 'disposals.shown')}
          </span>
        )}
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
