import { useTranslation } from 'react-i18next';
import { type Filter, occurrences, type Study } from '../domain/study.js';

interface Props {
  readonly studies: readonly Study[];
  readonly filter: Filter;
  readonly hospitalName: (code: string) => string;
  onChange(filter: Filter): void;
}

/** Narrows the timeline to one modality or one hospital; shown when there is more than one. */
export function TimelineFilter({ studies, filter, hospitalName, onChange }: Props) {
  const { t } = useTranslation();
  const modalities = occurrences(studies.flatMap((study) => [...new Set(study.modalities)]));
  const hospitals = occurrences(studies.map(({ hospital }) => hospital));
  return (
    <div className="timeline-filter">
      <Choice
        label={t('studies.modality')}
        all={t('studies.all')}
        values={modalities}
        chosen={filter.modality}
        nameOf={(modality) => modality}
        onChoose={(modality) => onChange({ ...filter, modality })}
      />
      <Choice
        label={t('studies.hospital')}
        all={t('studies.all')}
        values={hospitals}
        chosen={filter.hospital}
        nameOf={hospitalName}
        onChoose={(hospital) => onChange({ ...filter, hospital })}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly values: readonly (readonly [value: string, count: number])[];
  readonly chosen: string | null;
  nameOf(value: string): string;
  onChoose(value: string | null): void;
}

function Choice({ label, all, values, chosen, nameOf, onChoose }: ChoiceProps) {
  if (values.length < 2) return null;
  return (
    <fieldset className="chips">
      <legend>{label}</legend>
      <button type="button" className="chip" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        {all}
      </button>
      {values.map(([value, count]) => (
        <button
          key={value}
          type="button"
          className="chip"
          aria-pressed={chosen === value}
          onClick={() => onChoose(chosen === value ? null : value)}
        >
          {nameOf(value)} <span className="figures aside">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}
