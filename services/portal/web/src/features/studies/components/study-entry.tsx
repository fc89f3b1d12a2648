import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Study, shownDay, shownTime } from '../domain/study.js';
import { ImageCount } from './image-count.js';
import { StudyPicture } from './study-picture.js';

interface Props {
  readonly study: Study;
  readonly hospitalName: string;
  readonly isOwn: boolean;
  readonly isOpening: boolean;
  onOpen(): void;
}

/** One study on the timeline. */
export function StudyEntry({ study, hospitalName, isOwn, isOpening, onOpen }: Props) {
  const { t, i18n } = useTranslation();
  const bodyPart = study.bodyPart ?? '';
  const partKey = `studies.bodyParts.${bodyPart}`;
  const title = study.description || t('studies.noDescription');
  return (
    <li className={`study modality-${study.modalities[0] ?? 'OT'} is-${study.state}`}>
      <div className="study-when figures">
        <strong>{shownDay(study.studyDate)}</strong>
        <span>{shownTime(study.studyTime)}</span>
      </div>
      <span className="study-dot" aria-hidden />
      <article className="study-card">
        <StudyPicture study={study} label={t('studies.thumbnail', { description: title })} />
        <div className="study-main">
          <h3 className={study.description ? '' : 'aside'}>{title}</h3>
          <div className="facts">
            <span className="modalities">
              {study.modalities.map((modality) => (
                <span key={modality} className="modality">
                  {modality}
                </span>
              ))}
            </span>
            {bodyPart !== '' && <span>{i18n.exists(partKey) ? t(partKey) : bodyPart}</span>}
            <span className={isOwn ? 'hospital is-own' : 'hospital'}>{isOwn ? t('studies.yours') : hospitalName}</span>
            {study.isClosed && <span className="closed-mark">{t('studies.closed')}</span>}
          </div>
          <div className="facts aside">
            <ImageCount study={study} />
            {study.accessionNumber && (
              <span className="figures">
                {t('studies.accession')} {study.accessionNumber}
              </span>
            )}
            {study.charsetGuessed && <span>{t('studies.charsetGuessed')}</span>}
          </div>
        </div>
        <Button
          className="study-open"
          type={study.mayOpen ? 'primary' : 'default'}
          ghost={study.mayOpen}
          icon={<EyeOutlined />}
          loading={isOpening}
          disabled={study.instances === 0}
          onClick={onOpen}
        >
          {t('actions.open')}
        </Button>
      </article>
    </li>
  );
}
