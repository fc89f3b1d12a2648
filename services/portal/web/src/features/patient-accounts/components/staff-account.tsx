import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seen } from '../api/patient-accounts.js';
import { useLinkStaff, useStaffLinks, useUnlinkStaff } from '../api/staff-links.js';
import { LinkedAccount } from './linked-account.js';

interface Props {
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
  /** Null while the clerk has not said what they saw. */
  readonly seen: Seen | null;
}

/** By which account the patient works at the hospital, for the auditors' rules alone. */
export function StaffAccount({ personId, hospitalName, seen }: Props) {
  const { t } = useTranslation();
  const links = useStaffLinks(personId);
  const link = useLinkStaff(personId);
  const unlink = useUnlinkStaff(personId);
  const [account, setAccount] = useState('');
  const isThere = seen?.by.kind === 'patient';
  const note = () =>
    seen !== null && link.mutate({ account, identity: seen.identity }, { onSuccess: () => setAccount('') });
  return (
    <section className="panel sharing">
      <h2>{t('counter.staff')}</h2>
      <p className="aside">{t('counter.staffHint')}</p>
      {links.isPending && <Skeleton active title={false} paragraph={{ rows: 1 }} />}
      {links.isError && <ProblemNotice error={links.error} onRetry={() => void links.refetch()} />}
      <ul className="rows sharing-rows">
        {links.data?.map(({ linkId, account: name, linkedAt, linkedAtHospital }) => (
          <LinkedAccount
            key={linkId}
            account={name}
            linkedAt={linkedAt}
            where={linkedAtHospital === null ? t('accesses.commission') : hospitalName(linkedAtHospital)}
            sure={t('counter.unlinkStaff')}
            isEnding={unlink.isPending && unlink.variables === linkId}
            onUnlink={() => unlink.mutate(linkId)}
          />
        ))}
      </ul>
      <div className="hand-over">
        <Input
          value={account}
          maxLength={64}
          aria-label={t('counter.staffAccount')}
          placeholder={t('counter.staffAccount')}
          onChange={({ target }) => setAccount(target.value.trim())}
        />
        <Button disabled={!isThere || account === ''} loading={link.isPending} onClick={note}>
          {t('counter.linkStaff')}
        </Button>
      </div>
      {link.isError && <ProblemNotice error={link.error} />}
      {unlink.isError && <ProblemNotice error={unlink.error} />}
    </section>
  );
}
