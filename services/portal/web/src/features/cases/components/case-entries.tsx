import { Empty } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { CaseEntry } from '../domain/audit-case.js';

/** What auditors wrote, in its order. */
export function CaseEntries({ entries }: { readonly entries: readonly CaseEntry[] }) {
  const { t } = useTranslation();
  if (entries.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noEntries')} className="panel" />;
  return (
    <ul className="panel rows">
      {entries.map(({ entryId, kind, verdict, body, displayName, writtenAt }) => (
        <li key={entryId} className="case-entry">
          <span>
            <strong>{t(`cases.kinds.${kind}`)}</strong>
            {verdict !== null && ` · ${t(`cases.verdicts.${verdict}`)}`}
            <span className="aside">
              {' '}
              {displayName} <span className="figures">{dayjs(writtenAt).format('YYYY-MM-DD HH:mm')}</span>
            </span>
          </span>
          <p>{body}</p>
        </li>
      ))}
    </ul>
  );
}
