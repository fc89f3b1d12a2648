import { ProblemNotice } from '@yinglian/web/browser';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useExport, useSeal } from '../api/audit-log.js';

/** How much of the audit log is sealed, and a way to take it away. */
export function LogSeal() {
  const { t, i18n } = useTranslation();
  const seal = useSeal();
  const exporting = useExport();
  const problem = seal.error ?? exporting.error;
  const count = new Intl.NumberFormat(i18n.language).format(seal.data?.records ?? 0);
  return (
    <>
      <section className="panel log-seal">
        <div>
          <strong>{seal.data ? t('accesses.seal.sealed', { count }) : t('accesses.seal.none')}</strong>
          {seal.data && <code>{t('accesses.seal.fingerprint', { fingerprint: seal.data.fingerprint })}</code>}
          <p className="aside">{t('accesses.seal.meaning')}</p>
        </div>
        <Button disabled={!seal.data} loading={exporting.isPending} onClick={() => exporting.mutate()}>
          {t('accesses.seal.export')}
        </Button>
      </section>
      {problem !== null && <ProblemNotice error={problem} onRetry={() => void seal.refetch()} />}
    </>
  );
}
