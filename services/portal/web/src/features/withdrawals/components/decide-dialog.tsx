import type { WithdrawalReason } from '@yinglian/contracts';
import { ProblemNotice } from '@yinglian/web/browser';
import { Form, Input, Modal, Radio } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDecideOnStudy } from '../api/decide-on-study.js';
import { type Asked, REASONS } from '../domain/study-decision.js';

/** What is about to be decided, and what it is called. */
export type Asking = Asked & { readonly label: string };

interface Props {
  readonly studyInstanceUid: string;
  readonly asking: Asking;
  onDone(made: Asking): void;
  onCancel(): void;
}

interface Fields {
  readonly reason?: WithdrawalReason;
  readonly note: string;
}

/** What follows from a decision, and its grounds. Ctrl and Enter in the note confirm. */
export function DecideDialog({ studyInstanceUid, asking, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const fields = useRef<HTMLDivElement>(null);
  const decide = useDecideOnStudy(studyInstanceUid);
  const { decision, label, seriesInstanceUid, sopInstanceUid } = asking;
  const confirm = ({ reason, note }: Fields) => {
    const made = { decision, seriesInstanceUid, sopInstanceUid, reason: reason ?? null };
    decide.mutate({ ...made, note: note.trim() }, { onSuccess: () => onDone({ ...made, label }) });
  };
  return (
    <Modal
      open
      title={t(`withdrawals.titles.${decision}`, { target: label })}
      okText={t(`withdrawals.acts.${decision}`)}
      cancelText={t('actions.cancel')}
      confirmLoading={decide.isPending}
      onOk={form.submit}
      onCancel={onCancel}
      afterOpenChange={() => fields.current?.querySelector<HTMLElement>('input, textarea')?.focus()}
    >
      <p className="aside">{t(`withdrawals.means.${decision}`)}</p>
      <div ref={fields}>
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={confirm}
          initialValues={{ note: '' }}
        >
          {decision === 'withdraw' && (
            <Form.Item
              name="reason"
              label={t('withdrawals.why')}
              rules={[{ required: true, message: t('actions.required') }]}
            >
              <Radio.Group className="withdrawal-reasons">
                {REASONS.map((code) => (
                  <Radio key={code} value={code}>
                    {t(`withdrawals.reasons.${code}`)}
                    <span className="fine-print">
                      {t(`withdrawals.reasonHints.${code}`)} · DCM {code}
                    </span>
                  </Radio>
                ))}
              </Radio.Group>
            </Form.Item>
          )}
          <Form.Item
            name="note"
            label={t('withdrawals.note')}
            rules={[{ required: true, whitespace: true, message: t('conflicts.noteNeeded') }]}
          >
            <Input.TextArea
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              placeholder={t('withdrawals.noteNeeded')}
              onPressEnter={(event) => {
                if (event.ctrlKey || event.metaKey) form.submit();
              }}
            />
          </Form.Item>
        </Form>
      </div>
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Modal>
  );
}
