import { LockOutlined } from '@ant-design/icons';
import { useThumbnail } from '../api/read-thumbnail.js';
import type { Study } from '../domain/study.js';

/** The thumbnail, or the modality's letters where there is none or none may be seen yet. */
export function StudyPicture({ study, label }: { study: Study; label: string }) {
  const address = useThumbnail(study.studyInstanceUid, study.mayOpen && study.instances > 0);
  return (
    <span className="study-picture">
      {address === null ? (
        <span className="study-letters" aria-hidden>
          {study.mayOpen ? study.modalities[0] : <LockOutlined />}
        </span>
      ) : (
        <img src={address} alt={label} loading="lazy" />
      )}
    </span>
  );
}
