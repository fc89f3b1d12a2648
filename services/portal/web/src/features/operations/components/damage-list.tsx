import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useDamages, useVerifyPack } from '../api/read-scrub.js';
import type { Damage, DamageState } from '../domain/scrub.js';

const DIGITS_SHOWN = 12;

/** What was found damaged in one state, the newest first. */
export function DamageList({ state }: { state: DamageState }) {
  const { t } = useTranslation();
  const damages = useDamages(state);
  const verify = useVerifyPack();
  if (damages.isError) return <ProblemNotice error={damages.error} onRetry={() => void damages.refetch()} />;
  if (damages.isPending) return <Skeleton active paragraph={{ rows: 3 }} className="panel" />;
  const all = damages.data.pages.flatMap((page) => page.damages);
  if (all.length === 0)
    return <Empty className="panel" image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(`scrub.none.${state}`)} />;
  return (
    <>
      {verify.isError && <ProblemNotice error={verify.error} />}
      <ul className="panel rows damages">
        {all.map((damage) => (
          <DamageLine
            key={damage.damageId}
            damage={damage}
            isReading={verify.isPending && verify.variables === damage.digest}
            onVerify={() => verify.mutate(damage.digest)}
          />
        ))}
      </ul>
      {damages.hasNextPage && (
        <Button onClick={() => void damages.fetchNextPage()} loading={damages.isFetchingNextPage}>
          {t('scrub.more')}
        </Button>
      )}
    </>
  );
}

function DamageLine(line: { damage: Damage; isReading: boolean; onVerify: () => void }) {
  const { t } = useTranslation();
  const { damage, isReading, onVerify } = line;
  const { place, object, digest, foundAt, foundBy, state, reason, healedFrom, healedAt } = damage;
  return (
    <li>
      <code title={digest}>{digest.slice(0, DIGITS_SHOWN)}…</code>
      <span>
        <strong>{t(`scrub.damages.${damage.damage}`)}</strong>{' '}
        <span className="aside">
          {t(`scrub.places.${place}`)} · {t(`scrub.objects.${object}`)} · {t(`scrub.foundBy.${foundBy}`)}{' '}
          <time dateTime={foundAt} className="figures">
            {dayjs(foundAt).format('YYYY-MM-DD HH:mm')}
          </time>
        </span>
        <br />
        {state === 'healed' ? (
          <span className="is-good">
            {t(`scrub.healedFrom.${healedFrom ?? 'itself'}`)}{' '}
            {healedAt !== null && <span className="figures">{dayjs(healedAt).format('YYYY-MM-DD HH:mm')}</span>}
          </span>
        ) : (
          <span className={state === 'unhealable' ? 'is-bad' : 'aside'}>
            {t(`scrub.reasons.${reason === '' ? 'UNDER_WAY' : reason}`)}
          </span>
        )}
      </span>
      {state !== 'healed' && (
        <Button size="small" onClick={onVerify} loading={isReading}>
          {t('scrub.verify')}
        </Button>
      )}
    </li>
  );
}
