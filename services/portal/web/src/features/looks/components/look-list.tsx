import { ProblemNotice } from '@yinglian/web/browser';
import { Checkbox, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoreButton } from '../../../lists/more-button.js';
import { useLooks } from '../api/list-looks.js';
import type { Look } from '../domain/look.js';

interface Props {
  readonly personId: string;
  readonly hospitalName: (code: string) => string;
  /** What the reader calls a study; undefined for one that is not known. */
  readonly studyName?: (studyInstanceUid: string) => string | undefined;
  /** Whether the reader has looks of their own here. */
  readonly isPatient?: boolean;
  /** What the reader may do about a look, at its end. */
  readonly actions?: (look: Look) => ReactNode;
}

/** Who looked, from where and why, in plain words, the newest first. */
export function LookList({ personId, hospitalName, studyName, isPatient = false, actions }: Props) {
  const { t } = useTranslation();
  const [own, setOwn] = useState(false);
  const looks = useLooks(personId, own);
  const items = looks.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel sharing">
      <h2>{t('looks.title')}</h2>
      <p className="aside">{t('looks.hint')}</p>
      {isPatient && (
        <Checkbox checked={own} onChange={({ target }) => setOwn(target.checked)}>
          {t('looks.own')}
        </Checkbox>
      )}
      {looks.isPending && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {looks.isError && <ProblemNotice error={looks.error} onRetry={() => void looks.refetch()} />}
      {looks.isSuccess && items.length === 0 && <p className="aside">{t('looks.none')}</p>}
      <ul className="rows sharing-rows">
        {items.map((look) => (
          <li key={look.accessId}>
            <LookRow look={look} hospitalName={hospitalName} studyName={studyName} />
            {actions?.(look)}
          </li>
        ))}
      </ul>
      <MoreButton list={looks} />
    </section>
  );
}

interface RowProps extends Pick<Props, 'hospitalName'> {
  readonly look: Look;
  readonly studyName: Props['studyName'] | undefined;
}

function LookRow({ look, hospitalName, studyName }: RowProps) {
  const { t, i18n } = useTranslation();
  const { at, count, isOwn, roles, hospital, action, purposeOfUse, studyInstanceUid, outcome, code } = look;
  const [role] = roles;
  const from = hospital === null ? t('accesses.commission') : hospitalName(hospital);
  const who = isOwn ? t('looks.you') : [from, t(role === undefined ? 'looks.program' : `roles.${role}`)].join(' · ');
  const why = `looks.why.${code}`;
  const study = studyInstanceUid === null ? undefined : studyName?.(studyInstanceUid);
  const purpose = `accesses.purposes.${purposeOfUse}`;
  return (
    <span className="sharing-study">
      <strong>{who}</strong>
      <span>
        {t(outcome === 'permit' ? 'looks.did' : 'looks.tried', { what: t(`accesses.actions.${action}`) })}
        {study !== undefined && ` · ${study}`}
        {count > 1 && ` · ${t('accesses.times', { count })}`}
      </span>
      <span className={code === 'BREAK_GLASS' ? 'look-why is-emergency' : 'look-why aside'}>
        {i18n.exists(purpose) && `${t(purpose)} · `}
        {i18n.exists(why) ? t(why) : t('looks.why.other')}
      </span>
      <time className="figures aside" dateTime={at}>
        {dayjs(at).format('YYYY-MM-DD HH:mm')}
      </time>
    </span>
  );
}
