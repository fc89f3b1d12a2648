import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AtDesk, IDENTITIES, PROOFS, SPEAKERS, type Speaker } from '../domain/sharing.js';

interface Fields {
  readonly speaker: Speaker;
  readonly identity?: AtDesk['identity'];
  readonly proof?: string;
  readonly reference?: string;
  readonly deathCertificate?: string;
}

const SHORTEST = 3;

/** What a clerk has seen before anything is taken down; null while something is missing. */
function readDesk({ speaker, identity, proof, reference = '', deathCertificate = '' }: Fields): AtDesk | null {
  if (identity === undefined) return null;
  if (speaker === 'patient') return { identity, by: { kind: speaker } };
  if (proof === undefined || reference.trim().length < SHORTEST) return null;
  const shown = { kind: proof, reference: reference.trim() };
  if (speaker !== 'heir') return { identity, by: { kind: speaker, proof: shown } };
  if (deathCertificate.trim().length < SHORTEST) return null;
  return { identity, by: { kind: speaker, proof: { ...shown, deathCertificate: deathCertificate.trim() } } };
}

/** Who stands at the counter, and by which document that is seen. Of documents a reference is kept, never a copy. */
export function DeskForm({ onChange }: { onChange(desk: AtDesk | null): void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const speaker = Form.useWatch('speaker', form) ?? 'patient';
  const changed = (change: Partial<Fields>, fields: Fields) => {
    const isOther = change.speaker !== undefined;
    if (isOther) form.setFieldValue('proof', undefined);
    onChange(
      readDesk(isOther ? { speaker: fields.speaker, ...(fields.identity && { identity: fields.identity }) } : fields),
    );
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="panel sharing"
      initialValues={{ speaker: 'patient' }}
      onValuesChange={changed}
    >
      <h2>{t('counter.who')}</h2>
      <Form.Item name="speaker">
        <Radio.Group
          optionType="button"
          options={SPEAKERS.map((value) => ({ value, label: t(`counter.speakers.${value}`) }))}
        />
      </Form.Item>
      <div className="desk-fields">
        <Form.Item name="identity" label={t('counter.identity')}>
          <Select
            placeholder={t('counter.choose')}
            options={IDENTITIES.map((value) => ({ value, label: t(`counter.identities.${value}`) }))}
          />
        </Form.Item>
        {speaker !== 'patient' && (
          <>
            <Form.Item name="proof" label={t('counter.proof')}>
              <Select
                placeholder={t('counter.choose')}
                options={PROOFS[speaker].map((value) => ({ value, label: t(`counter.proofs.${value}`) }))}
              />
            </Form.Item>
            <Form.Item name="reference" label={t('counter.reference')}>
              <Input maxLength={100} placeholder={t('counter.referenceHint')} />
            </Form.Item>
          </>
        )}
        {speaker === 'heir' && (
          <Form.Item name="deathCertificate" label={t('counter.deathCertificate')}>
            <Input maxLength={100} />
          </Form.Item>
        )}
      </div>
      <p className="aside">{t('counter.hint')}</p>
    </Form>
  );
}
