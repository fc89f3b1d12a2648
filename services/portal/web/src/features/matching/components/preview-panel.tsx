import { useTranslation } from 'react-i18next';
import { estimated, type Preview } from '../domain/match-settings.js';
import { BitsChart } from './bits-chart.js';
import { PreviewExample } from './preview-example.js';

/** What would change, on the province's own patients. */
export function PreviewPanel(props: { preview: Preview; hospitalName: (code: string) => string }) {
  const { t } = useTranslation();
  const { asked, openQuestions, sampled, eachStandsFor, examples } = props.preview;
  const told = (count: number | null) => count?.toLocaleString() ?? t('matching.notTold');
  const inProvince = (count: number | null) => told(count === null ? null : estimated(count, eachStandsFor));
  const isEstimate = eachStandsFor > 1;
  return (
    <section className="match-preview" aria-label={t('matching.effect')} aria-live="polite">
      <h2>{t('matching.effect')}</h2>
      <p className="fine-print">
        {t(isEstimate ? 'matching.estimated' : 'matching.exact', { count: sampled, each: eachStandsFor.toFixed(1) })}
      </p>
      {props.preview.fewerThan !== null && (
        <p className="fine-print">{t('matching.fewNotTold', { fewerThan: props.preview.fewerThan })}</p>
      )}
      <dl className="panel match-sums">
        <Sum label={t('matching.askedNow')} value={inProvince(asked.now)} />
        <Sum label={t('matching.askedThen')} value={inProvince(asked.proposed)} />
        <Sum label={t('matching.added')} value={inProvince(asked.added)} />
        <Sum label={t('matching.dropped')} value={inProvince(asked.dropped)} />
        <Sum label={t('matching.setAside')} value={told(openQuestions.setAside)} />
        <Sum label={t('matching.comeBack')} value={told(openQuestions.comeBack)} />
      </dl>
      <div className="panel">
        <BitsChart {...props.preview} />
      </div>
      <h3>{t('matching.examples')}</h3>
      {examples === null && <p className="aside">{t('matching.examplesForStewards')}</p>}
      {examples?.length === 0 && <p className="aside">{t('matching.noExamples')}</p>}
      <ul className="match-examples">
        {examples?.map((example) => (
          <PreviewExample
            key={example.records.map(({ patient }) => `${patient.hospital}/${patient.issuer}/${patient.id}`).join()}
            example={example}
            hospitalName={props.hospitalName}
          />
        ))}
      </ul>
    </section>
  );
}

const Sum = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd className="figures">{value}</dd>
  </div>
);
