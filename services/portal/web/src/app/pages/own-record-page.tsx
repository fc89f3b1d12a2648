import { ProblemNotice } from '@yinglian/web/browser';
import { Empty, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ComplaintList } from '../../features/complaints/components/complaint-list.js';
import { ComplaintMark } from '../../features/complaints/components/complaint-mark.js';
import { useHospitalNames, useHospitals } from '../../features/hospitals/api/list-hospitals.js';
import { LookList } from '../../features/looks/components/look-list.js';
import { type OwnPerson, useOwnPersons } from '../../features/patient-accounts/api/own-persons.js';
import { usePerson } from '../../features/persons/api/read-person.js';
import { SharingPanel } from '../../features/sharing/components/sharing-panel.js';
import { StatementHistory } from '../../features/sharing/components/statement-history.js';
import { useStudies } from '../../features/studies/api/list-studies.js';

/** A patient's own: the examinations, who may see them, and who looked. */
export default function OwnRecordPage() {
  const { t } = useTranslation();
  const persons = useOwnPersons();
  const [chosen, setChosen] = useState<string | null>(null);
  if (persons.isPending) return <Skeleton active className="page narrow" />;
  if (persons.data === undefined)
    return (
      <div className="page narrow">
        <ProblemNotice error={persons.error} onRetry={() => void persons.refetch()} />
      </div>
    );
  const shown = persons.data.find(({ personId }) => personId === chosen) ?? persons.data[0];
  if (shown === undefined) {
    return (
      <div className="page narrow">
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('own.nobody')} className="panel" />
      </div>
    );
  }
  return (
    <div className="page narrow">
      {persons.data.length > 1 && (
        <Segmented
          block
          value={shown.personId}
          onChange={setChosen}
          options={persons.data.map((one) => ({ value: one.personId, label: <PersonName person={one} /> }))}
        />
      )}
      <OwnRecord key={shown.personId} person={shown} />
    </div>
  );
}

function PersonName({ person: { personId, standing } }: { person: OwnPerson }) {
  const { t } = useTranslation();
  const person = usePerson(personId, 'PATRQT');
  return standing === 'self' ? t('own.self') : person.data?.name || t('own.child');
}

function OwnRecord({ person: { personId, standing } }: { person: OwnPerson }) {
  const { t, i18n } = useTranslation();
  const hospitals = useHospitals();
  const hospitalName = useHospitalNames();
  const person = usePerson(personId, 'PATRQT');
  const studies = useStudies(personId, 'PATRQT');
  const bodyPart = (part: string | null) => {
    const key = `studies.bodyParts.${part}`;
    return part !== null && i18n.exists(key) ? t(key) : part;
  };
  const named = studies.data?.map(
    ({ studyInstanceUid, hospital, studyDate, modalities, description, bodyPart: part }) => ({
      studyInstanceUid,
      hospital,
      date: studyDate,
      what: description ?? [modalities.join(' '), bodyPart(part)].filter(Boolean).join(' · '),
    }),
  );
  return (
    <>
      <h1>{person.data === undefined ? t('own.title') : t('own.titleOf', { name: person.data.name })}</h1>
      {standing === 'guardian' && <p className="aside">{t('own.asGuardian')}</p>}
      {studies.isError && <ProblemNotice error={studies.error} onRetry={() => void studies.refetch()} />}
      <SharingPanel
        personId={personId}
        studies={named ?? null}
        hospitals={hospitals.data ?? []}
        hospitalName={hospitalName}
        desk={undefined}
      />
      <StatementHistory personId={personId} hospitalName={hospitalName} />
      <ComplaintList personId={personId} />
      <LookList
        personId={personId}
        hospitalName={hospitalName}
        studyName={(uid) => named?.find(({ studyInstanceUid }) => studyInstanceUid === uid)?.what}
        isPatient
        actions={({ accessId, isOwn }) => !isOwn && <ComplaintMark personId={personId} accessId={accessId} />}
      />
    </>
  );
}
