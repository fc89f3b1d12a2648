import { useTranslation } from 'react-i18next';
import type { Field } from '../domain/conflict.js';
import type { FieldValue, FieldValues } from '../domain/field-values.js';

/** What a record says of one field now, and before. */
export function FieldCell({ field, values: { now, before } }: { field: Field; values: FieldValues }) {
  const { t } = useTranslation();
  if (now.length + before.length === 0) return <span className="aside">–</span>;
  return (
    <>
      {now.map((value) => (
        <Value key={value.text} field={field} value={value} />
      ))}
      {before.length > 0 && (
        <span className="said-before">
          {t('desk.before')}
          {before.map((value) => (
            <Value key={value.text} field={field} value={value} />
          ))}
        </span>
      )}
    </>
  );
}

function Value({ field, value: { text, hint } }: { field: Field; value: FieldValue }) {
  const { t, i18n } = useTranslation();
  if (field === 'sex') return <span className="value">{i18n.exists(`sex.${text}`) ? t(`sex.${text}`) : text}</span>;
  if (field === 'birthDate')
    return <span className="value figures">{`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`}</span>;
  if (field === 'number')
    return (
      <span className="value figures">
        <span className="unbroken">{text}</span>{' '}
        <span className="fine-print">{hint !== null && t(`desk.numbers.${hint}`)}</span>
      </span>
    );
  return (
    <span className={field === 'name' ? 'value is-name' : 'value figures'}>
      {text} {hint !== null && <span className="fine-print">{hint}</span>}
    </span>
  );
}
