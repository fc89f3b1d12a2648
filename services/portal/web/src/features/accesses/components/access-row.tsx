import { Checkbox, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Access } from '../domain/access.js';

/** Whoever named an account that does not exist. */
const NOBODY = '-';

interface Props {
  readonly access: Access;
  readonly hospitalName: (code: string) => string;
  onNarrow(to: { actor: string } | { personId: string }): void;
  /** Whether it is picked, where records can be. */
  readonly picked?: boolean;
  onPick?(accessId: string): void;
}

/** One access as a sentence: who, what, of whom, and how it was decided. */
export function AccessRow({ access, hospitalName, onNarrow, picked = false, onPick }: Props) {
  const { t, i18n } = useTranslation();
  const { actor, decision, personId } = access;
  const narrowToPerson = () => personId !== null && onNarrow({ personId });
  const nameOfKey = (key: string) => (i18n.exists(`accesses.keys.${key}`) ? t(`accesses.keys.${key}`) : key);
  const ownerOf = (code: string) =>
    access.studyInstanceUid === null ? hospitalName(code) : t('accesses.studyOf', { hospital: hospitalName(code) });
  const purpose = `accesses.purposes.${access.purposeOfUse}`;
  return (
    <li className={`access is-${decision.outcome}`}>
      <time className="figures access-when" dateTime={access.at}>
        {onPick !== undefined && (
          <Checkbox
            className="access-pick"
            checked={picked}
            aria-label={t('cases.pick')}
            onChange={() => onPick(access.accessId)}
          />
        )}
        {dayjs(access.at).format('YYYY-MM-DD')} <strong>{dayjs(access.at).format('HH:mm:ss')}</strong>
      </time>
      <div className="access-who">
        <span>
          {actor.subject === NOBODY ? (
            t(access.object === null ? 'accesses.nobody' : 'accesses.province')
          ) : (
            <>
              {actor.displayName}{' '}
              <button type="button" className="narrow figures" onClick={() => onNarrow({ actor: actor.subject })}>
                {actor.subject}
              </button>
            </>
          )}
        </span>
        <span className="aside">
          {actor.hospital === null ? t('accesses.commission') : hospitalName(actor.hospital)}
        </span>
      </div>
      <div className="access-what">
        <span>
          {t(`accesses.actions.${access.action}`)}
          {access.ownerHospital !== null && ` · ${ownerOf(access.ownerHospital)}`}
          {access.account !== null && ` · ${t('accesses.accountOf', { account: access.account })}`}
          {access.count > 1 && <span className="aside"> · {t('accesses.times', { count: access.count })}</span>}
        </span>
        <span className="facts aside">
          {access.address === null ? (
            <span>{i18n.exists(purpose) ? t(purpose) : access.purposeOfUse}</span>
          ) : (
            <span className="figures">{access.address}</span>
          )}
          {access.query.length > 0 && (
            <span>{t(`accesses.${howKeysRead(access)}`, { keys: access.query.map(nameOfKey).join(' + ') })}</span>
          )}
          {access.object !== null && (
            <Tooltip title={access.object.id}>
              <span className="figures">
                {t(`accesses.objects.${access.object.kind}`, { id: shortened(access.object.id) })}
              </span>
            </Tooltip>
          )}
          {personId !== null && (
            <Tooltip title={personId}>
              <button type="button" className="narrow figures" onClick={narrowToPerson}>
                {t('accesses.personId', { id: `…${personId.slice(-6)}` })}
              </button>
            </Tooltip>
          )}
          {access.studyInstanceUid !== null && (
            <Tooltip title={access.studyInstanceUid}>
              <span className="figures">UID …{access.studyInstanceUid.slice(-8)}</span>
            </Tooltip>
          )}
        </span>
      </div>
      <div className="access-outcome">
        <span className={`outcome is-${decision.outcome}`}>{t(`accesses.${decision.outcome}`)}</span>
        <Basis decision={decision} />
      </div>
    </li>
  );
}

/** What the names beside an access are: search keys, ways to sign in, or what a deed changed. */
function howKeysRead({ action, address }: Access): 'by' | 'with' | 'changed' {
  if (address !== null) return 'with';
  return /\.(change|set)$/.test(action) ? 'changed' : 'by';
}

const shortened = (id: string) => (id.length > 20 ? `…${id.slice(-6)}` : id);

/** Why it was permitted or refused, in words. */
function Basis({ decision: { outcome, code } }: Pick<Access, 'decision'>) {
  const { t, i18n } = useTranslation();
  const key = `accesses.${outcome === 'permit' ? 'bases' : 'refusals'}.${code}`;
  return (
    <Tooltip title={code}>
      <span className="aside basis">{i18n.exists(key) ? t(key) : code}</span>
    </Tooltip>
  );
}
