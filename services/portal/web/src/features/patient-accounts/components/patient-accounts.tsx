import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Input, Skeleton, Typography } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Seen, useAccountLinks, useHandOver, useUnlink } from '../api/patient-accounts.js';
import { LinkedAccount } from './linked-account.js';

interface Props {
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
  /** Null while the clerk has not said what they saw. */
  readonly seen: Seen | null;
}

/** Accounts that stand for the patient; a clerk hands one over, or takes it back. */
export function PatientAccounts({ personId, hospitalName, seen }: Props) {
  const { t } = useTranslation();
  const links = useAccountLinks(personId);
  const handOver = useHandOver(personId);
  const unlink = useUnlink(personId);
  const showAccount = useShownAccount();
  const [account, setAccount] = useState('');
  const mayHold = seen !== null && ['patient', 'guardian'].includes(seen.by.kind);
  return (
    <section className="panel sharing">
      <h2>{t('counter.accounts')}</h2>
      <p className="aside">{t('counter.accountsHint')}</p>
      {links.isPending && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {links.isError && <ProblemNotice error={links.error} onRetry={() => void links.refetch()} />}
      <ul className="rows sharing-rows">
        {links.data?.map(({ linkId, account: name, standing, linkedAt, linkedAtHospital, endsAt }) => (
          <LinkedAccount
            key={linkId}
            account={name}
            linkedAt={linkedAt}
            where={linkedAtHospital === null ? t('accesses.commission') : hospitalName(linkedAtHospital)}
            sure={t('counter.unlinkSure')}
            isEnding={unlink.isPending && unlink.variables === linkId}
            onUnlink={() => unlink.mutate(linkId)}
          >
            <span>{t(`counter.standings.${standing}`)}</span>
            {endsAt !== null && <span>{t('counter.until', { day: dayjs(endsAt).format('YYYY-MM-DD') })}</span>}
          </LinkedAccount>
        ))}
      </ul>
      <div className="hand-over">
        <Input
          value={account}
          maxLength={64}
          aria-label={t('counter.existing')}
          placeholder={t('counter.existing')}
          onChange={({ target }) => setAccount(target.value.trim())}
        />
        <Button
          type="primary"
          disabled={!mayHold}
          loading={handOver.isPending}
          onClick={() => seen !== null && handOver.mutate({ seen, account }, { onSuccess: showAccount })}
        >
          {t(account === '' ? 'counter.handOver' : 'counter.link')}
        </Button>
      </div>
      {handOver.isError && <ProblemNotice error={handOver.error} />}
      {unlink.isError && <ProblemNotice error={unlink.error} />}
    </section>
  );
}

/** Shows a new account with its password this one time. */
function useShownAccount() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return ({ account, initialPassword }: { account: string; initialPassword: string | null }) =>
    void modal.success({
      title: t('counter.handedOver'),
      content: (
        <>
          <Typography.Paragraph copyable className="password figures">
            {account}
          </Typography.Paragraph>
          {initialPassword !== null && (
            <>
              <Typography.Paragraph copyable className="password figures">
                {initialPassword}
              </Typography.Paragraph>
              <p className="aside">{t('counter.passwordOnce')}</p>
            </>
          )}
        </>
      ),
      okText: t('actions.close'),
    });
}
