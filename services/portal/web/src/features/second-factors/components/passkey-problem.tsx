import { Problem, ProblemNotice } from '@yinglian/web/browser';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProveFirst } from '../../../session/prove-first.js';

/** Why a passkey was not added or removed: a second factor is to be proved first, the browser made none, or a service says. */
export function PasskeyProblem({ error, onProved }: { error: Error; onProved(): void }) {
  const { t } = useTranslation();
  if (error instanceof Problem && error.code === 'SECOND_FACTOR_NEEDED') return <ProveFirst onProved={onProved} />;
  if (!(error instanceof DOMException)) return <ProblemNotice error={error} />;
  const why = error.name === 'InvalidStateError' ? 'secondFactors.knownAlready' : 'secondFactors.notMade';
  return <Alert type="warning" showIcon title={t(why)} />;
}
