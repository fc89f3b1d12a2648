import { ProblemNotice } from '@yinglian/web/browser';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRequestStudy, useStudyRequests } from '../api/study-requests.js';
import { isUnderWay, requestOf } from '../domain/study-request.js';
import { RequestState } from './request-state.js';

/** A study that a gap names, how far its fetching is, and the button for it. */
export function FetchStudy({ hospital, studyInstanceUid }: { hospital: string; studyInstanceUid: string }) {
  const { t } = useTranslation();
  const requests = useStudyRequests(hospital);
  const fetch = useRequestStudy(hospital);
  const known = requestOf(requests.data ?? [], studyInstanceUid);
  const isBusy = fetch.isPending || (known !== undefined && isUnderWay(known));
  return (
    <li className="fetch-row">
      <span className="figures uid">{studyInstanceUid}</span>
      <Button
        size="small"
        loading={isBusy}
        aria-label={`${t('fetching.fetch')} ${studyInstanceUid}`}
        onClick={() => fetch.mutate({ studyInstanceUid })}
      >
        {t(known === undefined || isBusy ? 'fetching.fetch' : 'fetching.again')}
      </Button>
      <RequestState request={known} />
      {fetch.isError && <ProblemNotice error={fetch.error} />}
    </li>
  );
}
