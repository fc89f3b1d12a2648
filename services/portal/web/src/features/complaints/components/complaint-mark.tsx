import { useTranslation } from 'react-i18next';
import { useComplaints } from '../api/complaints.js';
import { ComplainButton } from './complain-button.js';

interface Props {
  readonly personId: string;
  readonly accessId: string;
}

/** Beside a look: what became of the reader's word about it, which leads to the answer; else that they may say that it is wrong. */
export function ComplaintMark({ personId, accessId }: Props) {
  const { t } = useTranslation();
  const complaints = useComplaints(personId);
  const said = complaints.data?.find(({ accessIds }) => accessIds.includes(accessId));
  if (said === undefined)
    return complaints.isPending ? null : <ComplainButton personId={personId} accessId={accessId} />;
  return (
    <a href={`#${said.caseId}`} className="complained">
      {t(`complaints.states.${said.state}`)}
    </a>
  );
}
