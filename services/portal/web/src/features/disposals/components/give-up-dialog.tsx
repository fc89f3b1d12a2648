import { ProblemNotice } from '@yinglian/web/browser';
import { Modal, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDecideOnDisposal } from '../api/decide-on-disposal.js';
import { useStudyToGo } from '../api/read-study.js';
import { checkTextOf } from '../domain/check-text.js';
import type { Disposal } from '../domain/disposal.js';
import type { EndedRetention, RetentionRule } from '../domain/proposal.js';
import { GiveUpForm } from './give-up-form.js';
import { RetentionBasis } from './retention-basis.js';
import { StudyToGo } from './study-to-go.js';
import { WhatWasConfirmed } from './what-was-confirmed.js';

/** Which study is about to be given up, at which step. */
export type GivingUp = { readonly studyInstanceUid: string; readonly graceDays: number } & (
  | { readonly step: 'confirm'; readonly ended: EndedRetention; readonly rules: readonly RetentionRule[] }
  | { readonly step: 'register'; readonly disposalId: number }
);

interface Props {
  readonly giving: GivingUp;
  onDone(disposal: Disposal): void;
  onCancel(): void;
}

const FORM = 'give-up';

/** Whose study it is, what speaks for it and what follows; it goes on only when the study's number is typed. */
export function GiveUpDialog({ giving, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const decide = useDecideOnDisposal();
  const { step, studyInstanceUid, graceDays } = giving;
  const found = useStudyToGo(studyInstanceUid);
  const accessionNumber = found.data?.study?.accessionNumber.trim() ?? '';
  const give = (note: string) => {
    const deciding =
      giving.step === 'confirm'
        ? { step: giving.step, studyInstanceUid, note }
        : { step: giving.step, disposalId: giving.disposalId };
    decide.mutate(deciding, { onSuccess: onDone });
  };
  return (
    <Modal
      open
      title={t(`disposals.titles.${step}`)}
      okText={t(`disposals.acts.${step}`)}
      okButtonProps={{ danger: true, htmlType: 'submit', form: FORM, disabled: found.data === undefined }}
      cancelText={t('actions.cancel')}
      confirmLoading={decide.isPending}
      onCancel={onCancel}
    >
      {found.isPending && <Skeleton active paragraph={{ rows: 3 }} />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <>
          <StudyToGo study={found.data.study} instances={found.data.instances} />
          {giving.step === 'confirm' ? (
            <p>
              <RetentionBasis ended={giving.ended} rules={giving.rules} />
            </p>
          ) : (
            <WhatWasConfirmed disposalId={giving.disposalId} />
          )}
          <p className="what-follows">{t(`disposals.means.${step}`, { count: graceDays })}</p>
          <GiveUpForm
            id={FORM}
            hasNote={step === 'confirm'}
            checkText={checkTextOf(studyInstanceUid, accessionNumber)}
            isAccessionNumber={accessionNumber !== ''}
            onGive={give}
          />
        </>
      )}
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Modal>
  );
}
