import { ProblemNotice } from '@yinglian/web/browser';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useStudyRequests } from '../api/study-requests.js';
import { RequestState } from './request-state.js';

/** What the hospital's gateway was asked for, newest first. */
export function RequestList({ hospital }: { hospital: string }) {
  const { t } = useTranslation();
  const requests = useStudyRequests(hospital);
  if (requests.isError) return <ProblemNotice error={requests.error} onRetry={() => void requests.refetch()} />;
  if (requests.data === undefined || requests.data.length === 0) return null;
  return (
    <ul aria-label={t('fetching.asked')}>
      {requests.data.map((request) => (
        <li key={request.requestId} className="fetch-row">
          <span className="figures uid">
            {request.accessionNumber === null
              ? request.studyInstanceUid
              : `${t('fetching.accessionNumber')} ${request.accessionNumber}`}
          </span>
          <time className="aside figures" dateTime={request.requestedAt}>
            {dayjs(request.requestedAt).format('MM-DD HH:mm')}
          </time>
          <RequestState request={request} />
        </li>
      ))}
    </ul>
  );
}
