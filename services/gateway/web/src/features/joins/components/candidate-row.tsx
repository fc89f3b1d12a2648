import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ListedJoin } from '../../../../../src/storage/listed-join.store.js';
import { useFormats } from '../../../time/formats.js';
import { differencesOf } from '../domain/differences.js';

export function CandidateRow({
  study,
  exam,
  isChosen,
  isBusy,
  onChoose,
}: {
  study: ListedJoin;
  exam: ListedJoin['candidates'][number];
  isChosen: boolean;
  isBusy: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const time = (instant: string | null) =>
    instant === null ? <span className="aside">–</span> : <time dateTime={instant}>{moment(instant)}</time>;
  const differences = differencesOf(study, exam);
  return (
    <tr>
      <td>
        <strong className="figures">{exam.accessionNumber ?? exam.fillerOrderNumber ?? exam.placerOrderNumber}</strong>{' '}
        {exam.itemName}
        <span className="device-facts aside figures">
          {[exam.placerOrderNumber, exam.fillerOrderNumber, exam.department].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td data-label={t('joins.modality')}>{[exam.modality, exam.bodyPart].filter(Boolean).join(' · ') || '–'}</td>
      <td data-label={t('joins.ordered')}>{time(exam.orderedAt)}</td>
      <td data-label={t('joins.performed')}>{time(exam.performedAt)}</td>
      <td data-label={t('joins.differs')}>
        {differences.length === 0
          ? '–'
          : differences.map(({ what, count }) => (
              <span key={what} className="outcome">
                {t(`joins.differences.${what}`, { count })}
              </span>
            ))}
      </td>
      <td className="is-action">
        {isChosen ? (
          <strong>{t('joins.chosen')}</strong>
        ) : (
          <Popconfirm
            placement="topRight"
            title={t('joins.choose')}
            description={t('joins.stands')}
            okText={t('joins.confirm')}
            cancelText={t('actions.cancel')}
            onConfirm={onChoose}
          >
            <Button size="small" loading={isBusy}>
              {t('joins.choose')}
            </Button>
          </Popconfirm>
        )}
      </td>
    </tr>
  );
}
