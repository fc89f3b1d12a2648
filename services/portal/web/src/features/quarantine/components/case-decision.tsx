import { ProblemNotice } from '@yinglian/web/browser';
import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDecideCase } from '../api/decide-case.js';
import type { CaseDecision as Decision, QuarantineCase } from '../domain/quarantine-case.js';

/** The choice, with its grounds; or the way back from one that was made. */
export function CaseDecision({ shown }: { shown: QuarantineCase }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const decide = useDecideCase(shown.caseId);
  const answer = async (decision: Decision['decision']) => {
    const fields = await form.validateFields().catch(() => null);
    if (fields === null) return;
    decide.mutate(
      { decision, version: shown.version, note: fields.note.trim() },
      {
        onSuccess: () => {
          form.resetFields();
          void message.success(t(`quarantine.done.${decision}`));
        },
      },
    );
  };
  const isOpen = shown.state === 'open';
  const mayTake = shown.first !== null && shown.hospital === shown.study.hospital;
  return (
    <Form form={form} className="decision-form" requiredMark={false}>
      <Form.Item
        name="note"
        rules={[{ required: true, whitespace: true, message: t('conflicts.noteNeeded') }]}
        className="grow"
      >
        <Input
          maxLength={2000}
          placeholder={t(isOpen ? 'quarantine.notePlaceholder' : 'quarantine.undoPlaceholder')}
          aria-label={t('conflicts.note')}
        />
      </Form.Item>
      {isOpen ? (
        <>
          <Button loading={decide.isPending} onClick={() => void answer('keep')}>
            {t('quarantine.keep')}
          </Button>
          {mayTake && (
            <Button type="primary" loading={decide.isPending} onClick={() => void answer('take')}>
              {t('quarantine.take')}
            </Button>
          )}
        </>
      ) : (
        <Button loading={decide.isPending} onClick={() => void answer('undo')}>
          {t('quarantine.undo')}
        </Button>
      )}
      <p className="fine-print what-follows">
        {t(isOpen ? (mayTake ? 'quarantine.bothStay' : 'quarantine.keepOnly') : 'quarantine.undoMeans')}
      </p>
      {decide.isError && <ProblemNotice error={decide.error} />}
    </Form>
  );
}
