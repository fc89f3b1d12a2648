import { useQueryClient } from '@tanstack/react-query';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { proveAgain } from '../../../session/session.js';
import { makesPasskeys, useRemovePasskey, useSecondFactors } from '../api/second-factors.js';
import { AddPasskey } from './add-passkey.js';
import { PasskeyProblem } from './passkey-problem.js';
import { PasskeyRow } from './passkey-row.js';

/** Somebody's second factors, and the way to more. */
export function SecondFactors() {
  const { t } = useTranslation();
  const mine = useSecondFactors();
  const remove = useRemovePasskey();
  const client = useQueryClient();
  if (mine.isPending) return <Skeleton active className="panel account-part" />;
  if (mine.isError) return <ProblemNotice error={mine.error} onRetry={() => void mine.refetch()} />;
  const { hasApp, passkeys, isPossible } = mine.data;
  const hasNone = !hasApp && passkeys.length === 0;
  // The session says from then on by what it was proved.
  const enrol = async () => {
    if (await proveAgain()) await client.invalidateQueries();
  };
  return (
    <section className="panel account-part">
      <h2>{t('secondFactors.title')}</h2>
      {hasApp && <p>{t('secondFactors.hasApp')}</p>}
      {hasNone && (
        <>
          <p>{t('secondFactors.none')}</p>
          <Button type="primary" onClick={() => void enrol()}>
            {t('secondFactors.enrol')}
          </Button>
        </>
      )}
      {passkeys.length > 0 && (
        <>
          <h3>{t('secondFactors.passkeys')}</h3>
          <ul className="plain-list">
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => remove.mutate(passkey.id)} />
            ))}
          </ul>
        </>
      )}
      {remove.isError && <PasskeyProblem error={remove.error} onProved={remove.reset} />}
      {!hasNone &&
        (isPossible && makesPasskeys() ? (
          <AddPasskey />
        ) : (
          <p className="aside">{t(isPossible ? 'secondFactors.notInBrowser' : 'secondFactors.notHere')}</p>
        ))}
    </section>
  );
}
