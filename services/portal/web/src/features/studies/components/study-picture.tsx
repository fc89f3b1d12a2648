import { LockOutlined } from '@ant-design/icons';
import { useThumbnail } from '../api/read-thumbnail.js';
import type { Study } from '../domain/study.js';

/** The thumbnail, or the modality's letters where there is none or none may be seen yet. */
export function StudyPicture({ study, mayOpen, label }: { study: Study; mayOpen: boolean; label: string }) {
  const address = useThumbnail(study.studyInstanceUid, mayOpen && study.instances > 0);
  return (
    <span className="study-picture">
      {address === null ? (
        <span className="study-letters" aria-hidden>
          {mayOpen ? study.modalities[0] : <LockOutlined />}
        </span>
      ) : (
        <img src={address} alt={label} loading="lazy" />
      )}
    </span>
  );
}
