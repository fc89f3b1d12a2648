import { useTranslation } from 'react-i18next';

const EXAMPLE = `{
  "page": {
    "accounts": [
      {
        "username": "qin",
        "name": "秦工",
        "passwordHash": "$scrypt$…"
      }
    ]
  }
}`;

/** How the first account is made: on the gateway's own machine. */
export function NoAccounts() {
  const { t } = useTranslation();
  return (
    <section className="no-accounts">
      <h2>{t('noAccounts.title')}</h2>
      <ol>
        <li>
          {t('noAccounts.hash')}
          <pre>npm run yinglian -- gateway-password</pre>
        </li>
        <li>
          {t('noAccounts.file')}
          <pre>{EXAMPLE}</pre>
        </li>
        <li>{t('noAccounts.reload')}</li>
      </ol>
    </section>
  );
}
