import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type DeskFields, readDesk } from '../domain/desk.js';
import { type AtDesk, IDENTITIES, PROOFS, SPEAKERS } from '../domain/sharing.js';

/** Who stands at the counter, and by which document that is seen. Of documents a reference is kept, never a copy. */
export function DeskForm({ onChange }: { onChange(desk: AtDesk | null): void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<DeskFields>();
  const speaker = Form.useWatch('speaker', form) ?? 'patient';
  const changed = (change: Partial<DeskFields>, fields: DeskFields) => {
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
