import { ProblemNotice } from '@yinglian/web/browser';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useExport, useSeal } from '../api/audit-log.js';
import { LogWitnesses } from './log-witnesses.js';

interface Props {
  /** The codes of all in the province. */
  readonly hospitals: readonly string[];
  readonly hospitalName: (code: string) => string;
}

/** How much of the audit log is sealed, who watches it, and a way to take it away. */
export function LogSeal({ hospitals, hospitalName }: Props) {
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
          {seal.data?.sealedAt && (
            <p>{t('accesses.seal.last', { at: dayjs(seal.data.sealedAt).format('YYYY-MM-DD HH:mm:ss') })}</p>
          )}
          {seal.data && <LogWitnesses hospitals={hospitals} hospitalName={hospitalName} />}
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
