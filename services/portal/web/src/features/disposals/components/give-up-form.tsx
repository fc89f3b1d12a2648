import { Form, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isMeant } from '../domain/check-text.js';

interface Props {
  readonly id: string;
  readonly hasNote: boolean;
  readonly checkText: string;
  readonly isAccessionNumber: boolean;
  onGive(note: string): void;
}

interface Fields {
  readonly note?: string;
  readonly typed: string;
}

/** On what grounds, and the study's number, so that no other one is meant. */
export function GiveUpForm({ id, hasNote, checkText, isAccessionNumber, onGive }: Props) {
  const { t } = useTranslation();
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => fields.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  return (
    <div ref={fields}>
      <Form<Fields>
        id={id}
        layout="vertical"
        requiredMark={false}
        initialValues={{ note: '', typed: '' }}
        onFinish={({ note = '' }) => onGive(note.trim())}
      >
        {hasNote && (
          <Form.Item
            name="note"
            label={t('disposals.note')}
            rules={[{ required: true, whitespace: true, message: t('conflicts.noteNeeded') }]}
          >
            <Input.TextArea
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              placeholder={t('disposals.notePlaceholder')}
            />
          </Form.Item>
        )}
        <Form.Item
          name="typed"
          validateTrigger="onSubmit"
          label={t(isAccessionNumber ? 'disposals.typeAccession' : 'disposals.typeUid', { text: checkText })}
          rules={[
            {
              validator: async (_, typed: string) => {
                if (!isMeant(typed, checkText)) throw new Error(t('disposals.notMeant'));
              },
            },
          ]}
        >
          <Input autoComplete="off" maxLength={64} />
        </Form.Item>
      </Form>
    </div>
  );
}
