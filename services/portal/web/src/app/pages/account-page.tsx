import { Button, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalNames } from '../../features/hospitals/api/list-hospitals.js';
import { ChangePassword } from '../../features/password/components/change-password.js';
import { SecondFactors } from '../../features/second-factors/components/second-factors.js';
import { MySessions } from '../../features/sessions/components/my-sessions.js';
import { signOut } from '../../session/session.js';
import { useAccount, useRole } from '../../session/session-context.js';

/** Who is signed in. To patients it says where images can be asked for. */
export default function AccountPage() {
  const { t } = useTranslation();
  const account = useAccount();
  const isPatient = useRole('patient');
  return (
    <div className="page narrow">
      <h1>{t('account.title')}</h1>
      <div className="panel">
        <Descriptions
          column={1}
          items={[
            { key: 'name', label: t('account.signedInAs'), children: account.name },
            { key: 'subject', label: t('account.username'), children: account.subject },
            {
              key: 'roles',
              label: t('account.roles'),
              children: account.roles.map((role) => t(`roles.${role}`)).join(', '),
            },
            ...(account.hospital === null
              ? []
              : [
                  { key: 'hospital', label: t('account.hospital'), children: <HospitalName code={account.hospital} /> },
                ]),
          ]}
        />
        {isPatient && <p>{t('account.patient')}</p>}
        {account.roles.length === 0 && <p>{t('account.noRole')}</p>}
        <Button className="account-actions" onClick={() => void signOut()}>
          {t('actions.signOut')}
        </Button>
      </div>
      <ChangePassword account={account.subject} />
      {!isPatient && <SecondFactors />}
      <MySessions />
    </div>
  );
}

function HospitalName({ code }: { code: string }) {
  return <>{useHospitalNames()(code)}</>;
}
