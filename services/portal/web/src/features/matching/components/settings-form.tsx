import { Button, InputNumber, Segmented } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, MatchModel } from '../domain/match-settings.js';

export type ModelChoice = 'kept' | 'shipped' | 'learned';

interface Props {
  readonly draft: Draft;
  /** Of the version that the draft began with, and what was learned since. */
  readonly models: Readonly<Record<ModelChoice, MatchModel | null | undefined>>;
  readonly choice: ModelChoice;
  readonly isPreviewing: boolean;
  readonly isLearning: boolean;
  onChange(draft: Draft): void;
  onChoose(choice: ModelChoice): void;
  onLearn(): void;
  onPreview(): void;
}

const oddsIn = (language: string, bits: number) =>
  new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 2 }).format(2 ** bits);
const CHOICES: readonly ModelChoice[] = ['kept', 'shipped', 'learned'];

/** What is tried: nothing of it holds before it is applied. */
export function SettingsForm({ draft, models, choice, isPreviewing, isLearning, ...on }: Props) {
  const { t, i18n } = useTranslation();
  const { leastBits, grades } = draft;
  return (
    <form
      className="panel match-form"
      aria-label={t('matching.form')}
      onSubmit={(event) => {
        event.preventDefault();
        on.onPreview();
      }}
    >
      <Figure
        label={t('matching.leastBits')}
        hint={t('matching.leastBitsHint', { odds: oddsIn(i18n.language, leastBits) })}
        value={leastBits}
        range={[-5, 60, 0.5]}
        onChange={(value) => on.onChange({ ...draft, leastBits: value })}
      />
      <Figure
        label={t('matching.probable')}
        hint={t('matching.gradesHint')}
        value={grades.probable}
        range={[0.0001, 0.9999, 0.01]}
        onChange={(probable) => on.onChange({ ...draft, grades: { ...grades, probable } })}
      />
      <Figure
        label={t('matching.possible')}
        hint={t('matching.gradesHint')}
        value={grades.possible}
        range={[0.0001, 0.9999, 0.001]}
        onChange={(possible) => on.onChange({ ...draft, grades: { ...grades, possible } })}
      />
      <div className="match-model">
        <span className="match-label">{t('matching.model')}</span>
        <Segmented
          value={choice}
          aria-label={t('matching.model')}
          onChange={on.onChoose}
          options={CHOICES.map((value) => ({
            value,
            label: t(`matching.models.${value}`),
            disabled: models[value] === undefined,
          }))}
        />
        <Button onClick={on.onLearn} loading={isLearning}>
          {t('matching.learn')}
        </Button>
      </div>
      <p className="fine-print">{t('matching.learnHint')}</p>
      <Button type="primary" htmlType="submit" loading={isPreviewing}>
        {t('matching.preview')}
      </Button>
    </form>
  );
}

interface FigureProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly range: readonly [number, number, number];
  onChange(value: number): void;
}

function Figure({ label, hint, value, range: [min, max, step], onChange }: FigureProps) {
  const [id, hintId] = [useId(), useId()];
  return (
    <div className="match-figure">
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        aria-describedby={hintId}
        value={value}
        min={min}
        max={max}
        step={step}
        onChange={(next) => {
          if (typeof next === 'number') onChange(next);
        }}
      />
      <span id={hintId} className="fine-print">
        {hint}
      </span>
    </div>
  );
}
