import { Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSplitPerson } from '../api/change-identities.js';
import { keyOf, type PatientRecord } from '../domain/conflict.js';
import { splittable } from '../domain/splittable.js';
import { NoteDialog } from './note-dialog.js';
import { useReasons } from './use-reasons.js';

interface Props {
  readonly open: boolean;
  readonly records: readonly PatientRecord[];
  /** Ticked from the beginning. */
  readonly chosen?: readonly string[];
  readonly hospitalName: (code: string) => string;
  onDone(decisionId: string): void;
  onCancel(): void;
}

const NONE: readonly string[] = [];

/** Which records of a person become a person of their own. */
export function SplitDialog({ open, records, chosen = NONE, hospitalName, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const split = useSplitPerson();
  const [ticked, setTicked] = useState<readonly string[]>(chosen);
  useEffect(() => {
    if (open) setTicked(chosen);
  }, [open, chosen]);
  const groups = splittable(records);
  const selected = records.filter(({ patient }) => ticked.includes(keyOf(patient)));
  const from = groups.find((of) => of.some((record) => selected.includes(record)));
  const ready = selected.length > 0 && from !== undefined && selected.length < from.length;
  return (
    <NoteDialog
      open={open}
      title={t('desk.splitTitle')}
      reasons={useReasons('split')}
      submit={t('desk.acts.split')}
      isPending={split.isPending}
      error={split.error}
      ready={ready}
      onSubmit={(note) =>
        split.mutate(
          { patients: selected.map(({ patient }) => patient), note },
          { onSuccess: ({ decisionId }) => onDone(decisionId) },
        )
      }
      onCancel={onCancel}
    >
      <p>{t('desk.splitHint')}</p>
      {groups.map((of) => (
        <div key={of[0]?.personId} className="split-choice">
          {of.map((record) => {
            const key = keyOf(record.patient);
            const isOther = from !== undefined && !from.includes(record);
            return (
              <Checkbox
                key={key}
                checked={ticked.includes(key)}
                disabled={isOther}
                onChange={({ target }) =>
                  setTicked(target.checked ? [...ticked, key] : ticked.filter((one) => one !== key))
                }
              >
                {hospitalName(record.patient.hospital)} <span className="figures aside">{record.patient.id}</span>{' '}
                {record.statements[0]?.names[0]?.written}
              </Checkbox>
            );
          })}
        </div>
      ))}
    </NoteDialog>
  );
}
