import { useTranslation } from 'react-i18next';
import type { RequestProgress, StudyRequest } from '../domain/study-request.js';

const TONES: Readonly<Record<RequestProgress, string>> = {
  asked: '',
  coming: '',
  arrived: 'is-permit',
  'not-found': 'is-deny',
  'pacs-away': 'is-deny',
  failed: 'is-deny',
  expired: 'is-deny',
};

/** How far a request is; spoken when it changes. */
export function RequestState({ request }: { request: StudyRequest | undefined }) {
  const { t } = useTranslation();
  return (
    <span role="status" className="request-state">
      {request !== undefined && (
        <>
          <span className={`outcome ${TONES[request.progress]}`}>{t(`fetching.progress.${request.progress}`)}</span>
          {request.instances > 0 && (
            <span className="aside figures">{t('fetching.here', { count: request.instances })}</span>
          )}
          {request.reason !== '' && <span className="aside">{request.reason}</span>}
        </>
      )}
    </span>
  );
}
