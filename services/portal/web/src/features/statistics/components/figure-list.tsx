import { useTranslation } from 'react-i18next';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  /** What else there is to say of it. */
  readonly aside?: string;
}

interface Props {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Figures of one kind below one another, each with a bar against the largest. */
export function FigureList({ title, figures }: Props) {
  const { t, i18n } = useTranslation();
  const most = Math.max(...figures.map(({ value }) => value), 1);
  return (
    <section className="panel figure-list">
      <h2>{title}</h2>
      {figures.length === 0 && <p className="aside">{t('statistics.none')}</p>}
      <ul>
        {figures.map(({ key, label, value, aside }) => (
          <li key={key}>
            <span>{label}</span>
            <span className="aside figures">{aside}</span>
            <strong className="figures">{value.toLocaleString(i18n.language)}</strong>
            {value > 0 && <span className="figure-bar" style={{ width: `${(100 * value) / most}%` }} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
