import { Radio } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskHospital } from '../api/change-identities.js';
import type { Conflict } from '../domain/conflict.js';
import { NoteDialog } from './note-dialog.js';
import { useReasons } from './use-reasons.js';

interface Props {
  readonly conflict: Conflict | null;
  readonly hospitalName: (code: string) => string;
  onDone(conflict: Conflict): void;
  onCancel(): void;
}

/** Which hospital is asked, and what. */
export function AskDialog({ conflict, hospitalName, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const ask = useAskHospital();
  const [hospital, setHospital] = useState('');
  useEffect(() => setHospital(conflict?.patient.hospital ?? ''), [conflict]);
  const hospitals = [...new Set(conflict?.records.map(({ patient }) => patient.hospital) ?? [])];
  return (
    <NoteDialog
      open={conflict !== null}
      title={t('desk.askTitle')}
      reasons={useReasons('ask')}
      submit={t('desk.acts.ask')}
      isPending={ask.isPending}
      error={ask.error}
      onSubmit={(question) => {
        if (conflict === null) return;
        ask.mutate({ conflictId: conflict.conflictId, hospital, question }, { onSuccess: () => onDone(conflict) });
      }}
      onCancel={onCancel}
    >
      <p className="aside">{t('desk.askMeans')}</p>
      <Radio.Group
        className="ask-whom"
        value={hospital}
        onChange={({ target }) => setHospital(target.value)}
        options={hospitals.map((code) => ({ value: code, label: hospitalName(code) }))}
      />
    </NoteDialog>
  );
}
