import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Form, Input, Radio, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NewEntry, useAddEntry } from '../api/cases.js';
import { type CaseVerdict, VERDICTS, type WholeCase } from '../domain/audit-case.js';

type Kind = NewEntry['kind'];

/** A note, a verdict, or the answer to the patient, which begins with the letter that the verdict makes. */
export function EntryForm({ of }: { readonly of: Pick<WholeCase<unknown>, 'caseId' | 'letter'> }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<{ verdict?: CaseVerdict; body: string }>();
  const [kind, setKind] = useState<Kind>('note');
  const add = useAddEntry(of.caseId);
  const letter = i18n.language.startsWith('zh') ? of.letter?.zh : of.letter?.en;
  const kinds: readonly Kind[] = of.letter === null ? ['note', 'verdict'] : ['note', 'verdict', 'answer'];
  const choose = (chosen: Kind) => {
    setKind(chosen);
    form.setFieldsValue({ body: chosen === 'answer' ? (letter ?? '') : '' });
  };
  const submit = ({ verdict, body }: { verdict?: CaseVerdict; body: string }) => {
    const entry: NewEntry =
      kind === 'verdict' && verdict !== undefined
        ? { kind, verdict, body: body.trim() }
        : { kind: kind === 'answer' ? 'answer' : 'note', body: body.trim() };
    add.mutate(entry, { onSuccess: () => form.resetFields() });
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="panel review-form" onFinish={submit}>
      <Form.Item>
        <Segmented
          value={kind}
          onChange={choose}
          options={kinds.map((value) => ({ value, label: t(`cases.kinds.${value}`) }))}
        />
      </Form.Item>
      {kind === 'verdict' && (
        <Form.Item
          name="verdict"
          label={t('cases.verdict')}
          rules={[{ required: true, message: t('actions.required') }]}
        >
          <Radio.Group
            optionType="button"
            options={VERDICTS.map((value) => ({ value, label: t(`cases.verdicts.${value}`) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="body"
        label={t('cases.text')}
        extra={kind === 'answer' && t('cases.answerHint')}
        rules={[{ required: true, whitespace: true, message: t('actions.required') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 16 }} maxLength={4000} />
      </Form.Item>
      {add.isError && <ProblemNotice error={add.error} />}
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t(`cases.write.${kind}`)}
      </Button>
    </Form>
  );
}
